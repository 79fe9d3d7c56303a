"""ARAS, and the table that COPRAS shares with it."""

from __future__ import annotations

import pytest

from supplier_eval.rank.aras import aras
from supplier_eval.rank.matrix import rank_matrix

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


def test_aras_reproduces_goswami_2020():
    """Goswami and Mitra 2020, IJDNS 4(1):27-42."""
    ranking = rank_matrix(MOBILE_MODELS, [0.60338, 0.13639, 0.19567, 0.06456], ["min", "max", "max", "max"], "aras")
    printed = [0.68915, 0.58525, 0.62793, 0.46666, 0.54924, 0.49801, 0.56959, 0.5495, 0.54505, 0.53549]
    assert ranking.score == pytest.approx(printed, abs=6e-6)


def test_a_bid_that_is_best_everywhere_reaches_all_of_it():
    result = aras([[2.0, 1.0], [10.0, 20.0]], [0.5, 0.5], [1, -1])
    assert result.score == pytest.approx([1.0, 0.5])


def test_a_cost_of_zero_is_refused():
    with pytest.raises(ValueError, match="a cost is zero"):
        aras([[0.0, 1.0]], [1.0], [-1])
