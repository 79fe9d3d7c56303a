"""What bids alone make impossible is said without a solver, and only where it is so."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings

from award_enumeration import optimum
from award_problems import problem_of, small_problems
from supplier_eval.award.front import award_lots
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.structural import structural_reasons


def test_a_lot_whose_bids_do_not_reach_is_named_with_the_most_that_they_do():
    problem = problem_of(
        [Lot(id="N", demand=Fraction(10)), Lot(id="S", demand=Fraction(10))],
        [Supplier(id="A"), Supplier(id="B", capacity=Fraction(1))],
        [
            Bid(lot="N", supplier="A", price=Fraction(1), max_share=Fraction(3, 5)),
            Bid(lot="N", supplier="B", price=Fraction(1)),
            Bid(lot="S", supplier="A", price=Fraction(1)),
        ],
    )
    assert structural_reasons(problem) == (
        "Lot N has to be served, but its bids together can cover at most 70.0000% of it.",
    )
    assert "标段 N" in structural_reasons(problem, "zh")[0]
    made = award_lots(problem)
    assert (made.status, made.conflicts, made.log[0].stage) == ("infeasible", (("_structural",),), "structure")


def test_alternates_of_one_supplier_do_not_add_up():
    problem = problem_of(
        [Lot(id="N")],
        [Supplier(id="A")],
        [
            Bid(lot="N", supplier="A", alternate=name, price=Fraction(1), max_share=Fraction(1, 2))
            for name in ("day", "night")
        ],
    )
    assert len(structural_reasons(problem)) == 1


def test_a_whole_lot_is_not_covered_by_halves_but_by_a_bundle():
    lots = [Lot(id="N", indivisible=True)]
    suppliers = [Supplier(id="A"), Supplier(id="B")]
    halves = [Bid(lot="N", supplier=key, price=Fraction(1), max_share=Fraction(1, 2)) for key in "AB"]
    assert structural_reasons(problem_of(lots, suppliers, halves))
    bundle = Bundle(id="all", supplier="A", lots=("N",), price=Fraction(3))
    assert structural_reasons(problem_of(lots, suppliers, halves, [bundle])) == ()


def test_capacity_that_is_short_in_all_is_said_and_many_lots_are_cut():
    lots = [Lot(id=f"L{at:02d}", demand=Fraction(5)) for at in range(14)]
    suppliers = [Supplier(id="A", capacity=Fraction(60))]
    bids = [Bid(lot=lot.id, supplier="A", price=Fraction(1)) for lot in lots]
    assert structural_reasons(problem_of(lots, suppliers, bids)) == (
        "The lots that have to be served need 70 units; all suppliers together have capacity for 60.",
    )
    nothing = problem_of(lots, suppliers, bids[:2])
    assert len(structural_reasons(nothing)) == 12
    assert structural_reasons(nothing)[10] == "So it is with 2 more lots."


def test_what_may_stay_open_is_not_missing():
    lots = [Lot(id="N", unserved_cost=Fraction(9))]
    assert structural_reasons(problem_of(lots, [Supplier(id="A")])) == ()
    assert structural_reasons(problem_of([Lot(id="N")], [Supplier(id="A")], cover="at_most")) == ()


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems())
def test_where_a_reason_is_given_no_award_exists(problem):
    if structural_reasons(problem):
        assert optimum(problem)[0] is None
