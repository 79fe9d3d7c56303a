"""Fixed variables leave a program, its optimum stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from supplier_eval.award.model import solve
from supplier_eval.award.program import Program, reduce, with_whole_bounds


@st.composite
def programs(draw):
    n, m = draw(st.integers(2, 5)), draw(st.integers(1, 4))
    whole = st.integers(-4, 4)
    matrix = np.array(draw(st.lists(st.lists(whole, min_size=n, max_size=n), min_size=m, max_size=m)), dtype=float)
    upper = np.array(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)), dtype=float)
    cost = np.array(draw(st.lists(whole, min_size=n, max_size=n)), dtype=float)
    high = np.array(draw(st.lists(st.integers(-3, 9), min_size=m, max_size=m)), dtype=float)
    return Program(
        cost, np.zeros(n), upper, np.ones(n, dtype=bool), csr_array(matrix), np.full(m, -np.inf), high
    )  # fmt: skip


@given(programs())
def test_what_is_left_has_the_same_optimum(program):
    whole, small = solve(program, solver="scipy"), reduce(program)
    if not small.possible:
        assert whole.status == "infeasible"
        return
    if not small.program.n_columns:
        assert whole.objective == pytest.approx(small.program.constant)
        return
    left = solve(small.program, solver="scipy") if small.program.n_rows else None
    if left is None:
        assert whole.status == "optimal"
        return
    assert left.status == whole.status
    if left.values is not None:
        assert left.objective == pytest.approx(whole.objective, abs=1e-6)
        assert program.objective(small.lift(left.values)) == pytest.approx(whole.objective, abs=1e-6)


def test_a_program_can_get_other_bounds_and_another_objective():
    program = Program(
        np.ones(1), np.zeros(1), np.ones(1), np.ones(1, dtype=bool), csr_array((0, 1)), np.zeros(0), np.zeros(0), 2.0
    )
    assert program.minimising(np.array([3.0])).objective(np.ones(1)) == 5.0
    assert program.bounded(np.ones(1), np.ones(1)).lower.tolist() == [1.0]


def test_bounds_of_whole_variables_are_drawn_in_and_others_stay():
    program = Program(
        np.ones(3),
        np.array([0.25, 0.25, -1.0]),
        np.array([2.75, 2.75, 3.0 - 1e-12]),
        np.array([True, False, True]),
        csr_array(np.ones((1, 3))),
        np.array([-np.inf]),
        np.array([9.0]),
    )
    drawn_in = with_whole_bounds(program)
    assert drawn_in.lower.tolist() == [1.0, 0.25, -1.0]
    assert drawn_in.upper.tolist() == [2.0, 2.75, 3.0]
