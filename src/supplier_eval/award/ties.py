"""Awards of equal objective: settled by the published keys in order; what is left after the last is tied."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.exact import Solved, half_minor_unit, solve_formulation
from supplier_eval.award.rows import Builder

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from numpy.typing import NDArray

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.formulation import Formulation

    Vector = NDArray[np.float64]

OWNER = "_kept"
SLACK = 1e-7


@dataclass(frozen=True, eq=False)
class Settled:
    """What the keys left.

    Parameters
    ----------
    best : Solved
        The award, with the last objective that was solved.
    tied : tuple of Award
        Equal awards after the last key, in canonical order; empty where there is only one.
    settled : bool
        False where time ran out before uniqueness was shown.
    """

    best: Solved
    tied: tuple[Award, ...]
    settled: bool


def settle(
    formulation: Formulation,
    best: Solved,
    vectors: list[Vector],
    *,
    ends: float,
    solver: str,
    most: int = 8,
    exact: Callable[[Audit | None], tuple[Fraction, ...]] | None = None,
) -> Settled:
    """Decide between awards of equal objective.

    Parameters
    ----------
    formulation : Formulation
        The first stage, solved to its optimum by `best`.
    best : Solved
        An optimal award of it.
    vectors : list of ndarray of float, shape (n_columns,)
        Later stages and keys in order, each minimised.
    ends : float
        When to stop, on the monotonic clock.
    solver : str
        Which solver.
    most : int
        How many equal awards are looked for.
    exact : callable, optional
        Exact figures of an audited award in the order that decides, each the smaller the better: awards that are
        equal to half a minor unit, but not exactly, are then no tie.
    """
    made = _kept(formulation, formulation.cost, best)
    for vector in vectors:
        found = _next(made.minimising(vector), best, ends, solver)
        if found is None:
            return Settled(best, (), False)
        best = found
        made = _kept(made, vector, found)
    direction = _direction(formulation)
    first, last = (_next(made.minimising(sign * direction), best, ends, solver) for sign in (1.0, -1.0))
    if first is None or last is None or first.award is None or last.award is None:
        return Settled(best, (), False)
    if first.award == last.award:
        return Settled(first, (), True)
    if exact is not None and exact(first.audit) != exact(last.audit):
        return Settled(min(first, last, key=lambda found: exact(found.audit)), (), True)
    tied = {first.award, last.award}
    return Settled(first, tuple(sorted(tied, key=lambda award: tuple(award.units.items()))[:most]), True)


def _kept(formulation: Formulation, vector: Vector, best: Solved) -> Formulation:
    """The same awards, none worse in `vector` than `best`."""
    if best.values is None:
        return formulation
    reached = float(vector @ best.values)
    more = Builder()
    columns = np.flatnonzero(vector)
    more.row(
        OWNER,
        dict(zip(columns.tolist(), vector[columns].tolist(), strict=True)),
        upper=reached + SLACK * (1 + abs(reached)),
    )
    return formulation.with_rows(more)


def _next(formulation: Formulation, best: Solved, ends: float, solver: str) -> Solved | None:
    left = ends - time.monotonic()
    if left <= 0:
        return None
    found = solve_formulation(formulation, gap=0.0, time_limit=left, solver=solver, start=best.values)
    return found if found.status == "optimal" else None


def _direction(formulation: Formulation) -> Vector:
    """A direction that is the same on every machine and in which two awards hardly ever look equal."""
    vector = np.zeros(formulation.n_columns)
    columns = formulation.columns
    weights = np.array([_weight("|".join(key)) for key in columns.bids])
    if weights.size:
        vector[columns.share] = weights[columns.piece_bid]
    vector[columns.bundle] = [_weight(f"bundle:{name}") for name in columns.bundles]
    return vector * max(1.0, 1e3 * half_minor_unit(formulation))


def _weight(name: str) -> float:
    return 1.0 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32
