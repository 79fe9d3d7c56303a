"""Tables of the risk room: every finding at once, missing is not zero."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk.records import Column, Unclear, as_figure, is_missing, judge_records, read_records

COLUMNS = (Column("id"), Column("n", "whole", least=0, most=10), Column("x", "figure", required=False, filled=False))


def test_rows_come_in_the_order_of_their_ids_with_spreadsheet_rows():
    given = pd.DataFrame({"id": ["b", " Ａ", "00123"], "n": [1, 2, 3], "x": [None, Decimal("1.5"), np.float32(2)]})
    records = read_records(given, COLUMNS, "t", key=("id",))
    assert [(r.text("id"), r.row, r.figure("x")) for r in records] == [("00123", 4, 2.0), ("A", 3, 1.5), ("b", 2, None)]


def test_rows_are_grouped_by_what_is_wrong():
    given = pd.DataFrame({"id": ["a", "b", "c", "d"], "n": [11, 11, 1.5, True]}, dtype=object)
    with pytest.raises(InvalidInput) as refused:
        read_records(given, COLUMNS, "t", key=("id",))
    assert [(f.code, f.rows) for f in refused.value.findings] == [
        ("risk_table.out_of_range", (2, 3)),
        ("risk_table.not_whole", (4,)),
        ("risk_table.not_number", (5,)),
    ]
    assert ">= 0, <= 10" in refused.value.report()


def test_ids_that_are_numbers_are_refused():
    with pytest.raises(InvalidInput, match="00123 stays 00123"):
        read_records(pd.DataFrame({"id": [123], "n": [1]}), COLUMNS, "t")


def test_a_column_twice_is_refused():
    given = pd.DataFrame([["a", 1, 2]], columns=["id", "n", "n"])
    with pytest.raises(InvalidInput, match="twice"):
        read_records(given, COLUMNS, "t")


def test_a_renamed_column_is_missing_and_the_names_there_are_shown():
    with pytest.raises(InvalidInput, match="There is: id, number"):
        read_records(pd.DataFrame({"id": ["a"], "number": [1]}), COLUMNS, "t")


@pytest.mark.parametrize("given", [None, [], "t", {"id": ["a"]}, 5])
def test_something_else_than_a_table_is_refused_in_words(given):
    with pytest.raises(InvalidInput, match="a table is asked for"):
        read_records(given, COLUMNS, "t")


def test_what_counts_as_missing_and_as_a_number():
    assert all(is_missing(x) for x in (None, float("nan"), pd.NA, pd.NaT, "", "  ", Decimal("NaN"), np.float64("nan")))
    assert not any(is_missing(x) for x in (0, "0", False, float("inf")))
    assert [as_figure(x) for x in (True, "1", float("nan"), np.bool_(True))] == [None] * 4


def test_figures_and_ranges_in_findings_are_written_in_full():
    table = pd.DataFrame({"id": ["a", "b"], "money": [2e15, "x"]}, dtype=object)
    with pytest.raises(InvalidInput) as refused:
        read_records(table, [Column("id"), Column("money", "figure", least=0, above=True, most=1e15)], "t")
    said = " ".join(finding.line("en") for finding in refused.value.findings)
    assert "out of its range (> 0, <= 1,000,000,000,000,000): “2,000,000,000,000,000”" in said
    assert "e+" not in said


def test_wrong_cells_of_a_column_are_one_finding_with_their_rows_and_what_could_be_read_is_there():
    table = pd.DataFrame({"id": ["a", "b", "c", None], "money": ["2,000", 7.0, "€5", 1.0]}, dtype=object)
    records, found = judge_records(table, [Column("id"), Column("money", "figure", least=0)], "t", ("id",))
    assert [(one.code, one.rows, one.value) for one in found] == [
        ("risk_table.cell_missing", (5,), ""),
        ("risk_table.not_number", (2, 4), "2,000”, “€5"),
    ]
    assert "no separators of thousands" in found[1].advise("en") and "千位分隔符" in found[1].advise("zh")
    assert [one.figure("money") for one in records if one.text("id") == "b"] == [7.0]
    unclear = Unclear(found)
    assert unclear(2, "money") and not unclear(3, "money", "id")
