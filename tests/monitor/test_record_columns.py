"""Columns of any type become what the contract says, or a finding."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.intake.tables import Column
from supplier_eval.monitor.record_columns import ColumnFindings, empty_column, typed_column

NINE = pd.Timestamp("2026-03-02T01:00", tz="UTC")


def read(
    cells: object, kind: str, zone: str = "", **more: object
) -> tuple[pd.Series, list[tuple[str, tuple[int, ...]]]]:
    series = cells if isinstance(cells, pd.Series) else pd.Series(cells, dtype=object)
    findings = ColumnFindings("t", np.arange(2, 2 + len(series)))
    column = typed_column(series, Column("c", kind, **({"filled": False} | more)), zone, findings)
    return column, [(f.code.removeprefix("t.c."), f.rows) for f in findings.found]


@pytest.mark.parametrize(
    "cells",
    [
        ["2026-03-02T09:00+08:00", ""],
        ["2026-03-02 01:00Z", None],
        ["2026年3月2日 9时00分+08:00", "  "],
        pd.Series([NINE, None]),
        pd.Series([NINE.tz_convert("Asia/Shanghai"), pd.NaT]).dt.as_unit("ns"),
    ],
)
def test_moments_in_any_form(cells):
    column, found = read(cells, "moment")
    assert column.tolist()[0] == NINE and pd.isna(column[1]) and found == []
    assert str(column.dtype) == "datetime64[us, UTC]"


def test_moments_without_a_zone_need_a_declared_one():
    for cells in (["2026-03-02 09:00"], pd.Series(pd.to_datetime(["2026-03-02 09:00"]))):
        column, found = read(cells, "moment")
        assert found == [("no_time_zone", (2,))] and column.isna().all()
        column, found = read(cells, "moment", "Asia/Shanghai")
        assert found == [] and column[0] == NINE


def test_a_skipped_or_doubled_time_is_a_finding():
    wall = pd.Series(pd.to_datetime(["2026-03-29 02:30", "2026-10-25 02:30", "2026-06-01 02:30"]))
    assert read(wall, "moment", "Europe/Berlin")[1] == [("time_changed", (2, 3))]
    texts = ["2026-03-29 02:30", "2026-10-25 02:30", "2026-06-01 02:30"]
    assert read(texts, "moment", "Europe/Berlin")[1] == [("time_skipped", (2,)), ("time_twice", (3,))]


def test_ids_keep_their_zeros_and_na_is_a_name():
    column, found = read(["00123", "NA", "ＡＢ１", " x ", ""], "id")
    assert column.astype(object).tolist() == ["00123", "NA", "AB1", "x", ""] and found == []
    column, _ = read(pd.Series([7, 8]), "id")
    assert column.astype(object).tolist() == ["7", "8"]
    assert read(pd.Series([7.0, np.nan]), "id")[1] == [("not_an_id", (2,))]
    assert read(pd.Series(["a", None, "a"], dtype="category"), "id")[0].astype(object).tolist() == ["a", "", "a"]
    assert read(pd.Series(["a", None], dtype="str"), "id", filled=True)[1] == [("blank", (3,))]


def test_numbers_and_what_is_none():
    column, found = read(["1.5", "２", "", "many", "1,000"], "number")
    assert column.tolist()[:2] == [1.5, 2.0] and column.isna().tolist() == [False, False, True, True, True]
    assert found == [("not_a_number", (5,)), ("separator", (6,))]
    column, found = read(pd.Series([1, 2]), "number")
    assert column.tolist() == [1.0, 2.0]
    assert read(pd.Series([1.0, np.inf, np.nan]), "number", filled=True)[1] == [("not_a_number", (3,)), ("blank", (4,))]


def test_dates_choices_and_answers():
    column, found = read(["2026-03-02", "2026年3月2日", "3/4/2026", ""], "date")
    assert column.tolist()[:2] == [pd.Timestamp("2026-03-02")] * 2 and found == [("two_readings", (4,))]
    assert read(pd.Series(pd.to_datetime(["2026-03-02 09:00"])), "date")[1] == [("time_not_expected", (2,))]
    column, found = read(["Drill", "EVENT", "party"], "choice", choices=("drill", "event"))
    assert column.astype(object).tolist() == ["drill", "event", "party"] and found == [("not_a_choice", (4,))]
    column, found = read(["是", "no", "", "maybe"], "yes_no")
    assert column.tolist()[:2] == [True, False] and column.isna().tolist() == [False, False, True, True]
    assert found == [("not_yes_no", (5,))]
    assert read(pd.Series([True, False]), "yes_no")[0].tolist() == [True, False]


def test_empty_columns_of_every_kind():
    for kind in ("id", "text", "choice", "number", "date", "moment", "yes_no"):
        assert len(empty_column(Column("c", kind), 3)) == 3
        column, found = read([], kind)
        assert len(column) == 0 and found == []
        assert column.dtype.kind == empty_column(Column("c", kind), 0).dtype.kind


def test_what_is_no_cell_is_read_as_the_text_that_it_shows():
    assert read([["a"], {"b": 1}, None], "moment")[1] == [("not_a_date", (2, 3))]
    assert read([["a"], None], "id")[0].astype(object).tolist() == ["['a']", ""]


def test_names_that_no_row_has_are_nobody():
    column, _ = read(pd.Series(pd.Categorical(["a", "b"], categories=["b", "ghost", "a"])), "id")
    assert set(column.cat.categories) == {"a", "b"}


def test_moments_outside_the_centuries_are_findings_in_any_form():
    far = pd.Series(pd.DatetimeIndex(["1850-01-01", "2026-01-01", "2300-01-01"]).as_unit("us").tz_localize("UTC"))
    for cells in (far, [stamp.isoformat() for stamp in far]):
        assert read(cells, "moment")[1] == [("year_out_of_range", (2, 4))]
