"""Rank correlations between methods: scipy as the reference, ties, and orders that say nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from supplier_eval.robustness.agreement_of_methods import correlations, kendall_tau, spearman_rho, weighted_tau

MEASURES = (kendall_tau, spearman_rho, weighted_tau)
every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.__name__)


@st.composite
def two_orders(draw):
    """Two orders of the same 2 to 9 bids, with ties, neither of which ties all bids."""
    n = draw(st.integers(2, 9))
    order = st.lists(st.integers(1, n), min_size=n, max_size=n).filter(lambda x: len(set(x)) > 1)
    return np.array(draw(order)), np.array(draw(order))


@given(two_orders())
def test_tau_b_and_rho_are_those_of_scipy(orders):
    a, b = orders
    assert kendall_tau(a, b) == pytest.approx(stats.kendalltau(a, b).statistic, abs=1e-12)
    assert spearman_rho(a, b) == pytest.approx(stats.spearmanr(a, b).statistic, abs=1e-12)


@given(two_orders())
def test_weighted_tau_is_that_of_scipy(orders):
    """scipy takes higher as better, so it is given the ranks turned round."""
    a, b = orders
    assert weighted_tau(a, b) == pytest.approx(stats.weightedtau(-a, -b).statistic, abs=1e-12)


def test_tau_by_hand():
    """Orders 1234 and 1243: five pairs of six agree, one does not."""
    assert kendall_tau([1, 2, 3, 4], [1, 2, 4, 3]) == pytest.approx(4 / 6)


def test_a_swap_at_the_top_costs_the_weighted_tau_more():
    top = weighted_tau([1, 2, 3, 4], [2, 1, 3, 4])
    bottom = weighted_tau([1, 2, 3, 4], [1, 2, 4, 3])
    assert top < bottom
    assert kendall_tau([1, 2, 3, 4], [2, 1, 3, 4]) == kendall_tau([1, 2, 3, 4], [1, 2, 4, 3])


@every_measure
@given(orders=two_orders())
def test_the_same_order_is_one_and_measures_are_symmetric(measure, orders):
    a, b = orders
    assert measure(a, a) == pytest.approx(1.0, abs=1e-12)
    assert measure(a, b) == measure(b, a)
    assert -1 - 1e-12 <= measure(a, b) <= 1 + 1e-12


@every_measure
@given(orders=two_orders(), seed=st.integers(0, 2**32 - 1))
def test_the_order_of_bids_changes_no_bit(measure, orders, seed):
    a, b = orders
    moved = np.random.default_rng(seed).permutation(len(a))
    assert measure(a[moved], b[moved]) == measure(a, b)


@every_measure
def test_an_order_that_ties_all_has_no_correlation(measure):
    assert measure([1, 1, 1], [1, 2, 3]) is None
    assert measure([1, 1, 1], [1, 1, 1]) is None
    assert measure([1], [1]) is None


def test_all_pairs_at_once():
    table = correlations([[1, 2, 3], [3, 2, 1], [1, 1, 1]], "spearman")
    assert table == ((1.0, -1.0, None), (-1.0, 1.0, None), (None, None, None))


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ValueError, match="same bids"):
        kendall_tau([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="same bids"):
        spearman_rho([1, np.nan], [1, 2])
    with pytest.raises(ValueError, match="measure is one of"):
        correlations([[1, 2]], "pearson")
