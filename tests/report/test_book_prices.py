from __future__ import annotations

from supplier_eval.report.book_prices import prices_sheet
from supplier_eval.report.book_scores import LotBook, weights_sheet


def made(evaluation):
    _, names, _ = weights_sheet(evaluation, "en")
    result = evaluation.only_lot
    return prices_sheet(LotBook(evaluation, result, None, names, "en"), result.sheet.prices)


def test_the_ladder_stands_rung_by_rung_and_the_deduction_is_a_formula(desk):
    sheet, cells, evaluated = made(desk)
    rows = {cell.value: row for (row, column), cell in sheet.cells.items() if column == 0}
    assert [sheet.cells[rows["B2"], column].value for column in range(2, 7)] == [1100000.0] * 4 + [990000.0]
    assert sheet.cells[rows["B2"], 6].formula == "=ROUND(F6*(1-0.1),2)"
    assert sheet.cells[rows["B1"], 6].formula == "=F5"
    assert evaluated["B2"] == "'Prices'!F6"
    assert set(cells) == {("price", bid) for bid in ("B1", "B2", "B4", "B6")}


def test_the_score_is_a_live_formula_over_the_bids_that_count(desk):
    sheet, _, _ = made(desk)
    formula = next(c.formula for c in sheet.cells.values() if "MIN(1," in c.formula)
    assert formula == "=100*MAX(0,MIN(1,MIN($H$5:$H$8)/H5))"


def test_items_feed_the_criteria_that_score_them(museum):
    sheet, cells, evaluated = made(museum)
    assert evaluated == {}
    assert len(cells) == 8
    heads = [cell.value for (row, _), cell in sorted(sheet.cells.items()) if row == 3]
    assert "Price item 1" in heads
    assert sum("price that is scored" in str(head) for head in heads) == 4


def test_only_opened_bids_are_listed(below_floor):
    sheet, _, _ = made(below_floor)
    assert {cell.value for (row, column), cell in sheet.cells.items() if column == 0 and row > 3} == {"B1", "B2"}
