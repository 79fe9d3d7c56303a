"""Times as figures."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from supplier_eval.monitor.trend_times import label_times, times_of


def read(given, n):
    found = []
    times, unit = times_of(given, n, found)
    return times, unit, [finding.code for finding in found]


def test_dates_are_in_days_and_periods_in_their_own_steps():
    times, unit, found = read([date(2026, 1, 1), date(2026, 1, 8)], 2)
    assert (times[1] - times[0], unit, found) == (7.0, "day", [])
    assert np.diff(read(pd.to_datetime(["2026-01-01", "2026-03-01"]), 2)[0])[0] == 59.0
    months, unit, _ = read(pd.period_range("2026-01", periods=3, freq="M"), 3)
    assert np.diff(months).tolist() == [1.0, 1.0] and unit == "period M"
    assert read(None, 3)[0].tolist() == [1.0, 2.0, 3.0]


def test_labels_that_are_times_sort_by_time_and_others_stand():
    found = []
    assert label_times(["2026-02", "2025-12"], "x", found)[1] < label_times(["2026-02"], "x", found)[0]
    assert [p.freqstr[0] for p in label_times(["2026Q1", "2026-Q2"], "x", found)] == ["Q", "Q"]
    assert label_times(["a", "2026-01"], "x", found) is None and label_times([1, 2], "x", found) is None
    assert label_times([], "x", found) is None and not found
    mixed = [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-02", tz="UTC")]
    assert label_times(mixed, "x", found) is None and found[0].code == "trend.mixed_times"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("2026", "series.none"),
        ([1], "series.length"),
        ([1, "x"], "trend.no_time"),
        ([1, None], "trend.no_time"),
        ([1, date(2026, 1, 1)], "trend.mixed_times"),
        ([pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-02", tz="UTC")], "trend.mixed_times"),
        ([4, 4], "trend.time_twice"),
    ],
)
def test_what_is_no_time_is_a_finding(given, code):
    assert read(given, 2)[2] == [code]


@pytest.mark.parametrize("texts", [["2024-11", "2024-12", "2025-01"], ["2025Q1", "2025Q2", "2025Q3"]])
def test_texts_of_one_kind_are_times(texts):
    found = []
    times, unit = times_of(texts, 3, found)
    assert not found and np.diff(times).tolist() == [1.0, 1.0] and unit.startswith("period")


def test_days_as_text_are_days_and_other_texts_are_refused():
    found = []
    assert times_of(["2024-11-29", "2024-12-01"], 2, found)[1] == "day" and not found
    times_of(["soon", "2024-12"], 2, found)
    assert [finding.code for finding in found] == ["trend.no_time"]
