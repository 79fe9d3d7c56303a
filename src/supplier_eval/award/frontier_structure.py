"""Awards with shares of any size: the model with figures of the front as rows, solved as a whole or on one structure.

A structure is a choice of everything that is not a share (who may win, which tier, which whole lots). On one
structure the awards are a polytope: whatever two points it contains, it contains the straight line between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.audit import audit_award
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.frontier_search import Found
from supplier_eval.award.grid import counted_in_units, scale_of_columns, with_whole_fixed
from supplier_eval.award.model import solve
from supplier_eval.award.rows import Builder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.frontier_search import Clock
    from supplier_eval.award.frontier_targets import Targets
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.program import Program

    Vector = NDArray[np.float64]

OWNER = "_front"
SCALE = 1e3
STANDS = 0.1
STEP = 1e-4


@dataclass(frozen=True, eq=False)
class Spot:
    """A point of the model.

    Parameters
    ----------
    at : tuple of float
        Objectives, minimised, in the units of `ShareSearch.spread`, counted from `ShareSearch.ideal`.
    values : ndarray of float, shape (n_columns,)
        The point.
    status : Status
        ``optimal`` where it is proved to be least.
    """

    at: tuple[float, ...]
    values: Vector
    status: Status = "optimal"


class ShareSearch:
    """Steps of a search over awards whose shares may be of any size.

    Parameters
    ----------
    targets : Targets
        Objectives.
    clock : Clock
        Time for all steps together.
    solver : str
        Which solver.
    """

    def __init__(self, targets: Targets, clock: Clock, *, solver: str) -> None:
        self.targets, self.clock, self.solver = targets, clock, solver
        self.solves, self.said = 0, ""
        self.ideal = np.zeros(targets.count)
        self.measured_by(np.zeros(targets.count), np.array(targets.reach))

    def measured_by(self, ideal: Vector, spread: Vector) -> None:
        """Count figures from `ideal` in units of `spread` from now on."""
        self.ideal, self.spread = ideal, spread
        self.vectors = self.targets.vectors / spread[:, None]
        rows = Builder()
        for vector in self.vectors:
            columns = np.flatnonzero(vector)
            rows.row(OWNER, dict(zip(columns.tolist(), (SCALE * vector[columns]).tolist(), strict=True)))
        self._limited = self.targets.formulation.with_rows(rows)

    def spot(self, values: Vector, status: Status = "optimal") -> Spot:
        """A point with its figures."""
        return Spot(tuple((self.vectors @ values - self.ideal / self.spread).tolist()), values, status)

    def least(
        self, weights: Sequence[float], limits: Sequence[float], *, structure: Vector | None = None
    ) -> Spot | Status:
        """The point least in ``weights @ objectives`` with every objective at most its limit; or why there is none."""
        if not self.clock.left:
            return "no_award_found"
        program = self._limited.program
        cost = SCALE * (np.asarray(weights, dtype=float) @ self.vectors)
        program = replace(program, row_upper=self._within(program.row_upper, limits), cost=cost)
        if structure is not None:
            return self._on(program, structure)
        self.solves += 1
        found = solve(program, solver=self.solver, gap=0.0, time_limit=self.clock.left)
        self.said = found.message
        if found.values is None:
            return found.status
        tidy = self._on(program, found.values)
        return self.spot(found.values, found.status) if isinstance(tidy, str) else replace(tidy, status=found.status)

    def _within(self, upper: Vector, limits: Sequence[float]) -> Vector:
        """Upper bounds of rows of which the last are the objectives, with these at most their limits."""
        last = SCALE * (np.asarray(limits, dtype=float) + self.ideal / self.spread)
        return np.concatenate([upper[: upper.size - last.size], last])

    def _on(self, program: Program, structure: Vector) -> Spot | Status:
        """The same with everything that is no share kept as it is in `structure`."""
        fixed = with_whole_fixed(program, structure, self.targets.formulation.integer)
        found = solve(fixed, solver=self.solver, time_limit=self.clock.left, relaxed=True)
        return found.status if found.values is None else self.spot(found.values)

    def lexicographic(self, order: Sequence[int], limits: Sequence[float], slack: float = 1e-9) -> Spot | Status:
        """The point least in the first objective of `order`, among equals in the next, and so on, within limits."""
        bounds = list(limits)
        best: Spot | Status = "no_award_found"
        status: Status = "optimal"
        for place in order:
            found = self.least([float(at == place) for at in range(len(bounds))], bounds)
            if isinstance(found, str):
                return replace(best, status="feasible_at_limit") if isinstance(best, Spot) else found
            status = status if found.status == "optimal" else found.status
            best, bounds[place] = found, min(bounds[place], found.at[place] + slack)
        return replace(best, status=status) if isinstance(best, Spot) else best

    def on_grid(self, spot: Spot) -> Found | None:
        """The audited award of the contract grid next to a point: shares a few units away, else nearly its figures."""
        cost = SCALE * self.vectors.sum(axis=0)
        around = [self._around(spot.values, room) for room in (0, 1, 5)]
        models = [replace(self.targets.formulation, lower=low, upper=high, cost=cost) for low, high in around]
        upper = self._within(self._limited.rows.upper, [figure + STEP for figure in spot.at])
        models.append(replace(self._limited, rows=replace(self._limited.rows, upper=upper), cost=cost))
        for model in models:
            solved = solve_formulation(model, time_limit=max(1.0, self.clock.left), solver=self.solver)
            if solved.award is not None:
                audit = audit_award(self.targets.problem, solved.award)
                return Found(solved.award, audit, self.targets.costs(audit))
        return None

    def worse(self, found: Found, spot: Spot) -> float:
        """By how much an award is worse than a point in some objective, in parts of the front's extent."""
        at = (np.array([float(cost) for cost in found.costs]) - self.ideal) / self.spread
        return float(np.max(at - spot.at))

    def _around(self, values: Vector, room: int) -> tuple[Vector, Vector]:
        """Bounds of the variables: whole ones stay, shares go to the units next to them, the rest is free."""
        formulation, whole = self.targets.formulation, self.targets.formulation.integer
        scale, shared = scale_of_columns(formulation), counted_in_units(formulation) & ~whole
        units = values / scale
        near = np.rint(units)
        stands = np.abs(units - near) < STANDS
        low = (np.where(stands, near, np.floor(units)) - room * (units > STANDS)) * scale
        high = (np.where(stands, near, np.ceil(units)) + room * (units > STANDS)) * scale
        low = np.where(shared, low, np.where(whole, np.rint(values), formulation.lower))
        high = np.where(shared, high, np.where(whole, np.rint(values), formulation.upper))
        return np.maximum(low, formulation.lower), np.minimum(high, formulation.upper)
