"""A lognormal loss from a 90 % interval, and its grid."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import lognorm

from supplier_eval.risk.severity import METHODS, discretise, lognormal_from_interval, lognormal_moments


def test_the_interval_holds_the_5_and_the_95_percent_quantile():
    mu, sigma = lognormal_from_interval(10_000, 500_000)
    law = lognorm(sigma, scale=math.exp(mu))
    assert law.ppf([0.05, 0.95]) == pytest.approx([10_000, 500_000])
    assert lognormal_moments(mu, sigma) == pytest.approx((law.mean(), law.var() + law.mean() ** 2))


def test_an_interval_without_width_is_a_fixed_loss():
    assert lognormal_from_interval(7, 7) == (pytest.approx(math.log(7)), 0.0)
    for method in METHODS:
        assert discretise(math.log(7), 0.0, 1.0, 12, method).argmax() == 7


@pytest.mark.parametrize("method", METHODS)
def test_the_grid_holds_all_probability_but_the_tail(method):
    mu, sigma = lognormal_from_interval(2, 30)
    masses = discretise(mu, sigma, 0.5, 400, method)
    law = lognorm(sigma, scale=math.exp(mu))
    ends = {"rounding": 199.75, "lower": 200.0, "upper": 199.5}
    assert masses.min() >= 0
    assert masses.sum() == pytest.approx(law.cdf(ends[method]), abs=1e-12)


def test_rounding_lies_between_lower_and_upper():
    mu, sigma = lognormal_from_interval(2, 30)
    low, mid, high = (discretise(mu, sigma, 0.5, 5000, m) @ np.arange(5000) / 2 for m in ("lower", "rounding", "upper"))
    assert low < mid < high
    assert mid == pytest.approx(lognormal_moments(mu, sigma)[0], rel=1e-4)
    assert high - low == pytest.approx(0.5, rel=1e-3)
