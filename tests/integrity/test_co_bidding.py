"""Who meets whom more often than chance, and who of them wins."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from integrity.made_markets import fair_market, joined, plain, super_uniform, tender
from supplier_eval.integrity.co_bidding import co_bidding, mutual_wins


def market_by_hand():
    """A and B meet in T1-T4 of six tenders; A in five, B in four."""
    lists = ["AB", "ABC", "ABC", "ABD", "AC", "CD"]
    return joined(*(tender(f"T{i}", i, *((b, 100.0 + ord(b)) for b in who)) for i, who in enumerate(lists)))


def test_figures_of_a_pair_by_hand():
    market = plain(market_by_hand())
    met = co_bidding(market, least=4)
    assert (met.first.tolist(), met.second.tolist(), met.meetings.tolist()) == ([0], [1], [4])
    assert met.lift[0] == pytest.approx(4 * 6 / (5 * 4))
    assert met.jaccard[0] == pytest.approx(4 / 5)
    assert met.p[0] == pytest.approx(stats.fisher_exact([[4, 1], [0, 1]], alternative="greater").pvalue)
    assert met.pairs_met == 6  # AB AC AD BC BD CD


def test_mutual_wins_by_hand():
    market = plain(market_by_hand())
    wins = mutual_wins(market, np.array([0]), np.array([1]))
    assert (wins.decided[0], wins.first_wins[0], wins.second_wins[0]) == (4, 4, 0)  # A is the lowest everywhere
    assert wins.expected[0] == pytest.approx(1 + 3 * 2 / 3)
    assert wins.p_joint[0] == pytest.approx((2 / 3) ** 3)
    assert wins.p_dominance[0] == pytest.approx(2 / 16)


def test_bidders_that_always_come_together_are_found():
    together = joined(*(tender(f"P{i:02d}", i, ("P", 100), ("Q", 101), (f"F{i % 20:02d}", 102)) for i in range(15)))
    market = plain(joined(fair_market(1), together))
    met = co_bidding(market)
    pair = [(a, b) for a, b in zip(met.first, met.second, strict=True)].index((20, 21))
    assert met.p[pair] < 1e-12
    assert met.jaccard[pair] == 1.0


def test_chance_alone_raises_no_more_flags_than_the_level():
    p = np.concatenate([co_bidding(plain(fair_market(seed)), 1).p for seed in range(6)])
    assert super_uniform(p)
    market = plain(fair_market(7))
    met = co_bidding(market, 3)
    assert super_uniform(mutual_wins(market, met.first, met.second).p_joint)


def test_no_pair_is_no_pair():
    market = plain(tender("T", 0, ("A", 1.0)))
    met = co_bidding(market)
    assert (len(met.p), met.pairs_met) == (0, 0)
    assert len(mutual_wins(market, met.first, met.second).p_joint) == 0
