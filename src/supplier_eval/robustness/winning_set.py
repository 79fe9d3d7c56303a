"""For which values of one single figure does a bid win? The set of values, as intervals with open and closed ends.

Plain arrays. A `Judge` scores any number of values at once by the policy's own arithmetic; here only the places are
found at which its verdict changes. Two routes:

- `single_thresholds`: the verdict is proved to change only one way; bisection of the verdict itself, all questions side
  by side, down to neighbouring floating-point numbers.
- `winning_set`: no such proof. All zeros of the leads over every rival (`zeros`), and of whatever the judge announces
  as a kink or a rounding step, part the range; one verdict holds between two of them, and each change is bisected.
"""

from __future__ import annotations

from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

from supplier_eval.robustness.winning_ends import (
    ALONE,
    EQUAL,
    NOT,
    SHARED,
    BoolArray,
    IntArray,
    Judge,
    Stretch,
    WinningSet,
    assembled,
    narrowed,
)
from supplier_eval.robustness.zeros import crossings, zeros
from supplier_eval.score.order import FloatArray


class SmoothJudge(Judge, Protocol):
    """What the search without a proof needs beside the verdict; each for one question."""

    def leads(self, which: int, x: FloatArray) -> FloatArray:
        """Unrounded points ahead of each rival, (n_rivals, n); NaN where one of the two is out."""

    def kinks(self, which: int) -> FloatArray:
        """Values at which the verdict may jump or the leads have a kink, as far as they are known beforehand."""

    def switches(self, which: int, x: FloatArray) -> FloatArray:
        """Functions whose zeros are further kinks, (n_switches, n); smooth between the `kinks`."""

    def steps(self, which: int, x: FloatArray) -> FloatArray:
        """Figures in units of their rounding step, (n_steps, n); no rows where nothing is rounded."""


def single_thresholds(judge: Judge, which: npt.ArrayLike, good: npt.ArrayLike, bad: npt.ArrayLike) -> list[WinningSet]:
    """Find the winning set of every question whose verdict is proved never to get better from `good` to `bad`.

    Parameters
    ----------
    judge : Judge
        Who wins.
    which : array_like of int of shape (n_questions,)
        The questions.
    good, bad : array_like of shape (n_questions,)
        The ends of the range of each question; `good` may be the lower or the upper one.

    Returns
    -------
    list of WinningSet
        One a question; at most one interval each, which begins at `good`.
    """
    every = np.asarray(which, dtype=np.int64)
    start, stop = np.asarray(good, dtype=np.float64), np.asarray(bad, dtype=np.float64)
    if not every.size:
        return []
    first, last = judge.outcome(every, start), judge.outcome(every, stop)
    edges = {}
    for level in (ALONE, SHARED):
        reaches = first >= level
        inside, outside = np.where(reaches, np.where(last >= level, stop, start), np.nan), start.copy()
        moving = reaches & (last < level)
        inside[moving], outside[moving] = narrowed(
            partial(_at_least, judge, level), every[moving], start[moving], stop[moving]
        )
        edges[level] = inside, outside
    found = [
        _from_good(float(start[i]), float(stop[i]), {level: (e[0][i], e[1][i]) for level, e in edges.items()})
        for i in range(every.size)
    ]
    return assembled(judge, found, every.tolist())


def winning_set(judge: SmoothJudge, which: int, lower: float, upper: float) -> WinningSet:
    """Find the winning set of one question without any assumption on its form.

    Parameters
    ----------
    judge : SmoothJudge
        Who wins, and what is known of the functions behind it.
    which : int
        The question.
    lower, upper : float
        Range of values.

    Returns
    -------
    WinningSet
        Any number of intervals.
    """
    parts, complete = _parting(judge, which, lower, upper)
    middles = (parts[:-1] + parts[1:]) / 2.0
    x = np.unique(np.concatenate([parts, middles]))
    verdict = judge.outcome(np.full(x.shape, which, dtype=np.int64), x)
    changes = np.flatnonzero(verdict[1:] != verdict[:-1])
    stretches, start = [], float(x[0])
    sides = (x[changes], x[changes + 1])
    keeps = partial(_keeps, judge, verdict[changes])
    left, right = narrowed(keeps, np.full(changes.shape, which, dtype=np.int64), *sides)
    for a, b, at in zip(left.tolist(), right.tolist(), changes.tolist(), strict=True):
        stretches.append(Stretch(start, a, int(verdict[at])))
        start = b
    stretches.append(Stretch(start, float(x[-1]), int(verdict[-1])))
    return assembled(judge, [stretches], [which])[0]._replace(complete=complete)


def _parting(judge: SmoothJudge, which: int, lower: float, upper: float) -> tuple[FloatArray, bool]:
    """Values between two neighbours of which the verdict is the same."""

    def inside(x: FloatArray) -> FloatArray:
        return x[(x >= lower) & (x <= upper)]

    cuts = inside(np.unique(np.concatenate([[lower, upper], judge.kinks(which)])))
    complete = True
    if np.isinf(judge.slack):  # between two steps nothing moves at all
        found, complete = crossings(lambda x: judge.steps(which, x), cuts)
        if complete:
            return np.union1d(cuts, inside(found)), True
    cuts = np.union1d(cuts, inside(zeros(lambda x: judge.switches(which, x), cuts)))
    shifts = (-judge.slack, judge.slack) if 0 < judge.slack < np.inf else ()
    levels = np.array([0.0, *shifts])[:, np.newaxis, np.newaxis]
    meets = zeros(lambda x: np.concatenate([*(judge.leads(which, x) + levels)]), cuts)
    parts = np.union1d(cuts, inside(meets))
    if shifts:
        middles = (parts[:-1] + parts[1:]) / 2.0
        lead = judge.lead(np.full(middles.shape, which, dtype=np.int64), middles)
        extra = [parts]
        for at in np.flatnonzero(np.abs(lead) <= judge.slack * (1 + 1e-9) + EQUAL).tolist():
            found, all_found = crossings(lambda x: judge.steps(which, x), parts[at : at + 2])
            extra.append(inside(found))
            complete &= all_found
        parts = np.unique(np.concatenate(extra))
    return parts, complete


def _at_least(judge: Judge, level: int, _: IntArray, which: IntArray, x: FloatArray) -> BoolArray:
    return np.asarray(judge.outcome(which, x) >= level)


def _keeps(judge: Judge, verdict: IntArray, places: IntArray, which: IntArray, x: FloatArray) -> BoolArray:
    return np.asarray(judge.outcome(which, x) == verdict[places])


def _from_good(start: float, stop: float, edges: dict[int, tuple[float, float]]) -> list[Stretch]:
    """Stretches in rising order from the edges of winning alone and of sharing."""
    out: list[Stretch] = []
    at = start
    for level in (ALONE, SHARED):
        inside, outside = edges[level]
        if np.isnan(inside) or (at != start and (inside - at) * (stop - start) < 0):
            continue
        out.append(Stretch(at, float(inside), level))
        at = float(outside)
        if inside == stop:
            break
    else:
        out.append(Stretch(at, stop, NOT))
    return out if stop >= start else [Stretch(s.end, s.start, s.verdict) for s in reversed(out)]
