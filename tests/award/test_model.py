"""The door to the solvers: what each says of the same program, and what a mistake gets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from supplier_eval.award import AwardProblem, award_lots, model
from supplier_eval.award.program import Program
from supplier_eval.errors import MissingExtra, UnknownName


def program(cost, row, low, high, upper=10.0):
    size = len(cost)
    return Program(
        np.array(cost, dtype=float),
        np.zeros(size),
        np.full(size, upper),
        np.ones(size, dtype=bool),
        csr_array(np.array([row], dtype=float)),
        np.array([low]),
        np.array([high]),
    )


@pytest.mark.parametrize("solver", model.solvers_installed())
def test_each_solver_finds_the_whole_numbers(solver, capfd):
    outcome = model.solve(program([3, 2], [2, 1], 5.0, np.inf), solver=solver)
    assert (outcome.status, outcome.objective) == ("optimal", pytest.approx(8.0))
    assert outcome.values == pytest.approx([2, 1])
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("solver", model.solvers_installed())
def test_the_relaxation_is_below_the_whole_numbers(solver):
    outcome = model.solve(program([3, 2], [2, 1], 5.0, np.inf), solver=solver, relaxed=True)
    assert outcome.objective == pytest.approx(7.5)


@pytest.mark.parametrize("solver", model.solvers_installed())
def test_infeasible_and_unbounded_are_told_apart(solver):
    assert model.solve(program([1, 1], [1, 1], 30.0, np.inf), solver=solver).status == "infeasible"
    assert model.solve(program([-1, 0], [1, -1], -np.inf, 1.0, np.inf), solver=solver).status == "unbounded"


@pytest.mark.parametrize("solver", model.solvers_installed())
def test_without_an_objective_a_solver_tells_whether_anything_is_possible(solver):
    found = model.solve(program([0, 0], [2, 1], 5.0, np.inf), solver=solver)
    assert (found.status, found.objective) == ("optimal", 0.0)
    assert found.values.size == 2
    assert model.solve(program([0, 0], [2, 1], 50.0, np.inf), solver=solver).status == "infeasible"


def test_an_unknown_solver_is_named_and_a_missing_one_says_how_to_get_it(monkeypatch):
    with pytest.raises(UnknownName, match="gurobi"):
        model.choose_solver("gurobi")
    monkeypatch.setattr(model, "solvers_installed", lambda: ("scipy",))
    assert model.choose_solver(None) == "scipy"
    with pytest.raises(MissingExtra):
        model.choose_solver("highs")


def test_a_solver_that_crashes_gives_an_error_with_what_it_said(monkeypatch):
    def crash(*_):
        raise RuntimeError("killed by signal 9")

    monkeypatch.setattr(model, "_scipy", crash)
    outcome = model.solve(program([1], [1], 1.0, np.inf), solver="scipy")
    assert (outcome.status, outcome.solver) == ("error", "scipy")
    assert "killed by signal 9" in outcome.message


def test_what_cbc_calls_infeasible_is_asked_of_another_solver(monkeypatch):
    if "cbc" not in model.solvers_installed():
        monkeypatch.setattr(model, "solvers_installed", lambda: ("cbc", "scipy"))
    monkeypatch.setattr(model, "_run_cbc", lambda *_: model.Outcome("infeasible", message="proven"))
    outcome = model.solve(program([3, 2], [2, 1], 5.0, np.inf), solver="cbc")
    assert (outcome.status, outcome.objective, outcome.solver) == ("optimal", pytest.approx(8.0), "cbc")
    assert model.solve(program([1, 1], [1, 1], 30.0, np.inf), solver="cbc").status == "infeasible"


@pytest.mark.parametrize("solver", [name for name in model.solvers_installed() if name != "scipy"])
def test_a_start_of_many_variables_keeps_its_order(solver):
    """More than ten variables: names in the order of text would mix 2 and 10."""
    cost = np.arange(12, 0, -1)
    made = program(cost, np.ones(12), 15.0, np.inf, 2.0)
    start = np.zeros(12)
    start[-8:] = 2
    outcome = model.solve(made, solver=solver, start=start)
    assert outcome.objective == pytest.approx(2 * sum(range(1, 8)) + 8)
    assert outcome.values[-7:] == pytest.approx(np.full(7, 2.0))


@pytest.mark.parametrize("solver", model.solvers_installed())
def test_a_whole_variable_with_a_fraction_as_bound_does_not_hide_the_optimum(solver):
    """One of two: the first may not be 1, so the second is; scipy 1.17 by itself says 0."""
    asked = replace(program([-8, -24], [1, 1], -np.inf, 1.0), upper=np.array([0.75, 1.0]))
    outcome = model.solve(asked, solver=solver)
    assert (outcome.status, outcome.objective) == ("optimal", -24.0)
    assert outcome.values.tolist() == [0.0, 1.0]


@pytest.mark.parametrize("solver", model.solvers_installed())
def test_bounds_without_a_whole_number_between_them_leave_nothing(solver):
    asked = replace(program([1, 1], [1, 1], -np.inf, 9.0), lower=np.array([0.25, 0.0]), upper=np.array([0.75, 1.0]))
    assert model.solve(asked, solver=solver).status == "infeasible"
    assert model.solve(asked, solver=solver, relaxed=True).objective == pytest.approx(0.25)


@pytest.mark.parametrize("solver", model.solvers_installed())
def test_a_program_of_which_a_point_is_known_is_not_called_infeasible(solver):
    """The presolve of scipy 1.17 does so here: an award by bundles, of those no dearer than 4."""
    problem = AwardProblem(
        [{"id": "L1", "demand": 6, "incumbent": "S1", "switching_cost": 8}, {"id": "L2", "demand": 6}],
        [{"id": "S1", "score": 1}],
        [
            {"lot": "L1", "supplier": "S1", "price": 2, "min_qty": 4, "use": 11},
            {"lot": "L2", "supplier": "S1", "price": 7},
            {"lot": "L2", "supplier": "S1", "alternate": "x", "price": 1, "min_share": "0.5", "max_share": "0.75"},
        ],
        bundles=[
            {"id": "b1", "supplier": "S1", "lots": ["L1", "L2"], "price": 4},
            {"id": "b2", "supplier": "S1", "lots": ["L1"], "price": 1},
        ],
        objective=["cost", "score"],
        share_step="0.5",
    )
    made = award_lots(problem, gap=0, solver=solver)
    assert (made.status, made.objective, made.settled) == ("optimal", 4, True)
