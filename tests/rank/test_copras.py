"""COPRAS."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.rank.copras import METHOD, copras
from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.method import ranks_of

# Goswami and Mitra 2020, IJDNS 4(1):27-42: price, storage, memory, rating
MOBILE_MODELS = [
    [80, 16, 2, 5],
    [110, 32, 2, 9],
    [130, 64, 4, 9],
    [185, 64, 4, 1],
    [135, 64, 3, 4],
    [140, 32, 3, 5],
    [185, 64, 6, 7],
    [110, 16, 3, 3],
    [120, 16, 4, 3],
    [340, 128, 6, 5],
]


def test_copras_reproduces_goswami_2020():
    ranking = rank_matrix(MOBILE_MODELS, [0.60338, 0.13639, 0.19567, 0.06456], ["min", "max", "max", "max"], "copras")
    printed = [1, 0.85262, 0.9193, 0.68523, 0.80515, 0.72587, 0.83436, 0.79758, 0.79097, 0.79533]
    assert ranking.score == pytest.approx(printed, abs=6e-6)


def test_several_costs_by_hand():
    """S- = (0.4, 0.6) of 0.5·(1/5 + 3/5), 0.5·(4/5 + 2/5); Q- = 1·(1/S-)/(1/0.4 + 1/0.6) = (0.6, 0.4)."""
    result = copras([[1.0, 4.0], [3.0, 2.0]], [0.5, 0.5], [-1, -1])
    assert result.figures["costs"] == pytest.approx([0.4, 0.6])
    assert result.figures["significance"] == pytest.approx([0.6, 0.4])
    assert result.score == pytest.approx([1.0, 2 / 3])


@pytest.mark.parametrize("dearer", [1.01, 2.0, 50.0])
def test_cost_is_not_rewarded(dearer):
    """A known defect elsewhere: Q = S+ + S- ranks the dearer of two otherwise equal bids first."""
    result = copras([[100.0, 100.0 * dearer, 300.0], [7.0, 7.0, 7.0]], [0.6, 0.4], [-1, 1])
    assert result.score[0] > result.score[1]


def test_without_costs_it_is_a_weighted_sum_of_shares():
    result = copras([[1.0, 3.0], [2.0, 2.0]], [0.5, 0.5], [1, 1])
    assert result.figures["significance"] == pytest.approx([0.375, 0.625])
    weightless = copras([[1.0, 3.0], [2.0, 5.0]], [1.0, 0.0], [1, -1])
    assert weightless.figures["significance"] == pytest.approx([0.25, 0.75])


def test_a_bid_that_raises_its_cost_can_gain_as_the_registry_says():
    """First bid: cost 1000 raised to 2000 takes it from rank 2 to rank 1 (four bids, two costs)."""
    values = np.array([[1000.0, 50, 3, 200], [1000, 5, 1, 20], [500, 10, 5, 2]])
    dearer = values.copy()
    dearer[0, 0] = 2000.0
    weights, directions = np.array([1, 2, 2]) / 5, [-1, 1, -1]
    assert "raising_cost" in METHOD.exempt
    assert ranks_of(copras(values, weights, directions).score).tolist() == [2, 3, 1, 4]
    assert ranks_of(copras(dearer, weights, directions).score).tolist() == [1, 3, 2, 4]
