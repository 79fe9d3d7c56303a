"""How far the winner stays below the reserve price."""

from __future__ import annotations

import numpy as np
import pytest

from integrity.made_markets import joined, plain, tender
from supplier_eval.integrity.reserve_distance import above_minimum, winner_distance, winning_row


def market():
    return plain(joined(tender("T1", 0, ("A", 95.0), ("B", 99.0)), tender("T2", 1, ("A", 80.0), ("B", 70.0))))


def test_distances_by_hand():
    assert winner_distance(market(), np.array([100.0, 100.0])) == pytest.approx([0.05, 0.3])
    assert np.isnan(winner_distance(market(), np.array([np.nan, 100.0]))).tolist() == [True, False]
    assert winner_distance(market(), np.array([90.0, 100.0]))[0] < 0  # above the reserve price


def test_the_row_of_the_winner():
    assert winning_row(market()).tolist() == [0, 3]
    undecided = plain(tender("T", 0, ("A", 1.0), ("B", 2.0)).assign(winner=False))
    assert winning_row(undecided).tolist() == [-1]
    assert np.isnan(winner_distance(undecided, np.array([3.0]))).all()


def test_bids_on_the_lowest_price_that_may_win():
    above = above_minimum(market(), np.array([95.0, np.nan]))
    assert above[:2] == pytest.approx([0.0, 4 / 95])
    assert np.isnan(above[2:]).all()
