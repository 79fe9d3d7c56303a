"""The weighted product."""

from __future__ import annotations

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.weighted_product import weighted_product


def test_weighted_product_reproduces_the_published_linear_example():
    """Zavadskas, Turskis, Antucheviciene and Zakarevicius 2012; figures as in Aytac Adali and Tus Isik 2017."""
    matrix = [
        [3.0, 12.5, 2.0, 120.0, 14.0, 3.0],
        [5.0, 15.0, 3.0, 110.0, 38.0, 4.0],
        [3.0, 13.0, 2.0, 120.0, 19.0, 3.0],
        [4.0, 14.0, 2.0, 100.0, 31.0, 4.0],
        [3.0, 15.0, 1.5, 125.0, 40.0, 4.0],
    ]
    weights = [0.221, 0.159, 0.175, 0.127, 0.117, 0.201]
    ranking = rank_matrix(matrix, weights, [1, -1, -1, 1, -1, 1], "weighted_product")
    printed = [0.7975224331331, 0.7532541470585, 0.7647463553356, 0.7873956894791, 0.7674278741782]
    assert ranking.score == pytest.approx(printed, abs=1e-9)


def test_a_zero_in_a_criterion_of_any_weight_makes_the_product_zero_and_none_of_no_weight():
    assert weighted_product([[0.0, 2.0], [9.0, 3.0]], [0.1, 0.9], [1, 1]).score[0] == 0.0
    assert weighted_product([[0.0, 2.0], [9.0, 3.0]], [0.0, 1.0], [1, 1]).score[0] == 1.0


def test_a_normalisation_that_gives_negative_figures_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        weighted_product([[1.0, 2.0]], [1.0], [-1], "vector")
    with pytest.raises(InvalidInput, match=r"matrix\.parameter\.invalid"):
        rank_matrix([[1.0], [2.0]], [1], ["min"], "weighted_product", normalisation="none")
