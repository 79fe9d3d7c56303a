"""Prices against an even spread: exact p-values, careful with rounded prices."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from supplier_eval.integrity.kolmogorov import kolmogorov_p
from supplier_eval.integrity.uniform_tests import uniform_tests


def figures_of(*prices, unit=0.0):
    found = uniform_tests(np.array(prices, dtype=float)[:, None], unit)
    return {name: float(value[0]) for name, value in found.items()}


def test_four_prices_by_hand():
    """Inner shares 0.5 and 0.75; gap of half the range: (1 - 0.5)^2."""
    found = figures_of(100, 120, 130, 140)
    assert found["gap_share"] == 0.5
    assert found["gap_p"] == 0.25
    assert found["ks_inner"] == 0.5
    assert found["ks_p"] == pytest.approx(2 * 0.25)
    assert found["ks_uniform"] == pytest.approx(0.25)


def test_the_statistics_agree_with_scipy():
    b = np.sort(np.random.default_rng(1).lognormal(10, 0.2, 9))
    found = figures_of(*b)
    assert found["ks_uniform"] == pytest.approx(stats.kstest(b, "uniform", (b[0], b[-1] - b[0])).statistic)
    inner = stats.kstest(b[1:-1], "uniform", (b[0], b[-1] - b[0]))
    assert found["ks_inner"] == pytest.approx(inner.statistic)
    assert found["ks_p"] == pytest.approx(inner.pvalue, rel=1e-9)


@pytest.mark.parametrize("n", [3, 5, 8])
def test_both_p_values_are_even_where_prices_are(n):
    """What is meant by exact: over even prices a p-value is itself even, though their range is not known."""
    b = np.sort(np.random.default_rng(n).uniform(50, 60, (n, 20_000)), axis=0)
    found = uniform_tests(b, 0.0)
    for name in ("ks_p", "gap_p"):
        assert stats.kstest(found[name], "uniform").pvalue > 0.001, name


def test_the_common_test_with_estimated_ends_is_off():
    """Why ks_uniform comes without a p-value: on five even prices it says 'at most 5 %' in 3 % of the cases."""
    b = np.sort(np.random.default_rng(5).uniform(50, 60, (5, 20_000)), axis=0)
    naive = kolmogorov_p(uniform_tests(b, 0.0)["ks_uniform"], 5)
    assert 0.02 < (naive <= 0.05).mean() < 0.04


@pytest.mark.parametrize("n", [3, 4, 6])
def test_rounding_never_makes_an_even_spread_look_less_even(n):
    """Rounded even prices, ties among them: at most 5 % have a p-value of at most 5 %."""
    b = np.sort(np.random.default_rng(n).uniform(1_000_000, 1_100_000, (n, 20_000)), axis=0)
    found = uniform_tests(np.round(b, -4))
    for name in ("ks_p", "gap_p"):
        p = found[name][~np.isnan(found[name])]
        assert (p <= 0.05).mean() <= 0.0535, name


def test_tied_losers_do_not_have_a_p_value_of_zero():
    found = uniform_tests(np.array([[3_600_000.0], [3_700_000], [3_700_000]]))
    assert found["gap_share"][0] == 1
    assert found["gap_p"][0] == pytest.approx(1.0)  # 100,000 apart, rounded to 100,000: nothing is left


@pytest.mark.parametrize("prices", [(1,), (1, 2), (5, 5, 5)])
def test_too_few_or_equal_prices_are_not_defined(prices):
    assert all(np.isnan(value) for value in figures_of(*prices).values())
