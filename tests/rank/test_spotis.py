"""SPOTIS."""

from __future__ import annotations

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.spotis import spotis

# Dezert, Tchamova, Han and Tacnet 2020, FUSION 2020, car selection
MATRIX = [
    [15000, 4.3, 99, 42, 737],
    [15290, 5.0, 116, 42, 892],
    [15350, 5.0, 114, 45, 952],
    [15490, 5.3, 123, 45, 1120],
]
WEIGHTS = [0.2941, 0.2353, 0.2353, 0.0588, 0.1765]
DIRECTIONS = ["min", "min", "min", "max", "max"]
BOUNDS = [(14000, 16000), (3, 8), (80, 140), (35, 60), (650, 1300)]


def test_spotis_reproduces_dezert_2020():
    ranking = rank_matrix(MATRIX, WEIGHTS, DIRECTIONS, "spotis", bounds=BOUNDS)
    assert ranking.score == pytest.approx([0.4779, 0.5781, 0.5558, 0.5801], abs=6e-4)
    assert ranking.ranks.tolist() == [1, 3, 2, 4]


@pytest.mark.parametrize("left_out", range(4))
def test_taking_a_bid_away_moves_no_score(left_out):
    everybody = rank_matrix(MATRIX, WEIGHTS, DIRECTIONS, "spotis", bounds=BOUNDS).score.tolist()
    fewer = [row for b, row in enumerate(MATRIX) if b != left_out]
    without = rank_matrix(fewer, WEIGHTS, DIRECTIONS, "spotis", bounds=BOUNDS).score.tolist()
    assert without == [score for b, score in enumerate(everybody) if b != left_out]


def test_bounds_are_needed_and_values_outside_are_named_not_cut():
    with pytest.raises(InvalidInput, match=r"SPOTIS needs bounds"):
        rank_matrix(MATRIX, WEIGHTS, DIRECTIONS, "spotis")
    with pytest.raises(InvalidInput) as refused:
        rank_matrix(MATRIX, WEIGHTS, DIRECTIONS, "spotis", bounds=[(14000, 15300), (8, 3), *BOUNDS[2:]])
    assert [(f.code, f.column) for f in refused.value.findings] == [
        ("matrix.bounds.outside", "C1"),
        ("matrix.bounds.invalid", "C2"),
    ]
    assert refused.value.findings[0].facts["bids"] == "B3, B4"
    with pytest.raises(ValueError, match="outside the bounds"):
        spotis([[1.0, 11.0]], [1.0], [1], [[0, 10]])
