"""MOORA, ratio system."""

from __future__ import annotations

import pytest

from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.moora import moora


def test_moora_reproduces_karabasevic_2015():
    """Karabasevic, Stanujkic, Urosevic and Maksimovic 2015, Acta Montanistica Slovaca 20(2).

    The printed weights add up to 0.999; the printed scores come from them as they are.
    """
    matrix = [[4, 3, 3, 4, 3, 2, 4], [3, 3, 4, 3, 5, 4, 4], [5, 4, 4, 5, 5, 5, 4]]
    weights = [0.215, 0.215, 0.159, 0.133, 0.102, 0.102, 0.073]
    ranking = rank_matrix(matrix, weights, [1] * 7, "moora")
    assert ranking.score == pytest.approx([0.494, 0.527, 0.677], abs=6e-4)
    assert ranking.weights.tolist() == weights


def test_costs_are_taken_off():
    result = moora([[3.0, 4.0], [4.0, 3.0]], [0.5, 0.5], [1, -1])
    assert result.score == pytest.approx([0.3 - 0.4, 0.4 - 0.3])
    assert result.figures["benefits"] == pytest.approx([0.3, 0.4])
    assert result.figures["costs"] == pytest.approx([0.4, 0.3])
