"""Shares of any size: the least point within limits, on one structure, and next to it on the contract grid."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import numpy as np
import pytest

from award_fronts import mavrotas, shared_lot
from award_problems import problem_of
from supplier_eval.award.frontier_search import Clock
from supplier_eval.award.frontier_structure import ShareSearch, Spot
from supplier_eval.award.frontier_targets import targets_of
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier

TWO = ("cost", "attr:quality")
GAINS = ("max_attr:first", "max_attr:second")


def search(problem=None, names=TWO, solver="scipy", seconds=60.0):
    made = ShareSearch(targets_of(problem or shared_lot(), names), Clock(seconds), solver=solver)
    made.measured_by(np.zeros(2), np.ones(2))
    return made


@pytest.mark.parametrize("solver", solvers_installed())
def test_the_least_within_limits_by_hand(solver):
    """All of A 1,030; all of B 1,080; 90 units of A and 10 of B 30 + 900 + 120."""
    asked = search(solver=solver)
    assert asked.least([1.0, 0.0], [inf, inf]).at == pytest.approx((1030, -5000))
    assert asked.least([1.0, 0.0], [inf, -7000]).at == pytest.approx((1080, -7000))
    assert asked.least([1.0, 0.0], [1029, inf]) == "infeasible"
    assert asked.least([0.0, 1.0], [1050, inf]).at == pytest.approx((1050, -5200))


def test_figures_are_counted_from_an_ideal_in_units_of_a_spread():
    asked = search()
    asked.measured_by(np.array([1030.0, -8800.0]), np.array([500.0, 3800.0]))
    assert asked.least([1.0, 0.0], [inf, inf]).at == pytest.approx((0, 1))
    assert asked.least([0.0, 1.0], [inf, inf]).at[1] == pytest.approx(0)
    assert asked.least([1.0, 0.0], [0.1, inf]).at == pytest.approx((0, 1))


def test_one_structure_keeps_who_may_win():
    """Where all of A is cheapest, C with its fixed cost may not win: nothing above all of B (7,000) can be had."""
    asked = search()
    cheap = asked.least([1.0, 0.0], [inf, inf])
    assert asked.least([1.0, 0.0], [inf, -5000], structure=cheap.values).at == pytest.approx((1030, -5000))
    assert asked.least([0.0, 1.0], [inf, inf], structure=cheap.values).at[1] >= -7000
    assert asked.least([0.0, 1.0], [inf, -7001], structure=cheap.values) == "infeasible"
    assert asked.solves == 1


def test_equals_in_the_first_objective_are_decided_by_the_next():
    found = search(mavrotas(), GAINS).lexicographic([0, 1], [inf, inf])
    assert (found.status, found.at) == ("optimal", pytest.approx((-20, -160)))
    assert search(mavrotas(), GAINS).lexicographic([1, 0], [inf, -185]) == "infeasible"


def test_no_time_is_no_award():
    asked = search(seconds=0.0)
    assert asked.least([1.0, 0.0], [inf, inf]) == "no_award_found"
    assert asked.lexicographic([0, 1], [inf, inf]) == "no_award_found"


def test_the_award_next_to_a_point_stands_on_the_grid():
    """1,280 = 60 + 10.8 b + 15 c buys a third of C: 0.333 or 0.334 on a grid of a thousandth."""
    asked = search(shared_lot(1000))
    spot = asked.least([0.0, 1.0], [1280, inf])
    found = asked.on_grid(spot)
    assert found.audit.valid
    assert found.award.grid == 1000
    assert found.award.label() in ({"L|B": 0.667, "L|C": 0.333}, {"L|B": 0.666, "L|C": 0.334})


def test_a_point_off_the_grid_gives_way_to_another_with_its_figures():
    """A serves a third of the lot and B two thirds, or C all of it: the same figures; tenths have no thirds."""
    suppliers = [
        Supplier(id=key, capacity=Fraction(most), attributes={"quality": Fraction(1)})
        for key, most in (("A", 1), ("B", 2), ("C", 3))
    ]
    bids = [Bid(lot="L", supplier=key, price=Fraction(1)) for key in "ABC"]
    problem = problem_of([Lot(id="L", demand=Fraction(3))], suppliers, bids, grid=100)
    asked = search(problem)
    one = asked.least([1.0, 0.0], [inf, inf])
    columns = asked.targets.formulation.columns
    values = one.values.copy()
    values[columns.share], values[columns.active] = (1 / 3, 2 / 3, 0), (1, 1, 0)
    found = asked.on_grid(Spot(one.at, values))
    assert found.costs == (3, -3)
    assert found.award.share(("L", "C", "")) > 0


def test_how_much_worse_an_award_is_than_a_point():
    """Cost 1,030 and quality 5,000 beside a point of 1,000 and 5,020, in units of 100 and 10."""
    asked = search()
    asked.measured_by(np.array([900.0, -8000.0]), np.array([100.0, 10.0]))
    award = asked.on_grid(asked.least([1.0, 0.0], [inf, inf]))
    assert asked.worse(award, Spot((1.0, 298.0), np.zeros(0))) == pytest.approx(2.0)
    assert asked.worse(award, Spot((1.3, 300.0), np.zeros(0))) == pytest.approx(0.0)


def test_a_point_that_the_grid_has_not_is_none(monkeypatch):
    asked = search()
    spot = asked.least([1.0, 0.0], [inf, inf])
    monkeypatch.setattr(asked, "_around", lambda values, room: (values * 0 + 1, values * 0 + 1))
    assert asked.on_grid(Spot((-1.0, -9e9), spot.values)) is None
