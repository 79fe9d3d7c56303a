"""The complete front of awards that are counted in steps, for any number of objectives.

What is not yet searched is kept as a list of zones. A zone is told by its upper bounds: awards that are better than
the bound in every objective. One solve either finds an award in a zone, which is not dominated and cuts the zone into
smaller ones, or proves that the zone is empty. The front is complete when no zone is left.

Source: K. Klamroth, R. Lacour and D. Vanderpooten (2015), "On the representation of the search region in
multi-objective optimization", European Journal of Operational Research 245, 767-778 (local upper bounds).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from math import inf
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from supplier_eval.award.frontier_search import Found, Hit, Limit, WholeSearch

    Zone: TypeAlias = tuple[Limit, ...]

CLOSER = 8  # times that limits are drawn closer around an answer that breaks them


@dataclass(eq=False)
class Searched:
    """What a search of a front came to.

    Parameters
    ----------
    found : list of Found
        Awards, in the order in which they were found.
    open : list of str
        Codes of why the front may not be complete, or why there is none; empty where it is complete.
    jumped : int
        Levels of a grid that were passed over.
    """

    found: list[Found] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    jumped: int = 0

    def stopped(self, code: str) -> None:
        """Note why something is left open, once."""
        if code not in self.open:
            self.open.append(code)


def corners(search: WholeSearch) -> Searched:
    """Lexicographic optima, each objective first once: the rows of the payoff table."""
    made = Searched()
    count = search.targets.count
    for first in range(count):
        hit = search.lexicographic([first, *(other for other in range(count) if other != first)])
        if hit.found is None:
            made.stopped(why(hit.status))
            return made
        if hit.status != "optimal":
            made.stopped("payoff")
        made.found.append(hit.found)
    return made


def search_zones(search: WholeSearch, *, most: int) -> Searched:
    """Find all awards that no other award dominates.

    Parameters
    ----------
    search : WholeSearch
        Steps of the search.
    most : int
        How many awards are looked for; where there are more, those found are spread over the front.
    """
    made = corners(search)
    if len(made.found) < search.targets.count:
        return made
    zones: list[Zone] = [(inf,) * search.targets.count]
    empty: list[Zone] = []
    for found in made.found:
        zones = cut(zones, found.costs)
    ideal, spread = extent([found.costs for found in made.found])
    weights = [1e3 / size for size in spread]
    while zones:
        if len({found.costs for found in made.found}) >= most:
            made.stopped("most")
            break
        zone = max(zones, key=lambda bounds: (_room(bounds, ideal, spread), bounds))
        zones.remove(zone)
        hit = _least_inside(search, weights, zone)
        if hit.found is None and hit.status == "infeasible":
            empty.append(zone)
            continue
        if hit.found is None or not inside(hit.found.costs, zone):
            made.stopped("time" if not search.clock.left else "numeric" if hit.found is not None else "solver")
            if not search.clock.left:
                break
            continue
        made.found.append(hit.found)
        zones = [left for left in cut([*zones, zone], hit.found.costs) if not any(_within(left, e) for e in empty)]
    if not search.told_apart:
        made.stopped("fine")
    if made.open == ["payoff"]:  # zones do not rest on the corners: where all are empty, the best is known
        made.open = []
    return made


def _least_inside(search: WholeSearch, weights: Sequence[float], zone: Zone) -> Hit:
    """An award inside a zone, in which case it may not be the least of it, or what the solver said.

    An answer that is outside by exact figures is asked for again, within limits that are drawn closer by as much; that
    there is nothing within those proves nothing about the zone.
    """
    limits: list[Limit] = [bound - step for bound, step in zip(zone, search.steps, strict=True)]
    hit = search.least(weights, limits)
    for _ in range(CLOSER):
        if hit.found is None or inside(hit.found.costs, zone):
            break
        limits = [at - max(0, cost - at) for at, cost in zip(limits, hit.found.costs, strict=True)]
        again = search.least(weights, limits)
        if again.found is None:
            break
        hit = again
    return hit


def why(status: str) -> str:
    """The code of what a solver says that there is no award for."""
    return {"infeasible": "infeasible", "no_award_found": "time"}.get(status, "solver")


def inside(costs: Sequence[Limit], zone: Zone) -> bool:
    """True where every figure is below the zone's bound."""
    return all(cost < bound for cost, bound in zip(costs, zone, strict=True))


def cut(zones: Sequence[Zone], costs: Sequence[Limit]) -> list[Zone]:
    """The zones that are left when an award is known: whatever it dominates, or equals, is taken out of them."""
    kept = [zone for zone in zones if not inside(costs, zone)]
    split = [zone for zone in zones if inside(costs, zone)]
    new = {
        (*zone[:at], cost, *zone[at + 1 :])
        for zone, (at, cost) in product(split, enumerate(costs))
    }  # fmt: skip
    every = [*kept, *sorted(new - set(kept))]
    return [zone for zone in every if not any(zone != other and _within(zone, other) for other in every)]


def _within(zone: Zone, other: Zone) -> bool:
    return all(bound <= wider for bound, wider in zip(zone, other, strict=True))


def extent(costs: Sequence[Sequence[Limit]]) -> tuple[list[float], list[float]]:
    """Least figure of each objective, and how far the figures are spread; 1 where they are all equal."""
    columns = list(zip(*costs, strict=True))
    return [float(min(column)) for column in columns], [float(max(c) - min(c)) or 1.0 for c in columns]


def _room(zone: Zone, ideal: Sequence[float], spread: Sequence[float]) -> float:
    """Size of a zone relative to the front."""
    room = 1.0
    for bound, least, size in zip(zone, ideal, spread, strict=True):
        room *= max(0.0, min(2.0, (float(bound) - least) / size))
    return room


def front_of(found: Sequence[Found]) -> list[Found]:
    """Those that no other dominates, by exact figures, in order of their figures; one of several with equal figures."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: each.costs):
        if not any(all(a <= b for a, b in zip(other.costs, one.costs, strict=True)) for other in kept):
            kept.append(one)
    return kept
