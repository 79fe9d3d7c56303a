"""The best award when some rules are left out, for as many sets of rules as somebody asks: what is known is kept.

Leaving rules out can only make the objective better. An award that keeps more rules than it was asked to is therefore
the answer for those sets of rules too, and a set between two of the same objective needs no solver.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from supplier_eval.award.audit import Audit, audit_award
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.parts import ZERO
from supplier_eval.award.tally import total

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from supplier_eval.award.exact import Solved
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.problem import AwardProblem

LEAST_SECONDS = 0.05
NEARLY_ALL = 0.9
FLOATING = 1e-9  # relative: what a solver's bound may be wrong by


class Clock:
    """A time limit for several solves together."""

    def __init__(self, time_limit: float) -> None:
        self.ends = time.monotonic() + time_limit

    @property
    def over(self) -> bool:
        """True where no time is left."""
        return time.monotonic() >= self.ends

    def share(self, parts: int = 1) -> float:
        """Seconds for the next of `parts` solves, never quite nothing."""
        return max(LEAST_SECONDS, (self.ends - time.monotonic()) / max(parts, 1))


@dataclass(frozen=True)
class Interval:
    """A figure, or what the bounds of a search that was not finished leave of it.

    Parameters
    ----------
    low : Fraction
        The least that it can be.
    high : Fraction or None
        The most that it can be; None where no bound is known.
    """

    low: Fraction
    high: Fraction | None

    @property
    def exact(self) -> Fraction | None:
        """The figure; None where only an interval is known."""
        return self.low if self.low == self.high else None

    def scaled(self, factor: Fraction) -> Interval:
        """The interval times a factor >= 0."""
        return Interval(self.low * factor, None if self.high is None else self.high * factor)

    def plus(self, other: Interval) -> Interval:
        """The sum of two intervals."""
        return Interval(self.low + other.low, None if None in (self.high, other.high) else self.high + other.high)  # type: ignore[operator]


NOTHING = Interval(ZERO, ZERO)


@dataclass(frozen=True)
class Best:
    """The least first stage of the objective, to be minimised, when only some rules are kept.

    Parameters
    ----------
    low : Fraction or None
        Proven bound; equal to `high` where that is optimal. None where there is none.
    high : Fraction
        Of the best award known.
    audit : Audit
        That award, audited against all rules.
    status : Status
        ``optimal`` where it is proven, also by what was known before; else ``within_gap``, ``feasible_at_limit`` or
        ``error``.
    """

    low: Fraction | None
    high: Fraction
    audit: Audit
    status: Status


class RuleSubsets:
    """Best awards by the set of rules kept; every award found serves all sets of rules that it keeps.

    Parameters
    ----------
    problem : AwardProblem
        With all its rules.
    gap : float
        Relative gap at which a search may stop.
    clock : Clock
        Time for all searches.
    solver : str or None
        As `solve_formulation`.
    """

    def __init__(self, problem: AwardProblem, *, gap: float, clock: Clock, solver: str | None) -> None:
        self.problem, self.gap, self.clock, self.solver = problem, gap, clock, solver
        self.every = frozenset(problem.rules)
        self.solves = 0
        self._formulation = formulate(problem)
        self._start: NDArray[np.float64] | None = None
        self._pool: list[Audit] = []
        self._bounds: dict[frozenset[str], Fraction] = {}
        self._ended: dict[frozenset[str], Status] = {}
        self._cut: set[frozenset[str]] = set()

    def solve(self, kept: frozenset[str], *, parts: int = 1) -> Solved:
        """Solve with only the rules `kept`, unless that is known; `parts` solves share the time that is left."""
        self.solves += 1
        seconds, began = self.clock.share(parts), time.monotonic()
        found = solve_formulation(
            keeping(self._formulation, kept), gap=self.gap, time_limit=seconds, solver=self.solver, start=self._start
        )
        self._ended[kept] = found.status
        self._cut.discard(kept)
        if time.monotonic() - began >= NEARLY_ALL * seconds:
            self._cut.add(kept)
        if found.award is not None and found.audit is not None:
            self._pool.append(audit_award(self.problem, found.award))
            if self._start is None:
                self._start = found.values
        if found.status == "optimal" and found.audit is not None:
            self._bounds[kept] = found.audit.stages[0]
        elif found.status == "infeasible":
            self._ended[kept] = "error" if self._pool else "infeasible"
        elif found.bound is not None and isfinite(found.bound):
            bound = Fraction(found.bound - FLOATING * max(1.0, abs(found.bound)))
            self._bounds[kept] = max(bound, self._bounds.get(kept, bound))
        return found

    def learn(self, kept: frozenset[str], *, parts: int = 1) -> None:
        """Make sure that a set of rules was solved, or need not be, as long as there is time."""
        if kept not in self._ended and not self._known(kept) and not self.clock.over:
            self.solve(kept, parts=parts)

    def settle(self, wanted: Iterable[frozenset[str]]) -> None:
        """Search again, with the time that others left, where a search was cut off before it was proven."""
        cut = [kept for kept in wanted if kept in self._cut and not self._known(kept)]
        for at, kept in enumerate(cut):
            if not self.clock.over and not self._known(kept):
                self.solve(kept, parts=len(cut) - at)

    def best(self, kept: frozenset[str]) -> Best:
        """What is known by now about a set of rules; some award that keeps them must have been found."""
        audit = min((audit for audit in self._pool if keeps(audit, kept)), key=lambda audit: stage_under(audit, kept))
        high = stage_under(audit, kept)
        low = self._bound(kept)
        low = None if low is None else min(low, high)
        ended = self._ended.get(kept, "feasible_at_limit")
        told = ended if ended in ("within_gap", "error") else "feasible_at_limit"
        return Best(low, high, audit, "optimal" if low == high else told)

    def price(self, left_out: Collection[str]) -> Interval:
        """What some rules cost together: the best objective with all rules less the best without these."""
        return self.step(self.every, self.every - set(left_out))

    def step(self, more: frozenset[str], fewer: frozenset[str]) -> Interval:
        """By how much the best objective is worse with `more` rules than with `fewer` of them; never below 0."""
        worse, better = self.best(more), self.best(fewer)
        low = ZERO if worse.low is None else max(ZERO, worse.low - better.high)
        return Interval(low, None if better.low is None else worse.high - better.low)

    def _known(self, kept: frozenset[str]) -> bool:
        low = self._bound(kept)
        reached = (stage_under(audit, kept) for audit in self._pool if keeps(audit, kept))
        return low is not None and any(high <= low for high in reached)

    def _bound(self, kept: frozenset[str]) -> Fraction | None:
        return max((low for fewer, low in self._bounds.items() if fewer <= kept), default=None)


def keeping(formulation: Formulation, kept: Collection[str]) -> Formulation:
    """The same columns without the rows of all rules but `kept`; the audit of its awards asks for no others either."""
    left_out = set(formulation.problem.rules) - set(kept)
    return replace(formulation.without(left_out), problem=formulation.problem.without_rules(left_out))


def keeps(audit: Audit, kept: Collection[str]) -> bool:
    """True where an award keeps the hard ones of some rules."""
    return not any(breach.hard and (not breach.kind or breach.what in kept) for breach in audit.breaches)


def stage_under(audit: Audit, kept: Collection[str]) -> Fraction:
    """First stage of an award when only the rules `kept` may be paid for."""
    return audit.stages[0] - total(breach.penalty for breach in audit.breaches if breach.what not in kept)
