"""Cover, capacity, tiers: what every award of the model keeps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from award_problems import problem_of
from supplier_eval.award.formulation import formulate
from supplier_eval.award.grid import grid_program
from supplier_eval.award.model import solve
from supplier_eval.award.parts import Bid, Lot, Segment, Supplier, Tiers
from supplier_eval.award.structure_rows import largest_shares


def problem(capacity=None, **terms):
    tiers = Tiers(
        kind="all_units", basis="spend", breaks=(Fraction(0), Fraction(80)), discount=(Fraction(0), Fraction(1, 2))
    )
    return problem_of(
        [Lot(id="L", demand=Fraction(10))],
        [Supplier(id="A", tiers=tiers, capacity=capacity), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(8))],
        **terms,
    )


@pytest.mark.parametrize(("capacity", "cost"), [(None, 50), (Fraction(9), 53), (Fraction(7), 80)])
def test_a_discount_is_earned_by_its_spend_and_within_the_capacity(capacity, cost):
    """By hand: all of A 10 x 10 / 2; nine of A 45 + one of B 8; seven of A earn nothing, so all of B."""
    assert solve(formulate(problem(capacity)).program, solver="scipy").objective == pytest.approx(cost)


def test_a_lot_that_need_not_be_covered_costs_nothing():
    assert solve(formulate(problem(cover="at_most")).program, solver="scipy").objective == pytest.approx(0)


def test_the_capacity_bounds_the_share():
    made = problem(Fraction(5))
    assert largest_shares(made, formulate(made).columns).tolist() == [0.5, 1.0]


def test_the_relaxation_cannot_mix_tiers():
    """x_bt <= u w_t: half of a tier gives at most half of the shares in it."""
    outcome = solve(formulate(problem(Fraction(7))).program, solver="scipy", relaxed=True)
    assert outcome.objective > 53
    assert np.isfinite(outcome.objective)


@pytest.mark.parametrize(("demand", "cost"), [(4, 41), (5, 51), (6, 61)])
def test_the_end_of_a_segment_belongs_to_the_next_one(demand, cost):
    """1 + 10 a unit. Where the fixed part jumps to 30 at 5 units, 4 units of A and the rest of B at 21 are cheapest."""
    first = Segment(qlo=Fraction(0), qhi=Fraction(5), fixed=Fraction(1), slope=Fraction(10))
    second = Segment(qlo=Fraction(5), qhi=Fraction(10), fixed=Fraction(1), slope=Fraction(10))
    jump = replace(second, fixed=Fraction(30))
    lot, suppliers = Lot(id="L", demand=Fraction(demand)), [Supplier(id="A"), Supplier(id="B")]
    for curve, expected in (((first, second), cost), ((first, jump), 41 + 21 * (demand - 4))):
        bids = [Bid(lot="L", supplier="A", curve=curve), Bid(lot="L", supplier="B", price=Fraction(21))]
        made = problem_of([lot], suppliers, bids, grid=demand)
        assert solve(grid_program(formulate(made)), solver="scipy").objective == pytest.approx(expected)
