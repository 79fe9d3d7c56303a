"""One stage as a whole: exact on the contract grid, audited, equal to looking at every award."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import optimum, sound_awards
from award_problems import problem_of, small_problems
from supplier_eval.award.audit import audit_award
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rows import Builder
from supplier_eval.award.rules import Rule


@settings(max_examples=80, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems())
def test_the_award_is_the_best_of_all_awards(problem):
    stages, _ = optimum(problem)
    found = solve_formulation(formulate(problem), solver="scipy")
    assert (found.status == "infeasible") == (stages is None), found.status
    if stages is not None:
        assert found.status == "optimal"
        assert found.audit.valid
        assert abs(found.audit.stages[0] - stages[0]) <= Fraction(1, 100)


NAMES = ("cost", "winners", "penalty", "attr:quality", "attr:risk")
COUNTED = {"attr:quality": (0, 1, 2, -1), "attr:risk": (0, 1, 2, -1)}  # the others are least only where they cost


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    small_problems(most=60, goals=(("cost", "attr:quality", "min_attr:risk", "winners"),)),
    st.fixed_dictionaries({name: st.sampled_from(COUNTED.get(name, (0, 1, 2))) for name in NAMES}),
)
def test_any_mix_of_measures_is_solved_to_its_optimum(problem, weights):
    made = formulate(problem)
    vector = sum(weight * made.measures[name] for name, weight in weights.items())
    found = solve_formulation(made.minimising(vector), solver="scipy")
    audits = [audit_award(problem, award) for award in sound_awards(problem)]
    mixes = {audit.award: sum(w * audit.measures[n] for n, w in weights.items()) for audit in audits if audit.valid}
    assert (found.status == "infeasible") == (not mixes), found.status
    if mixes:
        assert found.status == "optimal"
        assert found.objective == pytest.approx(float(mixes[found.award]), abs=1e-6)
        assert mixes[found.award] <= min(mixes.values()) + Fraction(1, 1000)


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_coarse_grid_is_kept_exactly(solver):
    """Capacity of a third on a grid of quarters: one quarter at 10, three quarters at 12 = 11.5 x 12."""
    problem = problem_of(
        [Lot(id="L", demand=Fraction(12))],
        [Supplier(id="A", capacity=Fraction(4)), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(12))],
        grid=4,
    )
    found = solve_formulation(formulate(problem), solver=solver)
    assert found.status == "optimal"
    assert dict(found.award.units) == {("L", "A", ""): 1, ("L", "B", ""): 3}
    assert found.audit.objective == 138


@pytest.mark.parametrize("solver", solvers_installed())
def test_rules_that_cannot_hold_together_are_infeasible(solver):
    problem = problem_of(
        [Lot(id="L")],
        [Supplier(id="A")],
        [Bid(lot="L", supplier="A", price=Fraction(1))],
        rules=[Rule(id="R", kind="min_winners", value=Fraction(2))],
    )
    found = solve_formulation(formulate(problem), solver=solver)
    assert (found.status, found.award) == ("infeasible", None)


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_row_that_was_added_is_not_bent_by_rounding(solver):
    """0.55 at 10 and 0.45 at 12 cost 10.9 a unit; on a grid of tenths 11.0. At most 10.95 is then infeasible."""
    problem = problem_of(
        [Lot(id="L", demand=Fraction(30))],
        [Supplier(id="A", capacity=Fraction(33, 2)), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(12))],
        grid=10,
    )
    made = formulate(problem)
    more = Builder()
    columns = np.flatnonzero(made.cost)
    more.row("limit", dict(zip(columns.tolist(), made.cost[columns].tolist(), strict=True)), upper=30 * 10.95)
    limited = made.with_rows(more)
    assert limited.added == 1
    assert solve_formulation(made, solver=solver).objective == pytest.approx(330)
    assert solve_formulation(limited, solver=solver).status == "infeasible"
