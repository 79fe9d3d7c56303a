"""AUGMECON2: three objectives, one minimised on a grid of limits on the other two.

For each pair of levels (e2, e3) the first objective is minimised with f2 <= e2 and f3 <= e3, and what is left of both
limits is rewarded a little, so that every award found is not dominated. The slack that is left of a limit tells how
many levels would give the same award again: they are jumped over (the bypass coefficient). A pair of levels without
any award ends its row.

Source: G. Mavrotas and K. Florios (2013), "An improved version of the augmented epsilon-constraint method (AUGMECON2)
for finding the exact Pareto set in multi-objective integer programming problems", Applied Mathematics and Computation
219, 9652-9669. The paper jumps along the innermost limit; the outer one is jumped over here by the same argument,
applied to the least slack of its whole row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Costs: TypeAlias = tuple[Fraction, ...]
    Ask: TypeAlias = Callable[[Sequence[float], Sequence[Fraction | float]], "Costs | str"]

REWARD = 1e-3
UNIT_REWARD = 0.4
SECOND = 0.1
SHARP = 1e6


@dataclass(frozen=True)
class Levels:
    """Levels of a limit, from the loosest to the tightest.

    Parameters
    ----------
    worst, best : Fraction
        Loosest and tightest level of a minimised objective.
    step : Fraction
        Distance of two levels, above 0.
    """

    worst: Fraction
    best: Fraction
    step: Fraction

    @property
    def count(self) -> int:
        """Number of levels."""
        return floor((self.worst - self.best) / self.step) + 1

    def level(self, at: int) -> Fraction:
        """The limit on a level, 0 the loosest."""
        return self.worst - at * self.step

    def after(self, at: int, reached: Fraction) -> int:
        """The next level that a figure reached does not keep: those that it keeps would give the same again."""
        return at + 1 + max(0, floor((self.level(at) - reached) / self.step))


@dataclass(eq=False)
class Swept:
    """How a sweep went.

    Parameters
    ----------
    solves, jumped : int
        Pairs of levels that were solved; levels of either limit that were passed over.
    stopped : str
        Empty where all levels were looked at or passed over, else why not.
    """

    solves: int = 0
    jumped: int = 0
    stopped: str = ""


def sweep(ask: Ask, second: Levels, third: Levels, weights: Sequence[float]) -> Swept:
    """Go through the grid of limits.

    Parameters
    ----------
    ask : callable
        (weights, limits) by objective → minimised figures of the best award, or a status: ``infeasible``, or why
        nothing is known.
    second, third : Levels
        Of the second and the third objective.
    weights : sequence of float
        Of the first objective, and what a unit less of the others is rewarded with, see `weights_of`.

    Returns
    -------
    Swept
        How the sweep went; the awards themselves are kept by `ask`.
    """
    made = Swept()
    outer = 0
    while outer < third.count and not made.stopped:
        reached = _row(ask, made, second, third.level(outer), weights)
        if not reached:
            break
        following = third.after(outer, max(costs[2] for costs in reached))
        made.jumped += following - outer - 1
        outer = following
    return made


def _row(ask: Ask, made: Swept, second: Levels, limit: Fraction, weights: Sequence[float]) -> list[Costs]:
    """All levels of the second objective with the third at most `limit`."""
    reached: list[Costs] = []
    inner = 0
    while inner < second.count:
        found = ask(weights, (float("inf"), second.level(inner), limit))
        made.solves += 1
        if isinstance(found, str):
            made.stopped = "" if found == "infeasible" else found
            break
        reached.append(found)
        following = second.after(inner, found[1])
        made.jumped += following - inner - 1
        inner = following
    return reached


def weights_of(spread: Sequence[float], first_unit: float | None = None) -> tuple[float, float, float]:
    """Weights of the augmented objective f1 - eps (s2/r2 + 0.1 s3/r3), up to a constant: slack less is figure more.

    Parameters
    ----------
    spread : sequence of float
        Range of each objective, above 0.
    first_unit : float, optional
        Smallest step of the first objective: the rewards over the whole of the other ranges do not outweigh one such
        step, so that the first objective is truly least. Without it eps is 1/1000 of the first objective's range.
    """
    if first_unit is None:
        return (SHARP / spread[0], SHARP * REWARD / spread[1], SHARP * SECOND * REWARD / spread[2])
    return (1 / first_unit, UNIT_REWARD / spread[1], SECOND * UNIT_REWARD / spread[2])
