"""The best award at a price, and the award whose range is asked for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.price_ends import PriceEnd, best_at, best_exactly

F = Fraction


def problem(objective="cost", grid=10**6):
    bids = [
        Bid(lot="L", supplier="A", price=F(10), max_share=F(4, 5)),
        Bid(lot="L", supplier="B", price=F(11)),
    ]
    return problem_of([Lot(id="L")], [Supplier(id="A"), Supplier(id="B")], bids, grid=grid, objective=objective)


@pytest.mark.parametrize(("objective", "stages"), [("cost", (F("10.2"),)), (["winners", "cost"], (1, 11))])
def test_all_stages_count(objective, stages):
    status, audit = best_at(problem(objective), Ends(30), "scipy")
    assert (status, audit.stages) == ("optimal", stages)


def test_an_infeasible_problem_has_no_best_award():
    made = problem_of([Lot(id="L")], [Supplier(id="A")], [])
    assert best_at(made, Ends(30), "scipy") == ("infeasible", None)


def test_a_misplaced_unit_is_put_right_and_a_worse_award_is_refused():
    made = problem()
    for units, status, kept in ((799_999, "optimal", 800_000), (800_000, "optimal", 800_000)):
        given = audit_award(made, Award(10**6, {("L", "A", ""): units, ("L", "B", ""): 10**6 - units}))
        audit, said = best_exactly(made, given, Ends(30), "scipy")
        assert (said, audit.award.units["L", "A", ""]) == (status, kept)
    worse = audit_award(made, Award(10**6, {("L", "B", ""): 10**6}))
    assert best_exactly(made, worse, Ends(30), "scipy") == (worse, "not_optimal")


def test_an_equal_award_stays_the_one_that_was_given():
    bids = [Bid(lot="L", supplier=key, price=F(5)) for key in "AB"]
    made = problem_of([Lot(id="L", indivisible=True)], [Supplier(id="A"), Supplier(id="B")], bids)
    for key in "AB":
        given = audit_award(made, Award(10**6, {("L", key, ""): 10**6}))
        assert best_exactly(made, given, Ends(30), "scipy") == (given, "optimal")


@pytest.mark.parametrize(
    ("kind", "proven"),
    [("crossing", True), ("zero", True), ("unlimited", True), ("bracket", False), ("seen", False), ("open", False)],
)
def test_which_ends_are_proven(kind, proven):
    assert PriceEnd(kind).proven is proven
