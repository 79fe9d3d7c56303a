"""A model with rows that no audit knows of: an award that does not keep them exactly is looked for again on the grid.

Awards are rounded to the contract grid and audited against the problem. Rows that were added to keep awards away from
known ones are not part of the problem: whether an award keeps them is for whoever added them to say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.audit import audit_award
from supplier_eval.award.exact import Solved, half_minor_unit, solve_formulation
from supplier_eval.award.grid import award_of, grid_program, scale_of_columns
from supplier_eval.award.model import solve

if TYPE_CHECKING:
    from collections.abc import Callable

    from supplier_eval.award.analysis_arguments import Ends
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.formulation import Formulation

TINY = 1e-9


def solve_with_cuts(
    formulation: Formulation, holds: Callable[[Audit], bool], *, ends: Ends, solver: str
) -> Solved:  # fmt: skip
    """Minimise the cost of a formulation over the awards that hold.

    Parameters
    ----------
    formulation : Formulation
        With rows of its own.
    holds : callable
        Whether an audited award keeps these rows, exactly.
    ends : Ends
        When to stop.
    solver : {"highs", "cbc", "scipy"}
        Which solver.

    Returns
    -------
    Solved
        As `solve_formulation`. Its award need not hold where floating point cannot tell: the caller asks again.
    """
    found = solve_formulation(formulation, gap=0.0, time_limit=ends.left, solver=solver)
    if found.status == "infeasible" or (found.audit is not None and holds(found.audit)):
        return found
    again = on_whole_units(formulation, ends, solver)
    return again if again.audit is not None or again.status == "infeasible" else replace(found, status="error")


def on_whole_units(formulation: Formulation, ends: Ends, solver: str) -> Solved:
    """The best award whose shares are whole units in the model itself, so that no row is bent by rounding."""
    found = solve(grid_program(formulation), solver=solver, gap=0.0, time_limit=ends.left)
    if found.values is None:
        return Solved(found.status, bound=found.bound, message=found.message, solver=solver)
    values = found.values * scale_of_columns(formulation)
    award = award_of(formulation, values)
    audit = audit_award(formulation.problem, award)
    if not audit.valid:
        return Solved("no_award_found", bound=found.bound, message=found.message, solver=solver)
    first = formulation.stage_vector(formulation.problem.terms.goal.stages[0], penalty=True)
    own = np.array_equal(first, formulation.cost)
    objective = float(audit.stages[0]) if own else float(formulation.cost @ values)
    room = half_minor_unit(formulation) + TINY * abs(objective)
    met = found.bound is not None and objective <= found.bound + room
    status = "optimal" if met else "feasible_at_limit"
    return Solved(status, award, audit, objective, found.bound, found.message, solver, values)  # type: ignore[arg-type]
