"""Awards on the contract grid from a model with scenarios behind it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.disruption_model import Mix, extensive_form
from supplier_eval.award.disruption_recourse import Recourse
from supplier_eval.award.disruption_scenarios import independent_failures
from supplier_eval.award.disruption_search import candidates
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier

F = Fraction


def form(grid, capacity):
    problem = problem_of(
        [Lot(id="L", demand=F(10), unserved_cost=F(30))],
        [Supplier(id="A", capacity=F(capacity)), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=F(4)), Bid(lot="L", supplier="B", price=F(5))],
        grid=grid,
    )
    failures = independent_failures({"A": F(1, 10), "B": F(0)})
    return extensive_form(problem, failures, Recourse(), Mix(F(0), F(1, 2)))


@pytest.mark.parametrize("solver", solvers_installed())
def test_shares_that_stand_on_the_grid_come_first(solver):
    first = next(candidates(form(4, 5), gap=0.0, solver=solver, ends=Ends(20)))
    assert first.audit.award.label() == {"L|A": 0.5, "L|B": 0.5}
    assert first.bound == pytest.approx(0.9 * 45 + 0.1 * 50)


@pytest.mark.parametrize("solver", solvers_installed())
def test_where_they_do_not_whole_units_have_a_bound_of_their_own(solver):
    found = list(candidates(form(4, 6), gap=0.0, solver=solver, ends=Ends(20)))
    assert found[0].audit is None
    assert found[0].bound == pytest.approx(0.9 * 44 + 0.1 * 50)  # six tenths, which no quarter is
    assert {one.audit.award.label()["L|A"] for one in found[1:]} == {0.5}
    assert max(one.bound for one in found if one.bound is not None) == pytest.approx(0.9 * 45 + 0.1 * 50)


@pytest.mark.parametrize("solver", solvers_installed())
def test_where_nothing_is_possible_that_is_the_only_news(solver):
    problem = problem_of([Lot(id="L")], [Supplier(id="A")], [Bid(lot="L", supplier="A", price=F(4))])
    made = extensive_form(problem, independent_failures({"A": F(1, 2)}), Recourse(), Mix(F(0), F(1, 2)))
    (only,) = candidates(made, gap=0.0, solver=solver, ends=Ends(20))
    assert (only.status, only.audit, only.bound) == ("infeasible", None, None)
