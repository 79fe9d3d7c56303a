"""One step of a search: least within limits, exact to the last step; the clock; what a solver can tell apart."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest

from award_fronts import four_lots
from award_problems import problem_of
from supplier_eval.award.frontier_search import Clock, WholeSearch
from supplier_eval.award.frontier_targets import targets_of
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier

TWO = ("cost", "attr:quality")


def search(problem=None, names=TWO, solver="scipy", seconds=60.0):
    return WholeSearch(targets_of(problem or four_lots(), names), Clock(seconds), gap=0.0, solver=solver)


def small(price, step=1, grid=1):
    return problem_of(
        [Lot(id="L", indivisible=grid == 1)],
        [Supplier(id=key, attributes={"quality": Fraction(quality)}) for key, quality in (("A", 1), ("B", 2))],
        [Bid(lot="L", supplier="A", price=Fraction(price)), Bid(lot="L", supplier="B", price=price + Fraction(step))],
        grid=grid,
    )


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_limit_is_kept_to_the_last_step(solver):
    """The published list of awards by cost: 1005, 1015, 1020, ..."""
    asked = search(solver=solver)
    best = asked.least([0.0, 1.0], [1014, inf]).found
    assert best.costs == (1005, -7050)
    assert asked.least([0.0, 1.0], [1015, inf]).found.costs == (1015, -7200)
    assert asked.least([1.0, 0.0], [1004, inf]).status == "infeasible"
    assert asked.least([1.0, 0.0], [Fraction(10049, 10), inf]).found is None
    assert asked.solves == 4


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_limit_that_is_a_third_is_kept_exactly(solver):
    problem = small(Fraction(1, 3), Fraction(1, 3))
    asked = search(problem, solver=solver)
    assert asked.targets.units == (Fraction(1, 3), 1)
    assert asked.least([0.0, 1.0], [Fraction(2, 3), inf]).found.costs == (Fraction(2, 3), -2)
    assert asked.least([0.0, 1.0], [Fraction(2, 3) - Fraction(1, 100), inf]).found.costs == (Fraction(1, 3), -1)


def test_shares_are_whole_steps_from_the_start():
    """Quarters: at most 1.3 money buys a quarter of B: 3/4 x 1 + 1/4 x 2 = 1.25."""
    found = search(small(1, 1, grid=4)).least([0.0, 1.0], [Fraction(13, 10), inf]).found
    assert found.costs == (Fraction(5, 4), Fraction(-5, 4))
    assert found.award.label() == {"L|A": 0.75, "L|B": 0.25}


def test_equals_in_the_first_objective_are_decided_by_the_next():
    problem = small(1, 0)
    assert search(problem).lexicographic([0, 1]).found.costs == (1, -2)
    hit = search().lexicographic([1, 0])
    assert (hit.status, hit.found.costs) == ("optimal", (1200, -9000))


def test_a_step_that_fails_after_another_keeps_what_was_found():
    asked = search()
    least, calls = asked.least, []

    def once(*args, **more):
        calls.append(args)
        asked.clock = Clock(0.0) if len(calls) > 1 else asked.clock
        return least(*args, **more)

    asked.least = once
    hit = asked.lexicographic([0, 1])
    assert (hit.status, hit.found.costs[0]) == ("feasible_at_limit", 1005)


def test_no_time_is_no_award():
    hit = search(seconds=0.0).least([1.0, 1.0], [inf, inf])
    assert (hit.status, hit.found) == ("no_award_found", None)


def test_an_award_whose_audit_fails_is_none(monkeypatch):
    def broken(problem, award):
        return type("Broken", (), {"valid": False})()

    monkeypatch.setattr("supplier_eval.award.frontier_search.audit_award", broken)
    hit = search().least([1.0, 1.0], [inf, inf])
    assert (hit.status, hit.found) == ("error", None)


def test_the_clock_runs_down_to_0_and_not_below():
    assert Clock(-5.0).left == 0.0
    assert 0 < Clock(9.0).left <= 9.0


@pytest.mark.parametrize(
    ("price", "step", "told"),
    [
        (Fraction(10), Fraction(1), True),
        (Fraction(10**6), Fraction(1, 10**9), True),  # finer than a cent does not count
        (Fraction(10**9), Fraction(1, 100), False),  # a cent of a thousand million is too little to be seen
    ],
)
def test_steps_too_small_for_a_solver_are_known(price, step, told):
    assert search(small(price, step)).told_apart is told
