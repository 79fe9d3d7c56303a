"""TOPSIS."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.method import ranks_of
from supplier_eval.rank.topsis import METHOD, topsis


def test_topsis_reproduces_tzeng_2011():
    """Tzeng and Huang 2011, Multiple Attribute Decision Making, CRC Press: vector normalisation."""
    matrix = [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]]
    ranking = rank_matrix(matrix, [0.3, 0.4, 0.3], ["max"] * 3, "topsis")
    assert ranking.score == pytest.approx([0.5037, 0.6581, 0.7482, 0.334], abs=1e-4)
    assert ranking.notes["normalisation"] == "vector"


def test_topsis_with_min_max_reproduces_opricovic_2004():
    """Opricovic and Tzeng 2004, EJOR 156(2):445-455, mountain climbing."""
    matrix = [[1, 3000], [2, 3750], [5, 4500]]
    ranking = rank_matrix(matrix, [0.5, 0.5], ["min", "max"], "topsis", normalisation="min_max")
    assert ranking.score == pytest.approx([0.5, 0.617, 0.5], abs=6e-4)
    assert ranking.ranks.tolist() == [2, 1, 2]


def test_one_cost_by_hand():
    """Lengths 5; the cheaper has closeness 1, the dearer 0."""
    result = topsis([[3.0, 4.0]], [1.0], [-1])
    assert result.score.tolist() == [1.0, 0.0]
    assert result.figures["distance_best"] == pytest.approx([0.0, 0.2])
    assert result.figures["distance_worst"] == pytest.approx([0.2, 0.0])


def test_with_fixed_bounds_a_further_bid_moves_nobody():
    bounds, weights, directions = [[0, 10], [0, 100]], [0.5, 0.5], [1, -1]
    two = topsis([[3.0, 8.0], [40.0, 70.0]], weights, directions, "fixed", bounds)
    three = topsis([[3.0, 8.0, 10.0], [40.0, 70.0, 0.0]], weights, directions, "fixed", bounds)
    assert three.score[:2].tolist() == two.score.tolist()
    assert three.score[2] == 1.0


def test_the_unit_of_a_criterion_decides_nothing():
    values = np.array([[3.0, 4.0, 5.0], [2.0, 7.0, 1.0]])
    cents = values * np.array([[100.0], [1.0]])
    w, d = [0.5, 0.5], [-1, 1]
    assert topsis(cents, w, d).score == pytest.approx(topsis(values, w, d).score, abs=1e-14)


def test_a_bid_that_raises_its_cost_can_gain_as_the_registry_says():
    """First bid: cost 500 raised to 1000 takes it from rank 4 to rank 3."""
    values = np.array([[500.0, 1000, 8, 20], [100, 1000, 10, 2], [20, 100, 2, 200]])
    dearer = values.copy()
    dearer[0, 0] = 1000.0
    weights, directions = np.array([1, 6, 4]) / 11, [-1, 1, 1]
    assert "raising_cost" in METHOD.exempt
    assert ranks_of(topsis(values, weights, directions).score).tolist() == [4, 1, 3, 2]
    assert ranks_of(topsis(dearer, weights, directions).score).tolist() == [3, 1, 4, 2]
