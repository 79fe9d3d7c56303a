"""Bidders that always lose, and the winner to whom they are attached."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from integrity.made_markets import fair_market, joined, plain, super_uniform, tender
from supplier_eval.integrity.co_bidding import co_bidding
from supplier_eval.integrity.companions import attached, losing


def test_a_bidder_that_never_wins_by_hand():
    frame = joined(*(tender(f"T{i}", i, ("L", 200.0), ("W", 100.0), ("V", 150.0)) for i in range(4)))
    lost = losing(plain(frame))
    assert lost.wins.tolist() == [0, 0, 4]  # L V W
    assert lost.expected == pytest.approx([4 / 3] * 3)
    assert lost.p[0] == pytest.approx((2 / 3) ** 4)
    assert lost.p[2] == 1.0


def test_tenders_without_one_winner_or_rival_do_not_count():
    frame = joined(tender("T1", 1, ("A", 1.0)), tender("T2", 2, ("A", 1.0), ("B", 2.0)).assign(winner=False))
    lost = losing(plain(frame))
    assert lost.chances.tolist() == [0, 0]
    assert np.isnan(lost.p).all()


def cover():
    """L bids at W's side in ten of W's thirty tenders; W wins those and nothing else."""
    with_l = [tender(f"C{i:02d}", i, ("W", 100.0), ("L", 110.0), ("Z", 105.0 + i)) for i in range(10)]
    without = [tender(f"D{i:02d}", i, ("W", 120.0), ("Z", 110.0), (f"F{i % 5:02d}", 100.0)) for i in range(20)]
    return joined(*with_l, *without)


def test_the_winner_of_a_companion_is_found():
    market = plain(joined(fair_market(3, 200), cover()))
    met = co_bidding(market)
    follow = attached(market, met.first, met.second)
    names = sorted({*fair_market(3, 200)["bidder"], *"WLZ"})
    at = [(names[a], names[b]) for a, b in zip(follow.companion, follow.winner, strict=True)].index(("L", "W"))
    assert (follow.meetings[at], follow.winner_tenders[at], follow.wins_with[at]) == (10, 30, 10)
    assert follow.p[at] == pytest.approx(stats.hypergeom.sf(9, 30, 10, 10), rel=1e-9)
    assert follow.p[at] == follow.p.min()
    lost = losing(market)
    assert lost.wins[names.index("L")] == 0


def test_chance_alone_raises_no_more_flags_than_the_level():
    p, q = [], []
    for seed in range(8):
        market = plain(fair_market(seed))
        p.append(losing(market).p)
        met = co_bidding(market, 3)
        q.append(attached(market, met.first, met.second).p)
    assert super_uniform(np.concatenate(p))
    assert super_uniform(np.concatenate(q))
