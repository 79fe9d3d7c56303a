from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.policy.random_index import RANDOM_INDICES, index_of


@pytest.mark.parametrize(
    ("table", "seven"), [("saaty_1980", 1.32), ("saaty_2008", 1.35), ("alonso_lamata_2006", 1.3417)]
)
def test_each_table_is_named_with_its_source(table, seven):
    figure, source = index_of(table, 7)
    assert figure == seven
    assert source == RANDOM_INDICES[table].source
    assert index_of(table, 2)[0] == 0 and index_of(table, 15)[0] is not None and index_of(table, 16)[0] is None


def test_alonso_and_lamata_fitted_a_line_through_their_own_table():
    """Alonso & Lamata 2006: mean lambda_max of random matrices is 2.7699 n - 4.3513."""
    for n in range(4, 14):
        assert index_of("alonso_lamata_2006", n)[0] == pytest.approx((1.7699 * n - 4.3513) / (n - 1), abs=0.03)


def test_a_figure_of_ones_own_is_used_as_it_is():
    assert index_of(1.3, 7, missing=2) == (1.3, "given by the caller")
    for wrong in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="above zero"):
            index_of(wrong, 5)


def test_an_unknown_table_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'saaty_1980'"):
        index_of("saaty_1981", 5)


def test_missing_pairs_lower_the_index_down_to_nothing_for_a_tree():
    figure, source = index_of("saaty_1980", 4, missing=1)
    assert figure == pytest.approx(0.90 * 2 / 3)
    assert "Ágoston & Csató 2022" in source
    assert index_of("saaty_1980", 4, missing=3)[0] == 0
    assert index_of("saaty_1980", 2, missing=0)[0] == 0


def test_the_rule_for_missing_pairs_agrees_with_a_simulation():
    """Random 4 by 4 matrices with one gap, filled for the least lambda_max in closed form by a fine search."""
    rng = np.random.default_rng(7)
    scale = np.array([1 / k for k in range(9, 1, -1)] + list(range(1, 10)))
    draws = 300
    matrices = np.ones((draws, 4, 4))
    for i in range(4):
        for j in range(i + 1, 4):
            matrices[:, i, j] = rng.choice(scale, draws)
            matrices[:, j, i] = 1 / matrices[:, i, j]
    complete = (np.linalg.eigvals(matrices).real.max(axis=1) - 4) / 3
    tries = np.exp(np.linspace(-5, 5, 121))
    filled = np.repeat(matrices[:, np.newaxis], len(tries), axis=1)
    filled[:, :, 0, 1], filled[:, :, 1, 0] = tries, 1 / tries
    least = (np.linalg.eigvals(filled).real.max(axis=2).min(axis=1) - 4) / 3
    assert least.mean() / complete.mean() == pytest.approx(2 / 3, abs=0.08)
