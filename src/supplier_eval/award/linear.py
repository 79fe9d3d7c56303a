"""Linear programs with the solver that comes with scipy, with the price of every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.award.outcome import Outcome, Status

if TYPE_CHECKING:
    from supplier_eval.award.program import Program

STATUSES: dict[int, Status] = {1: "no_award_found", 2: "infeasible", 3: "unbounded"}


def scipy_relaxed(model: Program, limit: float) -> Outcome:
    """Solve the linear relaxation of a program.

    Parameters
    ----------
    model : Program
        What to solve; whole variables count as any.
    limit : float
        Seconds.

    Returns
    -------
    Outcome
        With duals by row: by how much the objective grows when the row's limit grows by one.
    """
    from scipy import optimize
    from scipy.sparse import vstack

    equal = model.row_lower == model.row_upper
    above = np.flatnonzero(~equal & np.isfinite(model.row_upper))
    below = np.flatnonzero(~equal & np.isfinite(model.row_lower))
    same = np.flatnonzero(equal)
    solve: Any = optimize.linprog  # its stubs know no sparse rows
    found = solve(
        model.cost,
        A_ub=vstack([model.matrix[above], -model.matrix[below]]) if above.size + below.size else None,
        b_ub=np.concatenate([model.row_upper[above], -model.row_lower[below]]) if above.size + below.size else None,
        A_eq=model.matrix[same] if same.size else None,
        b_eq=model.row_lower[same] if same.size else None,
        bounds=np.column_stack([model.lower, model.upper]),
        method="highs",
        options={"time_limit": limit},
    )
    if found.status:
        return Outcome(STATUSES.get(found.status, "error"), message=found.message)
    duals = np.zeros(model.n_rows)
    if above.size + below.size:
        np.add.at(duals, above, found.ineqlin.marginals[: above.size])
        np.subtract.at(duals, below, found.ineqlin.marginals[above.size :])
    if same.size:
        duals[same] = found.eqlin.marginals
    objective = model.objective(found.x)
    return Outcome("optimal", found.x, objective, objective, message=found.message, duals=duals)
