"""The registry and the ranks by a score."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.errors import UnknownName
from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.method import (
    FEW_BIDS,
    METHODS,
    MethodScores,
    RankingMethod,
    ranking_method,
    ranks_of,
    register_method,
)


def highest_first(values, weights, directions):
    """A method of one's own: the first criterion decides."""
    return MethodScores(np.asarray(values)[0] * directions[0])


@pytest.fixture
def own():
    method = RankingMethod("first_criterion", "first criterion", highest_first, "ours")
    register_method(method)
    yield method
    del METHODS["first_criterion"]


def test_a_method_of_ones_own_is_ranked_like_any_other(own):
    ranking = rank_matrix([[1, 9], [2, 0], [2, 5]], [1, 1], ["max", "max"], "first_criterion")
    assert ranking.ranks.tolist() == [3, 1, 1]
    assert ranking_method("first_criterion") is own
    assert "first criterion" in ranking.explain("B1", "zh")


def test_a_name_is_given_once(own):
    with pytest.raises(ValueError, match="already"):
        register_method(own)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Two Words"},
        {"better": "best"},
        {"domain": "rational"},
        {"exempt": {"identical_bids": "too hard"}},
    ],
)
def test_a_method_that_does_not_hold_together_is_refused(wrong):
    given = {"name": "x", "title": "x", "function": highest_first, "source": "ours", **wrong}
    with pytest.raises(ValueError):
        RankingMethod(**given)


def test_an_unknown_method_offers_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'topsis'"):
        ranking_method("topsys")


def test_ranks_are_competition_style_and_equal_to_nine_decimals_is_equal():
    assert ranks_of([0.3, 0.1 + 0.2, 0.5, 0.1]).tolist() == [2, 2, 1, 4]
    assert ranks_of([3, 1, 2, 1], "lower").tolist() == [4, 1, 3, 1]
    assert ranks_of([1.0, 1.0 + 2e-9]).tolist() == [2, 1]
    assert ranks_of([]).tolist() == []


@pytest.mark.parametrize("n_bids", [3, FEW_BIDS + 1])
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_block_of_scores_has_the_ranks_of_each(n_bids, better):
    scores = np.random.default_rng(1).integers(0, 5, (n_bids, 40)) / 7
    ranks = ranks_of(scores, better)
    for t in range(40):
        assert ranks[:, t].tolist() == ranks_of(scores[:, t], better).tolist()


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=9))
def test_a_rank_is_one_more_than_the_bids_ahead(scores):
    assert ranks_of(scores).tolist() == [1 + sum(other > mine for other in scores) for mine in scores]


@pytest.mark.parametrize("scores", [[1.0, np.nan], [[1.0, 2.0], [np.nan, 1.0]]])
def test_a_missing_score_is_refused(scores):
    with pytest.raises(ValueError, match="no score"):
        ranks_of(scores)


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_long_row_has_the_ranks_of_its_pairs(better):
    score = np.random.default_rng(3).integers(0, 40, 300) / 8
    sign = 1 if better == "lower" else -1
    by_pairs = [1 + int((sign * score < sign * one).sum()) for one in score]
    assert ranks_of(score, better).tolist() == by_pairs
    with pytest.raises(ValueError, match="no score"):
        ranks_of(np.append(score, np.nan), better)
