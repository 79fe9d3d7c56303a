"""What every order of bids can say, whatever method gave it."""

from __future__ import annotations

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.ranking import Ranking

TIED = rank_matrix([[2], [3], [2], [3], [1]], [1], ["max"], "weighted_sum")


def test_winners_order_and_ties_of_any_ranking():
    assert isinstance(TIED, Ranking)
    assert TIED.ranks.tolist() == [3, 1, 3, 1, 5]
    assert TIED.winners == ("B2", "B4")
    assert TIED.order == ("B2", "B4", "B1", "B3", "B5")
    assert TIED.tied == (("B2", "B4"), ("B1", "B3"))
    assert TIED.rank_of("B5") == 5


def test_an_unknown_bid_is_named():
    with pytest.raises(UnknownName, match="B9"):
        TIED.rank_of("B9")


def test_a_ranking_without_a_method_cannot_be_made():
    with pytest.raises(TypeError, match="abstract"):
        Ranking()
