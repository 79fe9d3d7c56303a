"""Deliveries judged exactly: conditions, money, fractions from a solver's shares."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.awarded import Award
from supplier_eval.award.disruption_exact import ExactRecourse
from supplier_eval.award.disruption_recourse import Recourse, scenario_problem
from supplier_eval.award.disruption_scenarios import Failure
from supplier_eval.award.parts import Bid, Lot, Supplier, Tiers

F = Fraction
TIERS = Tiers(kind="all_units", basis="spend", breaks=(F(0), F(50)), discount=(F(0), F(1, 10)))
PROBLEM = problem_of(
    [Lot(id="L", demand=F(7))],
    [Supplier(id="A", fixed_cost=F(2)), Supplier(id="B", capacity=F(3)), Supplier(id="C", tiers=TIERS)],
    [Bid(lot="L", supplier=key, price=F(price)) for key, price in zip("ABC", (5, 6, 10), strict=True)],
)
AWARD = Award(PROBLEM.terms.grid, {("L", "A", ""): 900_000, ("L", "B", ""): 100_000})
GONE = Failure("A", {"A": F(1)}, F(1, 10))


def judge(failure=GONE, award=AWARD, **recourse):
    asked = Recourse(**recourse)
    return ExactRecourse(PROBLEM, scenario_problem(PROBLEM, failure, asked), award, failure, asked)


def test_a_solvers_shares_become_the_fractions_that_they_stand_for():
    made = judge().from_shares({("L", "B", ""): 3 / 7 + 1e-12, ("L", "C", ""): 4 / 7 - 1e-12}, frozenset(), 0.0)
    assert made.award.shares() == {("L", "B", ""): F(3, 7), ("L", "C", ""): F(4, 7)}
    assert made.cost == 18 + 40 + 2  # B's 3 at 6, C's 4 at 10, and the 2 that were paid for A
    assert dict(made.unserved) == {}


def test_discounts_count_what_is_delivered():
    whole = judge(award=Award(1, {("L", "A", ""): 1})).judged(Award(1, {("L", "C", ""): 1}))
    assert whole.cost == 63 + 2  # 70 less 10 %, and A's fixed cost


def test_what_stays_unserved_is_paid_at_the_emergency_price():
    made = judge(unserved_cost=F(20)).judged(Award(7, {("L", "B", ""): 3}))
    assert made.cost == 18 + 80 + 2
    assert dict(made.unserved) == {"L": 4}


def test_a_surcharge_counts_beyond_the_award_only():
    made = judge(surcharge=F(1, 2)).judged(Award(7, {("L", "B", ""): 3, ("L", "C", ""): 4}))
    assert made.cost == 60 + F(1, 2) * ((18 - F(7, 10) * 6) + 40)


@pytest.mark.parametrize(
    "units",
    [
        {("L", "B", ""): 4, ("L", "C", ""): 3},  # beyond B's capacity
        {("L", "B", ""): 3},  # not all of the lot
        {("L", "C", ""): 7},  # B's award does not stay
    ],
)
def test_what_breaks_a_condition_is_no_delivery(units):
    assert judge().judged(Award(7, units)) is None


def test_only_where_everything_is_bought_anew_may_others_be_left():
    assert judge(kind="reallocate").judged(Award(7, {("L", "C", ""): 7})).cost == 63 + 2


def test_who_is_hit_in_part_delivers_no_more_than_is_left():
    hit = Failure("A", {"A": F(1, 2)}, F(1, 10))
    fits = Award(1000, {("L", "A", ""): 450, ("L", "B", ""): 100, ("L", "C", ""): 450})
    too_much = Award(1000, {("L", "A", ""): 460, ("L", "B", ""): 100, ("L", "C", ""): 440})
    assert judge(hit).judged(fits).cost == F("15.75") + F("4.2") + F("31.5") + 2
    assert judge(hit).judged(too_much) is None


def test_shares_that_nothing_can_be_made_of_give_nothing():
    assert judge().from_shares({("L", "B", ""): 0.9}, frozenset(), 0.0) is None
