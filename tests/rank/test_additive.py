"""The weighted sum and its rounding."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from strategies import blocks
from supplier_eval.rank.additive import additive, weighted_sum
from supplier_eval.rank.matrix import rank_matrix


def test_points_and_total_by_hand():
    result = weighted_sum([[80.0, 50.0], [60.0, 100.0]], [0.7, 0.3])
    assert result.points.tolist() == [
        [pytest.approx(56.0), pytest.approx(35.0)],
        [pytest.approx(18.0), pytest.approx(30.0)],
    ]
    assert result.total == pytest.approx([74.0, 65.0])


def test_each_criterion_is_rounded_before_the_sum_where_the_policy_says_so():
    result = weighted_sum([[33.3], [33.3]], [0.5, 0.5], criterion_places=1)
    assert result.points[:, 0].tolist() == [16.65, 16.65]
    assert float(result.total[0]) == pytest.approx(33.4)
    assert float(result.unrounded[0]) == pytest.approx(33.3)


def test_a_missing_value_makes_the_total_missing():
    assert np.isnan(weighted_sum([[np.nan], [50.0]], [0.5, 0.5]).total[0])


def test_a_wrong_number_of_weights_is_refused():
    with pytest.raises(ValueError, match="2 criteria need as many weights"):
        weighted_sum([[1.0], [2.0]], [1.0])


@given(blocks())
def test_points_add_up_to_the_total_and_stay_within_the_scale(block):
    values, weights, _ = block
    result = weighted_sum(values, weights)
    assert result.points.sum(axis=0) == pytest.approx(result.total)
    assert np.all(result.total <= 100.0 + 1e-9)
    assert np.all(result.total >= 0.0)


@given(blocks())
def test_better_values_never_lower_a_total(block):
    values, weights, _ = block
    better = np.minimum(values + 1.0, 100.0)
    assert np.all(weighted_sum(better, weights, 2, 2).total >= weighted_sum(values, weights, 2, 2).total)


def test_weighted_sum_reproduces_afshari_2010():
    """Afshari, Mojahed and Yusuff 2010, IJIMT 1(5):511, simple additive weighting in personnel selection."""
    matrix = [
        [4, 7, 3, 2, 2, 2, 2],
        [4, 4, 6, 4, 4, 3, 7],
        [7, 6, 4, 2, 5, 5, 3],
        [3, 2, 5, 3, 3, 2, 5],
        [4, 2, 2, 5, 5, 3, 6],
    ]
    weights = [0.283, 0.162, 0.162, 0.07, 0.085, 0.162, 0.076]
    ranking = rank_matrix(matrix, weights, ["max"] * 7, "weighted_sum", normalisation="max")
    assert ranking.score == pytest.approx([0.553228, 0.713485, 0.837428, 0.514657, 0.579342], abs=1e-5)
    assert ranking.ranks.tolist() == [4, 2, 1, 5, 3]
    assert ranking.notes["normalisation"] == "max"


@pytest.mark.parametrize(
    ("normalisation", "expected"),
    [
        ("none", [-100 * 0.25 + 4 * 0.75, -200 * 0.25 + 8 * 0.75]),
        ("max", [0.25 + 0.75 / 2, 0.25 / 2 + 0.75]),
        ("min_max", [0.25, 0.75]),
        ("sum", [0.25 * 2 / 3 + 0.75 / 3, 0.25 / 3 + 0.75 * 2 / 3]),
    ],
)
def test_a_cost_and_a_benefit_by_hand_in_each_normalisation(normalisation, expected):
    result = additive([[100.0, 200.0], [4.0, 8.0]], [0.25, 0.75], [-1, 1], normalisation)
    assert result.score == pytest.approx(expected)


def test_with_fixed_bounds_a_third_bid_moves_nobody():
    bounds = [[0, 1000], [0, 10]]
    two = additive([[100.0, 200.0], [4.0, 8.0]], [0.25, 0.75], [-1, 1], "fixed", bounds).score
    three = additive([[100.0, 200.0, 1.0], [4.0, 8.0, 10.0]], [0.25, 0.75], [-1, 1], "fixed", bounds).score
    assert two == pytest.approx([0.25 * 0.9 + 0.75 * 0.4, 0.25 * 0.8 + 0.75 * 0.8])
    assert three[:2].tolist() == two.tolist()
