"""Days and moments of any dtype."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from supplier_eval.batch.cells import read_numbers
from supplier_eval.batch.faults import Faults
from supplier_eval.batch.ids import read_ids
from supplier_eval.batch.times import DAY, EPOCH, LAST_DAY, read_days, read_moments


def number(text: str) -> int:
    return (date.fromisoformat(text) - EPOCH).days


def test_days_are_read_from_text_dates_and_timestamps():
    for cells in (["2026-03-01", "2026年3月1日", None], [date(2026, 3, 1), pd.Timestamp("2026-03-01"), None]):
        found = read_days(pd.Series(cells, dtype=object), Faults(3), "d")
        assert found.days.tolist()[:2] == [number("2026-03-01")] * 2
        assert found.missing.tolist() == [False, False, True]
    stored = read_days(pd.to_datetime(pd.Series(["2026-03-01", None])), Faults(2), "d")
    assert stored.days[0] == number("2026-03-01")
    assert stored.missing.tolist() == [False, True]
    zoned = pd.to_datetime(pd.Series(["2026-03-01"])).dt.tz_localize("Asia/Shanghai")
    assert read_days(zoned, Faults(1), "d").days[0] == number("2026-03-01")


def test_days_and_lists_in_the_types_of_arrow_are_read_as_what_they_are():
    days = pd.Series([date(2026, 3, 1), None], dtype=pd.ArrowDtype(pa.date32()))
    found = read_days(days, Faults(2), "d")
    assert (found.days[0], found.missing.tolist()) == (number("2026-03-01"), [False, True])
    for read in (read_moments, read_numbers, read_ids):
        faults = Faults(2)
        read(days, faults, "d")
        assert faults.found[0].at.tolist() == [0]  # a day is no moment, no figure and no id
    lists = pd.Series([[1], None], dtype=pd.ArrowDtype(pa.list_(pa.int64())))
    for read in (read_days, read_moments, read_numbers, read_ids):
        faults = Faults(2)
        read(lists, faults, "d")
        assert faults.found[0].at.tolist() == [0]


def test_none_and_for_ever_are_said_in_words():
    cells = pd.Series(["none", "永久", "3/4/2026"])
    faults = Faults(3)
    found = read_days(cells, faults, "d", frozenset({"none"}), frozenset({"永久"}))
    assert found.none.tolist() == [True, False, False]
    assert found.days[1] == LAST_DAY
    assert [f.code for f in faults.found] == ["batch.date.two_readings"]
    assert read_days(pd.Series([None], dtype=object), Faults(1), "d").missing.all()


def test_a_time_of_day_in_a_column_of_days_is_a_fault():
    faults = Faults(1)
    read_days(pd.to_datetime(pd.Series(["2026-03-01 09:30"])), faults, "d")
    assert faults.found[0].code == "batch.date.time_not_expected"


def test_moments_with_and_without_a_zone():
    aware = read_moments(pd.Series(["2026-03-01T23:30:00-02:00", None]), Faults(2), "m")
    assert aware.moments[0] == number("2026-03-02") * DAY + 5_400_000_000
    assert aware.days[0] == number("2026-03-01")
    assert aware.missing.tolist() == [False, True]
    shanghai = read_moments(pd.to_datetime(pd.Series(["2026-03-01 09:00"])), Faults(1), "m", "Asia/Shanghai")
    assert shanghai.moments[0] == number("2026-03-01") * DAY + 3_600_000_000
    utc = pd.to_datetime(pd.Series(["2026-03-01 20:00"])).dt.tz_localize("UTC")
    assert read_moments(utc, Faults(1), "m", "Asia/Shanghai").days[0] == number("2026-03-02")


def test_a_moment_without_a_zone_is_a_fault_as_text_and_as_a_timestamp():
    for cells in (["2026-03-01 20:00", None], pd.to_datetime(["2026-03-01 20:00", None])):
        faults = Faults(2)
        read_moments(pd.Series(cells), faults, "m")
        assert [(f.code, f.at.tolist()) for f in faults.found] == [("batch.date.no_time_zone", [0])]


def test_a_moment_that_is_none_is_a_fault():
    faults = Faults(2)
    read_moments(pd.Series(["soon", "2026-03-01 09:00"]), faults, "m")
    assert {f.at.tolist()[0] for f in faults.found} == {0, 1}  # without a zone text is refused
    gap = Faults(1)
    read_moments(pd.to_datetime(pd.Series(["2026-03-29 02:30"])), gap, "m", "Europe/Berlin")
    assert gap.found[0].code == "batch.moment.not_on_the_clock"
    assert read_moments(pd.Series([None], dtype=object), Faults(1), "m").missing.all()
    assert np.array_equal(read_moments(pd.Series([], dtype=object), Faults(0), "m").days, [])
