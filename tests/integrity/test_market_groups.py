"""Pairs, companions, coalitions."""

from __future__ import annotations

import numpy as np
import pytest

from integrity.made_markets import fair_market, joined, plain, ring_in_turn, tender
from supplier_eval.integrity import market_groups as groups
from supplier_eval.integrity.bid_table import read_bids
from supplier_eval.integrity.market_settings import MarketSettings
from supplier_eval.integrity.market_units import market_from
from supplier_eval.integrity.rotation import few_repeats


def test_winners_of_a_group_stand_in_the_order_of_days():
    market = plain(ring_in_turn(6))
    winners, counts = groups.turns(market, np.array([0, 1]), np.arange(6))
    assert (winners, counts) == ([0, 1, 0, 1], [2, 2])


def test_a_ring_in_turn_by_pair_and_by_coalition():
    table = read_bids(ring_in_turn(18))
    market = market_from(table, "year")
    pairs, _, parts, _ = groups.pairs(table, market, MarketSettings())
    row = pairs[(pairs["first"] == "A") & (pairs["second"] == "B")].iloc[0]
    assert (row["wins_in_order"], row["repeats"]) == (12, 0)
    rotation = next(part for part in parts if part.screen == "rotation")
    assert rotation.p[row.name] == pytest.approx(few_repeats((6, 6), 0))
    coalitions, _, _ = groups.coalitions(table, market, MarketSettings())
    ring = coalitions[[set(m) == set("ABC") for m in coalitions["members"]]].iloc[0]
    assert (ring["group_wins"], ring["repeats"], ring["full_rounds"]) == (18, 0, 16)


def test_who_wins_as_often_as_others_is_no_companion():
    table = read_bids(joined(fair_market(2), ring_in_turn(12)))
    market = market_from(table, "year")
    _, follow, parts, _ = groups.pairs(table, market, MarketSettings())
    part = next(part for part in parts if part.screen == "companion")
    strong = (follow["companion_wins"] > follow["companion_expected"]).to_numpy()
    assert np.isnan(part.p[strong]).all()
    assert strong.any()


def test_one_bidder_that_wins_alone_makes_no_pair():
    alone = read_bids(joined(*(tender(f"T{i}", i, ("A", 1.0), ("B", 2.0), ("C", 3.0)) for i in range(9))))
    frame, _, parts, _ = groups.pairs(alone, market_from(alone, "year"), MarketSettings())
    assert frame["first_wins"].tolist() == [9, 9, 0]
    assert next(part for part in parts if part.screen == "joint_wins").p.tolist() == [1.0, 1.0, 1.0]


def test_no_coalitions_are_asked_for():
    table = read_bids(ring_in_turn(6))
    frame, parts, searched = groups.coalitions(table, market_from(table, "year"), MarketSettings(coalition_sizes=()))
    assert (len(frame), parts, searched) == (0, [], {})
