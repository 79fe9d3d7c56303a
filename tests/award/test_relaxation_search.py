"""The searches: a ratio is followed to its optimum, boxes are split until the bound meets the award."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award import relaxation_search
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.relaxation_search import Search
from supplier_eval.award.rule_subsets import Clock
from supplier_eval.award.rules import Rule


def two_lots(*rules):
    """A at 10 in both lots (10 and 30 units), B at 20 in the first; the second may stay unserved at 50 a unit.

    B's share of the spend is 200 of 500, or 200 of 200 where the second lot stays unserved.
    """
    return problem_of(
        [Lot(id="L1", demand=Fraction(10)), Lot(id="L2", demand=Fraction(30), unserved_cost=Fraction(50))],
        [Supplier(id="A"), Supplier(id="B")],
        [
            Bid(lot="L1", supplier="A", price=Fraction(10)),
            Bid(lot="L1", supplier="B", price=Fraction(20)),
            Bid(lot="L2", supplier="A", price=Fraction(10)),
        ],
        rules=rules,
        grid=20,
    )


ONLY_B = Rule(id="ONLY_B", kind="exclude", suppliers=("A",), lots=("L1",))
CAP = Rule(id="CAP", kind="max_spend_share", suppliers=("B",), value=Fraction(1, 4))
FLOOR = Rule(id="FLOOR", kind="min_spend_share", suppliers=("B",), value=Fraction(3, 5))
BUDGET = Rule(id="BUDGET", kind="budget", value=Fraction(500))
SERVE = Rule(id="SERVE", kind="force_award", suppliers=("A",), lots=("L2",), value=Fraction(1))


def search(*rules, seconds=60.0):
    return Search(two_lots(*rules), clock=Clock(seconds), solver="scipy")


def test_a_ratio_whose_total_varies_is_followed_to_its_optimum():
    """200 of 500 is the least share that B can have."""
    asked = search(CAP, ONLY_B)
    found = asked.alone(asked.problem.rules["CAP"])
    assert found.proven
    assert asked.weighed(found.award, {"CAP": Fraction(1)}) == (Fraction(2, 5) - Fraction(1, 4)) / Fraction(1, 4)


def test_limits_together_are_split_until_the_bound_meets_the_award():
    """Within 500 all is served and B has 0.4, 0.2 below its floor of 0.6, a third of it."""
    found = search(FLOOR, ONLY_B, BUDGET).together({"FLOOR": Fraction(1), "BUDGET": Fraction(1)})
    assert found.proven
    asked = search(FLOOR, ONLY_B, BUDGET)
    assert asked.weighed(found.award, {"FLOOR": Fraction(1)}) == Fraction(1, 3)
    assert found.bound == pytest.approx(1 / 3, abs=1e-6)


def test_the_bound_is_in_the_weights_that_were_given():
    asked = search(FLOOR, ONLY_B, BUDGET)
    found = asked.together({"FLOOR": Fraction(30), "BUDGET": Fraction(300)})
    assert (found.proven, found.bound) == (True, pytest.approx(10, abs=1e-4))


NEARLY_AS_GOOD = {"FLOOR": Fraction(1), "SERVE": Fraction(59, 100)}


def test_a_sum_that_bends_is_found_and_proven():
    """Serve all of the second lot: 1/3 of the floor; 0.45: 0.55 x 0.59 and 1/201 of the floor; 0.4: 0.6 x 0.59."""
    found = search(FLOOR, ONLY_B, SERVE).together(NEARLY_AS_GOOD)
    assert (found.proven, found.bound) == (True, pytest.approx(0.55 * 0.59 + 1 / 201, abs=1e-5))
    assert found.award.units["L2", "A", ""] == 9


def test_boxes_that_run_out_leave_a_bound_and_no_proof(monkeypatch):
    monkeypatch.setattr(relaxation_search, "MOST_BOXES", 1)
    found = search(FLOOR, ONLY_B, SERVE).together(NEARLY_AS_GOOD)
    assert found.award is not None and not found.proven
    assert 0 <= found.bound <= 0.55 * 0.59 + 1 / 201


def test_steps_that_run_out_leave_an_award_that_is_not_called_smallest(monkeypatch):
    monkeypatch.setattr(relaxation_search, "MOST_STEPS", 0)
    asked = search(CAP, ONLY_B)
    found = asked.alone(asked.problem.rules["CAP"])
    assert found.award is not None and not found.proven


def test_an_award_that_lies_above_the_bound_is_not_called_smallest(monkeypatch):
    """A search that says optimal with a bound of 1 less has not shown that nothing smaller is enough."""
    low = Rule(id="LOW", kind="budget", value=Fraction(250))
    asked = search(low, Rule(id="ALL", kind="force_award", suppliers=("A",), value=Fraction(1, 2), lots=("L2",)))
    rule = asked.problem.rules["LOW"]
    exact = asked.alone(rule)
    assert exact.proven
    run = Search.run

    def short(self, made, weights, parts=1):
        found = run(self, made, weights, parts)
        return replace(found, bound=found.bound - weights["LOW"])

    monkeypatch.setattr(Search, "run", short)
    found = asked.alone(rule)
    assert (found.award, found.proven) == (exact.award, False)


def test_what_even_leaving_out_does_not_help_is_ruled_out():
    none = Rule(id="NONE", kind="exclude", suppliers=("B",))
    asked = search(CAP, ONLY_B, none)
    found = asked.alone(asked.problem.rules["CAP"])
    assert (found.award, found.proven) == (None, True)
    assert asked.without(["NONE", "CAP"]).award is not None


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_coarse_grid_is_looked_at_in_whole_units(solver):
    """Thirds of a lot: at most half of the volume for A leaves it one third, and 2/3 is what it needs to serve."""
    halves = problem_of(
        [Lot(id="L", demand=Fraction(9))],
        [Supplier(id="A"), Supplier(id="B", capacity=Fraction(4))],
        [Bid(lot="L", supplier=key, price=Fraction(1)) for key in "AB"],
        rules=[Rule(id="HALF", kind="max_volume_share", suppliers=("A",), value=Fraction(1, 2))],
        grid=3,
    )
    asked = Search(halves, clock=Clock(60.0), solver=solver)
    found = asked.together({"HALF": Fraction(1)})
    assert (found.proven, asked.weighed(found.award, {"HALF": Fraction(1)})) == (True, Fraction(1, 3))
    assert found.award.units["L", "A", ""] == 2


def test_without_time_nothing_runs_and_nothing_is_claimed():
    asked = search(CAP, ONLY_B, seconds=-1.0)
    assert (asked.without(()).award, asked.without(()).proven, asked.solves) == (None, False, 0)
    found = asked.together({"CAP": Fraction(1)})
    assert (found.award, found.proven) == (None, False)
