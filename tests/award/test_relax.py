"""Relaxation and reduced costs: the same with each solver; what is left out costs at least what is said."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from award_instances import generated_problem
from hypothesis import HealthCheck, given, settings

from award_enumeration import every_reading
from award_problems import problem_of, small_problems
from supplier_eval.award import relax as relaxing
from supplier_eval.award.formulation import formulate
from supplier_eval.award.grid import shares_of_bids
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.outcome import Outcome
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.relax import least_shares_if_any, left_out, relax
from supplier_eval.award.rules import Rule


@pytest.mark.parametrize("solver", solvers_installed())
def test_reduced_costs_and_row_prices_add_up_to_the_bound(solver):
    program = formulate(generated_problem(12, 5, 4)).program
    found = relax(program, solver=solver, time_limit=30)
    assert found.reduced is not None
    reference = relax(program, solver="scipy", time_limit=30)
    assert found.bound == pytest.approx(reference.bound, rel=1e-7)
    at_zero = found.values <= program.lower + 1e-9
    assert found.reduced[at_zero].min() >= -1e-4 * abs(found.bound)


def test_a_relaxation_that_was_stopped_proves_nothing(monkeypatch):
    """CBC hands on the point at which it was stopped, with a figure that is no bound."""
    program = formulate(generated_problem(3, 2, 2)).program
    stopped = Outcome("feasible_at_limit", program.upper, 1e9, None, message="Stopped on time limit")
    monkeypatch.setattr(relaxing, "solve", lambda *_, **__: stopped)
    found = relax(program, solver="cbc", time_limit=0.1)
    assert (found.status, found.bound, found.values, found.reduced) == ("no_award_found", None, None, None)


def test_the_least_share_of_a_bid_is_its_own_the_rules_or_a_unit():
    problem = problem_of(
        [Lot(id="L"), Lot(id="M"), Lot(id="W", indivisible=True)],
        [Supplier(id="A"), Supplier(id="B")],
        [
            Bid(lot="L", supplier="A", price=Fraction(1), min_share=Fraction(3, 10)),
            Bid(lot="L", supplier="B", price=Fraction(1)),
            Bid(lot="M", supplier="A", price=Fraction(1)),
            Bid(lot="W", supplier="A", price=Fraction(1)),
        ],
        rules=[Rule(id="R", kind="min_share_if_awarded", value=Fraction(1, 5), lots=("L",))],
        grid=100,
    )
    assert least_shares_if_any(formulate(problem)).tolist() == [0.3, 0.2, 0.01, 1.0]


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems())
def test_an_award_with_something_left_out_costs_at_least_its_bound(problem):
    made = formulate(problem)
    relaxed = relax(made.program, solver="scipy", time_limit=30)
    if relaxed.reduced is None:
        return
    costs = np.maximum(relaxed.reduced[made.columns.share], 0)
    beyond = float(np.median(costs)) if costs.size else 0.0
    program, outside = left_out(made, relaxed, beyond)
    out = shares_of_bids(made, program.upper) == 0
    gone = {key for key, missing in zip(made.columns.bids, out.tolist(), strict=True) if missing}
    for reading in every_reading(problem):
        if not gone.isdisjoint(reading.award.units) and not reading.hard_broken:
            assert float(reading.stages[0]) >= outside - 1e-6 * (1 + abs(outside))
