"""Counts of failures: p, np, u, c, and Laney's charts."""

from __future__ import annotations

import numpy as np
import pytest
import shewhart

from supplier_eval.monitor.attribute_charts import attribute_estimate, sigma_of_rate

# D. C. Montgomery, Introduction to Statistical Quality Control, table 7.1: cans of orange juice, n = 50.
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# The same book, example 7.3: nonconformities in 26 samples of 100 printed circuit boards (recalled).
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]


def test_the_orange_juice_cans_of_montgomery():
    rate = attribute_estimate("p", CANS, [50] * 30).rate
    sigma = sigma_of_rate("p", rate, 50)
    assert rate == pytest.approx(0.2313, abs=6e-5)
    assert rate - 3 * sigma == pytest.approx(0.0524, abs=6e-5)
    assert rate + 3 * sigma == pytest.approx(0.4102, abs=6e-5)


def test_the_circuit_boards_of_montgomery():
    rate = attribute_estimate("c", BOARDS, [1.0] * 26).rate
    assert sum(BOARDS) == 516
    assert rate == pytest.approx(19.85, abs=5e-3)
    assert rate + 3 * sigma_of_rate("c", rate, 1.0) == pytest.approx(33.22, abs=1e-2)
    assert rate - 3 * sigma_of_rate("c", rate, 1.0) == pytest.approx(6.48, abs=1e-2)


def test_the_wafers_of_nist_6_3_3_1():
    defects = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]
    rate = attribute_estimate("c", defects, [1.0] * 25).rate
    sigma = sigma_of_rate("c", rate, 1.0)
    assert (rate, rate + 3 * sigma, rate - 3 * sigma) == (16.0, 28.0, 4.0)


@pytest.mark.parametrize("kind", ["laney_p", "laney_u"])
def test_the_factor_of_laney_agrees_with_an_independent_library(kind):
    rng = np.random.default_rng(3)
    n = rng.integers(200, 4000, 25)
    counts = rng.binomial(n, rng.beta(20, 380, 25))
    theirs = getattr(shewhart, kind)(counts.tolist(), size=n.tolist(), rules="none").stats
    ours = attribute_estimate(kind, counts, n)
    assert ours.rate == pytest.approx(theirs["p_center" if kind == "laney_p" else "u_center"])
    assert ours.spread == pytest.approx(theirs["sigma_z"], rel=4e-4)  # 1.128 against 2 / sqrt(pi)


def test_the_rate_is_that_of_all_items_not_the_mean_of_rates():
    assert attribute_estimate("p", [1, 0], [1, 999]).rate == pytest.approx(0.001)


def test_a_period_without_work_is_left_out():
    with_gap = attribute_estimate("laney_p", [3, np.nan, 5, 0], [50, 0, 60, 40])
    assert with_gap == attribute_estimate("laney_p", [3, 5, 0], [50, 60, 40])
    assert np.isnan(attribute_estimate("u", [np.nan], [0]).rate)


def test_no_failure_at_all_has_no_spread():
    found = attribute_estimate("laney_p", [0, 0, 0], [10, 20, 30])
    assert (found.rate, found.spread) == (0.0, 0.0)
    assert np.isnan(attribute_estimate("laney_p", [1], [10]).spread)
