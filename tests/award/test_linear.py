"""Linear programs with scipy: the optimum by hand, its row prices, and what is no optimum."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from supplier_eval.award.linear import scipy_relaxed
from supplier_eval.award.program import Program


def program(cost, matrix, low, high, upper=1.0):
    size = len(cost)
    return Program(
        np.array(cost, float), np.zeros(size), np.full(size, upper), np.zeros(size, bool),
        csr_array(np.array(matrix, float)), np.array(low, float), np.array(high, float),
    )  # fmt: skip


def test_the_price_of_a_row_is_what_one_more_of_its_limit_costs():
    """x + y = 1 at 3 and 5 with x at most 0.4: 3 x 0.4 + 5 x 0.6; one more of the sum costs 5, of the limit -2."""
    found = scipy_relaxed(program([3, 5], [[1, 1], [1, 0]], [1, -np.inf], [1, 0.4]), 10)
    assert found.objective == pytest.approx(4.2)
    assert found.duals == pytest.approx([5, -2])
    assert found.objective == found.bound


def test_a_row_from_below_has_a_price_above_zero():
    found = scipy_relaxed(program([2, 7], [[1, 1]], [1.5], [np.inf]), 10)
    assert found.values == pytest.approx([1, 0.5])
    assert found.duals == pytest.approx([7])


def test_what_cannot_hold_is_infeasible():
    found = scipy_relaxed(program([1], [[1]], [2], [3]), 10)
    assert (found.status, found.values, found.duals) == ("infeasible", None, None)
