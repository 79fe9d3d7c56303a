"""AUGMECON2 on an award problem: grid of limits from the payoff table, or from the smallest steps of the figures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Literal, TypeAlias

from supplier_eval.award.augmecon import Levels, sweep, weights_of
from supplier_eval.award.frontier_lines import Lines, ends, same
from supplier_eval.award.frontier_zones import Searched, corners, extent, why

if TYPE_CHECKING:
    from supplier_eval.award.augmecon import Costs
    from supplier_eval.award.frontier_search import WholeSearch
    from supplier_eval.award.frontier_structure import ShareSearch

Steps: TypeAlias = int | Literal["unit"]


def search_grid(search: WholeSearch, steps: Steps, *, most: int) -> Searched:
    """Awards counted in steps: a grid of `steps` equal parts of the payoff ranges, or of the smallest steps.

    Parameters
    ----------
    search : WholeSearch
        Steps of the search; three objectives.
    steps : int or "unit"
        Equal parts of each range. ``unit`` goes by the smallest step of each figure over all that it can be, which
        makes the front complete.
    most : int
        How many awards are looked for.
    """
    made = corners(search)
    if len(made.found) < search.targets.count:
        return made
    known = [found.costs for found in made.found]
    if len(set(known)) == 1:  # the best of all objectives at once
        return made
    by_unit = steps == "unit"

    def ask(weights: Sequence[float], limits: Sequence[Fraction | float]) -> Costs | str:
        if len({found.costs for found in made.found}) >= most:
            return "most"
        hit = search.least(weights, limits, gap=0.0)
        if hit.found is None:
            return why(hit.status)
        made.found.append(hit.found)
        if any(cost > limit for cost, limit in zip(hit.found.costs, limits, strict=True)):
            return "numeric"
        if by_unit and hit.status != "optimal":
            return "solver" if search.clock.left else "time"
        return hit.found.costs

    second, third = (_levels(search, known, at, steps) for at in (1, 2))
    _, spread = extent(known)
    if by_unit:
        ranges = (1.0, *(float(levels.worst - levels.best) for levels in (second, third)))
        swept = sweep(ask, second, third, weights_of(ranges, float(search.targets.units[0])))
    else:
        swept = sweep(ask, second, third, weights_of(spread))
    made.jumped = swept.jumped
    for code in (swept.stopped, "" if by_unit else "sampled", "" if search.told_apart else "fine"):
        if code:
            made.stopped(code)
    return made


def _levels(search: WholeSearch, known: Sequence[Costs], at: int, steps: Steps) -> Levels:
    best, worst = min(costs[at] for costs in known), max(costs[at] for costs in known)
    if steps != "unit":
        return Levels(worst, best, (worst - best) / steps or Fraction(1))
    unit = search.targets.units[at]
    beyond = max(Fraction(search.targets.reach[at]), worst) - best
    return Levels(best + unit * (1 + ceil(beyond / unit)), best, unit)


def search_share_grid(search: ShareSearch, steps: int, *, most: int) -> Lines:
    """Shares of any size: a grid of `steps` equal parts of the payoff ranges.

    Parameters
    ----------
    search : ShareSearch
        Steps of the search; three objectives.
    steps : int
        Equal parts of each range.
    most : int
        How many points are looked for.
    """
    made = ends(search)
    if len(made.spots) < search.targets.count:
        return made
    found, made.spots = made.spots, []
    for spot in found:
        if not any(same(spot, other) for other in made.spots):
            made.add(spot)
    if len(made.spots) == 1:  # the best of all objectives at once
        return made

    def ask(weights: Sequence[float], limits: Sequence[Fraction | float]) -> Costs | str:
        if len(made.spots) >= most:
            return "most"
        spot = search.least(weights, [float(limit) for limit in limits])
        if isinstance(spot, str):
            return why(spot)
        if not any(same(spot, other) for other in made.spots):
            made.add(spot)
        return tuple(Fraction(figure) for figure in spot.at)

    levels = Levels(Fraction(1), Fraction(0), Fraction(1, steps))
    swept = sweep(ask, levels, levels, weights_of((1.0, 1.0, 1.0)))
    made.jumped = swept.jumped
    for code in (swept.stopped, "sampled"):
        if code:
            made.stopped(code)
    return made
