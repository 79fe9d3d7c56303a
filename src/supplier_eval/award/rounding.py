"""Split lots put on the contract grid: margins in the model first, then whole units that keep every lot whole.

Rounding the shares of a solver breaks capacities, discount tiers and least shares by up to a unit a share. So with all
yes-or-no decisions kept, the shares are found again with every limit drawn in by what rounding can move it, and each
lot's units are then rounded by largest remainder (Hamilton's method), which moves no share by a whole unit.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.grid import counted_in_units, scale_of_columns
from supplier_eval.award.model import solve
from supplier_eval.award.program import Program, reduce

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.formulation import Formulation

    Vector = NDArray[np.float64]

NEAR = 1e-3
ROOMS = (0.1, 0.3, 1.0, 2.0)


def rounded(formulation: Formulation, values: Vector, *, solver: str, ends: float, room: float = 1.0) -> Vector | None:
    """A point on the contract grid with the same decisions as `values`, at nearly the same cost.

    Parameters
    ----------
    formulation : Formulation
        The model.
    values : ndarray of float, shape (n_columns,)
        A point whose whole variables are whole.
    solver : str
        For the shares, a linear program.
    ends : float
        When to stop, on the monotonic clock.
    room : float
        Units by which every split share may move what it adds to a limit; 1 is always enough for one round.

    Returns
    -------
    ndarray of float or None, shape (n_columns,)
        None where the limits leave no room for rounding. It is for the audit to say whether the award holds.
    """
    counted = counted_in_units(formulation)
    fixed = _decided(formulation, values, counted)
    split = counted & _between(formulation, values, counted)
    for _ in range(3):
        if not split.any():
            break
        left = reduce(_drawn_in(formulation, fixed, split, room))
        if not left.possible or time.monotonic() >= ends:
            return None
        found = solve(left.program, solver=solver, relaxed=True, time_limit=max(0.05, ends - time.monotonic()))
        if found.values is None:
            return None
        values = left.lift(found.values)
        now = counted & _between(formulation, values, counted)
        if not (now & ~split).any():
            break
        split = split | now
    return _whole_units(formulation, values)


def _decided(formulation: Formulation, values: Vector, counted: NDArray[np.bool_]) -> Program:
    """The program with its yes-or-no decisions fixed, and shares bounded by whole units."""
    program, step = formulation.program, scale_of_columns(formulation)
    whole = formulation.integer & ~(counted & (program.upper - program.lower < 1))
    fixed = np.clip(np.rint(values), program.lower, program.upper)
    lower = np.where(counted, np.ceil(program.lower / step - NEAR) * step, program.lower)
    upper = np.where(counted, np.floor(program.upper / step + NEAR) * step, program.upper)
    return program.bounded(np.where(whole, fixed, lower), np.where(whole, fixed, upper))


def _between(formulation: Formulation, values: Vector, counted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Shares that stand between two units."""
    units = values * formulation.problem.terms.grid
    return counted & (np.abs(units - np.rint(units)) > NEAR)


def _drawn_in(formulation: Formulation, program: Program, split: NDArray[np.bool_], size: float) -> Program:
    """Inequalities drawn in by what rounding the split shares can move them, and by what floating point forgives."""
    moved = abs(program.matrix) @ (split * size / formulation.problem.terms.grid)
    rows = formulation.rows
    cover = np.isin(rows.owner, [at for at, name in enumerate(rows.owners) if name == "cover"])
    room = np.where(cover | (program.row_lower == program.row_upper), 0.0, moved)  # lots are kept whole by rounding
    return replace(program, row_lower=program.row_lower + room, row_upper=program.row_upper - room)


def _whole_units(formulation: Formulation, values: Vector) -> Vector:
    """Every lot's shares in whole units that add up as before, by largest remainder."""
    grid, columns = formulation.problem.terms.grid, formulation.columns
    places = [columns.share, columns.unserved[columns.unserved >= 0]]
    lots = [columns.bid_lot[columns.piece_bid], np.flatnonzero(columns.unserved >= 0)]
    column, lot = np.concatenate(places), np.concatenate(lots)
    units = np.maximum(values[column], 0.0) * grid
    near = np.rint(units)
    units = np.where(np.abs(units - near) <= NEAR, near, units)
    down = np.floor(units)
    total = np.zeros(len(columns.lots))
    np.add.at(total, lot, units - down)
    up = formulation.problem.terms.cover == "free_disposal"
    missing = np.ceil(total - NEAR) if up else np.floor(total + NEAR)
    order = np.lexsort((column, down - units, lot))
    first = np.searchsorted(lot[order], np.arange(len(columns.lots)))
    rank = np.arange(column.size) - first[lot[order]]
    down[order] += rank < missing[lot[order]]
    made = values.copy()
    made[column] = down / grid
    return made
