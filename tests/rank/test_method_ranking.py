"""What the order of another method says of itself."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.rank.matrix import rank_matrix

FRAME = pd.DataFrame({"price": [100.0, 90.0, 120.0], "quality": [5.0, 6.0, 7.0]}, index=["a", "b", "c"])
RANKING = rank_matrix(FRAME, [3, 2], ["min", "max"])


def test_the_frame_is_best_first_with_the_methods_own_figures():
    frame = RANKING.to_frame()
    assert list(frame.columns) == ["bid", "rank", "score", "distance_best", "distance_worst"]
    assert frame["bid"].tolist() == ["b", "a", "c"]
    assert frame["rank"].tolist() == [1, 2, 3]
    assert frame["score"].is_monotonic_decreasing
    assert str(frame.dtypes.iloc[0]) in {"str", "object"}  # as pandas 3 and 2 call text
    assert [str(kind) for kind in frame.dtypes[1:]] == ["int64", "float64", "float64", "float64"]
    by_hand = frame["distance_worst"] / (frame["distance_best"] + frame["distance_worst"])
    assert by_hand.tolist() == frame["score"].tolist()


def test_everything_that_went_in_is_kept():
    assert RANKING.criteria == ("price", "quality")
    assert RANKING.values.tolist() == [[100.0, 90.0, 120.0], [5.0, 6.0, 7.0]]
    assert RANKING.weights.tolist() == [0.6, 0.4]
    assert RANKING.standing == "exploratory"
    assert RANKING.policy_fingerprint == ""
    with pytest.raises(dataclasses.FrozenInstanceError):
        RANKING.ranks = np.array([1, 1, 1])


def test_tied_bids_stand_in_canonical_order_whatever_the_rows_were():
    frame = pd.DataFrame({"q": [1.0, 1.0, 1.0, 2.0]}, index=["c", "B", "a", "z"])
    ranking = rank_matrix(frame, [1], ["max"], "weighted_sum")
    assert ranking.order == ("z", "a", "B", "c")
    assert ranking.bids == ("c", "B", "a", "z")
    assert ranking.to_frame()["bid"].tolist() == ["z", "a", "B", "c"]
    assert "does not part it from a, c" in ranking.explain("B")


def test_the_explanation_says_rank_figures_normalisation_and_standing():
    said = RANKING.explain("b")
    assert said.splitlines()[0] == "b has rank 1 of 3 by TOPSIS, with a score of 0.737013; higher is better."
    assert "distance from the best figures: 0.0381385" in said
    assert "vector (value over the length of its column)" in said
    assert "exploratory" in said
    assert "向量归一化" in RANKING.explain("b", "zh")
    lower = rank_matrix(FRAME, [3, 2], ["min", "max"], "vikor").explain("b")
    assert "lower is better" in lower
    assert "compromise: yes" in lower


def test_it_is_short_in_a_console_and_refuses_unknown_bids():
    assert repr(RANKING) == "MethodRanking(topsis: b 0.737, a 0.4444, c 0.4331; exploratory)"
    for question in (RANKING.explain, RANKING.score_of, RANKING.rank_of):
        with pytest.raises(UnknownName, match="'d'"):
            question("d")
