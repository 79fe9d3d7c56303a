from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from method_laws import a_block, check_bits, check_degenerate, check_dominance
from supplier_eval.rank.edas import METHOD, edas
from supplier_eval.rank.method import ranks_of

SEEDS = st.integers(0, 2**32 - 1)


def test_edas_reproduces_ersoy_2021():
    """Ersoy 2021, LogForum 17(3): six laptops for an e-commerce company."""
    values = np.array(
        [
            [256.0, 8.0, 41.0, 1.6, 1.77, 7347.16],
            [256.0, 8.0, 32.0, 1.0, 1.80, 6919.99],
            [256.0, 8.0, 53.0, 1.6, 1.90, 8400.00],
            [256.0, 8.0, 41.0, 1.0, 1.75, 6808.90],
            [512.0, 8.0, 35.0, 1.6, 1.70, 8479.99],
            [256.0, 4.0, 35.0, 1.6, 1.70, 7499.99],
        ]
    ).T
    result = edas(values, [0.405, 0.221, 0.134, 0.199, 0.007, 0.034], [1, 1, 1, 1, -1, -1])
    np.testing.assert_allclose(result.score, [0.414, 0.130, 0.461, 0.212, 0.944, 0.043], atol=0.0006)


def test_edas_by_hand():
    """Prices 80, 100, 120 (mean 100) and marks 3, 6, 6 (mean 5), weights 1/2.

    Above: .1, .1, .1; below: .2, 0, .1. So AS = (1 + 0)/2, (1 + 1)/2, (1 + 1/2)/2.
    """
    result = edas([[80.0, 100.0, 120.0], [3.0, 6.0, 6.0]], [0.5, 0.5], [-1, 1])
    np.testing.assert_allclose(result.figures["above"], [0.1, 0.1, 0.1])
    np.testing.assert_allclose(result.figures["below"], [0.2, 0.0, 0.1], atol=1e-15)
    np.testing.assert_allclose(result.score, [0.5, 1.0, 0.75])


def test_a_constant_criterion_whose_mean_does_not_round_back_parts_nobody():
    assert (0.1 + 0.1 + 0.1) / 3 != 0.1
    assert edas([[0.1, 0.1, 0.1]], [1.0], [1]).score.tolist() == [0.5, 0.5, 0.5]


def test_a_criterion_of_zeros_has_no_mean_to_divide_by_and_parts_nobody():
    result = edas([[0.0, 0.0], [1.0, 3.0]], [0.5, 0.5], [1, 1])
    assert result.score.tolist() == [0.0, 1.0]


def test_values_below_zero_are_refused():
    """A mean at or below zero would turn the signs of all distances."""
    with pytest.raises(ValueError, match="below zero"):
        edas([[-1.0, 2.0]], [1.0], [1])
    assert METHOD.domain == "not_negative"


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_edas_keeps_the_laws(seed):
    check_bits(METHOD, seed)
    check_degenerate(METHOD, seed)
    check_dominance(METHOD, seed)


@given(seed=SEEDS, factor=st.floats(1.01, 20.0))
@settings(max_examples=40, deadline=None)
def test_raising_a_cost_never_helped_in_any_edas_table_tried(seed, factor):
    values, weights, directions, _ = a_block(seed, n_tables=20)
    directions[0] = -1.0
    before = ranks_of(edas(values, weights, directions).score)[0]
    values[0, 0] *= factor
    assert (ranks_of(edas(values, weights, directions).score)[0] >= before).all()
