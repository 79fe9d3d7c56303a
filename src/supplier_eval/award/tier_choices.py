"""Suppliers whose discount tier a part of a search keeps: those that the relaxation is sure of, or the best award's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.program import Program
    from supplier_eval.award.relax import Relaxed

    Vector = NDArray[np.float64]

SURE = 1e-3
FREED_IF_SURE, FREED = 0.06, 0.4


def with_sure_tiers(formulation: Formulation, program: Program, relaxed: Relaxed) -> Program:
    """The program with suppliers fixed in the tier, or out, where the relaxation has them wholly.

    Parameters
    ----------
    formulation : Formulation
        The model.
    program : Program
        Of it, perhaps with some bids left out.
    relaxed : Relaxed
        With values; without them nothing is fixed.
    """
    if relaxed.values is None:
        return program
    lower, upper = program.lower.copy(), program.upper.copy()
    for kept in _switches(formulation):
        if _sure(values := relaxed.values[kept]):
            lower[kept] = upper[kept] = np.clip(np.rint(values), program.lower[kept], program.upper[kept])
    return program.bounded(lower, upper)


def with_kept_tiers(
    formulation: Formulation, program: Program, relaxed: Relaxed, values: Vector | None, rng: np.random.Generator
) -> Program:
    """The program with suppliers fixed in an award's tiers, but for some, mostly those the relaxation is not sure of.

    Parameters
    ----------
    formulation : Formulation
        The model.
    program : Program
        Of it, perhaps with some bids left out; what the award has is let in again.
    relaxed : Relaxed
        With values; without them nothing is fixed.
    values : ndarray of float or None, shape (n_columns,)
        The award as a point; None fixes nothing.
    rng : Generator
        Draws who is freed: 40 in 100 of those not sure, 6 in 100 of the others.
    """
    if values is None or relaxed.values is None:
        return program
    lower, upper = program.lower.copy(), program.upper.copy()
    upper = np.maximum(upper, np.where(values > 1e-9, formulation.program.upper, upper))
    for kept in _switches(formulation):
        if rng.random() > (FREED_IF_SURE if _sure(relaxed.values[kept]) else FREED):
            lower[kept] = upper[kept] = np.rint(values[kept])
    return program.bounded(lower, upper)


def _switches(formulation: Formulation) -> list[NDArray[np.int64]]:
    """Columns of each supplier's tiers, and of its being active."""
    columns = formulation.columns
    return [np.append(tiers, columns.active[at]) for at, tiers in enumerate(columns.in_tier)]


def _sure(values: Vector) -> bool:
    return bool(np.abs(values - np.rint(values)).max() < SURE)
