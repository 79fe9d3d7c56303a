"""The linear relaxation of an award model: a proven bound, and what every variable would cost at the least.

A reduced cost says by how much the bound rises when a variable leaves the value that it has in the relaxation. An
award that is better than one in hand by no more than that can leave it out, which is proven (reduced-cost fixing);
a search for good awards may leave out more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.model import solve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.program import Program

    Vector = NDArray[np.float64]

AWAY = 1e-9


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A solved relaxation.

    Parameters
    ----------
    status : Status
        ``optimal``, or why nothing is known.
    objective : float or None
        Objective of the relaxation that was solved.
    bound : float or None
        Proven lower bound on the minimised objective; minus infinity where only a part was relaxed.
    values, reduced : ndarray of float or None, shape (n_columns,)
        A best point, and the reduced cost of every variable; None where there is none.
    message : str
        What the solver said.
    """

    status: Status
    objective: float | None = None
    bound: float | None = None
    values: NDArray[np.float64] | None = None
    reduced: NDArray[np.float64] | None = None
    message: str = ""


def relax(program: Program, *, solver: str, time_limit: float) -> Relaxed:
    """Solve the linear relaxation of a program.

    Parameters
    ----------
    program : Program
        The model.
    solver : {"highs", "cbc", "scipy"}
        Which solver.
    time_limit : float
        Seconds.
    """
    found = solve(program, solver=solver, relaxed=True, time_limit=time_limit)
    if found.values is None or found.status != "optimal":
        return Relaxed("no_award_found" if found.values is not None else found.status, message=found.message)
    if found.duals is None:
        return Relaxed("optimal", found.objective, found.objective, found.values, None, found.message)
    reduced = program.cost - program.matrix.T @ found.duals
    return Relaxed("optimal", found.objective, found.objective, found.values, reduced, found.message)


def least_shares_if_any(formulation: Formulation) -> Vector:
    """The least share that each bid has if it has any, shape (n_bids,): by its own terms, hard rules, the grid."""
    problem, columns = formulation.problem, formulation.columns
    least = np.full(len(columns.bids), 1.0 / problem.terms.grid)
    for at, bid in enumerate(problem.bids.values()):
        lot = problem.lots[bid.lot]
        own = 1.0 if lot.indivisible else float(max(bid.min_share, bid.min_qty / lot.demand))
        least[at] = max(least[at], own)
    offers = Counter(key[:2] for key in columns.bids)
    for rule in problem.rules.values():
        if rule.kind != "min_share_if_awarded" or not rule.hard or problem.bundles:
            continue
        lots, who = set(problem.lots_of(rule)), set(problem.suppliers_of(rule))
        for at, key in enumerate(columns.bids):
            if key[0] in lots and key[1] in who and offers[key[:2]] == 1:
                least[at] = max(least[at], float(rule.limit))
    return least


def left_out(formulation: Formulation, relaxed: Relaxed, beyond: float) -> tuple[Program, float]:
    """The program without the shares that cost more than `beyond`, and a bound on every award that has one of them.

    Parameters
    ----------
    formulation : Formulation
        The model.
    relaxed : Relaxed
        Its relaxation, with reduced costs.
    beyond : float
        Reduced cost of a whole share from which on a piece is left out, in the objective's unit.

    Returns
    -------
    program : Program
        With the bounds of what is left out at 0.
    bound : float
        Every award with something that was left out costs at least so much; infinite where nothing was.
    """
    program, columns = formulation.program, formulation.columns
    if relaxed.values is None or relaxed.reduced is None or relaxed.bound is None:
        raise ValueError("nothing is known of reduced costs")
    share = columns.share
    extra = relaxed.reduced[share]
    out = (extra > beyond) & (relaxed.values[share] <= AWAY)
    used = np.zeros(len(columns.bids), dtype=bool)
    np.logical_or.at(used, columns.piece_bid, ~out)
    upper = program.upper.copy()
    upper[share[out]] = program.lower[share[out]]
    separate = columns.opened[(columns.opened >= 0) & ~used]
    upper[separate] = program.lower[separate]
    if not out.any():
        return program.bounded(program.lower, upper), np.inf
    least = least_shares_if_any(formulation)[columns.piece_bid[out]]
    opening = columns.opened[columns.piece_bid[out]]
    apart = (opening >= 0) & (opening != share[out])
    opened = np.where(apart, np.maximum(relaxed.reduced[opening], 0.0), 0.0)
    return program.bounded(program.lower, upper), relaxed.bound + float((least * extra[out] + opened).min())
