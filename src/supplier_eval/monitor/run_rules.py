"""Patterns on a control chart that chance seldom makes: the four Western Electric and the eight Nelson tests.

Points are distances from the centre in standard deviations, in the order of time; what has no figure (NaN) is left out
and its neighbours follow one another, so that a gap breaks no run.

Sources: Western Electric Company (1956), "Statistical Quality Control Handbook", pp. 25-28; L. S. Nelson (1984), "The
Shewhart Control Chart - Tests for Special Causes", Journal of Quality Technology 16(4), 237-239. What each test costs
in false alarms stands in `run_length` and in docs/control-charts.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

BoolArray = npt.NDArray[np.bool_]
LONGEST = 200  # points of a run that an alarm names at most
SAME = 1e-9  # standard deviations within which two distances are equal


@dataclass(frozen=True)
class RuleHit:
    """One alarm of one test.

    Parameters
    ----------
    rule : str
        Name of the test.
    at : int
        Position of the point at which the test fires, from 0.
    points : tuple of int
        Positions of all points that make the pattern.
    side : {1, 0, -1}
        Above, both or neither, below the centre.
    """

    rule: str
    at: int
    points: tuple[int, ...]
    side: int


def _signs(z: FloatArray) -> tuple[int, ...]:
    return tuple(int(s) for s in np.where(np.abs(z) <= SAME, 0.0, np.sign(z)))


def _run_of(true: BoolArray, length: int) -> list[tuple[int, ...]]:
    """For each point at which a run has lasted at least `length`: the run so far, its last 200 points at most."""
    found, run = [], 0
    for i, yes in enumerate(true.tolist()):
        run = run + 1 if yes else 0
        if run >= length:
            found.append(tuple(range(i - min(run, LONGEST) + 1, i + 1)))
    return found


def _one_side(z: FloatArray, length: int) -> list[tuple[tuple[int, ...], int]]:
    signs = np.array(_signs(z), dtype=np.int64)
    return [(points, side) for side in (1, -1) for points in _run_of(signs == side, length)]


def _some_of(z: FloatArray, least: int, window: int, beyond: float) -> list[tuple[tuple[int, ...], int]]:
    """At least so many of the last few points beyond a line on one side, the newest among them."""
    found = []
    for side in (1, -1):
        out = side * z > beyond + SAME
        for i in np.flatnonzero(out).tolist():
            points = tuple(j for j in range(max(0, i - window + 1), i + 1) if out[j])
            if len(points) >= least:
                found.append((points, side))
    return found


def _trend(z: FloatArray, length: int) -> list[tuple[tuple[int, ...], int]]:
    steps = np.diff(z)
    found = []
    for side in (1, -1):
        found += [((run[0], *(i + 1 for i in run)), side) for run in _run_of(side * steps > SAME, length - 1)]
    return found


def _alternating(z: FloatArray, length: int) -> list[tuple[tuple[int, ...], int]]:
    steps = np.array(_signs(np.diff(z)), dtype=np.int64)
    turns = steps[1:] * steps[:-1] == -1
    return [((run[0], *(i + 1 for i in run), run[-1] + 2), 0) for run in _run_of(turns, length - 2)]


def _either_side(true: BoolArray, length: int) -> list[tuple[tuple[int, ...], int]]:
    return [(points, 0) for points in _run_of(true, length)]


_Test = Callable[[FloatArray], list[tuple[tuple[int, ...], int]]]

TESTS: Mapping[str, _Test] = MappingProxyType(
    {
        "nine_one_side": lambda z: _one_side(z, 9),
        "six_trend": lambda z: _trend(z, 6),
        "fourteen_alternating": lambda z: _alternating(z, 14),
        "two_of_three": lambda z: _some_of(z, 2, 3, 2.0),
        "four_of_five": lambda z: _some_of(z, 4, 5, 1.0),
        "fifteen_within": lambda z: _either_side(np.abs(z) < 1.0 - SAME, 15),
        "eight_beyond": lambda z: _either_side(np.abs(z) > 1.0 + SAME, 8),
        "eight_one_side": lambda z: _one_side(z, 8),
    }
)
LIMITS = "beyond_limits"
RANGES = "moving_range"
NELSON = (
    *(LIMITS, "nine_one_side", "six_trend", "fourteen_alternating"),
    *("two_of_three", "four_of_five", "fifteen_within", "eight_beyond"),
)
WESTERN_ELECTRIC = (LIMITS, "two_of_three", "four_of_five", "eight_one_side")
SETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "nelson": NELSON,
        "western_electric": WESTERN_ELECTRIC,
        **{f"nelson_{i}": (name,) for i, name in enumerate(NELSON, start=1)},
        **{f"western_electric_{i}": (name,) for i, name in enumerate(WESTERN_ELECTRIC, start=1)},
    }
)
NAMES = (LIMITS, *TESTS, RANGES)


def rules_named(names: Iterable[str]) -> tuple[str, ...]:
    """Resolve the names of tests and of sets of tests to names of tests, each once, in the order given.

    Parameters
    ----------
    names : iterable of str
        ``NAMES`` or keys of ``SETS``.

    Raises
    ------
    KeyError
        With the name that is none of them.
    """
    found: dict[str, None] = {}
    for name in names:
        if name not in SETS and name not in NAMES:
            raise KeyError(name)
        found.update(dict.fromkeys(SETS.get(name, (name,))))
    return tuple(found)


def run_hits(z: npt.ArrayLike, rules: Iterable[str]) -> tuple[RuleHit, ...]:
    """Find the alarms of the tests on patterns; that of single points beyond the limits is the chart's own.

    Parameters
    ----------
    z : array_like of shape (n_points,)
        Distances from the centre in standard deviations, in order of time; NaN is left out.
    rules : iterable of str
        Keys of ``TESTS``; other names are passed over.

    Returns
    -------
    tuple of RuleHit
        In the order of time, then of the rules; a pattern that lasts fires again at each further point. A point on
        the centre is on no side.
    """
    z = np.asarray(z, dtype=np.float64)
    kept = np.flatnonzero(np.isfinite(z))
    hits = []
    for order, rule in enumerate(rules):
        if rule in TESTS:
            for points, side in TESTS[rule](z[kept]):
                places = tuple(int(kept[i]) for i in points)
                hits.append((places[-1], order, RuleHit(rule, places[-1], places, side)))
    return tuple(hit for _, _, hit in sorted(hits, key=lambda each: (each[0], each[1], -each[2].side)))
