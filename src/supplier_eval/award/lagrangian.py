"""A proven bound from any prices of the rows, supplier by supplier: for problems whose relaxation takes too long.

Rows that tie suppliers together (cover, winners, most rules) are priced with given multipliers; what is left falls
apart into one small linear program for each supplier and discount tier, solved exactly. Whatever the multipliers are,
the sum is a lower bound on every award (Geoffrion 1974, "Lagrangean relaxation for integer programming", theorem 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from supplier_eval.award.formulation import Formulation

    Vector = NDArray[np.float64]

OWN = ("tier", "capacity", "link")


def lagrangian_bound(formulation: Formulation, prices: Vector) -> float:
    """Bound the objective from below with prices of the rows.

    Parameters
    ----------
    formulation : Formulation
        The model.
    prices : ndarray of float, shape (n_rows,)
        Any multipliers; those of a relaxation, or of a part of the problem, give good bounds. The signs that a limit
        forbids are taken as 0.

    Returns
    -------
    float
        A lower bound on the minimised objective of every award; minus infinity where prices are not finite.
    """
    program, rows = formulation.program, formulation.rows
    own = np.isin(rows.owner, [at for at, name in enumerate(rows.owners) if name in OWN])
    own &= abs(program.matrix) @ _elsewhere(formulation) == 0  # a bundle may fill a tier that bids alone do not reach
    kept = np.where(own, 0.0, prices)
    kept = np.where((kept > 0) & ~np.isfinite(program.row_lower), 0.0, kept)
    kept = np.where((kept < 0) & ~np.isfinite(program.row_upper), 0.0, kept)
    limit = np.where(kept > 0, program.row_lower, program.row_upper)
    earned = float(kept @ np.where(kept != 0, limit, 0.0))
    reduced = program.cost - program.matrix.T @ kept
    taken, total = _suppliers(formulation, reduced, np.flatnonzero(own))
    rest = np.minimum(reduced * program.lower, reduced * program.upper)
    bound = earned + total + float(rest[~taken].sum()) + program.constant
    return bound if np.isfinite(bound) else -np.inf


def _elsewhere(formulation: Formulation) -> Vector:
    """1 for every column that is neither a share nor a switch of a supplier or tier."""
    columns = formulation.columns
    elsewhere: Vector = np.ones(formulation.n_columns)
    for places in (columns.share, columns.active, *columns.in_tier):
        elsewhere[places] = 0.0
    return elsewhere


def _suppliers(formulation: Formulation, reduced: Vector, own: NDArray[np.int64]) -> tuple[NDArray[np.bool_], float]:
    """Columns that belong to suppliers' tiers, and the least that suppliers cost together under reduced costs."""
    columns, program = formulation.columns, formulation.program
    matrix = program.matrix[own].tocsc()
    low, high = program.row_lower[own], program.row_upper[own]
    supplier = columns.bid_supplier[columns.piece_bid]
    taken = np.zeros(formulation.n_columns, dtype=bool)
    total = 0.0
    for at, tiers in enumerate(columns.in_tier):
        mine = supplier == at
        entry = float(reduced[columns.active[at]]) if len(tiers) > 1 else 0.0
        taken[columns.active[at]] = True
        taken[tiers] = True
        worth = []
        for tier, switch in enumerate(tiers.tolist()):
            shares = columns.share[mine & (columns.piece_tier == tier)]
            taken[shares] = True
            parts = (matrix[:, shares].tocsr(), matrix[:, [switch]].toarray().ravel())
            worth.append(float(reduced[switch]) + _least(parts, (low, high), reduced[shares], program.upper[shares]))
        total += min(0.0, entry + min(worth, default=0.0))
    return taken, total


def _least(parts: tuple[csr_array, Vector], limits: tuple[Vector, Vector], cost: Vector, upper: Vector) -> float:
    """The least reduced cost of a supplier's shares in one tier, under the limits of the tier."""
    from scipy import optimize

    block, switch = parts
    several = np.flatnonzero((np.diff(block.indptr) > 0) & (switch != 0))
    dense = block[several].toarray()
    low, high = (limit[several] - switch[several] for limit in limits)
    if not cost.size or (cost.min() >= 0 and (low <= 0).all()):
        return 0.0
    capped, floored = np.isfinite(high), np.isfinite(low)
    solve: Any = optimize.linprog  # its stubs know no stacked rows
    found = solve(
        cost,
        A_ub=np.vstack([dense[capped], -dense[floored]]),
        b_ub=np.concatenate([high[capped], -low[floored]]),
        bounds=np.column_stack([np.zeros(cost.size), upper]),
        method="highs",
    )
    return float(found.fun) if found.status == 0 else np.inf if found.status == 2 else -np.inf
