"""The search for awards of large problems: relaxation, restrictions, neighbourhoods, the whole; a bound for each.

A problem with thousands of bids is not given to the solver as a whole at once. Its relaxation tells what every bid
costs at the least; what costs much is left out, and the rest is solved, first narrowly, then more widely. What was
left out has a bound of its own, so that every stage proves something. Around the best award the discount tiers of
some suppliers are then freed while those of the others stay (large neighbourhood search, Shaw 1998; Danna, Rothberg
and Le Pape 2005), and at last the whole model is solved from the best award on.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.exact import Solved, award_near, half_minor_unit, solve_formulation
from supplier_eval.award.lagrangian import lagrangian_bound
from supplier_eval.award.model import solve
from supplier_eval.award.outcome import Outcome, Step
from supplier_eval.award.program import reduce
from supplier_eval.award.relax import Relaxed, left_out, relax
from supplier_eval.award.sample import decisions_from_sample
from supplier_eval.award.tier_choices import with_kept_tiers, with_sure_tiers

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.program import Program

    Vector = NDArray[np.float64]

LARGE = 5_000
HUGE = 60_000
NARROW = 1e-4
WIDER = 3.0
ROUGH, SHARP = 5e-4, 1e-4
NEVER = 1e12


def is_large(formulation: Formulation) -> bool:
    """True where the search pays: many variables, of which most cost too much to be awarded."""
    return formulation.n_columns > LARGE


class Search:
    """One search; `run` gives the best audited award and the proven bound.

    Parameters
    ----------
    formulation : Formulation
        One stage of an objective.
    gap : float
        Relative gap at which the search may stop, 0-1.
    ends : float
        When to stop, on the monotonic clock.
    solver : {"highs", "cbc", "scipy"}
        Which solver.
    tell : callable
        Called with each `Step`.
    """

    def __init__(
        self, formulation: Formulation, *, gap: float, ends: float, solver: str, tell: Callable[[Step], None]
    ) -> None:
        self.formulation, self.gap, self.ends, self.solver, self.tell = formulation, gap, ends, solver, tell
        self.began = time.monotonic()
        self.best: Solved | None = None
        self.bound = -np.inf
        self.message = ""
        self.failure = ""
        self.stopped = False
        self.relaxing = 0.0

    @property
    def left(self) -> float:
        """Seconds left."""
        return 0.0 if self.stopped else max(0.0, self.ends - time.monotonic())

    @property
    def done(self) -> bool:
        """True where time is over or the gap is reached."""
        return self.left <= 0 or self.reached(self.gap)

    def reached(self, gap: float) -> bool:
        """True where the best award is proven within a relative gap, or within half a minor unit."""
        if self.best is None or self.best.objective is None:
            return False
        value = self.best.objective
        room = max(half_minor_unit(self.formulation), gap * abs(value))
        return value <= self.bound + room + 1e-9 * abs(self.bound)

    def run(self) -> Solved:
        """Search until the gap is reached, nothing is left to try, or time is over; Ctrl-C leaves what was found."""
        try:
            return self._searched()
        except KeyboardInterrupt:
            if self.best is None:
                raise
            return self._told()

    def _searched(self) -> Solved:
        program = self.formulation.program
        relaxed = Relaxed("no_award_found")
        if program.n_columns <= HUGE:
            relaxed = self._relax(program)
        if relaxed.status in ("infeasible", "unbounded"):
            return Solved(relaxed.status, message=relaxed.message, solver=self.solver)
        if relaxed.reduced is None:
            self._from_sample()
        else:
            self._restricted(relaxed, self._dive(relaxed))
            self._neighbourhoods(relaxed)
        if not self.done and self.left > self.relaxing and (program.n_columns <= HUGE or self.best is None):
            self._whole()
        return self._told()

    def _told(self) -> Solved:
        bound = self.bound if np.isfinite(self.bound) else None
        if self.best is None:
            status: Status = "infeasible" if self.bound == np.inf else "error" if self.failure else "no_award_found"
            said = self.failure if status == "error" else self.message
            return Solved(status, bound=bound, message=said, solver=self.solver)
        status = "optimal" if self.reached(0.0) else "within_gap" if self.reached(self.gap) else "feasible_at_limit"
        return replace(self.best, status=status, bound=bound, solver=self.solver)

    def _relax(self, program: Program) -> Relaxed:
        relaxed = relax(program, solver=self.solver, time_limit=0.5 * self.left)
        if relaxed.bound is not None:
            self.bound = max(self.bound, relaxed.bound)
        self.message, self.relaxing = relaxed.message, time.monotonic() - self.began
        self.failure = relaxed.message if relaxed.status == "error" else self.failure
        self._log("relaxation")
        return relaxed

    def _log(self, stage: str) -> None:
        objective = None if self.best is None else self.best.objective
        bound = self.bound if np.isfinite(self.bound) else None
        self.tell(Step(time.monotonic() - self.began, stage, objective, bound))

    def _part(self, program: Program, limit: float, gap: float) -> Outcome:
        """Solve a part of the problem from the best award on, and keep what is better."""
        part = reduce(program)
        if not part.possible:
            return Outcome("infeasible", message="what is left out is needed")
        start = None
        if self.best is not None and self.best.values is not None:
            inside = (self.best.values >= program.lower - 1e-6) & (self.best.values <= program.upper + 1e-6)
            start = self.best.values[part.kept] if inside.all() else None
        try:
            found = solve(part.program, solver=self.solver, gap=gap, time_limit=min(limit, self.left), start=start)
        except KeyboardInterrupt as stop:
            self.stopped = True
            found = getattr(stop, "outcome", Outcome("no_award_found", message="stopped"))
        self.failure = found.message if found.status == "error" else self.failure
        if found.values is not None:
            self._keep(replace(found, values=part.lift(found.values)))
        return found

    def _keep(self, found: Outcome) -> None:
        ends = max(self.ends, time.monotonic() + 2.0)  # what was found in time is still put on the grid
        made = award_near(self.formulation, found, solver=self.solver, ends=ends)
        if made is not None and (self.best is None or _worth(made) < _worth(self.best)):
            self.best = made

    def _dive(self, relaxed: Relaxed) -> float:
        """Keep the tiers that the relaxation is sure of: a first award soon, then a better one with more bids.

        Returns the reduced cost from which on bids were left out at last.
        """
        beyond, found = self._narrow(relaxed), 0
        for _ in range(6):
            program, outside = left_out(self.formulation, relaxed, beyond)
            sure = with_sure_tiers(self.formulation, program, relaxed)
            part = self._part(sure, 0.4 * self.left, max(SHARP, self.gap / 4) if found else ROUGH)
            self._log("start")
            found += self.best is not None
            if self.done or found == 2 or (outside == np.inf and part.status == "infeasible"):
                break
            beyond *= WIDER
        return beyond

    def _narrow(self, relaxed: Relaxed) -> float:
        """Reduced cost from which on bids are left out at first: what is left is some times what is awarded."""
        share = self.formulation.columns.share
        if relaxed.values is None or relaxed.reduced is None or not share.size:
            return np.inf
        support = int((relaxed.values[share] > 1e-9).sum())
        costs = np.sort(np.maximum(relaxed.reduced[share], 0.0))
        return max(NARROW * abs(relaxed.objective or 0.0), float(costs[min(4 * support, costs.size - 1)]), 1e-9)

    def _restricted(self, relaxed: Relaxed, beyond: float) -> None:
        """Solve without what costs more than `beyond`, then with more; in the end nothing better is left out."""
        while not self.done:
            program, outside = left_out(self.formulation, relaxed, beyond)
            found = self._part(program, 0.5 * self.left, self.gap / 4)
            if found.status == "infeasible":
                self.bound = max(self.bound, outside)
            elif found.bound is not None:
                self.bound = max(self.bound, min(found.bound, outside))
            self._log("restricted")
            if outside == np.inf or (found.status != "infeasible" and found.status not in ("optimal", "within_gap")):
                return
            if self.best is not None and beyond > _worth(self.best) - self.bound:
                return
            beyond *= WIDER

    def _neighbourhoods(self, relaxed: Relaxed) -> None:
        """Free the tiers of some suppliers around the best award, for a share of the time that is left."""
        if self.best is None:
            return
        rng = np.random.default_rng(0)
        until = time.monotonic() + 0.5 * self.left
        beyond = WIDER * self._narrow(relaxed)
        idle = 0
        while not self.done and time.monotonic() < until and idle < 8:
            before = _worth(self.best)
            program, _ = left_out(self.formulation, relaxed, beyond)
            program = with_kept_tiers(self.formulation, program, relaxed, self.best.values, rng)
            self._part(program, min(0.35 * self.left, 15.0), self.gap / 4)
            self._log("neighbourhood")
            idle = 0 if _worth(self.best) < before - half_minor_unit(self.formulation) else idle + 1

    def _from_sample(self) -> None:
        """Tiers of a sample of lots, held against the whole: where its relaxation takes too long."""
        fixed = decisions_from_sample(self.formulation, solver=self.solver, limit=0.4 * self.left)
        part = None if fixed is None else reduce(fixed)
        self._log("sample")
        if fixed is None or part is None or not part.possible:
            return
        found = solve(part.program, solver=self.solver, relaxed=True, time_limit=0.5 * self.left)
        if found.values is None or found.duals is None:
            return
        prices = np.zeros(fixed.n_rows)
        prices[part.rows] = found.duals
        self.bound = max(self.bound, lagrangian_bound(self.formulation, prices))
        self._log("bound")
        reduced = np.where(fixed.upper > fixed.lower, 0.0, NEVER)
        reduced[part.kept] = part.program.cost - part.program.matrix.T @ found.duals
        self._dive(Relaxed("optimal", found.objective, -np.inf, part.lift(found.values), reduced, found.message))

    def _whole(self) -> None:
        start = None if self.best is None else self.best.values
        try:
            found = solve_formulation(
                self.formulation, gap=self.gap, time_limit=self.left, solver=self.solver, start=start
            )
        except KeyboardInterrupt as stop:
            self.stopped = True
            outcome = getattr(stop, "outcome", None)
            if outcome is not None:
                self._keep(outcome)
            self._log("whole")
            return
        self.message = found.message
        self.failure = found.message if found.status == "error" else self.failure
        if found.status == "infeasible" and self.best is None:
            self.bound = np.inf
        elif found.bound is not None:
            self.bound = max(self.bound, found.bound)
        if found.award is not None and (self.best is None or _worth(found) < _worth(self.best)):
            self.best = found
        self._log("whole")


def _worth(solved: Solved | None) -> float:
    return np.inf if solved is None or solved.objective is None else solved.objective
