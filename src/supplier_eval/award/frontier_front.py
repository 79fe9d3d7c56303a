"""``frontier``: the awards of which none is better than another in all of two or three objectives."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.frontier_grid import Steps, search_grid, search_share_grid
from supplier_eval.award.frontier_hull import supported
from supplier_eval.award.frontier_lines import NEAR, Lines, proved_pairs, search_lines
from supplier_eval.award.frontier_result import Frontier, FrontPoint, FrontStatus
from supplier_eval.award.frontier_search import Clock, Found, WholeSearch
from supplier_eval.award.frontier_structure import STEP, ShareSearch
from supplier_eval.award.frontier_targets import Targets, targets_of
from supplier_eval.award.frontier_units import in_steps
from supplier_eval.award.frontier_zones import Searched, corners, front_of, search_zones
from supplier_eval.award.model import choose_solver
from supplier_eval.errors import Finding

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem

GRID = 10
ENDS = 0.2
NOTHING: dict[str, FrontStatus] = {"infeasible": "infeasible", "time": "no_award_found"}


def frontier(
    problem: AwardProblem,
    objectives: Sequence[str] = ("cost", "score"),
    *,
    gap: float = 0.0,
    time_limit: float = 60.0,
    most: int = 200,
    solver: str | None = None,
    steps: Steps | None = None,
) -> Frontier:
    """Show what a better figure in one objective costs in the others: all awards that are best in some balance.

    Parameters
    ----------
    problem : AwardProblem
        Lots, bids and rules; its own objective does not count. Penalties of soft rules are paid for in the first
        objective asked for, unless ``penalty`` is one of them.
    objectives : sequence of str
        Two or three of ``cost``, ``value``, ``score``, ``risk``, ``winners``, ``penalty``, ``attr:NAME``,
        ``min_attr:NAME``, ``max_attr:NAME``. ``value``, ``score`` and ``attr:quality`` are gains and maximised;
        other attributes are minimised unless ``max_attr:`` says so.
    gap : float
        Relative gap, 0-1, at which a single search may stop where whole lots are awarded without a grid. It saves
        time and takes nothing from the proof: what is dominated in the end is left out.
    time_limit : float
        Seconds for the whole front.
    most : int
        How many points are looked for, >= 2; what is found by then is spread over the front.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.
    steps : int or "unit", optional
        Three objectives only: the grid of AUGMECON2, so many equal parts (>= 1) of the payoff range of the second and
        of the third objective; ``unit`` goes by the smallest steps of the figures and is complete. None: the complete
        front by zones (`frontier_zones`) where lots are whole or shares go by steps of 5 % or more; else 10 parts.

    Returns
    -------
    Frontier
        Where lots are whole, or shares go by steps of 5 % or more: complete and exact, as far as time allows. Where
        shares are finer they are taken as of any size: two objectives give corners and proved straight segments,
        three a grid of points. That no award keeps the rules, or that none was found in time, is a result too.

    Raises
    ------
    InvalidInput
        Objectives, `gap`, `time_limit`, `most` or `steps` make no sense: all findings at once.
    UnknownName, MissingExtra
        The solver is unknown or not installed.

    Notes
    -----
    Two objectives with shares of any size: Aneja and Nair (1979), Boland, Charkhgard and Savelsbergh (2015). Whole
    lots: Klamroth, Lacour and Vanderpooten (2015). Grid: Mavrotas and Florios (2013), AUGMECON2.

    Examples
    --------
    >>> problem = se.award.read_problem("data/samples/award-regions")
    >>> front = se.award.frontier(problem.with_terms(grid=1), ("cost", "max_attr:quality"))
    >>> print(front.explain().split(";")[1].strip().splitlines()[0])
    awards of which none is better than another in all of them: 4.
    """
    whole = in_steps(problem)
    targets = targets_of(problem, objectives, also=_findings(objectives, gap, time_limit, most, steps, whole))
    name, clock = choose_solver(solver), Clock(time_limit if whole else (1 - ENDS) * time_limit)
    if whole:
        search = WholeSearch(targets, clock, gap=gap, solver=name)
        grid = steps if targets.count == 3 else None
        made = search_zones(search, most=most) if grid is None else search_grid(search, grid, most=most)
        return _told(problem, targets, made, [], steps=grid, solver=name, solves=search.solves)
    shares = ShareSearch(targets, clock, solver=name)
    parts = None if targets.count == 2 else steps if isinstance(steps, int) else GRID
    lines = search_lines(shares, most=most) if parts is None else search_share_grid(shares, parts, most=most)
    on_grid, pairs = _awarded(shares, lines)
    if on_grid.open and on_grid.found:  # what the grid cost is made good at the ends: each objective's own best award
        ends = Clock(max(1.0, ENDS * time_limit))
        on_grid.found += corners(WholeSearch(targets, ends, gap=gap, solver=name)).found
    return _told(problem, targets, on_grid, pairs, steps=parts, solver=name, solves=shares.solves)


def _awarded(search: ShareSearch, lines: Lines) -> tuple[Searched, list[tuple[Found, Found]]]:
    """The points as audited awards of the contract grid, and the proved segments between them."""
    found = [search.on_grid(spot) for spot in lines.spots]
    made = Searched([one for one in found if one is not None], list(lines.open), lines.jumped)
    if len(made.found) < len(found):
        made.stopped("grid")
    if any(one and search.worse(one, spot) > STEP for one, spot in zip(found, lines.spots, strict=True)):
        made.stopped("coarse")
    ends = ((found[first], found[second]) for first, second in proved_pairs(lines))
    return made, [(start, end) for start, end in ends if start is not None and end is not None]


def _told(
    problem: AwardProblem,
    targets: Targets,
    made: Searched,
    pairs: list[tuple[Found, Found]],
    *,
    steps: Steps | None,
    solver: str,
    solves: int,
) -> Frontier:
    front = front_of(made.found)
    costs = [found.costs for found in front]
    slack = 0.0 if in_steps(problem) else 10 * NEAR
    marks = supported(costs, slack) if targets.count == 2 else [None] * len(front)
    points = {
        id(found): FrontPoint(found.award, found.audit, targets.figures(found.costs), mark)
        for found, mark in zip(front, marks, strict=True)
    }
    return Frontier(
        problem=problem,
        objectives=targets.names,
        senses=targets.senses,
        points=tuple(points.values()),
        segments=tuple((points[id(a)], points[id(b)]) for a, b in pairs if id(a) in points and id(b) in points),
        payoff=tuple(targets.figures(row) for row in _payoff(costs, targets.count)),
        status=_status(made.open, bool(front)),
        reasons=tuple(made.open),
        steps=steps,
        jumped=made.jumped,
        solver=solver,
        solves=solves,
    )


def _status(reasons: Sequence[str], found: bool) -> FrontStatus:
    if found:
        return "partial" if reasons else "complete"
    return NOTHING.get(reasons[0], "error")


def _payoff(costs: list[tuple[Fraction, ...]], count: int) -> list[tuple[Fraction, ...]]:
    """Lexicographic optima of the front: each objective first once, the others following in order."""
    return [min(costs, key=lambda row: (row[at], *row[:at], *row[at + 1 :])) for at in range(count) if costs]


def _findings(
    objectives: object, gap: object, time_limit: object, most: object, steps: object, whole: bool
) -> list[Finding]:
    """Everything that is wrong with the question but for its objectives."""
    good = {"gap": 0 <= _number(gap) < 1, "time_limit": _number(time_limit) > 0, "most": _number(most) >= 2}
    given = {"gap": gap, "time_limit": time_limit, "most": most}
    found = [_finding(f"frontier.{name}", name, value) for name, value in given.items() if not good[name]]
    if steps is None:
        return found
    if steps != "unit" and (not isinstance(steps, int) or not _number(steps) >= 1):
        found.append(_finding("frontier.steps.what", "steps", steps))
    elif isinstance(objectives, Sized) and len(objectives) == 2:
        found.append(_finding("frontier.steps.two", "steps", steps))
    elif steps == "unit" and not whole:
        found.append(_finding("frontier.steps.unit", "steps", steps))
    return found


def _finding(code: str, column: str, value: object) -> Finding:
    return Finding(code, "frontier", column, value=str(value))


def _number(value: object) -> float:
    """The number that a value is, else one that no bound allows."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")
