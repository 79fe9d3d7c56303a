"""Rows that no audit knows of are kept, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from award_enumeration import optimum
from award_problems import problem_of, small_problems
from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.formulation import formulate
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rows import Builder
from supplier_eval.award.solve_with_cuts import on_whole_units, solve_with_cuts

F = Fraction


def model(least):
    """One lot in quarters, A at 1 and B at 2; B has at least `least` of it by a row of our own."""
    bids = [Bid(lot="L", supplier=key, price=F(p)) for key, p in (("A", 1), ("B", 2))]
    made = formulate(problem_of([Lot(id="L")], [Supplier(id="A"), Supplier(id="B")], bids, grid=4))
    more = Builder()
    more.row("_mine", {int(made.columns.share[1]): 1.0}, lower=float(least))
    return made.with_rows(more)


@pytest.mark.parametrize(("least", "units"), [(0, 0), (F(1, 10), 1), (F(1, 2), 2), (F(4, 5), 4)])
def test_a_row_of_our_own_is_kept_on_the_grid(least, units):
    found = solve_with_cuts(
        model(least), lambda audit: audit.award.share(("L", "B", "")) >= least, ends=Ends(60), solver="scipy"
    )
    assert found.status == "optimal"
    assert found.award.units.get(("L", "B", ""), 0) == units


def test_nothing_left_is_infeasible():
    assert on_whole_units(model(2), Ends(60), "scipy").status == "infeasible"


def test_an_award_that_cannot_hold_is_not_passed_off_as_optimal():
    found = solve_with_cuts(model(0), lambda audit: False, ends=Ends(60), solver="scipy")
    assert found.audit.award.units == {("L", "A", ""): 4}, "it is for the caller to see that it does not hold"


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(most=100))
def test_whole_units_give_the_best_of_all_awards(problem):
    found = on_whole_units(formulate(problem), Ends(60), "scipy")
    stages, _ = optimum(problem)
    assert (found.audit is None) == (stages is None)
    if stages is not None:
        assert found.status == "optimal"
        assert abs(found.audit.stages[0] - stages[0]) <= F(1, 100)
