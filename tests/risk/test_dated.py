"""Days in the tables of the risk room."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from supplier_eval.risk.dated import as_day, read_days

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "given", [DAY, datetime(2026, 3, 1), pd.Timestamp(DAY), "2026-03-01", "2026年3月1日", "２０２６/3/1"]
)
def test_a_day_in_any_usual_form(given):
    assert as_day(given) == DAY


@pytest.mark.parametrize(
    "given", [datetime(2026, 3, 1, 5), datetime(2026, 3, 1, tzinfo=UTC), pd.NaT, "3/4/2026", 46000, None, True, "soon"]
)
def test_what_is_no_day(given):
    assert as_day(given) is None


def test_days_by_row_missing_ones_have_none_and_bad_ones_are_said_together():
    frame = pd.DataFrame({"on": ["2026-03-01", None, "x", 5], "due": [None] * 4}, dtype=object)
    days, found = read_days(frame, ("on", "due", "gone"), "t", ("on", "gone"))
    assert days["on"] == {2: DAY}
    assert days["due"] == {} and days["gone"] == {}
    assert [(f.code, f.column, f.rows) for f in found] == [
        ("risk_table.not_day", "on", (4, 5)),
        ("risk_table.cell_missing", "on", (3,)),
        ("risk_table.column_missing", "gone", ()),
    ]


def test_a_column_of_moments_is_read():
    days, found = read_days(pd.DataFrame({"on": pd.to_datetime(["2026-03-01", None])}), ("on",), "t")
    assert (days["on"], found) == ({2: DAY}, [])


def test_a_column_twice_is_refused():
    frame = pd.DataFrame([["2026-03-01"] * 2], columns=["on", "on"])
    assert [f.code for f in read_days(frame, ("on",), "t")[1]] == ["risk_table.column_twice"]


def test_years_beyond_any_contract_are_no_days():
    assert as_day(date.max) is None and as_day(date(1899, 12, 31)) is None
    assert as_day(date(2199, 12, 31)) == date(2199, 12, 31)
