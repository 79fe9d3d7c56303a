"""WASPAS."""

from __future__ import annotations

import pytest

from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.waspas import waspas

# Chakraborty, Zavadskas and Antucheviciene 2015, ECECSR 49(1):5-22, example 2
MATRIX = [
    [581818, 54.49, 3, 5500],
    [595454, 49.73, 3, 4500],
    [586060, 51.24, 3, 5000],
    [522727, 45.71, 3, 5800],
    [561818, 52.66, 3, 5200],
    [543030, 74.46, 4, 5600],
    [522727, 75.42, 4, 5800],
    [486970, 62.62, 4, 5600],
    [509394, 65.87, 4, 6400],
    [513333, 70.67, 4, 6000],
]
PRINTED = {
    0.8: [0.8588, 0.8184, 0.8425, 0.9419, 0.8643, 0.83, 0.8532, 0.8969, 0.9051, 0.8766],
    0.9: [0.8589, 0.8189, 0.8427, 0.9419, 0.8644, 0.8308, 0.8542, 0.8976, 0.9059, 0.8775],
    1.0: [0.859, 0.8194, 0.843, 0.942, 0.8645, 0.8315, 0.8552, 0.8983, 0.9067, 0.8784],
}


@pytest.mark.parametrize("lam", sorted(PRINTED))
def test_waspas_reproduces_chakraborty_2015_example_2(lam):
    ranking = rank_matrix(MATRIX, [0.467, 0.16, 0.095, 0.278], ["min", "min", "min", "max"], "waspas", lam=lam)
    assert ranking.score == pytest.approx(PRINTED[lam], abs=1e-4)
    assert ranking.notes == {"normalisation": "max", "lam": lam}


def test_the_ends_of_lam_are_the_weighted_sum_and_the_weighted_product():
    values, weights, directions = [[1.0, 2.0], [3.0, 2.0]], [0.4, 0.6], [1, -1]
    result = waspas(values, weights, directions, lam=0.0)
    assert result.score.tolist() == result.figures["product"].tolist()
    result = waspas(values, weights, directions, lam=1.0)
    assert result.score.tolist() == result.figures["sum"].tolist()
    assert result.score == pytest.approx([0.4 * 0.5 + 0.6 * 2 / 3, 1.0])


@pytest.mark.parametrize("lam", [-0.1, 1.1, float("nan")])
def test_a_lam_that_is_no_share_is_refused(lam):
    with pytest.raises(ValueError, match="share from 0 to 1"):
        waspas([[1.0]], [1.0], [1], lam=lam)
