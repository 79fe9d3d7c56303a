"""The front of two objectives where shares may be of any size: corners, and straight segments that are proved.

Boxes between neighbouring points are looked at, the largest first. The least weighted sum inside a box finds a point
below the straight line between its corners (Aneja and Nair 1979); where there is none, and both corners stand on one
structure, the whole line is attained and nothing is below it: it belongs to the front. Where they stand on different
structures the box is split where the lines of the two structures meet, or in the middle.

Source: Y. P. Aneja and K. P. K. Nair (1979), "Bicriteria transportation problem", Management Science 25, 73-78; the
splitting of boxes as in N. Boland, H. Charkhgard and M. Savelsbergh (2015), "A criterion space search algorithm for
biobjective mixed integer programming: the triangle splitting method", INFORMS Journal on Computing 27, 597-618.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.frontier_structure import STEP, ShareSearch, Spot
from supplier_eval.award.frontier_zones import why

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

NEAR = 1e-5


@dataclass(eq=False)
class Lines:
    """Points of a front in order of the first objective, and what is known between neighbours.

    Parameters
    ----------
    spots : list of Spot
        Points, none dominated.
    proved : set of (int, int)
        Ids of neighbours (``id(spot)``) between which the whole segment is on the front.
    open : list of str
        Codes of why something is not settled; empty where the front is complete.
    jumped : int
        Levels of a grid that were passed over.
    """

    spots: list[Spot] = field(default_factory=list)
    proved: set[tuple[int, int]] = field(default_factory=set)
    open: list[str] = field(default_factory=list)
    jumped: int = 0

    def stopped(self, code: str) -> None:
        """Note why something is left open, once."""
        if code not in self.open:
            self.open.append(code)

    def add(self, spot: Spot) -> None:
        """A further point, in its place."""
        self.spots = sorted([*self.spots, spot], key=lambda one: one.at)


def ends(search: ShareSearch) -> Lines:
    """Lexicographic optima, each objective first once; figures are then counted between them."""
    made = Lines()
    count = search.targets.count
    for first in range(count):
        order = [first, *(other for other in range(count) if other != first)]
        spot = search.lexicographic(order, [inf] * count)
        if isinstance(spot, str):
            made.stopped(why(spot))
            return made
        if spot.status != "optimal":
            made.stopped("payoff")
        made.spots.append(spot)
    at = np.array([spot.values for spot in made.spots]) @ search.targets.vectors.T
    spread = at.max(axis=0) - at.min(axis=0)
    small = spread <= 1e-8 * np.array(search.targets.reach)
    search.measured_by(at.min(axis=0), np.where(small, np.array(search.targets.reach), spread))
    spots = [search.spot(spot.values, spot.status) for spot in made.spots]
    made.spots = sorted(spots, key=lambda spot: spot.at)
    return made


def search_lines(search: ShareSearch, *, most: int) -> Lines:
    """Find corners and proved segments of the front of two objectives.

    Parameters
    ----------
    search : ShareSearch
        Steps of the search.
    most : int
        How many points are looked for.
    """
    made = ends(search)
    if len(made.spots) < 2:
        return made
    left, right = made.spots
    if same(left, right):
        made.spots = [left]
        return made
    boxes = [(left, right)]
    while boxes:
        if not search.clock.left or len(made.spots) >= most:
            made.stopped("most" if search.clock.left else "time")
            break
        box = max(boxes, key=lambda pair: _size(*pair))
        boxes.remove(box)
        boxes += _look(search, made, *box)
    made.spots = _without_middles(made)
    return made


def _look(search: ShareSearch, made: Lines, left: Spot, right: Spot) -> list[tuple[Spot, Spot]]:
    """Settle one box, or give the boxes that it is split into."""
    weights = (left.at[1] - right.at[1], right.at[0] - left.at[0])
    norm = weights[0] + weights[1]
    below = search.least([one / norm for one in weights], [right.at[0], left.at[1]])
    if isinstance(below, str) or below.status != "optimal":
        made.stopped("time" if not search.clock.left else "solver")
        return []
    line = (weights[0] * left.at[0] + weights[1] * left.at[1]) / norm
    reached = (weights[0] * below.at[0] + weights[1] * below.at[1]) / norm
    if reached < line - NEAR * norm and not same(below, left) and not same(below, right):
        made.add(below)
        return [(left, below), (below, right)]
    if _one_structure(search, left, right):
        made.proved.add((id(left), id(right)))
        return []
    if weights[0] < STEP and weights[1] < STEP:
        made.stopped("narrow")
        return []
    return _split(search, made, left, right)


def _split(search: ShareSearch, made: Lines, left: Spot, right: Spot) -> list[tuple[Spot, Spot]]:
    """A point of the front on a level between two corners; where there is none, the jump between them."""
    low = search.lexicographic([0, 1], [inf, _level(search, left, right)])
    if isinstance(low, str) or low.status != "optimal":
        made.stopped("time" if not search.clock.left else "solver")
        return []
    if not same(low, right) and low.at[0] < right.at[0] - STEP / 2:
        made.add(low)
        return [(left, low), (low, right)]
    high = search.lexicographic([1, 0], [right.at[0] - STEP, inf])
    if isinstance(high, str) or high.status != "optimal":
        if high != "infeasible":
            made.stopped("time" if not search.clock.left else "solver")
        return []
    if same(high, left) or high.at[0] <= left.at[0] + NEAR or high.at[1] >= left.at[1] - NEAR:
        return []
    made.add(high)
    return [(left, high)]


def _level(search: ShareSearch, left: Spot, right: Spot) -> float:
    """Level of the second objective to split at: where the lines of the two structures meet, else the middle."""
    middle = (left.at[1] + right.at[1]) / 2
    down = search.least([0.0, 1.0], [right.at[0], inf], structure=left.values)
    up = search.least([1.0, 0.0], [inf, left.at[1]], structure=right.values)
    if isinstance(down, str) or isinstance(up, str):
        return middle
    first, second = np.subtract(down.at, left.at), np.subtract(up.at, right.at)
    across = first[0] * second[1] - first[1] * second[0]
    if abs(across) < 1e-12:
        return middle
    gap = np.subtract(right.at, left.at)
    met = left.at[1] + first[1] * (gap[0] * second[1] - gap[1] * second[0]) / across
    margin = 0.02 * (left.at[1] - right.at[1])
    return float(met) if right.at[1] + margin < met < left.at[1] - margin else middle


def _one_structure(search: ShareSearch, left: Spot, right: Spot) -> bool:
    """True where both points are attained on one structure, so that the whole line between them is."""
    both = np.maximum(left.values, right.values)
    for structure in (left.values, right.values, both):
        if all(_attained(search, structure, spot) for spot in (left, right)):
            return True
    return False


def _attained(search: ShareSearch, structure: Vector, spot: Spot) -> bool:
    if structure is spot.values:
        return True
    found = search.least([1.0, 0.0], [inf, spot.at[1] + NEAR / 10], structure=structure)
    return not isinstance(found, str) and found.at[0] <= spot.at[0] + NEAR


def same(one: Spot, other: Spot) -> bool:
    """True where two points have the same figures, to a hundred-thousandth of the front."""
    return all(abs(a - b) <= NEAR for a, b in zip(one.at, other.at, strict=True))


def _size(left: Spot, right: Spot) -> float:
    return (right.at[0] - left.at[0]) * (left.at[1] - right.at[1])


def _without_middles(made: Lines) -> list[Spot]:
    """Points inside a straight proved line are left out; the proof then holds for the longer line."""
    spots = list(made.spots)
    at = 1
    while at < len(spots) - 1:
        before, here, after = spots[at - 1 : at + 2]
        lines = [(id(before), id(here)), (id(here), id(after))]
        if all(line in made.proved for line in lines) and _straight(before, here, after):
            made.proved.add((id(before), id(after)))
            del spots[at]
        else:
            at += 1
    return spots


def _straight(before: Spot, here: Spot, after: Spot) -> bool:
    run, rise = after.at[0] - before.at[0], after.at[1] - before.at[1]
    away = run * (here.at[1] - before.at[1]) - rise * (here.at[0] - before.at[0])
    return abs(away) <= NEAR * float(np.hypot(run, rise))


def proved_pairs(made: Lines) -> list[tuple[int, int]]:
    """Places of neighbouring points between which the whole segment is on the front."""
    neighbours = pairwise(range(len(made.spots)))
    return [pair for pair in neighbours if (id(made.spots[pair[0]]), id(made.spots[pair[1]])) in made.proved]
