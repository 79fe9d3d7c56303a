"""The problem of one scenario: what holds in recourse and what does not."""

from __future__ import annotations

from fractions import Fraction

from award_problems import problem_of
from supplier_eval.award.disruption_recourse import Recourse, scenario_problem
from supplier_eval.award.disruption_scenarios import Failure
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.rules import Rule

F = Fraction
PROBLEM = problem_of(
    [Lot(id="L", demand=F(10), unserved_cost=F(7)), Lot(id="M", demand=F(10))],
    [Supplier(id="A", capacity=F(20), min_volume=F(5)), Supplier(id="B", capacity=F(8)), Supplier(id="C")],
    [
        Bid(lot=lot, supplier=key, price=F(9), min_share=F(1, 2), max_share=F(3, 4), min_qty=F(2))
        for lot in "LM"
        for key in "ABC"
    ],
    [
        Bundle(id="a", supplier="A", lots=("L", "M"), price=F(9)),
        Bundle(id="b", supplier="B", lots=("L", "M"), price=F(9), requires=("a",)),
    ],
    [
        Rule(id="R1", kind="exclude", suppliers=("C",), lots=("L",)),
        Rule(id="R2", kind="max_winners", value=F(2)),
        Rule(id="R3", kind="budget", value=F(200)),
        Rule(id="R4", kind="exclude", suppliers=("B",), penalty=F(3)),
    ],
    objective="winners",
    grid=30,
)
FAILURE = Failure("x", {"A": F(1), "B": F(1, 4)}, F(1, 10))
LEFT = scenario_problem(PROBLEM, FAILURE, Recourse(unserved_cost=F(50)))


def test_who_loses_everything_offers_nothing():
    assert {key[1] for key in LEFT.bids} == {"B", "C"}
    assert list(LEFT.bundles) == ["b"]
    assert LEFT.bundles["b"].requires == ()


def test_capacity_is_what_the_failure_leaves():
    assert LEFT.suppliers["B"].capacity == 6
    assert LEFT.suppliers["C"].capacity is None


def test_least_shares_and_volumes_do_not_hold_but_largest_shares_do():
    assert {(bid.min_share, bid.min_qty, bid.max_share) for bid in LEFT.bids.values()} == {(0, 0, F(3, 4))}
    assert LEFT.suppliers["A"].min_volume is None


def test_hard_exclusions_stay_and_no_other_rule():
    assert list(LEFT.rules) == ["R1"]


def test_an_own_emergency_price_goes_before_the_general_one():
    assert {key: lot.unserved_cost for key, lot in LEFT.lots.items()} == {"L": 7, "M": 50}
    without = scenario_problem(PROBLEM, FAILURE, Recourse())
    assert {key: lot.unserved_cost for key, lot in without.lots.items()} == {"L": 7, "M": None}
    elastic = scenario_problem(PROBLEM, FAILURE, Recourse(), elastic=True)
    assert {key: lot.unserved_cost for key, lot in elastic.lots.items()} == {"L": 7, "M": 0}


def test_money_counts_on_a_grid_of_ten_thousandths_that_has_the_contract_grid_on_it():
    assert LEFT.terms.goal.name == "cost"
    assert LEFT.terms.grid == 9990
    assert PROBLEM.terms.grid == 30
    fine = scenario_problem(PROBLEM.with_terms(grid=10**6), FAILURE, Recourse())
    assert fine.terms.grid == 10**6
