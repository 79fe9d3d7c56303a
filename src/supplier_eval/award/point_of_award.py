"""An award as a point of the model: its shares and bundles as they are, everything else found again under them.

A solver's point is not quite that of the award read from it. Rounding to the contract grid moves shares, and what hangs
on them (openings, discount tiers, curve segments, breaches of soft rules) stays behind; a solver's own tolerances leave
whole variables a little off. What such a point comes to may then lie below every award. This one comes to what the
award does.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.grid import counted_in_units
from supplier_eval.award.model import solve
from supplier_eval.award.program import Program, reduce

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.awarded import Award
    from supplier_eval.award.formulation import Formulation

    Vector = NDArray[np.float64]

NEAR = 1e-9
LEAST_TIME = 0.05


def point_of_award(
    formulation: Formulation, award: Award, *, solver: str, ends: float, decided: Vector | None = None
) -> Vector | None:
    """The cheapest point of a formulation that stands for an award.

    Parameters
    ----------
    formulation : Formulation
        The model, with any objective and further rows.
    award : Award
        On the contract grid.
    solver : {"highs", "cbc", "scipy"}
        Which solver.
    ends : float
        When to stop, on the monotonic clock.
    decided : ndarray of float, shape (n_columns,), optional
        A point from which the yes-or-no decisions are taken, where they suit the award; else they are found again.

    Returns
    -------
    ndarray of float or None, shape (n_columns,)
        None where the model has no such point: a row that was added is broken, or a limit is kept exactly but not
        with the model's margin.
    """
    program = _with_award(formulation, award)
    if program is None:
        return None
    whole = formulation.integer & ~counted_in_units(formulation)
    if decided is not None:
        values = _rest(_fixed(program, decided, whole), solver, ends)
        if values is not None:
            return values[: formulation.n_columns]
    values = _rest(program, solver, ends)
    if values is None:
        return None
    tidy = _rest(_fixed(program, values[: formulation.n_columns], whole), solver, ends)
    return (values if tidy is None else tidy)[: formulation.n_columns]


def _with_award(formulation: Formulation, award: Award) -> Program | None:
    """The program with the award's shares and bundles; None where they are out of its bounds.

    A bid that may stand in several pieces (tiers, curve segments) keeps the sum of them.
    """
    from scipy.sparse import csr_array, vstack

    columns, program = formulation.columns, formulation.program
    shares = np.array([award.units.get(key, 0) / award.grid for key in columns.bids])
    pieces = np.bincount(columns.piece_bid, minlength=len(columns.bids))
    most = shares[columns.piece_bid] if shares.size else np.zeros(0)
    lower, upper = program.lower.copy(), program.upper.copy()
    free = (pieces[columns.piece_bid] > 1) & (most > 0)
    upper[columns.share[free]] = np.minimum(upper[columns.share[free]], most[free] + NEAR)
    fixed = np.concatenate([columns.share[~free], columns.bundle])
    at = np.concatenate([most[~free], [float(name in award.bundles) for name in columns.bundles]])
    if (at < lower[fixed] - NEAR).any() or (at > upper[fixed] + NEAR).any():
        return None
    lower[fixed] = upper[fixed] = np.clip(at, lower[fixed], upper[fixed])
    parted = np.flatnonzero((pieces > 1) & (shares > 0))
    if not parted.size:
        return program.bounded(lower, upper)
    place = np.zeros(len(columns.bids), dtype=np.int64)
    place[parted] = np.arange(parted.size)
    row, column = place[columns.piece_bid[free]], columns.share[free]
    more = csr_array((np.ones(row.size), (row, column)), shape=(parted.size, program.n_columns))
    return replace(
        program.bounded(lower, upper),
        matrix=csr_array(vstack([program.matrix, more], format="csr")),
        row_lower=np.concatenate([program.row_lower, shares[parted]]),
        row_upper=np.concatenate([program.row_upper, shares[parted]]),
    )


def _fixed(program: Program, values: Vector, whole: NDArray[np.bool_]) -> Program:
    """The program with its yes-or-no decisions as in a point."""
    near = np.clip(np.rint(values), program.lower, program.upper)
    return program.bounded(np.where(whole, near, program.lower), np.where(whole, near, program.upper))


def _rest(program: Program, solver: str, ends: float) -> Vector | None:
    """The cheapest values of what is not fixed; None where there are none."""
    left = reduce(program)
    if not left.possible:
        return None
    if not left.kept.any():
        return left.values
    relaxed = not left.program.integer.any()
    seconds = max(LEAST_TIME, ends - time.monotonic())
    found = solve(left.program, solver=solver, relaxed=relaxed, time_limit=seconds)
    return None if found.values is None else left.lift(found.values)
