"""The figures of a tender: by hand, and against scipy and pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from supplier_eval.integrity.price_figures import LEAST, add_rows, price_figures

PRICES = np.array([100.0, 110.0, 112.0, 114.0, 119.0])  # mean 111, sample standard deviation 7


def figures(*prices):
    return {name: float(value[0]) for name, value in price_figures(np.sort(np.array(prices, float))[:, None]).items()}


def test_the_figures_of_five_prices_by_hand():
    found = figures(*PRICES)
    assert found["cv"] == pytest.approx(7 / 111, abs=1e-15)
    assert found["spread"] == pytest.approx(19 / 100)
    assert found["difference"] == pytest.approx(10 / 100)
    assert found["relative_distance"] == pytest.approx(10 / np.sqrt(44.75 / 3))
    assert found["normalised_distance"] == pytest.approx(10 / (19 / 4))
    assert found["alternative_distance"] == pytest.approx(10 / (9 / 3))
    assert found["skewness"] == pytest.approx(5 / 12 * -792 / 343)
    assert found["kurtosis"] == pytest.approx(30 / 24 * 18820 / 2401 - 8)
    assert found["ks_standardised"] == pytest.approx(119 / 7 - 5 / 6)


def test_the_standard_deviation_is_the_samples_and_not_the_populations():
    assert figures(1, 2, 3)["cv"] == 0.5  # 0.408 with the divisor n


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(1.0, 1e6), min_size=4, max_size=12, unique=True).map(sorted))
def test_figures_agree_with_scipy_and_pandas(prices):
    b = np.array(prices)
    if (b[-1] - b[0]) / b[0] < 1e-3 or (b[-1] - b[1]) / b[1] < 1e-3:
        return
    found = figures(*b)
    series = pd.Series(b)
    assert found["cv"] == pytest.approx(stats.variation(b, ddof=1), rel=1e-9)
    assert found["skewness"] == pytest.approx(stats.skew(b, bias=False), rel=1e-6, abs=1e-9)
    assert found["skewness"] == pytest.approx(series.skew(), rel=1e-6, abs=1e-9)
    assert found["kurtosis"] == pytest.approx(stats.kurtosis(b, bias=False), rel=1e-6, abs=1e-9)
    assert found["kurtosis"] == pytest.approx(series.kurt(), rel=1e-6, abs=1e-9)
    assert found["relative_distance"] == pytest.approx((b[1] - b[0]) / series[1:].std(), rel=1e-9)
    assert found["normalised_distance"] == pytest.approx((b[1] - b[0]) / np.diff(b).mean(), rel=1e-9)
    assert found["alternative_distance"] == pytest.approx((b[1] - b[0]) / np.diff(b[1:]).mean(), rel=1e-9)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_too_few_bids_are_not_defined_and_not_zero(n):
    found = figures(*range(10, 10 + n))
    for name, least in LEAST.items():
        assert np.isnan(found[name]) == (n < least), name


def test_equal_prices_have_no_shape_but_a_variation_of_zero():
    found = figures(0.1, 0.1, 0.1, 0.1)
    assert {name for name, value in found.items() if not np.isnan(value)} == {"cv", "spread", "difference"}
    assert found["cv"] == found["spread"] == found["difference"] == 0


def test_equal_losing_prices_have_no_relative_distance():
    found = figures(9, 10, 10, 10)
    assert np.isnan(found["relative_distance"])
    assert np.isnan(found["alternative_distance"])
    assert found["normalised_distance"] == pytest.approx(3)


@pytest.mark.parametrize("factor", [1e-6, 7.0, 1e9])
def test_no_figure_depends_on_the_currency_unit(factor):
    one, other = figures(*PRICES), figures(*(PRICES * factor))
    for name in one:
        assert other[name] == pytest.approx(one[name], rel=1e-9), name


def test_a_tender_alone_and_in_a_block_give_the_same_bits():
    block = np.sort(np.random.default_rng(3).lognormal(10, 0.1, (7, 500)), axis=0)
    together = price_figures(block)
    for at in (0, 17, 499):
        for name, value in price_figures(block[:, [at]]).items():
            assert value[0].tobytes() == together[name][at].tobytes(), name


def test_rows_are_added_one_after_the_other():
    assert add_rows(np.array([[1.0], [1e16], [-1e16]])).tolist() == [0.0]
