"""How the bids are made that should not matter."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.irrelevant_bids import dominated_bid, nonsense_bid, random_reversals, worse_bid
from supplier_eval.robustness.lay_out import lot_block

MADE = [flat("A", 90, "100"), flat("B", 78, "80"), flat("L", 20, "30")]


def block(**given):
    return lot_block(make_tender(MADE, Policy.from_mapping(policy_mapping()), **given))


def test_the_dominated_bid_is_worse_than_every_other_on_marks_and_price():
    marks, _, prices = dominated_bid(block())
    assert (marks == 10).all() and np.allclose(prices, [110])


def test_the_nonsense_bid_has_the_worst_marks_and_half_the_lowest_price():
    marks, _, prices = nonsense_bid(block())
    assert (marks == 0).all() and prices.tolist() == [15]


def test_a_bid_made_worse_stays_below_the_ceiling():
    low = block(ceiling=Decimal(31))
    assert worse_bid(low, 2).eligible[2]
    free = worse_bid(block(), 2)
    assert free.total[2] < block().base.total[2]


def test_random_bids_that_win_are_not_counted():
    close = [flat("A", 90, "100"), flat("B", 78, "80")]
    laid_out = lot_block(make_tender(close, Policy.from_mapping(policy_mapping())))
    changed, irrelevant = random_reversals(laid_out, 1000, 1)
    assert 0 < changed < irrelevant < 1000
