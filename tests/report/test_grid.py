from __future__ import annotations

import pytest

from supplier_eval.report import grid


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_spreadsheets_do(column, letters):
    assert grid.column_name(column) == letters


def test_addresses():
    assert grid.address(0, 0) == "A1"
    assert grid.address(9, 27, fixed=True) == "$AB$10"


def test_a_text_that_looks_like_a_formula_stays_a_text():
    sheet = grid.Sheet("S")
    sheet.put(0, 0, "=1+1")
    assert sheet.cells[0, 0].formula == ""
    assert sheet.cells[0, 0].value == "=1+1"


def test_a_formula_that_no_program_takes_becomes_its_figure():
    sheet = grid.Sheet("S")
    sheet.put(0, 0, 5.0, "figure", "=" + "1+" * 5000 + "1")
    assert sheet.cells[0, 0] == grid.Cell(5.0, "", "figure")


@pytest.mark.parametrize("label", ["a/b:c*d?[e]\\f'g", "x" * 60, "标段：评分"])
def test_sheet_names_hold_what_programs_allow(label):
    name = grid.sheet_name(label, 12)
    assert len(name) <= 31
    assert name.endswith(" 12")
    assert not set(name) & set("[]:*?/\\'")


def test_defined_names_are_different_for_every_criterion():
    ids = ("team", "Team", "te-am", "te_am", "团队", "小组", "1", "R1C1", "x" * 300)
    names = grid.defined_names(ids)
    assert len({name.casefold() for name in names.values()}) == len(ids)
    assert all(name.startswith("w_") and name.isascii() and len(name) < 255 for name in names.values())
    assert names["team"] == "w_team"


def test_numbers_are_written_with_all_their_digits():
    assert grid.exact(0.1) == "0.1"
    assert grid.exact(-2.5) == "(-2.5)"
    assert float(grid.exact(1 / 3)) == 1 / 3
    assert grid.exact(1e-7) == "1E-07"


def test_rounding_reads_nine_decimals_first():
    assert grid.rounded("A1", None) == "A1"
    assert grid.rounded("A1", 2) == "ROUND(ROUND(A1,11),2)"


def test_rows_are_as_high_as_the_texts_that_break_lines():
    sheet = grid.Sheet("S", widths={0: 11, 1: 11})
    sheet.put(0, 0, "x" * 35)
    sheet.put(1, 0, "投标人" * 5)
    sheet.put(2, 0, "x" * 35, "note")
    sheet.put(3, 0, "short")
    sheet.heads(4, ["y" * 9, "y" * 9], 1)
    sheet.fit_rows()
    assert sheet.heights == {0: 4 * grid.LINE_HEIGHT, 1: 3 * grid.LINE_HEIGHT, 4: 2 * grid.LINE_HEIGHT}
    assert [sheet.cells[4, column].style for column in (0, 1)] == ["head", "head_figure"]
