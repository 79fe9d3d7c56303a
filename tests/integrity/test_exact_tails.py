"""Tails against scipy's distributions and by enumeration."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from supplier_eval.integrity.exact_tails import (
    binomial_two_sided_half,
    binomial_upper,
    hypergeometric_upper,
    poisson_binomial_lower,
    poisson_binomial_upper,
)


def test_fishers_lady_tasting_tea():
    """R. A. Fisher 1935: eight cups, four with milk first; all four found by chance 1 time in 70."""
    assert hypergeometric_upper(np.array(4), np.array(8), np.array(4), np.array(4)) == pytest.approx(1 / 70, rel=1e-12)
    assert hypergeometric_upper(np.array(3), np.array(8), np.array(4), np.array(4)) == pytest.approx(17 / 70, rel=1e-12)


@given(st.integers(1, 400), st.data())
def test_the_hypergeometric_tail_is_that_of_scipy(total, data):
    marked, drawn = data.draw(st.integers(0, total)), data.draw(st.integers(0, total))
    seen = data.draw(st.integers(max(0, marked + drawn - total), min(marked, drawn)))
    ours = hypergeometric_upper(np.array([seen]), np.array([total]), np.array([marked]), np.array([drawn]))[0]
    assert ours == pytest.approx(stats.hypergeom.sf(seen - 1, total, marked, drawn), rel=1e-8, abs=1e-300)


def test_a_very_small_tail_keeps_its_digits():
    ours = hypergeometric_upper(np.array(60), np.array(200_000), np.array(300), np.array(250))
    assert ours == pytest.approx(stats.hypergeom.sf(59, 200_000, 300, 250), rel=1e-7)
    assert 0 < ours < 1e-60


def test_the_binomial_tail_is_that_of_scipy():
    k, n = np.array([0, 1, 5, 10, 11]), np.full(5, 10)
    assert binomial_upper(k, n, np.full(5, 0.3)) == pytest.approx(stats.binom.sf(k - 1, n, 0.3), rel=1e-12)
    assert binomial_two_sided_half(np.array([2, 5, 9]), np.array([10, 10, 10])) == pytest.approx(
        [stats.binomtest(k, 10).pvalue for k in (2, 5, 9)], rel=1e-9
    )


def test_unequal_chances_by_enumeration():
    trials, chances = np.array([2, 3, 1]), np.array([0.5, 0.2, 1.0])
    each = np.repeat(chances, trials)
    mass = np.zeros(7)
    for outcome in product((0, 1), repeat=6):
        mass[sum(outcome)] += np.prod(np.where(outcome, each, 1 - each))
    for k in range(-1, 8):
        lower = mass[: k + 1].sum() if k >= 0 else 0.0
        assert poisson_binomial_lower(k, trials, chances) == pytest.approx(lower, abs=1e-12)
        upper = mass[max(k, 0) :].sum()
        assert poisson_binomial_upper(k, trials, chances) == pytest.approx(upper, abs=1e-12)
