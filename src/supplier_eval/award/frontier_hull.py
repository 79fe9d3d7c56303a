"""Which points of a front some weighting of its two objectives would find: those on its lower left hull."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

Spot: TypeAlias = tuple[Fraction, Fraction]


def supported(costs: Sequence[Sequence[Fraction]], slack: float = 0.0) -> list[bool]:
    """Which points of a front of two minimised objectives stand on its lower left hull, edges included.

    Parameters
    ----------
    costs : sequence of (Fraction, Fraction)
        In order of the first objective, none dominated.
    slack : float
        Parts of the front's extent that a point may lie above the hull; 0 for an exact answer.
    """
    if len(costs) < 3:
        return [True] * len(costs)
    run, fall = costs[-1][0] - costs[0][0], costs[0][1] - costs[-1][1]
    spots = [((x - costs[0][0]) / run, (y - costs[-1][1]) / fall) for x, y in costs]
    hull: list[Spot] = []
    for spot in spots:
        while len(hull) > 1 and _above(hull[-2], spot, hull[-1]) >= 0:
            hull.pop()
        hull.append(spot)
    marks, edge = [], 0
    for spot in spots:
        while hull[edge + 1][0] < spot[0]:
            edge += 1
        marks.append(_above(hull[edge], hull[edge + 1], spot) <= Fraction(slack))
    return marks


def _above(left: Spot, right: Spot, spot: Spot) -> Fraction:
    """How far a point lies above the line from `left` to `right`, in the second objective."""
    rise = (right[1] - left[1]) / (right[0] - left[0])
    return spot[1] - left[1] - rise * (spot[0] - left[0])
