"""Shares of a pair that hardly move from year to year."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest

from integrity.made_markets import joined, plain, super_uniform, tender
from supplier_eval.integrity.pair_shares import steady_shares, wins_by_period


def exact(one, two):
    """P(statistic at most what was seen) over all tables with these margins."""
    n, a = np.array(one) + np.array(two), sum(one)
    pi = a / n.sum()

    def statistic(wins):
        return sum((w - m * pi) ** 2 / (m * pi * (1 - pi)) for w, m in zip(wins, n, strict=True))

    seen, low = statistic(one), 0
    for wins in product(*(range(m + 1) for m in n)):
        if sum(wins) == a and statistic(wins) <= seen + 1e-9:
            low += np.prod([comb(int(m), w) for m, w in zip(n, wins, strict=True)])
    return low / comb(int(n.sum()), a)


@pytest.mark.parametrize(("one", "two"), [((2, 2, 2), (2, 2, 2)), ((1, 3, 2), (3, 1, 2)), ((4, 0, 1), (1, 3, 3))])
def test_the_sampled_figure_is_the_exact_one_within_its_error(one, two):
    p, error = steady_shares(np.array(one), np.array(two), most=9999)
    assert abs(p - exact(one, two)) <= 4 * error + 1e-4


def test_the_same_counts_give_the_same_figure_whoever_is_first():
    one, two = np.array([3, 2, 3, 2]), np.array([1, 2, 1, 1])
    assert steady_shares(one, two, seed=4) == steady_shares(two, one, seed=4)
    equal = np.array([2, 1, 3]), np.array([1, 2, 3])
    assert steady_shares(*equal) == steady_shares(*equal[::-1])
    assert steady_shares(one, two, seed=4) != steady_shares(one, two, seed=5)


def test_two_periods_or_one_winner_are_not_defined():
    assert np.isnan(steady_shares(np.array([3, 3]), np.array([3, 3]))).all()
    assert np.isnan(steady_shares(np.array([3, 3, 3]), np.array([0, 0, 0]))).all()


def test_a_fixed_division_over_many_years_is_found():
    p, error = steady_shares(np.full(9, 4), np.full(9, 4))
    assert p < 1e-3
    assert error < 1e-3


def test_chance_alone_raises_no_more_flags_than_the_level():
    rng = np.random.default_rng(2)
    p = np.array([steady_shares(a := rng.binomial(6, 0.5, 4), 6 - a, most=999)[0] for _ in range(300)])
    assert super_uniform(p)


def test_wins_are_counted_by_year_where_both_bid():
    frame = joined(
        tender("T1", 0, ("A", 1.0), ("B", 2.0)),
        tender("T2", 1, ("A", 3.0), ("B", 2.0)),
        tender("T3", 400, ("A", 3.0), ("B", 2.0), ("C", 1.0)),
        tender("T4", 401, ("A", 1.0), ("B", 2.0)),
        tender("T5", 402, ("A", 1.0), ("C", 2.0)),
    )
    periods, one, two = wins_by_period(plain(frame), np.array([0]), np.array([1]))
    assert periods.tolist() == [2020, 2021]
    assert (one.tolist(), two.tolist()) == ([[1, 1]], [[1, 0]])
