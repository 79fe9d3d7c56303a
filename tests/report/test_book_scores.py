from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.report.book_scores import LotBook, marks_sheet, weights_sheet
from supplier_eval.report.grid import address


def book_of(evaluation, lot="1"):
    _, names, _ = weights_sheet(evaluation, "en")
    return LotBook(evaluation, evaluation.lots[lot], None, names, "en")


def test_shares_multiply_down_the_tree_and_leaves_have_names(desk):
    sheet, names, references = weights_sheet(desk, "en")
    cells = {cell.value: at for at, cell in sheet.cells.items() if at[1] == 0}
    row = cells["team"][0]
    parent = cells["capability"][0]
    assert sheet.cells[row, 4].formula == f"={address(row, 2)}/{address(row, 3)}*{address(parent, 4)}"
    assert sheet.cells[row, 4].value == pytest.approx(0.125)
    assert references[names["team"]] == f"'Weights'!{address(row, 4, fixed=True)}"


TRIMMED = "=ROUND(ROUND((SUM(E5:I5)-LARGE(E5:I5,1)-SMALL(E5:I5,1))/(COUNT(E5:I5)-2),11),2)"


@pytest.mark.parametrize(
    ("name", "lot", "begins"),
    [("desk", "1", "=ROUND(ROUND(AVERAGE(E5:I5),11),2)"), ("two_lots", "south", TRIMMED)],
)
def test_the_mark_that_counts_follows_the_policys_rule(name, lot, begins, request):
    book = book_of(request.getfixturevalue(name), lot)
    sheet, _ = marks_sheet(book, book.result.sheet.technical)
    last = 4 + len(book.result.sheet.technical.panel.members)
    assert sheet.cells[4, last].formula == begins


def test_raw_marks_are_those_of_the_panel(desk):
    book = book_of(desk)
    technical = book.result.sheet.technical
    sheet, cells = marks_sheet(book, technical)
    row = 4
    for c, leaf in enumerate(technical.panel.leaves):
        for b, bid in enumerate(technical.panel.bids):
            assert [sheet.cells[row, 4 + m].value for m in range(5)] == technical.panel.marks[:, c, b].tolist()
            assert cells[leaf.id, bid] == f"'Marks'!J{row + 1}"
            row += 1


def test_a_mark_that_was_not_given_is_blank_not_zero(two_lots):
    book = book_of(two_lots, "north")
    technical = book.result.sheet.technical
    assert "E5" not in technical.panel.members
    marks = technical.panel.marks.copy()
    marks[0, 0, 0] = np.nan
    import dataclasses

    panel = dataclasses.replace(technical.panel, marks=marks)
    sheet, _ = marks_sheet(book, dataclasses.replace(technical, panel=panel))
    assert sheet.cells[4, 4].value is None
