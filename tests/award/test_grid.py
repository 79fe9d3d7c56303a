"""Shares become units of the contract grid."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from award_problems import problem_of
from supplier_eval.award.formulation import formulate
from supplier_eval.award.grid import (
    award_of,
    counted_in_units,
    grid_program,
    on_grid,
    scale_of_columns,
    shares_of_bids,
    with_whole_fixed,
)
from supplier_eval.award.parts import Bid, Lot, Supplier


def formulation(grid):
    bids = [Bid(lot="L", supplier=key, price=Fraction(9)) for key in "AB"]
    return formulate(problem_of([Lot(id="L")], [Supplier(id="A"), Supplier(id="B")], bids, grid=grid))


def point(made, first):
    values = np.zeros(made.n_columns)
    values[made.columns.share] = [first, 1 - first]
    return values


def test_shares_are_read_to_the_nearest_unit():
    made = formulation(4)
    assert dict(award_of(made, point(made, 0.25 + 1e-9)).units) == {("L", "A", ""): 1, ("L", "B", ""): 3}
    assert on_grid(made, point(made, 0.25 + 1e-9))
    assert not on_grid(made, point(made, 0.3))
    assert shares_of_bids(made, point(made, 0.3)).tolist() == [0.3, 0.7]


def test_the_program_in_units_counts_whole_units():
    made = formulation(4)
    program = grid_program(made)
    assert program.upper[made.columns.share].tolist() == [4.0, 4.0]
    assert program.integer[made.columns.share].all()
    values = point(made, 0.5)
    values[made.columns.share] *= 4
    assert program.objective(values) == made.program.objective(point(made, 0.5))
    assert np.allclose(program.matrix @ values, made.program.matrix @ point(made, 0.5))


def test_the_share_of_a_whole_lot_is_no_number_of_units():
    """A cheaper but split award must not come between: the whole lot goes to B, or stays open wholly."""
    bids = [Bid(lot="L", supplier=key, price=Fraction(9)) for key in "AB"]
    lot = Lot(id="L", indivisible=True, unserved_cost=Fraction(8))
    made = formulate(problem_of([lot], [Supplier(id="A"), Supplier(id="B")], bids, grid=4))
    program, whole = grid_program(made), [*made.columns.share, *made.columns.unserved]
    assert program.upper[whole].tolist() == [1.0, 1.0, 1.0]
    assert program.integer[whole].all()
    assert not counted_in_units(made).any()
    assert (scale_of_columns(made) == 1).all()


def test_whole_variables_are_fixed_where_they_stand():
    program = grid_program(formulation(4))
    fixed = with_whole_fixed(program, np.full(program.n_columns, 0.9), program.integer)
    assert (fixed.lower[program.integer] == fixed.upper[program.integer]).all()
