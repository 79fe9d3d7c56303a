from __future__ import annotations

import pytest

from report.made_books import to_weigh
from supplier_eval.report.book_quality import reads_quality
from supplier_eval.report.grid import address
from supplier_eval.report.workbook import workbook_of


def prices(evaluation):
    return next(sheet for sheet in workbook_of(evaluation).sheets if sheet.name.startswith("Prices"))


def column_of(sheet, label):
    return next(column for (row, column), cell in sheet.cells.items() if row == 3 and label in str(cell.value))


def test_the_quality_of_a_bid_is_the_mean_of_what_is_read_by_its_weights(tmp_path):
    evaluation = to_weigh("reduced", tmp_path)
    sheet, scored = prices(evaluation), evaluation.only_lot.sheet
    column = column_of(sheet, "quality that is read")
    leaves = {"team": 0.5, "projects": 0.3, "method": 0.2}
    bids = [bid for bid, ok in zip(scored.bids, scored.eligible, strict=True) if ok]
    for row, bid in enumerate(bids, start=4):
        mean = sum(
            share * scored.values[scored.criteria.index(leaf), scored.position(bid)] for leaf, share in leaves.items()
        )
        assert sheet.cells[row, column].value == pytest.approx(mean, abs=1e-9)
        assert sheet.cells[row, column + 1].formula.count(address(row, column)) == 1


def test_what_weighs_nothing_in_the_whole_is_read_by_its_share_of_the_node(tmp_path):
    sheet = prices(to_weigh("weightless", tmp_path))
    rows = {cell.value: row for (row, column), cell in sheet.cells.items() if column == 0}
    assert sheet.cells[rows["plan"], 2].value == pytest.approx(0.7)
    assert sheet.cells[rows["plan"], 2].formula == "=IF('Weights'!E5>0,w_plan,'Weights'!C6/'Weights'!D6)"


def test_a_formula_of_the_price_alone_reads_no_quality(desk):
    assert not any(reads_quality(leaf) for leaf in desk.tender.tree.leaves)
    assert "read (0-100)" not in {str(cell.value) for cell in prices(desk).cells.values()}
