"""One step of the search of a front: the award on the contract grid that is least in a weighted sum, within limits."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from supplier_eval.award.audit import audit_award
from supplier_eval.award.grid import award_of, counted_in_units
from supplier_eval.award.model import solve
from supplier_eval.award.rows import Builder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.frontier_targets import Targets
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.program import Program

Limit: TypeAlias = Fraction | float
OWNER = "_front"
LARGE = 1e6
FINEST = 1e10
NEAR = 1e-6
MARGIN = Fraction(1, 8)


@dataclass(frozen=True, eq=False)
class Found:
    """An award with its objectives, all to be minimised, exact."""

    award: Award
    audit: Audit
    costs: tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class Hit:
    """What one step gave: `found` is None where `status` says that there is nothing, or that nothing was found."""

    status: Status
    found: Found | None = None
    message: str = ""


class Clock:
    """Time that a search may still take."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds, not below 0."""
        return max(0.0, self._ends - time.monotonic())


class WholeSearch:
    """Steps of a search over awards that are counted in steps of shares.

    Parameters
    ----------
    targets : Targets
        Objectives.
    clock : Clock
        Time for all steps together.
    gap : float
        Relative gap at which a step may stop. An award found with a gap may be dominated by another that is found
        later; that there is no award within limits is never claimed on the ground of a gap.
    solver : str
        Which solver.
    """

    def __init__(self, targets: Targets, clock: Clock, *, gap: float, solver: str) -> None:
        self.targets, self.clock, self.solver, self.gap = targets, clock, solver, gap
        self.solves = 0
        pairs = list(zip(targets.units, targets.reach, strict=True))
        self._scale = [min(1 / float(unit), LARGE / reach) for unit, reach in pairs]
        self.steps = tuple(unit * max(1, ceil(Fraction(reach / FINEST) / unit)) for unit, reach in pairs)

    @property
    def told_apart(self) -> bool:
        """True where a solver sees the smallest step of every objective that counts: of money, one minor unit."""
        return all(step <= worth for step, worth in zip(self.steps, self.targets.worth, strict=True))

    def least(self, weights: Sequence[float], limits: Sequence[Limit], *, gap: float | None = None) -> Hit:
        """The award least in ``weights @ objectives`` among those with every objective at most its limit.

        Parameters
        ----------
        weights : sequence of float
            By objective, >= 0.
        limits : sequence of Fraction or float
            By objective, inclusive; infinite for none.
        gap : float, optional
            Another gap than the search's own.
        """
        if not self.clock.left:
            return Hit("no_award_found")
        rows = Builder()
        every = (self.targets.vectors, limits, self.targets.units, self.steps, self._scale)
        for vector, limit, unit, step, scale in zip(*every, strict=True):
            if limit < np.inf:
                columns = np.flatnonzero(vector)
                terms = dict(zip(columns.tolist(), (scale * vector[columns]).tolist(), strict=True))
                rows.row(OWNER, terms, upper=scale * float(_last_step(Fraction(limit), unit) + step * MARGIN))
        made = self.targets.formulation.with_rows(rows)
        cost = np.asarray(weights, dtype=float) @ self.targets.vectors
        return self._solved(_in_steps(made.minimising(cost)), self.gap if gap is None else gap)

    def _solved(self, program: Program, gap: float) -> Hit:
        """One run of the solver; its award counts only where the exact audit is valid."""
        self.solves += 1
        made = solve(program, solver=self.solver, gap=gap, time_limit=self.clock.left)
        if made.values is None:
            return Hit(made.status, message=made.message)
        award = award_of(self.targets.formulation, made.values * _size_of_step(self.targets.formulation))
        audit = audit_award(self.targets.problem, award)
        if not audit.valid:
            return Hit("error", message=made.message)
        return Hit(made.status, Found(award, audit, self.targets.costs(audit)), made.message)

    def lexicographic(self, order: Sequence[int]) -> Hit:
        """The award least in the first objective of `order`, among equals in the next, and so on, to the gap."""
        limits: list[Limit] = [np.inf] * self.targets.count
        best: Found | None = None
        status: Status = "optimal"
        for place in order:
            weights = [0.0] * self.targets.count
            weights[place] = self._scale[place]
            hit = self.least(weights, limits)
            if hit.found is None:
                return Hit("feasible_at_limit", best, hit.message) if best is not None else hit
            best, limits[place] = hit.found, hit.found.costs[place]
            status = status if hit.status == "optimal" else hit.status
        return Hit(status, best)


def _last_step(limit: Fraction, unit: Fraction) -> Fraction:
    """The largest figure within a limit that an award can have."""
    return limit // unit * unit


def _parted(formulation: Formulation) -> NDArray[np.bool_]:
    """Variables that are shares of lots which can be parted."""
    return counted_in_units(formulation) & ~formulation.integer


def _size_of_step(formulation: Formulation) -> NDArray[np.float64]:
    """What one step of each variable is: 1/grid for shares that can be parted, else 1."""
    return np.where(_parted(formulation), 1.0 / formulation.problem.terms.grid, 1.0)


def _in_steps(formulation: Formulation) -> Program:
    """The program with shares counted in whole steps from the start, so that limits hold for what is awarded."""
    program, size, parted = formulation.program, _size_of_step(formulation), _parted(formulation)
    matrix = program.matrix.copy()
    matrix.data = matrix.data * size[matrix.indices]
    return replace(
        program,
        cost=program.cost * size,
        lower=np.where(parted, np.ceil(program.lower / size - NEAR), program.lower),
        upper=np.where(parted, np.floor(program.upper / size + NEAR), program.upper),
        integer=program.integer | parted,
        matrix=matrix,
    )
