"""Exact limits of a funnel plot."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from supplier_eval.monitor.funnel_limits import funnel_limits


def test_the_interpolated_counts_lie_between_the_counts_around_each_probability():
    lower, upper = funnel_limits([10, 50, 400], 0.9, 0.95)
    for n, low, high in zip((10, 50, 400), lower, upper, strict=True):
        below, above = binom.ppf([0.025, 0.975], n, 0.9)
        assert below - 1 <= low * n <= below
        assert above - 1 <= high * n <= above


def test_one_limit_by_hand():
    # n = 2, rate 0.5: P(R <= 0) = 0.25 >= 0.025, so r = 0 and alpha = (0.25 - 0.025) / 0.25 = 0.9: below 0, cut to 0
    # upper: P(R <= 1) = 0.75 < 0.975 <= P(R <= 2) = 1, alpha = (1 - 0.975) / 0.25 = 0.1: (2 - 0.1) / 2 = 0.95
    lower, upper = funnel_limits([2], 0.5, 0.95)
    assert lower[0] == 0.0
    assert upper[0] == pytest.approx(0.95)


def test_many_cases_come_near_the_normal_limits_and_wider_ones_lie_outside():
    n = np.array([20_000])
    lower, upper = funnel_limits(n, 0.3, 0.95)
    half = 1.959964 * np.sqrt(0.3 * 0.7 / n)
    assert upper[0] - 0.3 == pytest.approx(half[0], rel=0.01)
    assert funnel_limits(n, 0.3, 0.998)[0][0] < lower[0]


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_without_failures_or_without_successes_there_is_no_width(rate):
    lower, upper = funnel_limits([5, 9], rate, 0.95)
    assert lower.tolist() == upper.tolist() == [rate, rate]
