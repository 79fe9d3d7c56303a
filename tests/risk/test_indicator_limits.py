"""Quantiles with intervals that cover, robust limits."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from supplier_eval.risk.indicator_limits import readings_needed, robust_limit, upper_quantile


def test_readings_needed_for_an_upper_end():
    """0.9^n <= 0.05 from n = 29 on; 0.5^n <= 0.025 from n = 6 on (the median of six at 95 %)."""
    assert readings_needed(0.9, 0.9) == 29
    assert readings_needed(0.5, 0.95) == 6
    assert upper_quantile(np.arange(28.0), 0.9, 0.9) is None


def test_the_median_of_ten_lies_between_the_second_and_the_ninth():
    """David and Nagaraja, section 7.1: ranks 2 and 9 of ten cover the median with 97.9 %."""
    assert upper_quantile(np.arange(1.0, 11.0)[::-1], 0.5, 0.95) == (5, 2, 9)


@pytest.mark.parametrize(("n", "level"), [(29, 0.9), (60, 0.9), (150, 0.975), (33, 0.5), (400, 0.9)])
def test_the_interval_covers_with_its_confidence_and_no_narrower_one_does(n, level):
    value, lower, upper = (int(one) for one in upper_quantile(np.arange(1.0, n + 1), level, 0.9))
    assert lower <= value <= upper
    below, above = binom.cdf(lower - 1, n, level), 1 - binom.cdf(upper - 1, n, level)
    assert (below <= 0.05 or lower == 1) and above <= 0.05
    assert binom.cdf(lower, n, level) > 0.05
    assert 1 - binom.cdf(upper - 2, n, level) > 0.05


def test_the_robust_limit_of_normal_readings_is_near_their_quantile_and_one_outlier_moves_it_little():
    values = np.random.default_rng(1).normal(10, 2, 2000)
    value, lower, upper = robust_limit(values, 0.975, 0.9, 0)
    assert lower < value < upper
    assert abs(value - (10 + 2 * 1.95996)) < 0.25
    spoiled = robust_limit(np.append(values, 1e9), 0.975, 0.9, 0)
    assert abs(spoiled[0] - value) < 0.01
    assert robust_limit(values[::-1], 0.975, 0.9, 0) == (value, lower, upper)


def test_no_robust_limit_without_spread_or_readings():
    assert robust_limit(np.array([5.0] * 11 + [7.0]), 0.9, 0.9, 0) is None
    assert robust_limit(np.arange(9.0), 0.9, 0.9, 0) is None
