"""From a score sheet to an order, by the method asked for."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.rank.front import rank_bids
from supplier_eval.rank.method_ranking import MethodRanking
from supplier_eval.rank.points import PointsRanking
from supplier_eval.score.sheet import ScoreSheet


@pytest.fixture
def sheet():
    values = pd.DataFrame({"q": [90.0, 60.0, 30.0], "p": [20.0, 70.0, 100.0]}, index=["A", "B", "C"])
    return ScoreSheet.from_frame(values, {"q": 0.5, "p": 0.5})


def test_the_weighted_sum_is_the_points_and_another_method_is_a_method_ranking(sheet):
    assert isinstance(rank_bids(sheet), PointsRanking)
    other = rank_bids(sheet, "topsis", normalisation="min_max")
    assert isinstance(other, MethodRanking)
    assert other.standing == "exploratory"
    assert other.notes["normalisation"] == "min_max"


def test_the_weighted_sum_with_a_parameter_is_exploratory(sheet):
    plain, other = rank_bids(sheet), rank_bids(sheet, "weighted_sum", normalisation="none")
    assert isinstance(other, MethodRanking)
    assert other.ranks.tolist() == plain.ranks.tolist()
    assert other.score == pytest.approx(plain.unrounded)


def test_an_unknown_method_is_named(sheet):
    with pytest.raises(UnknownName, match="Did you mean 'vikor'"):
        rank_bids(sheet, "vikro")
