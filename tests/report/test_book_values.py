from __future__ import annotations

import pytest

from report.made_books import to_weigh
from report.test_book_scores import book_of
from supplier_eval.report.book_values import value_cell, values_sheet


def test_values_are_stretched_where_the_policy_says_so(museum, desk):
    sheet, cells = values_sheet(book_of(museum), {}, {})
    labels = {cell.value for cell in sheet.cells.values()}
    assert "Factor: 100 over the best" in labels
    factor = next(c for c in sheet.cells.values() if c.formula.startswith("=IF(MAX("))
    assert factor.value == pytest.approx(museum.only_lot.sheet.factor)
    assert all("Values" in reference for reference in cells.values())
    plain_sheet, _ = values_sheet(book_of(desk), {}, {})
    assert "Factor: 100 over the best" not in {cell.value for cell in plain_sheet.cells.values()}


def test_a_bid_out_after_the_opening_still_sets_the_best_that_values_are_stretched_to(tmp_path):
    evaluation = to_weigh("outside", tmp_path)
    book = book_of(evaluation)
    assert "B6" not in book.bids
    assert book.valued[-1] == "B6"
    sheet, cells = values_sheet(book, {}, {})
    nodes = {b: sheet.cells[row_of(sheet, "Value of the technical node"), 4 + b].value for b in range(6)}
    assert max(nodes, key=lambda b: nodes[b]) == 5
    assert evaluation.only_lot.sheet.factor == pytest.approx(100 / nodes[5])
    assert ("plan", "B6") not in cells


def row_of(sheet, label):
    return next(row for (row, _), cell in sheet.cells.items() if cell.value == label)


def test_places_of_the_values_that_count_are_known_beforehand(desk, museum, tmp_path):
    for evaluation in (desk, museum, to_weigh("outside", tmp_path)):
        book = book_of(evaluation)
        _, cells = values_sheet(book, {}, {})
        for i, leaf in enumerate(evaluation.tender.tree.leaves):
            assert [cells[leaf.id, bid] for bid in book.bids] == [value_cell(book, i, b) for b in range(len(book.bids))]
