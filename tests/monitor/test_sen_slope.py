"""Sen's slope and its interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import theilslopes

from supplier_eval.monitor.mann_kendall import exact_chance, kendall_statistic
from supplier_eval.monitor.sen_slope import pair_slopes, sen_slope


def test_the_slope_is_the_median_of_all_pairs():
    found = sen_slope([1.0, 3.0, 2.0, 7.0], [1.0, 2.0, 3.0, 4.0], 26 / 3)
    assert sorted(pair_slopes([1.0, 3.0, 2.0, 7.0], [1, 2, 3, 4])) == [-1.0, 0.5, 2.0, 2.0, 2.0, 5.0]
    assert (found.slope, found.pairs) == (2.0, 6)


def test_four_points_by_hand():
    """10, 15, 14, 20: slopes 5, 2, 3.33, -1, 2.5, 6; the median is halfway between 2.5 and 3.33."""
    assert sen_slope([10, 15, 14, 20], [1, 2, 3, 4], 26 / 3).slope == pytest.approx(2.9167, abs=1e-4)
    assert exact_chance([10, 15, 14, 20], 4, "increasing") == pytest.approx(0.167, abs=5e-4)  # Gilbert, table A18


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(10, 40))
def test_scipy_gives_the_same_slope_and_nearly_the_same_interval(seed, n):
    rng = np.random.default_rng(seed)
    x, t = rng.standard_normal(n) + 0.1 * np.arange(n), np.arange(n) * 1.0
    theirs = theilslopes(x, t, alpha=0.95)
    ours = sen_slope(x, t, kendall_statistic(x).variance)
    assert ours.slope == pytest.approx(theirs[0])
    assert ours.intercept == pytest.approx(theirs[1])
    slopes = pair_slopes(x, t)
    for end, other in ((ours.lower, theirs[2]), (ours.upper, theirs[3])):  # theirs rounds the rank
        apart = abs(np.searchsorted(slopes, end) - np.searchsorted(slopes, other))
        assert apart <= 2


def test_the_interval_covers_the_true_slope_as_often_as_it_says():
    rng, hit = np.random.default_rng(3), 0
    for _ in range(400):
        x = 0.2 * np.arange(18) + rng.standard_normal(18)
        found = sen_slope(x, np.arange(18.0), kendall_statistic(x).variance)
        hit += found.lower <= 0.2 <= found.upper
    assert 0.92 < hit / 400 < 0.985


def test_few_points_have_an_interval_without_ends_and_one_has_no_slope():
    found = sen_slope([1.0, 2.0, 4.0], [0, 1, 2], 11 / 3)
    assert (found.lower, found.upper) == (-np.inf, np.inf)
    assert np.isnan(sen_slope([1.0], [0.0], 0.0).slope)
