"""Percentiles with open records: against statsmodels, against tables, against the definition."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.duration.survfunc import SurvfuncRight

from supplier_eval.monitor.percentiles import order_ranks, percentile, product_limit, value_rank

# Freireich et al. (1963), weeks of remission under 6-MP; the classic of Kaplan-Meier curves (recalled)
SIX_MP = [(6, 1)] * 3 + [(6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0), (19, 0), (20, 0)]
SIX_MP += [(22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)]


def test_the_remission_times_of_freireich_1963():
    """Survival .857 .807 .753 .690 .627 .538 .448, median 23 weeks, as every text on survival prints them."""
    x, done = np.array(SIX_MP, dtype=float).T
    order = np.lexsort((done == 0, x))
    times, survival, _ = product_limit(x[order], done[order] == 1)
    assert times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert survival.round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    found = percentile(x, done == 1, 0.5, 0.95)
    assert (found.value, found.lower, np.isnan(found.upper), found.longest) == (23, 13, True, 35)


@pytest.mark.parametrize(
    ("n", "ranks"), [(5, (0, 6)), (6, (1, 6)), (9, (2, 8)), (10, (2, 9)), (15, (4, 12)), (20, (6, 15)), (25, (8, 18))]
)
def test_ranks_that_bound_the_median_are_those_of_the_tables(n, ranks):
    """95 % limits for the median (sign test); Conover, Practical Nonparametric Statistics, Table A3 (recalled)."""
    assert order_ranks(n, 0.5, 0.95) == ranks


def test_a_ninetieth_percentile_needs_36_records_for_its_upper_end():
    assert order_ranks(35, 0.9, 0.95)[1] == 36
    assert order_ranks(36, 0.9, 0.95)[1] == 36
    found = percentile(np.arange(1.0, 36.0), np.ones(35, bool), 0.9, 0.95)
    assert found.value == 32 and found.lower == 28 and np.isnan(found.upper)


@given(st.integers(1, 400), st.floats(0.01, 0.99), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_ranks_cover_at_least_as_often_as_they_say_and_are_the_tightest(n, order, confidence):
    low, high = order_ranks(n, order, confidence)
    tail = (1 - confidence) / 2
    assert low == 0 or binom.cdf(low - 1, n, order) <= tail
    assert binom.cdf(low, n, order) > tail
    assert high == n + 1 or binom.sf(high - 1, n, order) <= tail
    assert binom.sf(high - 2, n, order) > tail or high == n + 1


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.floats(0.01, 0.99))
def test_without_open_records_it_is_the_inverse_of_the_distribution(x, order):
    found = percentile(x, np.ones(len(x), bool), order, 0.95).value
    assert np.mean(np.array(x) <= found) >= order - 1e-12
    assert np.mean(np.array(x) < found) < order + 1e-12
    assert found == np.quantile(x, order, method="inverted_cdf") or np.isclose(order * len(x) % 1, 0)


def test_the_ninetieth_of_ten_is_the_ninth():
    assert value_rank(10, 0.9) == 9
    assert value_rank(20, 0.95) == 19
    assert value_rank(1000, 0.999) == 999
    assert value_rank(3, 0.9) == 3


@pytest.mark.parametrize("seed", range(12))
def test_open_records_give_what_statsmodels_gives(seed):
    """Its quantile asks for less than the share, ours for at most: where the curve stands on it, ours is earlier."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(8, 120))
    end, age = rng.exponential(5, n).round(1) + 0.1, rng.exponential(9, n).round(1) + 0.1
    x, done = np.minimum(end, age), end <= age
    theirs = SurvfuncRight(x, done.astype(int))
    found = percentile(x, done, 0.5, 0.95)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        low, high = theirs.quantile_ci(0.5, method="cloglog")
    assert np.nan_to_num(found.lower, nan=np.inf) == pytest.approx(low)
    assert np.nan_to_num(found.upper, nan=np.inf) == pytest.approx(high)
    on_it = np.isclose(theirs.surv_prob, 0.5).any()
    assert found.value <= theirs.quantile(0.5) if on_it else found.value == pytest.approx(theirs.quantile(0.5))


def test_what_is_not_reached_is_not_a_number_and_says_the_longest_time():
    found = percentile([1.0, 2.0, 50.0, 60.0], [True, True, False, False], 0.9, 0.95)
    assert np.isnan(found.value) and found.longest == 60


def test_nothing_gives_nothing():
    assert all(np.isnan(x) for x in vars(percentile([], [], 0.9, 0.95)).values())


@given(
    st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=20), st.randoms(use_true_random=False)
)
def test_the_order_of_records_does_not_matter(rows, random):
    one, other = (percentile(*np.array(r, dtype=float).T, 0.7, 0.9) for r in (rows, random.sample(rows, len(rows))))
    assert repr(one) == repr(other)
