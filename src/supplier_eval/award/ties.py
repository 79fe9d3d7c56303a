"""Awards of equal objective: settled by the published keys in order; what is left after the last is tied."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
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
FLOATING = 1e-11
DIRECTIONS = 4


@dataclass(frozen=True, eq=False)
class Settled:
    """What the keys left.

    Parameters
    ----------
    best : Solved
        The award, with the last objective that was solved.
    tied : tuple of Award
        Equal awards after the last key, in canonical order; empty where there is only one. Every offer that stands in
        an equal award stands in one of these, unless time or their greatest number ends the search before.
    settled : bool
        False where time ran out before uniqueness was shown.
    decided : int
        How many of the later stages and keys were decided.
    """

    best: Solved
    tied: tuple[Award, ...]
    settled: bool
    decided: int = 0


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
    for decided, vector in enumerate(vectors):
        found = _next(made.minimising(vector), best, ends, solver)
        if found is None:
            return Settled(best, (), False, decided)
        best = found
        made = _kept(made, vector, found)
    direction = _direction(formulation)
    first = _next(made.minimising(direction), best, ends, solver)
    last = None if first is None else _next(made.minimising(-direction), best, ends, solver)
    if first is None or last is None:
        return Settled(best, (), False, len(vectors))
    if first.award == last.award:
        return Settled(first, (), True, len(vectors))
    equal = _equal(made, [first, last], ends=ends, solver=solver, most=most)
    figures = [() if exact is None else exact(found.audit) for found in equal]
    least = [found for found, figure in zip(equal, figures, strict=True) if figure == min(figures)]
    awards = sorted((found.award for found in least if found.award is not None), key=_order)
    return Settled(least[0], tuple(awards) if len(awards) > 1 else (), True, len(vectors))


def _order(award: Award) -> tuple[object, ...]:
    return (tuple(award.units.items()), tuple(sorted(award.bundles)))


def _equal(formulation: Formulation, known: list[Solved], *, ends: float, solver: str, most: int) -> list[Solved]:
    """Further equal awards: each with an offer that none before has, then in other directions, up to `most`."""
    tries = 0
    while len(known) < most and tries < DIRECTIONS:
        new = _unseen(formulation, known)
        if not new.any():
            tries += 1
        vector = -new * _size(formulation) if new.any() else _direction(formulation, str(tries))
        found = _next(formulation.minimising(vector), known[0], ends, solver)
        if found is None:
            return known
        if found.award not in [other.award for other in known]:
            known = [*known, found]
        elif new.any():
            tries = max(tries, 1)
            formulation = replace(formulation, upper=np.where(new > 0, formulation.lower, formulation.upper))
    return known


def _unseen(formulation: Formulation, known: list[Solved]) -> Vector:
    """1 for the shares and bundles that may be awarded and are in none of the awards known."""
    columns = formulation.columns
    awards = [found.award for found in known if found.award is not None]
    bids = {key for award in awards for key in award.units}
    bundles = {name for award in awards for name in award.bundles}
    new = np.zeros(formulation.n_columns)
    new[columns.share] = np.array([key not in bids for key in columns.bids], dtype=float)[columns.piece_bid]
    new[columns.bundle] = [name not in bundles for name in columns.bundles]
    return np.where(formulation.upper > formulation.lower, new, 0.0)


def _kept(formulation: Formulation, vector: Vector, best: Solved) -> Formulation:
    """The same awards, none worse in `vector` than `best`."""
    if best.objective is None:
        return formulation
    reached = best.objective
    more = Builder()
    columns = np.flatnonzero(vector)
    more.row(
        OWNER,
        dict(zip(columns.tolist(), vector[columns].tolist(), strict=True)),
        upper=reached + max(min(SLACK * (1 + abs(reached)), half_minor_unit(formulation) / 2), FLOATING * abs(reached)),
    )
    return formulation.with_rows(more)


def _next(formulation: Formulation, best: Solved, ends: float, solver: str) -> Solved | None:
    left = ends - time.monotonic()
    if left <= 0:
        return None
    try:
        found = solve_formulation(formulation, gap=0.0, time_limit=left, solver=solver, start=best.values)
    except KeyboardInterrupt:  # the award in hand stands, only not whether it is the only one
        return None
    if found.status != "optimal" or found.audit is None or best.audit is None:
        return None
    dearer = found.audit.stages[0] - best.audit.stages[0]
    return found if dearer <= formulation.problem.terms.forgiven else None


def _direction(formulation: Formulation, salt: str = "") -> Vector:
    """A direction that is the same on every machine and in which two awards hardly ever look equal."""
    vector = np.zeros(formulation.n_columns)
    columns = formulation.columns
    weights = np.array([_weight("|".join(key) + salt) for key in columns.bids])
    if weights.size:
        vector[columns.share] = weights[columns.piece_bid]
    vector[columns.bundle] = [_weight(f"bundle:{name}{salt}") for name in columns.bundles]
    return vector * _size(formulation)


def _size(formulation: Formulation) -> float:
    """So large that a share counts for more than what is forgiven in an optimum."""
    return max(1.0, 1e3 * half_minor_unit(formulation))


def _weight(name: str) -> float:
    return 1.0 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32
