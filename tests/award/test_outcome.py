"""What a run of a solver is made of."""

from __future__ import annotations

from supplier_eval.award.outcome import Outcome, Step


def test_an_outcome_says_who_gave_it_and_stays_as_it_was():
    outcome = Outcome("infeasible", message="empty")
    told = outcome.told("cbc", 1.5)
    assert (told.solver, told.seconds, told.status, told.message) == ("cbc", 1.5, "infeasible", "empty")
    assert outcome.solver == ""


def test_a_step_keeps_what_is_not_known_apart_from_zero():
    step = Step(0.5, "relaxation", None, 0.0)
    assert step.objective is None
    assert step.bound == 0.0
