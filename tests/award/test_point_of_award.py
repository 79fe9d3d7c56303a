"""An award as a point of the model: what it comes to there is what the audit says, for every award of a problem."""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import sound_awards
from award_problems import problem_of, small_problems
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.formulation import formulate
from supplier_eval.award.objective import goal_of
from supplier_eval.award.parts import Bid, Lot, Supplier, Tiers
from supplier_eval.award.point_of_award import point_of_award
from supplier_eval.award.rows import Builder
from supplier_eval.award.rules import Rule

A, B = ("L", "A", ""), ("L", "B", "")


def tiered(*, grid=4):
    """A takes a tenth off from 20 on; whoever wins of the lot should win at least half of it."""
    tiers = Tiers(kind="all_units", basis="spend", breaks=(Fraction(0), Fraction(20)), discount=(0, Fraction(1, 10)))
    rule = Rule(id="R", kind="min_share_if_awarded", value=Fraction(1, 2), penalty=Fraction(8))
    return problem_of(
        [Lot(id="L", demand=Fraction(10))],
        [Supplier(id="A", tiers=tiers), Supplier(id="B", fixed_cost=Fraction(3))],
        [Bid(lot="L", supplier="A", price=Fraction(4)), Bid(lot="L", supplier="B", price=Fraction(3))],
        rules=[rule],
        grid=grid,
    )


def point(formulation, award, **more):
    return point_of_award(formulation, award, solver="scipy", ends=time.monotonic() + 30, **more)


@pytest.mark.parametrize(
    ("units", "cost"),
    [
        ({A: 4}, 40 - 4),
        ({A: 2, B: 2}, 20 - 2 + 15 + 3),
        ({A: 1, B: 3}, 10 + Fraction(45, 2) + 3 + 2),
        ({B: 4}, 30 + 3),
    ],
)
def test_cost_and_penalty_by_hand(units, cost):
    made = formulate(tiered())
    assert made.cost @ point(made, Award(4, units)) == pytest.approx(float(cost), abs=1e-9)


def test_decisions_that_do_not_suit_the_award_are_found_again():
    made = formulate(tiered())
    dear, cheap = Award(4, {A: 4}), Award(4, {A: 1, B: 3})
    stale = point(made, dear)
    assert made.cost @ point(made, cheap, decided=stale) == pytest.approx(37.5, abs=1e-9)
    assert point(made, dear, decided=stale) == pytest.approx(stale, abs=1e-9)


def test_an_award_that_breaks_an_added_row_has_no_point():
    made = formulate(tiered())
    more = Builder()
    columns = np.flatnonzero(made.cost)
    more.row("limit", dict(zip(columns.tolist(), made.cost[columns].tolist(), strict=True)), upper=35.5)
    limited = made.with_rows(more)
    assert point(limited, Award(4, {A: 4})) is None
    assert point(limited, Award(4, {B: 4})) is not None


def test_an_award_beyond_the_bounds_has_no_point():
    made = formulate(tiered().with_terms(cover="at_most"))
    assert point(made, Award(4, {B: 5})) is None


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(small_problems(most=40, goals=(("cost", "attr:quality", "min_attr:risk"),)), st.randoms(use_true_random=False))
def test_every_valid_award_counts_in_the_model_as_in_its_audit(problem, random):
    audits = [audit_award(problem, award) for award in sound_awards(problem)]
    valid = [audit for audit in audits if audit.valid]
    if not valid:
        return
    audit = random.choice(valid)
    made = formulate(problem)
    found = point(made, audit.award)
    assert found is not None
    for name in ("attr:quality", "attr:risk"):
        assert made.measures[name] @ found == pytest.approx(float(audit.measures[name]), abs=1e-6)
    assert made.cost @ found == pytest.approx(float(audit.stages[0]), abs=1e-6)


def test_the_winners_of_an_award_are_counted_where_they_are_the_objective():
    problem = tiered().with_terms(goal=goal_of(("winners", "cost")))
    made = formulate(problem)
    found = point(made, Award(4, {A: 2, B: 2}))
    assert made.measures["winners"] @ found == pytest.approx(2, abs=1e-9)
