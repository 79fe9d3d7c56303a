"""A mixed-integer program in plain arrays, and the smaller one that is left when variables are fixed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Vector = NDArray[np.float64]

SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise ``cost @ x + constant`` over ``row_lower <= matrix @ x <= row_upper``, ``lower <= x <= upper``.

    Parameters
    ----------
    cost, lower, upper : ndarray of float, shape (n_columns,)
        Objective and bounds; all bounds finite.
    integer : ndarray of bool, shape (n_columns,)
        Variables that must be whole.
    matrix : csr_array, shape (n_rows, n_columns)
        Constraints.
    row_lower, row_upper : ndarray of float, shape (n_rows,)
        Bounds of the constraints, infinite where there is none.
    constant : float
        What fixed variables add to the objective.
    """

    cost: Vector
    lower: Vector
    upper: Vector
    integer: NDArray[np.bool_]
    matrix: csr_array
    row_lower: Vector
    row_upper: Vector
    constant: float = 0.0

    @property
    def n_columns(self) -> int:
        """Number of variables."""
        return int(self.cost.size)

    @property
    def n_rows(self) -> int:
        """Number of constraints."""
        return int(self.row_lower.size)

    def bounded(self, lower: Vector, upper: Vector) -> Program:
        """The same program with other bounds of the variables."""
        return replace(self, lower=lower, upper=upper)

    def minimising(self, cost: Vector) -> Program:
        """The same constraints with another objective."""
        return replace(self, cost=cost)

    def objective(self, values: Vector) -> float:
        """Objective of a point."""
        return float(self.cost @ values) + self.constant


def with_whole_bounds(program: Program) -> Program:
    """The program with the bounds of whole variables drawn in to whole numbers, which takes no point away.

    The presolve of HiGHS 1.12 in scipy 1.17 loses points where such a bound is a fraction.
    """
    lower = np.where(program.integer, np.ceil(program.lower - SLACK), program.lower)
    upper = np.where(program.integer, np.floor(program.upper + SLACK), program.upper)
    return program.bounded(lower, upper)


@dataclass(frozen=True, eq=False)
class Reduced:
    """A program without its fixed variables and empty or redundant rows.

    Parameters
    ----------
    program : Program
        What is left.
    kept : ndarray of bool, shape (n_columns,)
        Variables that are left.
    values : ndarray of float, shape (n_columns,)
        Values of the fixed variables; 0 elsewhere.
    possible : bool
        False where a row without variables left is violated: there is no point at all.
    rows : ndarray of int, shape (n_rows left,)
        Rows that are left, by their place in the whole program.
    """

    program: Program
    kept: NDArray[np.bool_]
    values: Vector
    possible: bool
    rows: NDArray[np.int64]

    def lift(self, values: Vector) -> Vector:
        """A point of the whole program from one of the reduced one."""
        whole = self.values.copy()
        whole[self.kept] = values
        return whole


def reduce(program: Program) -> Reduced:
    """Leave out the variables whose bounds meet, and the rows that can then no longer bind."""
    kept = program.upper > program.lower
    values = np.where(kept, 0.0, program.lower)
    shift = program.matrix @ values
    columns = program.matrix[:, np.flatnonzero(kept)]
    low, high = program.row_lower - shift, program.row_upper - shift
    lower, upper = program.lower[kept], program.upper[kept]
    positive, negative = columns.maximum(0), columns.minimum(0)
    least = positive @ lower + negative @ upper
    most = positive @ upper + negative @ lower
    margin = SLACK * (1 + np.abs(shift))
    binding = (least < low - margin) | (most > high + margin)
    filled = np.diff(columns.indptr) > 0
    possible = bool(
        (most >= low - 1e-6 * (1 + np.abs(shift))).all() and (least <= high + 1e-6 * (1 + np.abs(shift))).all()
    )
    rows = np.flatnonzero(binding & filled)
    left = Program(
        cost=program.cost[kept],
        lower=lower,
        upper=upper,
        integer=program.integer[kept],
        matrix=columns[rows],
        row_lower=low[rows],
        row_upper=high[rows],
        constant=program.constant + float(program.cost @ values),
    )
    return Reduced(left, kept, values, possible, rows)
