"""One stage of an objective solved as a whole: solver, contract grid, audit, and a status that the audit supports."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.audit import Audit, audit_award
from supplier_eval.award.grid import (
    award_of,
    counted_in_units,
    grid_program,
    on_grid,
    scale_of_columns,
    with_whole_fixed,
)
from supplier_eval.award.model import choose_solver, solve
from supplier_eval.award.point_of_award import point_of_award
from supplier_eval.award.program import reduce
from supplier_eval.award.rounding import ROOMS, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from supplier_eval.award.awarded import Award
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.model import Watch
    from supplier_eval.award.outcome import Outcome, Status
    from supplier_eval.award.program import Program

    Vector = NDArray[np.float64]

TINY = 1e-9
MARGINS = (0.0, 1e-7, 1e-6, 1e-5)


@dataclass(frozen=True, eq=False)
class Solved:
    """What came of one stage.

    Parameters
    ----------
    status : Status
        ``optimal`` only where the award's objective meets the bound to half a minor unit of the currency.
    award, audit : Award, Audit or None
        The award on the contract grid and its exact recomputation, valid; None where there is none.
    objective, bound : float or None
        Minimised objective of the award and the proven lower bound.
    message : str
        What the solver said.
    solver : str
        Which solver.
    values : ndarray of float or None, shape (n_columns,)
        The award as a point of the formulation; where the problem's own first stage is minimised, the solver's point
        with the award's shares, which is near it.
    """

    status: Status
    award: Award | None = None
    audit: Audit | None = None
    objective: float | None = None
    bound: float | None = None
    message: str = ""
    solver: str = ""
    values: NDArray[np.float64] | None = None


def solve_formulation(
    formulation: Formulation,
    *,
    gap: float = 0.0,
    time_limit: float = 60.0,
    solver: str | None = None,
    start: Vector | None = None,
    watch: Watch | None = None,
) -> Solved:
    """Minimise the cost of a formulation over all awards on the contract grid.

    The linear shares are solved first. Where they do not stand on the grid, the shares are found again as whole
    units, first with every other decision kept, then freely, until the bound is met.

    Parameters
    ----------
    formulation : Formulation
        One stage of an objective.
    gap : float
        Relative gap at which the search may stop; 0 asks for the optimum.
    time_limit : float
        Seconds.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.
    start : ndarray of float, shape (n_columns,), optional
        A feasible point.
    watch : callable, optional
        See `model.solve`.

    Returns
    -------
    Solved
        With an award only where its audit is valid.
    """
    ends = time.monotonic() + time_limit
    name = choose_solver(solver)
    found = solve(
        formulation.program, solver=name, gap=gap, time_limit=time_limit, start=start, watch=watch
    )  # fmt: skip
    if found.values is None:
        return Solved(found.status, bound=found.bound, message=found.message, solver=name)
    bound = found.bound
    best: Solved | None = None
    for outcome, made in _awards(formulation, found, name, gap, ends):
        if outcome.status == "infeasible" and outcome.bound == np.inf:
            if best is not None and not formulation.added:
                return best
            return Solved("infeasible", message=outcome.message, solver=name)  # rounding bent a row that was added
        if outcome.bound is not None:
            bound = outcome.bound if bound is None else max(bound, outcome.bound)
        if made is not None and (best is None or _objective(made) < _objective(best)):
            best = made
        if best is not None and _meets(formulation, best, bound, gap):
            break
    if best is None:
        return Solved("no_award_found", bound=bound, message=found.message, solver=name)
    return replace(best, status=_status(formulation, best, bound, gap), bound=bound)


def award_near(formulation: Formulation, found: Outcome, *, solver: str, ends: float) -> Solved | None:
    """The audited award on the contract grid under the decisions of a point; None where rounding finds none.

    Parameters
    ----------
    formulation : Formulation
        The model.
    found : Outcome
        Values of every variable.
    solver : str
        For the shares.
    ends : float
        When to stop, on the monotonic clock.
    """
    if found.values is None:
        return None
    made = _audited(formulation, found, solver, ends) if on_grid(formulation, found.values) else None
    if made is not None:
        return made
    return next((made for _, made in _rounded(formulation, found, solver, ends) if made is not None), None)


def _awards(
    formulation: Formulation, found: Outcome, name: str, gap: float, ends: float
) -> Iterator[tuple[Outcome, Solved | None]]:
    """Points with the awards read from them, cheapest first; no award where its audit is not valid."""
    if found.values is None:
        return
    if on_grid(formulation, found.values):
        yield found, _audited(formulation, found, name, ends)
    program = grid_program(formulation)
    units = found.values / scale_of_columns(formulation)
    ways = (_decided(formulation, program, units, name, ends), _rounded(formulation, found, name, ends))
    near = next((pair for way in ways for pair in way if pair[1] is not None), None)
    if near is not None:
        yield near
    freely = solve(program, solver=name, gap=gap, time_limit=_left(ends))
    if freely.values is None:
        yield replace(freely, bound=np.inf if freely.status == "infeasible" else freely.bound), None
        return
    outcome = replace(freely, values=freely.values * scale_of_columns(formulation))
    yield outcome, _audited(formulation, outcome, name, ends)
    yield from _decided(formulation, program, freely.values, name, ends)


def _rounded(
    formulation: Formulation, found: Outcome, name: str, ends: float
) -> Iterator[tuple[Outcome, Solved | None]]:
    """Shares rounded under the decisions of a point, with growing room until the audit is valid."""
    for room in ROOMS if found.values is not None else ():
        near = rounded(formulation, found.values, solver=name, ends=ends, room=room)  # type: ignore[arg-type]
        if near is None:
            return
        outcome = replace(found, values=near, bound=None)
        made = _audited(formulation, outcome, name, ends, moved=True)
        if made is not None and _keeps_added(formulation, made.values):
            yield outcome, made
            return


def _keeps_added(formulation: Formulation, values: Vector | None) -> bool:
    """True where a point keeps the rows that were added to the model: the audit does not know them."""
    if values is None:
        return False
    program, first = formulation.program, formulation.n_rows - formulation.added
    reached = program.matrix[first:] @ values
    low, high = program.row_lower[first:], program.row_upper[first:]
    room = TINY * (1 + np.abs(reached))
    return bool((reached >= low - room).all() and (reached <= high + room).all())


def _decided(
    formulation: Formulation, program: Program, values: Vector, name: str, ends: float
) -> Iterator[tuple[Outcome, Solved | None]]:
    """The best units under the decisions of a point, with growing margins until the audit is valid."""
    kept = formulation.integer & ~counted_in_units(formulation)
    for margin in MARGINS:
        fixed = reduce(with_whole_fixed(_within(program, margin), values, kept))
        if not fixed.possible or time.monotonic() >= ends:
            continue
        again = solve(fixed.program, solver=name, gap=0.0, time_limit=_left(ends))
        if again.values is None:
            continue
        outcome = replace(again, values=fixed.lift(again.values) * scale_of_columns(formulation), bound=None)
        made = _audited(formulation, outcome, name, ends)
        if made is not None:
            yield outcome, made
            return


def _within(program: Program, margin: float) -> Program:
    """Inequalities drawn in by a relative margin: what floating point forgives, the audit does not."""
    if not margin:
        return program
    equal = program.row_lower == program.row_upper
    low, high = program.row_lower, program.row_upper
    return replace(
        program,
        row_lower=np.where(equal, low, low + margin * np.maximum(1.0, np.where(np.isfinite(low), np.abs(low), 0))),
        row_upper=np.where(equal, high, high - margin * np.maximum(1.0, np.where(np.isfinite(high), np.abs(high), 0))),
    )


def _left(ends: float) -> float:
    return max(0.05, ends - time.monotonic())


def _audited(
    formulation: Formulation, outcome: Outcome, name: str, ends: float, *, moved: bool = False
) -> Solved | None:
    """The award read from a point, with what it comes to; `moved`: its shares are no longer those of its decisions.

    The audit says what the award comes to in the problem's own first stage, its own point of the model in any other.
    """
    if outcome.values is None:
        return None
    award = award_of(formulation, outcome.values)
    audit = audit_award(formulation.problem, award)
    if not audit.valid:
        return None
    values: Vector | None = outcome.values
    first = formulation.stage_vector(formulation.problem.terms.goal.stages[0], penalty=True)
    own = np.array_equal(first, formulation.cost)
    if not own:
        kept = None if moved else values
        values = point_of_award(formulation, award, solver=name, ends=ends, decided=kept)
    if values is None:
        return None
    objective = float(audit.stages[0]) if own else float(formulation.cost @ values)
    return Solved("feasible_at_limit", award, audit, objective, None, outcome.message, name, values)


def _objective(solved: Solved) -> float:
    return np.inf if solved.objective is None else solved.objective


def half_minor_unit(formulation: Formulation) -> float:
    """Half a cent, or nearly nothing where the objective is no money."""
    return float(formulation.problem.terms.forgiven)


def _meets(formulation: Formulation, best: Solved, bound: float | None, gap: float) -> bool:
    if bound is None:
        return False
    room = max(half_minor_unit(formulation), gap * abs(_objective(best)))
    return _objective(best) <= bound + room + TINY * abs(bound)


def _status(formulation: Formulation, best: Solved, bound: float | None, gap: float) -> Status:
    if _meets(formulation, best, bound, 0.0):
        return "optimal"
    return "within_gap" if gap and _meets(formulation, best, bound, gap) else "feasible_at_limit"
