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
        assert above <= high * n <= min(above + 1, n)


def test_one_limit_by_hand():
    # n = 2, rate 0.5: P(R <= 0) = 0.25 >= 0.025, so r = 0 and alpha = (0.25 - 0.025) / 0.25 = 0.9: below 0, cut to 0
    # upper: the same of the other outcome; 2 of 2 happen in a quarter of all cases and are no news
    lower, upper = funnel_limits([2], 0.5, 0.95)
    assert (lower[0], upper[0]) == (0.0, 1.0)
    # n = 6, rate 0.5: P(R <= 0) = 1/64 < 0.025 <= P(R <= 1) = 7/64, alpha = (7/64 - 0.025) / (6/64) = 0.9
    lower, upper = funnel_limits([6], 0.5, 0.95)
    assert lower[0] == pytest.approx(0.1 / 6) and upper[0] == pytest.approx(1 - 0.1 / 6)


@pytest.mark.parametrize("rate", [0.5, 0.9, 0.97, 0.02])
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_what_lies_outside_is_what_chance_gives_less_often_than_the_tail(rate, confidence):
    tail = (1 - confidence) / 2
    for n in (1, 2, 5, 6, 30, 131, 1000):
        (low,), (high,) = funnel_limits([n], rate, confidence)
        count = np.arange(n + 1)
        assert ((count / n < low - 1e-12) == (binom.cdf(count, n, rate) < tail)).all()
        assert ((count / n > high + 1e-12) == (binom.sf(count - 1, n, rate) < tail)).all()


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
