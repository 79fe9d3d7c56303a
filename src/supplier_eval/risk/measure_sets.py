r"""Every best set of measures, one for each budget: exact enumeration where factors multiply on the same risk.

A set x of measures leaves

.. math:: L(x) = \sum_r L_r \prod_{m \in x \cap M_r} \varphi_{mr}

of the expected loss a year. Risks that share a measure are one group; the sets of a group are enumerated, and the
groups are joined one after the other, keeping what no cheaper set matches (Nemhauser and Ullmann 1969). Costs are whole
numbers, so no set is within a budget by rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_IN_GROUP = 14
MOST_POINTS = 50_000
MOST_WORK = 500_000  # sets looked at in all
NEAR = 1e-12


@dataclass(frozen=True)
class MeasureProblem:
    """What can be bought and what it does, in plain figures.

    Parameters
    ----------
    costs : tuple of int
        Of each measure.
    losses : tuple of float
        Expected loss a year of each risk before them.
    effects : tuple of tuple of (int, float)
        For each risk: position of a measure, and the factor that it leaves.
    """

    costs: tuple[int, ...]
    losses: tuple[float, ...]
    effects: tuple[tuple[tuple[int, float], ...], ...]

    def loss(self, chosen: Sequence[int]) -> float:
        """Expected loss a year with these measures."""
        held = frozenset(chosen)
        return sum(self.risk_loss(at, held) for at in range(len(self.losses)))

    def risk_loss(self, at: int, held: frozenset[int]) -> float:
        """Expected loss a year of one risk with these measures."""
        left = self.losses[at]
        for measure, factor in self.effects[at]:
            if measure in held:
                left *= factor
        return left

    def cost(self, chosen: Sequence[int]) -> int:
        """What these measures cost together."""
        return sum(self.costs[at] for at in chosen)


Point = tuple[int, float, tuple[int, ...]]  # cost, loss, measures


def groups(problem: MeasureProblem) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Measures and risks that hang together, each group as (measures, risks)."""
    parent = list(range(len(problem.costs)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for effects in problem.effects:
        for measure, _ in effects[1:]:
            parent[root(measure)] = root(effects[0][0])
    found: dict[int, tuple[list[int], list[int]]] = {}
    for at in range(len(parent)):
        found.setdefault(root(at), ([], []))[0].append(at)
    for risk, effects in enumerate(problem.effects):
        if effects:
            found[root(effects[0][0])][1].append(risk)
    return [(tuple(measures), tuple(risks)) for measures, risks in found.values()]


def best_sets(problem: MeasureProblem) -> list[Point] | None:
    """All sets for which no set of the same cost or less leaves less, from cheap to dear.

    Parameters
    ----------
    problem : MeasureProblem
        What can be bought.

    Returns
    -------
    list of (cost, loss, measures) or None
        None where a group has more than 14 measures, more than 500 000 sets would have to be
        looked at, or more than 50 000 remain. Of sets with the same cost and
        loss the one that comes first by position is kept.
    """
    base = sum(loss for loss, effects in zip(problem.losses, problem.effects, strict=True) if not effects)
    front: list[_Point] = [(0, base, 0)]
    work = 0
    for measures, risks in groups(problem):
        if len(measures) > MOST_IN_GROUP:
            return None
        own = _pruned(_sets(problem, measures, risks))
        work += len(front) * len(own)
        if work > MOST_WORK:
            return None
        front = _pruned([(c + d, a + b, s | t) for c, a, s in front for d, b, t in own])
        if len(front) > MOST_POINTS:
            return None
    return [(cost, loss, _members(bits, len(problem.costs))) for cost, loss, bits in front]


_Point = tuple[int, float, int]  # the set as bits: the first measure has the highest


def _members(bits: int, count: int) -> tuple[int, ...]:
    return tuple(at for at in range(count) if bits >> (count - 1 - at) & 1)


def _sets(problem: MeasureProblem, measures: tuple[int, ...], risks: tuple[int, ...]) -> list[_Point]:
    last = len(problem.costs) - 1
    found: list[_Point] = []
    for choice in range(1 << len(measures)):
        chosen = tuple(m for at, m in enumerate(measures) if choice >> at & 1)
        held = frozenset(chosen)
        bits = sum(1 << (last - m) for m in chosen)
        found.append((problem.cost(chosen), sum(problem.risk_loss(at, held) for at in risks), bits))
    return found


def _pruned(points: list[_Point]) -> list[_Point]:
    """Points that no other beats; losses that differ by their last bits only are equal."""
    points.sort(key=lambda one: (one[0], one[1], one[2].bit_count(), -one[2]))
    kept: list[_Point] = []
    for point in points:
        if not kept or point[1] < kept[-1][1] * (1 - NEAR):
            kept.append(point)
    return kept
