"""Split lots in whole units: what a plain rounding breaks is kept, at nearly the same cost."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award import read_problem
from supplier_eval.award.audit import audit_award
from supplier_eval.award.exact import award_near, solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.grid import award_of, on_grid
from supplier_eval.award.model import solve, solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rounding import rounded


def halves(grid, cover="exactly"):
    """0.55 of the lot fits A at 10, the rest goes to B at 12: on a grid of tenths 5.5 and 4.5 units."""
    return problem_of(
        [Lot(id="L", demand=Fraction(30))],
        [Supplier(id="A", capacity=Fraction(33, 2)), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(12))],
        grid=grid,
        cover=cover,
    )


@pytest.mark.parametrize("solver", solvers_installed())
@pytest.mark.parametrize("cover", ["exactly", "free_disposal"])
def test_half_a_unit_is_rounded_so_that_capacity_and_lot_hold(solver, cover):
    made = formulate(halves(10, cover))
    found = solve(made.program, solver=solver)
    assert not on_grid(made, found.values)
    assert not audit_award(made.problem, award_of(made, found.values)).valid
    near = rounded(made, found.values, solver=solver, ends=time.monotonic() + 10)
    award = award_of(made, near)
    assert award.units == {("L", "A", ""): 5, ("L", "B", ""): 5}
    assert audit_award(made.problem, award).valid


def test_a_point_on_the_grid_stays_as_it_is():
    made = formulate(halves(20))
    found = solve(made.program, solver="scipy")
    near = rounded(made, found.values, solver="scipy", ends=time.monotonic() + 10)
    assert near == pytest.approx(found.values, abs=1e-6)


def test_no_time_left_gives_nothing():
    made = formulate(halves(10))
    found = solve(made.program, solver="scipy")
    assert rounded(made, found.values, solver="scipy", ends=time.monotonic() - 1) is None


def test_orlib_cap41_is_awarded_on_the_grid_of_a_millionth_within_a_millionth_of_the_published_optimum(cases):
    """Beasley (1988), OR-Library cap41: 1,040,444.375 with shares of any size; rounding alone breaks capacities."""
    made = formulate(read_problem(cases, case="orlib-cap41"))
    found = solve(made.program, solver="scipy")
    assert found.objective == pytest.approx(1040444.375, rel=1e-9)
    award = award_near(made, found, solver="scipy", ends=time.monotonic() + 30)
    assert award.audit.valid
    assert float(award.audit.objective) == pytest.approx(1040444.375, rel=2e-6)
    assert award.audit.objective >= Fraction("1040444.375")


def test_units_that_do_not_fit_are_found_again():
    made = solve_formulation(formulate(halves(7)), solver="scipy")
    assert (made.status, float(made.objective)) == ("optimal", pytest.approx(30 * (3 / 7 * 10 + 4 / 7 * 12)))


@pytest.fixture
def cases():
    from pathlib import Path

    return Path(__file__).parents[1] / "fixtures" / "awards.json"
