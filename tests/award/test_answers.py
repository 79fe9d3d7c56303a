"""What solvers say, in our own words."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.sparse import csr_array

from supplier_eval.award.answers import cbc_answer, scipy_answer
from supplier_eval.award.model import solve, solvers_installed
from supplier_eval.award.program import Program

ONE = Program(
    np.ones(1), np.zeros(1), np.ones(1), np.ones(1, dtype=bool), csr_array(np.ones((1, 1))), np.zeros(1), np.ones(1)
)


@pytest.mark.parametrize(
    ("solved", "said", "gap", "status"),
    [
        (1, "Result - Optimal solution found", 0.0, "optimal"),
        (1, "Result - Optimal solution found (within gap tolerance)", 0.01, "within_gap"),
        (2, "Result - Stopped on time limit\nLower bound: 0.5", 0.0, "feasible_at_limit"),
        (-1, "Result - Problem proven infeasible", 0.0, "infeasible"),
        (-1, "Result - Stopped on time limit", 0.0, "no_award_found"),
        (-2, "", 0.0, "unbounded"),
        (0, "Pre-processing says infeasible or unbounded", 0.0, "infeasible"),
        (0, "segmentation fault", 0.0, "error"),
    ],
)
def test_what_cbc_says_of_itself(solved, said, gap, status):
    assert cbc_answer(ONE, np.ones(1), solved, said, False, gap).status == status


def test_the_bound_of_a_stopped_cbc_is_kept():
    answer = cbc_answer(ONE, np.ones(1), 2, "Result - Stopped on time limit\nLower bound:   0.5", False, 0.0)
    assert (answer.objective, answer.bound) == (1.0, 0.5)


@pytest.mark.parametrize(("code", "status"), [(1, "no_award_found"), (2, "infeasible"), (3, "unbounded"), (4, "error")])
def test_what_scipy_says_without_a_point(code, status):
    found = SimpleNamespace(x=None, status=code, message="stopped")
    assert scipy_answer(ONE, found, 0.0).status == status


def test_scipy_at_its_limit_keeps_its_point():
    found = SimpleNamespace(x=np.ones(1), status=1, message="time", mip_dual_bound=0.25, fun=1.0)
    answer = scipy_answer(ONE, found, 0.0)
    assert (answer.status, answer.bound) == ("feasible_at_limit", 0.25)


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_program_without_whole_variables_in_its_rows_has_its_optimum_for_a_bound(solver):
    """x + y = 1 at 3 and 5, and a whole variable that no row has."""
    program = Program(
        np.array([3.0, 5.0, 1.0]), np.zeros(3), np.ones(3), np.array([False, False, True]),
        csr_array(np.array([[1.0, 1.0, 0.0]])), np.ones(1), np.ones(1),
    )  # fmt: skip
    found = solve(program, solver=solver)
    assert (found.status, found.objective, found.bound) == ("optimal", pytest.approx(3), pytest.approx(3))
