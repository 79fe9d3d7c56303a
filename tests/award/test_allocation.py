"""What a run of a solver and an award are made of."""

from __future__ import annotations

from award_problems import problem_of
from supplier_eval.award.allocation import Allocation, Outcome
from supplier_eval.award.parts import Lot, Supplier


def test_an_outcome_says_who_gave_it_and_stays_as_it_was():
    outcome = Outcome("infeasible", message="empty")
    told = outcome.told("cbc", 1.5)
    assert (told.solver, told.seconds, told.status, told.message) == ("cbc", 1.5, "infeasible", "empty")
    assert outcome.solver == ""


def test_an_allocation_without_an_award_keeps_its_reasons():
    problem = problem_of([Lot(id="L")], [Supplier(id="A")])
    made = Allocation(problem, "infeasible", conflicts=(("_structural",),), reasons=("no bid for L",))
    assert made.award is None
    assert made.audit is None
    assert made.reasons == ("no bid for L",)
