"""Trends as they are asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import supplier_eval as se
from monitor.test_mann_kendall import HOLY_CROSS
from supplier_eval.errors import InvalidInput


def trend(*given, **asked):
    return se.monitor.trend_test(*given, **asked)


def test_the_example_by_hand_of_holy_cross():
    found = trend(HOLY_CROSS, alternative="increasing")
    assert (found.s, found.method, found.conclusion) == (54, "normal", "rising")
    assert found.z == pytest.approx(2.9058, abs=1e-4)
    assert found.p_value == pytest.approx(0.0018, abs=1e-4)
    exact = trend(HOLY_CROSS, alternative="increasing", method="exact")
    assert exact.p_value == pytest.approx(0.001195, abs=1e-6) and exact.p_normal == found.p_value


def test_few_points_are_judged_exactly():
    found = trend([1, 2, 3, 4, 5])
    assert (found.method, found.p_value) == ("exact", pytest.approx(2 / 120))
    assert found.conclusion == "rising"
    assert trend([5, 4, 3, 2, 1]).conclusion == "falling"


def test_too_few_points_are_said_to_be_too_few():
    assert trend([1, 2, 3]).conclusion == "too_few"
    four = trend([1, 2, 3, 4])
    assert four.conclusion == "too_few"  # even the clearest order of four has a chance of 2 in 24
    assert four.smallest_p == pytest.approx(2 / 24)
    assert trend([1, 2, 3, 4], alternative="increasing").conclusion == "rising"
    for n in (0, 1, 2):
        empty = trend([1.0] * n)
        assert empty.conclusion == "too_few" and np.isnan(empty.p_value)
        assert "Too few" in empty.explain() and empty.explain("zh")
        assert len(empty.to_frame()) == 1


def test_equal_figures_have_no_trend():
    found = trend([3.0] * 12)
    assert found.conclusion == "no_variation" and found.p_value == 1.0
    assert found.slope.slope == 0.0
    assert np.isnan(found.tau)


def test_a_gap_is_left_out_but_time_goes_on():
    found = trend([1, 2, None, 4, 5, 6])
    assert (found.n, found.gaps, found.slope.slope) == (5, 1, 1.0)


def test_the_order_of_rows_does_not_matter_where_times_are_given():
    x, t = np.array(HOLY_CROSS), np.arange(14)
    mixed = np.random.default_rng(1).permutation(14)
    assert trend(x[mixed], t[mixed]).to_frame().equals(trend(x, t).to_frame())


def test_times_are_matched_to_figures_by_their_labels():
    x = pd.Series([1.0, 2, 3, 4, 5], index=list("abcde"))
    times = pd.Series([5, 4, 3, 2, 1], index=list("edcba"))
    assert trend(x, times).s == 10
    with pytest.raises(InvalidInput, match="labels"):
        trend(x, times.rename({"a": "z"}))


def test_the_index_of_a_series_gives_the_times():
    months = pd.period_range("2026-01", periods=14, freq="M")
    found = trend(pd.Series(HOLY_CROSS, index=months))
    assert found.time_unit == "period M"
    assert found.slope.slope == trend(HOLY_CROSS).slope.slope
    assert "a period" in found.explain()


def test_months_as_text_are_times_and_a_month_that_is_not_there_counts():
    x = pd.Series([4.0, 1, 2, 3], index=["2026-05", "2026-01", "2026-02", "2026-03"])
    found = trend(x, alternative="increasing")
    assert found.time_unit.startswith("period") and (found.s, found.conclusion) == (6, "rising")
    assert found.slope.slope < 1.0


def test_neighbours_that_are_alike_make_a_trend_less_sure():
    rng = np.random.default_rng(2)
    x = np.zeros(40)
    for i in range(1, 40):
        x[i] = 0.8 * x[i - 1] + rng.standard_normal()
    plain, corrected = trend(x), trend(x, autocorrelation="hamed_rao")
    assert corrected.variance_factor > 1
    assert corrected.p_value > plain.p_value
    assert "Hamed" in corrected.explain()


def test_all_that_is_wrong_comes_at_once():
    with pytest.raises(InvalidInput) as refused:
        trend([1, "x"], [1, 1], alternative="up", method="guess", level=2)
    codes = [finding.code for finding in refused.value.findings]
    assert sorted(codes) == ["series.choice", "series.choice", "series.figure", "series.no_figure", "trend.time_twice"]
    for asked, code in (
        ({"method": "exact"}, "trend.exact"),
        ({"method": "exact", "autocorrelation": "hamed_rao"}, "trend.exact"),
    ):
        with pytest.raises(InvalidInput, match=code):
            trend(list(range(40)), **asked)
    with pytest.raises(InvalidInput, match=r"trend\.uneven"):
        trend([1, None, 3, 4, 5], autocorrelation="hamed_rao")
    with pytest.raises(InvalidInput, match=r"trend\.too_many"):
        trend(np.zeros(5001))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(5, 25))
def test_turned_over_it_falls_as_it_rose(seed, n):
    x = np.random.default_rng(seed).integers(0, 9, n).astype(float)
    up, down = trend(x), trend(-x)
    assert (up.s, up.slope.slope) == (-down.s, -down.slope.slope)
    assert up.p_value == pytest.approx(down.p_value)
    assert {up.conclusion, down.conclusion} in ({"rising", "falling"}, {"no_trend"}, {"no_variation"}, {"too_few"})
