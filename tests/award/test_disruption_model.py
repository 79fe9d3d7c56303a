"""The two-stage program in extensive form: its optimum by hand, its elastic form, its columns."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.disruption_model import Mix, extensive_form, shortfall_form
from supplier_eval.award.disruption_recourse import Recourse
from supplier_eval.award.disruption_scenarios import Failure, independent_failures
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.model import solve, solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier

F = Fraction
PROBLEM = problem_of(
    [Lot(id="L", demand=F(10), unserved_cost=F(30))],
    [Supplier(id="A"), Supplier(id="B", fixed_cost=F(8))],
    [Bid(lot="L", supplier="A", price=F(4)), Bid(lot="L", supplier="B", price=F(5))],
    grid=4,
)
FAILURES = independent_failures({"A": F(1, 10), "B": F(0)})


@pytest.mark.parametrize("solver", solvers_installed())
@pytest.mark.parametrize(
    ("weight", "mix", "share"),
    [
        # all A: 40, and 58 where A fails; all B: 58; the level 0.8 tail is half of each
        (F(0), 0.9 * 40 + 0.1 * 58, 1.0),
        (F(1), 0.5 * 40 + 0.5 * 58, 1.0),
    ],
)
def test_the_optimum_by_hand(solver, weight, mix, share):
    form = extensive_form(PROBLEM, FAILURES, Recourse(), Mix(weight, F(8, 10)))
    found = solve_formulation(form, solver=solver)
    assert found.bound == pytest.approx(mix)
    assert found.award.label() == {"L|A": share}


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_supplier_is_kept_warm_where_its_surcharge_is_high(solver):
    # B awarded: 58. A awarded, B steps in: 8 + 50 and as much again as surcharge. Tail is wholly A's failure.
    form = extensive_form(PROBLEM, FAILURES, Recourse(surcharge=F(1)), Mix(F(1), F(95, 100)))
    found = solve_formulation(form, solver=solver)
    assert found.award.label() == {"L|B": 1.0}
    assert found.bound == pytest.approx(58)


def test_scenarios_that_cannot_come_about_have_no_columns():
    none = extensive_form(PROBLEM, independent_failures({"A": F(0)}), Recourse(), Mix(F(0), F(1, 2)))
    some = extensive_form(PROBLEM, FAILURES, Recourse(), Mix(F(0), F(1, 2)))
    tail = extensive_form(PROBLEM, FAILURES, Recourse(), Mix(F(1, 2), F(1, 2)))
    assert none.n_columns < some.n_columns
    assert tail.n_columns == some.n_columns + 1 + len(FAILURES.scenarios)
    assert none.problem is PROBLEM


@pytest.mark.parametrize("solver", solvers_installed())
def test_the_least_that_nobody_can_deliver(solver):
    problem = problem_of(
        [Lot(id="L", demand=F(10)), Lot(id="M", demand=F(6), unserved_cost=F(9))],
        [Supplier(id="A"), Supplier(id="B", capacity=F(7))],
        [Bid(lot=lot, supplier=key, price=F(4)) for lot in "LM" for key in "AB"],
    )
    form, places = shortfall_form(problem, Failure("x", {"A": F(1)}, F(1)), Recourse())
    assert list(places) == ["L"]
    found = solve(form.program, solver=solver)
    assert found.objective == pytest.approx(3)
    assert found.values[places["L"]] == pytest.approx(0.3)
