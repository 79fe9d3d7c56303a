"""The model of every published case reaches the published optimum; rules can be left out one by one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import solve, solvers_installed
from supplier_eval.award.reading import read_problem

CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"
EXPECTED = {case["id"]: case["expected"] for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]}


@pytest.mark.parametrize("solver", solvers_installed())
@pytest.mark.parametrize("case", sorted(EXPECTED))
def test_every_published_case_has_its_published_optimum(case, solver):
    problem = read_problem(CASES, case=case)
    outcome = solve(formulate(problem).program, solver=solver)
    assert outcome.status == EXPECTED[case]["status"]
    if outcome.status == "optimal":
        reported = -outcome.objective if problem.terms.goal.stages[0].maximised else outcome.objective
        assert reported == pytest.approx(EXPECTED[case]["objective"], rel=2e-6)


@pytest.mark.parametrize("solver", solvers_installed())
@pytest.mark.parametrize(("left_out", "status"), [((), "infeasible"), (("R1",), "optimal"), (("R2",), "optimal")])
def test_a_rule_left_out_leaves_the_others(solver, left_out, status):
    made = formulate(read_problem(CASES, case="inf-winners")).without(left_out)
    assert solve(made.program, solver=solver).status == status


def test_every_variable_has_a_name_of_its_own_and_bounds():
    made = formulate(read_problem(CASES, case="gen-8x5-rules"))
    names = made.variable_names()
    assert len(set(names)) == made.n_columns
    assert np.isfinite(made.lower).all()
    assert np.isfinite(made.upper).all()
