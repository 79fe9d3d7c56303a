"""From a solver's shares to units of the contract grid: read off, or found as whole units where reading off fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.awarded import Award

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.program import Program

    Vector = NDArray[np.float64]

NEAR = 1e-3


def shares_of_bids(formulation: Formulation, values: Vector) -> Vector:
    """Share of its lot that each bid has in a point, shape (n_bids,): its pieces together."""
    columns = formulation.columns
    shares: Vector = np.zeros(len(columns.bids))
    np.add.at(shares, columns.piece_bid, values[columns.share])
    return shares


def award_of(formulation: Formulation, values: Vector) -> Award:
    """The award nearest to a point: every share to the nearest unit, bundles as they are.

    Parameters
    ----------
    formulation : Formulation
        The model.
    values : ndarray of float, shape (n_columns,)
        A point of it.

    Returns
    -------
    Award
        Not audited: rounding may break a cover, a capacity or a discount tier.
    """
    grid = formulation.problem.terms.grid
    units = np.rint(shares_of_bids(formulation, values) * grid).astype(np.int64)
    used = np.flatnonzero(units)
    bundles = frozenset(
        name
        for name, column in zip(formulation.columns.bundles, formulation.columns.bundle.tolist(), strict=True)
        if values[column] > 0.5
    )
    return Award(grid, {formulation.columns.bids[at]: int(units[at]) for at in used.tolist()}, bundles)


def on_grid(formulation: Formulation, values: Vector) -> bool:
    """True where every share of a point stands on the grid, to a thousandth of a unit."""
    units = shares_of_bids(formulation, values) * formulation.problem.terms.grid
    return bool((np.abs(units - np.rint(units)) < NEAR).all())


def counted_in_units(formulation: Formulation) -> NDArray[np.bool_]:
    """Variables that `grid_program` counts in units of the grid: shares of lots that may be split, served or not."""
    counted = np.zeros(formulation.n_columns, dtype=bool)
    columns = formulation.columns
    counted[columns.share] = True
    counted[columns.unserved[columns.unserved >= 0]] = True
    return counted & ~formulation.integer


def scale_of_columns(formulation: Formulation) -> Vector:
    """What one step of each variable of `grid_program` is in the formulation: 1/grid for shares, else 1."""
    return np.where(counted_in_units(formulation), 1.0 / formulation.problem.terms.grid, 1.0)


def grid_program(formulation: Formulation) -> Program:
    """The same program with shares counted in whole units of the grid."""
    program = formulation.program
    scale = scale_of_columns(formulation)
    counted = counted_in_units(formulation)
    matrix = program.matrix.copy()
    matrix.data = matrix.data * scale[matrix.indices]
    return replace(
        program,
        cost=program.cost * scale,
        lower=np.where(counted, np.ceil(program.lower / scale - NEAR), program.lower),
        upper=np.where(counted, np.floor(program.upper / scale + NEAR), program.upper),
        integer=program.integer | counted,
        matrix=matrix,
    )


def with_whole_fixed(program: Program, values: Vector, whole: NDArray[np.bool_]) -> Program:
    """The program with the variables marked fixed at the nearest whole number."""
    fixed = np.clip(np.rint(values), program.lower, program.upper)
    return program.bounded(np.where(whole, fixed, program.lower), np.where(whole, fixed, program.upper))
