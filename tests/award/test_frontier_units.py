"""The smallest step of a figure: by hand, and every award of a small problem has a whole number of steps."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from award_enumeration import every_reading
from award_naive import Naive
from award_problems import problem_of, small_problems
from supplier_eval.award.frontier_units import common_unit, in_steps, unit_of
from supplier_eval.award.parts import Bid, Lot, Supplier, Tiers
from supplier_eval.award.rules import Rule


def problem(grid=10, rules=(), indivisible=False, tiers=None):
    return problem_of(
        [Lot(id="L", demand=Fraction(5), indivisible=indivisible)],
        [Supplier(id="A", fixed_cost=Fraction("0.2"), tiers=tiers, attributes={"quality": Fraction(1, 3)})],
        [Bid(lot="L", supplier="A", price=Fraction("1.5"))],
        rules=rules,
        grid=grid,
    )


def test_steps_by_hand():
    """A tenth of the lot is half a unit: 0.75 money; with 0.2 fixed the step is 1/20. Half a unit of 1/3 is 1/6."""
    assert unit_of(problem(), "cost") == Fraction(1, 20)
    assert unit_of(problem(), "attr:quality") == Fraction(1, 6)
    assert unit_of(problem(), "value") == Fraction(1, 20)
    assert unit_of(problem(), "winners") == 1


def test_a_whole_lot_has_larger_steps():
    assert unit_of(problem(indivisible=True), "cost") == Fraction(1, 10)


def test_a_discount_makes_the_steps_smaller():
    tiers = Tiers(kind="all_units", basis="spend", breaks=(Fraction(0),), discount=(Fraction(1, 8),))
    assert unit_of(problem(tiers=tiers), "cost") == Fraction(1, 4 * 8 * 5)


def test_a_penalty_goes_by_the_unit_of_its_rule():
    """At most 1/3 of 5 units, half a unit a step: breaches are sixths; each unit of breach costs 2/5."""
    rule = Rule(id="R", kind="max_volume_share", value=Fraction(1, 3), suppliers=("A",), penalty=Fraction(2, 5))
    step = unit_of(problem(rules=[rule]), "penalty")
    assert step == Fraction(1, 30)
    breach = Fraction(5) - Fraction(5, 3)
    assert (breach * Fraction(2, 5) / step).denominator == 1
    assert unit_of(problem(), "penalty") == 1


def test_the_step_of_a_sum_parts_both():
    assert common_unit(Fraction(1, 4), Fraction(1, 6)) == Fraction(1, 12)


@pytest.mark.parametrize(("grid", "whole", "counted"), [(20, False, True), (21, False, False), (10**6, True, True)])
def test_steps_are_counted_up_to_twenty_of_a_lot(grid, whole, counted):
    assert in_steps(problem(grid=grid, indivisible=whole)) is counted


@settings(max_examples=60)
@given(small_problems(most=60, goals=("cost", "value"), hard=False))
def test_every_award_has_a_whole_number_of_steps(problem):
    names = ["cost", "attr:quality", "attr:risk", "winners", "penalty"]
    names += [] if any(bid.curve for bid in problem.bids.values()) else ["value"]
    units = {name: unit_of(problem, name) for name in names}
    for reading in every_reading(problem):
        naive = Naive(problem, reading.award)
        for name, unit in units.items():
            figure = reading.measures["penalty"] if name == "penalty" else naive.measure(name)
            assert (figure / unit).denominator == 1, name
