"""Awards on the contract grid from a model that has scenarios behind the award, each with the bound proven by then.

The points of such a model are not rounded: what is delivered in a scenario hangs on the shares awarded, so that shares
are put on the grid by the solver, first under the decisions of the best point of the linear shares, then freely.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.audit import audit_award
from supplier_eval.award.grid import (
    award_of,
    counted_in_units,
    grid_program,
    on_grid,
    scale_of_columns,
    with_whole_fixed,
)
from supplier_eval.award.model import solve
from supplier_eval.award.program import reduce

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.analysis_arguments import Ends
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.outcome import Outcome, Status
    from supplier_eval.award.program import Program

ROOM = (0.0, 1e-7, 1e-5)


@dataclass(frozen=True, eq=False)
class Candidate:
    """An award that may be the best one, or the news that there is none.

    Parameters
    ----------
    status : Status
        What the solver said.
    audit : Audit or None
        A valid award; None where this step found none.
    bound : float or None
        Proven for every award on the grid; None where this step proved nothing.
    message : str
        What the solver said, for the log.
    """

    status: Status
    audit: Audit | None = None
    bound: float | None = None
    message: str = ""


def candidates(form: Formulation, *, gap: float, solver: str, ends: Ends) -> Iterator[Candidate]:
    """Awards of a model with scenarios, until the caller has enough or nothing is left to try.

    Parameters
    ----------
    form : Formulation
        As `extensive_form` makes it: only the shares of the award stand on the grid.
    gap : float
        Relative gap at which a search may stop.
    solver : {"highs", "cbc", "scipy"}
        Which solver.
    ends : Ends
        When to stop.

    Yields
    ------
    Candidate
        The first with the bound of the linear shares, the last with that of whole units.
    """
    linear = solve(form.program, solver=solver, gap=gap, time_limit=ends.left)
    if linear.values is None:
        yield Candidate(linear.status, bound=_finite(linear.bound), message=linear.message)
        return
    if on_grid(form, linear.values):
        yield _candidate(form, linear, linear.values)
    program, scale = grid_program(form), scale_of_columns(form)
    yield Candidate(linear.status, bound=_finite(linear.bound), message=linear.message)
    yield from _decided(form, program, linear.values / scale, solver, ends)
    if ends.over:
        return
    whole = solve(program, solver=solver, gap=gap, time_limit=ends.left)
    if whole.values is None:
        yield Candidate(whole.status, bound=_finite(whole.bound), message=whole.message)
        return
    yield _candidate(form, whole, whole.values * scale)
    yield from _decided(form, program, whole.values, solver, ends)


def _decided(
    form: Formulation, program: Program, values: NDArray[np.float64], solver: str, ends: Ends
) -> Iterator[Candidate]:
    """The best units under the decisions of a point, with growing room to the limits until the audit is valid."""
    kept = form.integer & ~counted_in_units(form)
    for room in ROOM:
        fixed = reduce(with_whole_fixed(_drawn_in(program, room), values, kept))
        if not fixed.possible or ends.over:
            continue
        found = solve(fixed.program, solver=solver, time_limit=ends.left)
        if found.values is not None:
            made = _candidate(form, found, fixed.lift(found.values) * scale_of_columns(form))
            yield replace(made, bound=None)
            if made.audit is not None:
                return


def _drawn_in(program: Program, room: float) -> Program:
    """Limits of inequalities a little tighter: what a solver's tolerance forgives, the audit does not."""
    loose = program.row_lower < program.row_upper

    def moved(limit: NDArray[np.float64], sign: float) -> NDArray[np.float64]:
        size = np.maximum(1.0, np.abs(np.where(np.isfinite(limit), limit, 0.0)))
        return np.where(loose, limit + sign * room * size, limit)

    return replace(program, row_lower=moved(program.row_lower, 1.0), row_upper=moved(program.row_upper, -1.0))


def _candidate(form: Formulation, found: Outcome, values: NDArray[np.float64]) -> Candidate:
    audit = audit_award(form.problem, award_of(form, values))
    return Candidate(found.status, audit if audit.valid else None, _finite(found.bound), found.message)


def _finite(bound: float | None) -> float | None:
    return bound if bound is not None and isfinite(bound) else None
