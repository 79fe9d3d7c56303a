"""The search: the same optimum as looking at every award, bounds that hold, and the best award when it is stopped."""

from __future__ import annotations

import time

import pytest
from award_instances import generated_problem
from hypothesis import HealthCheck, given, settings

import supplier_eval.award.search as searched
from award_enumeration import optimum
from award_problems import small_problems
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.front import award_lots
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.outcome import Outcome
from supplier_eval.award.search import Search, is_large


def run(made, *, gap=0.0, limit=30.0, solver="scipy", log=None):
    tell = (log if log is not None else []).append
    return Search(made, gap=gap, ends=time.monotonic() + limit, solver=solver, tell=tell).run()


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems())
def test_the_search_finds_the_best_of_all_awards_and_never_claims_too_much(problem):
    stages, _ = optimum(problem)
    found = run(formulate(problem))
    if stages is None:
        assert found.status == "infeasible"
        return
    assert found.audit.valid
    assert found.bound <= float(stages[0]) + 0.005 + 1e-6 * abs(float(stages[0]))
    assert found.status == "optimal"
    assert float(found.audit.stages[0]) == pytest.approx(float(stages[0]), abs=0.01)


@pytest.mark.parametrize("solver", solvers_installed())
def test_every_stage_tells_its_award_and_bound_and_neither_gets_worse(solver):
    made = formulate(generated_problem(30, 8, 5, seed=7, share_step="0.01"))
    log = []
    found = run(made, gap=1e-3, solver=solver, log=log)
    assert log[0].stage == "relaxation"
    assert {step.stage for step in log} <= {"relaxation", "start", "restricted", "neighbourhood", "whole"}
    bounds = [step.bound for step in log]
    assert bounds == sorted(bounds)
    worths = [step.objective for step in log if step.objective is not None]
    assert worths == sorted(worths, reverse=True)
    assert found.status in ("optimal", "within_gap")
    assert found.objective - found.bound <= 1e-3 * found.objective + 0.005
    whole = solve_formulation(made, solver="scipy", gap=1e-4)
    assert found.bound <= whole.objective + 0.005
    assert whole.bound <= found.objective + 0.005


def test_a_problem_too_large_for_its_relaxation_starts_from_a_sample(monkeypatch):
    monkeypatch.setattr(searched, "HUGE", 100)
    made = formulate(generated_problem(40, 8, 5, seed=3, share_step="0.01"))
    log = []
    found = run(made, gap=1e-3, log=log)
    assert [step.stage for step in log[:2]] == ["sample", "bound"]
    assert found.audit.valid
    reference = solve_formulation(made, solver="scipy", gap=1e-4)
    assert found.bound <= reference.objective
    assert found.objective <= 1.05 * reference.objective


def test_a_sample_that_leads_nowhere_leaves_the_rest_of_the_time_to_the_whole(monkeypatch):
    monkeypatch.setattr(searched, "HUGE", 1)
    monkeypatch.setattr(searched, "decisions_from_sample", lambda *_, **__: None)
    log = []
    found = run(formulate(generated_problem(4, 3, 2, seed=1, share_step="0.01")), log=log)
    assert [step.stage for step in log] == ["sample", "whole"]
    assert found.status == "optimal"


def test_ctrl_c_leaves_the_best_award_so_far(monkeypatch):
    made = formulate(generated_problem(30, 8, 5, seed=7, share_step="0.01"))
    calls = []
    real = searched.solve

    def stopping(program, **options):
        found = real(program, **options)
        calls.append(found.status)
        if len(calls) == 2:
            stop = KeyboardInterrupt()
            stop.outcome = found
            raise stop
        return found

    monkeypatch.setattr(searched, "solve", stopping)
    found = run(made)
    assert len(calls) == 2
    assert found.status == "feasible_at_limit"
    assert found.audit.valid
    assert found.bound is not None


def test_ctrl_c_between_two_runs_of_the_solver_leaves_the_best_award_too(monkeypatch):
    made = formulate(generated_problem(30, 8, 5, seed=7, share_step="0.01"))
    real, calls = searched.left_out, []

    def stopping(*asked):
        calls.append(asked)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*asked)

    monkeypatch.setattr(searched, "left_out", stopping)
    found = run(made)
    assert found.audit.valid
    assert found.objective >= found.bound
    calls[:] = [None]
    with pytest.raises(KeyboardInterrupt):
        run(made)


def test_ctrl_c_in_a_small_problem_gives_what_the_solver_had_or_goes_through(monkeypatch):
    from supplier_eval.award import front

    problem = generated_problem(4, 3, 2, seed=1, share_step="0.01")
    outcome = searched.solve(formulate(problem).program, solver="scipy")

    def stopped(*_, **__):
        stop = KeyboardInterrupt()
        stop.outcome = outcome
        raise stop

    monkeypatch.setattr(front, "solve_formulation", stopped)
    made = award_lots(problem)
    assert made.audit.valid
    outcome = None
    with pytest.raises(KeyboardInterrupt):
        award_lots(problem)


def test_a_solver_that_is_killed_every_time_is_an_error_with_what_it_said(monkeypatch):
    from supplier_eval.award import exact, relax, sample

    dead = Outcome("error", message="killed by signal 9")
    for module in (searched, exact, relax, sample):
        monkeypatch.setattr(module, "solve", lambda *_, **__: dead)
    found = run(formulate(generated_problem(4, 3, 2, seed=1, share_step="0.01")))
    assert (found.status, found.message, found.award) == ("error", "killed by signal 9", None)


def test_large_is_told_by_the_number_of_variables():
    assert not is_large(formulate(generated_problem(20, 10, 7)))
    assert is_large(formulate(generated_problem(150, 20, 10)))
