"""The layout that all screens across tenders start from."""

from __future__ import annotations

import numpy as np

from supplier_eval.integrity.market_arrays import UNKNOWN, market_of


def test_rows_of_any_order_give_the_same_market():
    tender, bidder = np.array([1, 0, 1, 0, 1]), np.array([2, 1, 0, 0, 1])
    won, price = np.array([False, True, True, False, False]), np.array([3.0, 1.0, 2.0, 4.0, 5.0])
    there = market_of(tender, bidder, won=won, price=price)
    for rows in (np.arange(5)[::-1], np.array([2, 0, 4, 1, 3])):
        again = market_of(tender[rows], bidder[rows], won=won[rows], price=price[rows])
        for name in ("tender", "bidder", "won", "price", "winner", "sizes", "starts"):
            assert np.array_equal(getattr(there, name), getattr(again, name)), name
    assert there.winner.tolist() == [1, 0]
    assert there.sizes.tolist() == [2, 3]


def test_several_bids_of_one_bidder_are_one_with_the_price_that_won_else_the_lowest():
    market = market_of(
        np.zeros(3, int), np.array([0, 0, 1]), won=np.array([True, False, False]), price=np.array([9.0, 7, 8])
    )
    assert market.price.tolist() == [9.0, 8.0]
    lost = market_of(np.zeros(3, int), np.array([0, 0, 1]), won=np.array([0, 0, 1], bool), price=np.array([9.0, 7, 8]))
    assert lost.price.tolist() == [7.0, 8.0]
    assert market.won.tolist() == [True, False]
    assert market.sizes.tolist() == [2]


def test_two_winners_are_no_winner_and_one_bidder_decides_nothing():
    market = market_of(np.array([0, 0, 1]), np.array([0, 1, 0]), won=np.array([True, True, True]))
    assert market.winner.tolist() == [UNKNOWN, 0]
    assert market.decided.tolist() == [False, False]
    assert market.win_counts().tolist() == [0, 0]


def test_an_empty_market_is_a_market():
    market = market_of(np.zeros(0, int), np.zeros(0, int))
    assert (market.n_tenders, market.n_bidders, len(market.sizes)) == (0, 0, 0)
