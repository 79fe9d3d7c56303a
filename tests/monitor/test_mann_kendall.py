"""The Mann-Kendall test."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pymannkendall
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from supplier_eval.monitor.mann_kendall import (
    exact_chance,
    hamed_rao_factor,
    kendall_statistic,
    normal_chance,
    z_score,
)
from supplier_eval.monitor.sen_slope import sen_slope

# J. Little, College of the Holy Cross, "A Mann-Kendall Example (By Hand)".
HOLY_CROSS = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]


def test_the_example_by_hand_of_holy_cross():
    found = kendall_statistic(HOLY_CROSS)
    z = z_score(found.s, found.variance)
    assert (found.s, found.ties) == (54, (2,))
    assert z == pytest.approx(2.9058, abs=1e-4)
    assert normal_chance(z, "increasing") == pytest.approx(0.0018, abs=1e-4)


FIGURES = st.lists(st.integers(0, 6), min_size=2, max_size=7)


@settings(deadline=None, max_examples=40)
@given(FIGURES)
def test_the_exact_chance_with_ties_is_that_of_all_orders(x):
    s = kendall_statistic(x).s
    every = np.array([kendall_statistic(order).s for order in permutations(x)])
    assert exact_chance(x, s, "two-sided") == pytest.approx((np.abs(every) >= abs(s)).mean())
    assert exact_chance(x, s, "increasing") == pytest.approx((every >= s).mean())
    assert exact_chance(x, s, "decreasing") == pytest.approx((every <= s).mean())


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(4, 25))
def test_without_ties_scipy_gives_the_same_exact_chance_and_tau(seed, n):
    x = np.random.default_rng(seed).permutation(n).astype(float)
    found = kendall_statistic(x)
    theirs = kendalltau(np.arange(n), x, method="exact")
    assert found.tau == pytest.approx(theirs.statistic)
    assert exact_chance(x, found.s, "two-sided") == pytest.approx(theirs.pvalue, abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(5, 40))
def test_pymannkendall_gives_the_same_score_variance_and_chance(seed, n):
    x = np.random.default_rng(seed).integers(0, 9, n).astype(float)
    theirs, ours = pymannkendall.original_test(x), kendall_statistic(x)
    assert (ours.s, ours.variance) == (theirs.s, pytest.approx(theirs.var_s))
    z = z_score(ours.s, ours.variance)
    assert z == pytest.approx(theirs.z)
    assert normal_chance(z, "two-sided") == pytest.approx(theirs.p)


@pytest.mark.parametrize("seed", range(6))
def test_the_correction_of_hamed_and_rao_agrees_with_pymannkendall(seed):
    rng = np.random.default_rng(seed)
    x = np.zeros(40)
    for i in range(1, 40):
        x[i] = 0.7 * x[i - 1] + rng.standard_normal()
    theirs, ours = pymannkendall.hamed_rao_modification_test(x), kendall_statistic(x)
    slope = sen_slope(x, np.arange(40.0), ours.variance).slope
    assert ours.variance * hamed_rao_factor(x, slope) == pytest.approx(theirs.var_s)


def test_equal_figures_say_nothing():
    found = kendall_statistic([2.0] * 6)
    assert (found.s, found.variance) == (0, 0.0)
    assert z_score(found.s, found.variance) == 0.0
    assert exact_chance([2.0] * 6, 0, "two-sided") == 1.0
    assert hamed_rao_factor([2.0] * 6, 0.0) == 1.0
