"""Where exactly a stretch of winning values ends, whether the bid wins there, and why it ends.

What a search finds are neighbouring floating-point numbers with different verdicts. Where nothing is rounded and the
unrounded totals meet, the end is moved from the last value that wins by nine decimals to the meeting point itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
End = Literal["asked", "tie", "rounding", "jump"]

ALONE, SHARED, NOT = 1, 0, -1
EQUAL = 5e-9  # points: a lead below it is a tie by nine decimals, with room for the noise of the sums
HALVINGS = 1200  # more than any two floating-point numbers need
AT_ONCE = 256  # values tried in one call while a bracket is narrowed
WIDENINGS = 26
NARROW_TIE = 1e-4  # a stretch of ties wider than this, as a fraction of its place, is no noise beside a meeting point
NARROW_NOISE = 1e-7  # and alone
SHORT = 6  # decimals


class Judge(Protocol):
    """Who wins at which value; all methods take question numbers and values of the same shape (n,)."""

    slack: float
    """Points by which the policy's rounding can move a lead: 0 where nothing is rounded, infinite where the value
    itself is, so that nothing moves between two of its steps."""

    snap: float
    """An end this near to a figure of at most six decimals is that figure, where the verdict there agrees."""

    def outcome(self, which: IntArray, x: FloatArray) -> IntArray:
        """1 where the bid has rank 1 alone, 0 where it shares it, -1 where it has not."""

    def lead(self, which: IntArray, x: FloatArray) -> FloatArray:
        """Unrounded points ahead of the best rival; infinite without rival, minus infinite where the bid is out."""


class Interval(NamedTuple):
    """Values at which a bid wins.

    Attributes
    ----------
    lower, upper : float
        Ends.
    lower_closed, upper_closed : bool
        Whether the bid wins at the end itself.
    lower_end, upper_end : {"asked", "tie", "rounding", "jump"}
        Why it ends: the range that was asked about ends; the unrounded totals meet; the rounded ones do; the verdict
        jumps (a limit, a floor, a step of a scale).
    """

    lower: float
    upper: float
    lower_closed: bool
    upper_closed: bool
    lower_end: End
    upper_end: End

    def holds(self, x: float) -> bool:
        """Whether a value lies in the interval."""
        above = x >= self.lower if self.lower_closed else x > self.lower
        return above and (x <= self.upper if self.upper_closed else x < self.upper)


class WinningSet(NamedTuple):
    """All values at which a bid wins.

    Attributes
    ----------
    wins : tuple of Interval
        Where it has rank 1 alone, in rising order.
    ties : tuple of (float, float)
        Where it shares rank 1, from and to; a single point has equal ends. An end that lies in an interval of `wins`
        is a win.
    complete : bool
        False where the rounding steps were too many to be told apart: inside the slack of the rounding the set is
        then that of the values that were tried.
    """

    wins: tuple[Interval, ...]
    ties: tuple[tuple[float, float], ...]
    complete: bool = True


class Stretch(NamedTuple):
    """Neighbouring values with one verdict."""

    start: float
    end: float
    verdict: int


def verdicts(ranks: npt.ArrayLike, own: IntArray) -> IntArray:
    """Who wins, from ranks of shape (n_bids, n): 1 where bid `own` has rank 1 alone, 0 where it shares it, else -1."""
    places = np.asarray(ranks)
    first = places[own, np.arange(own.size)] == 1
    alone = (places == 1).sum(axis=0) == 1
    return np.where(first, np.where(alone, ALONE, SHARED), NOT).astype(np.int64)


def leads(totals: npt.ArrayLike, own: IntArray) -> FloatArray:
    """Points of bid `own` ahead of every bid: (n_bids, n); NaN for itself and where one of the two is out."""
    points = np.asarray(totals, dtype=np.float64)
    at = np.arange(own.size)
    ahead = points[own, at] - points
    ahead[own, at] = np.nan
    return ahead


def lead(totals: npt.ArrayLike, own: IntArray) -> FloatArray:
    """Points ahead of the best rival: infinite without rival, minus infinite where the bid is out."""
    least = np.fmin.reduce(leads(totals, own), axis=0, initial=np.inf)
    out = np.isnan(np.asarray(totals)[own, np.arange(own.size)])
    return np.where(out, -np.inf, least)


def assembled(judge: Judge, found: Sequence[list[Stretch]], which: Sequence[int]) -> list[WinningSet]:
    """Intervals with their kinds of ends; meeting points in place of the last value that wins by nine decimals."""
    asked = [
        (q, i, side) for q, s in enumerate(found) for i, one in enumerate(s) if one.verdict == ALONE for side in "ab"
    ]
    spots = [found[q][i].start if side == "a" else found[q][i].end for q, i, side in asked]
    inner = [i > 0 if side == "a" else i < len(found[q]) - 1 for q, i, side in asked]
    ends = _finish(judge, np.array([which[q] for q, _, _ in asked], np.int64), np.array(spots), np.array(inner, bool))
    by = dict(zip(asked, ends, strict=True))
    out = []
    for q, stretches in enumerate(found):
        wins, ties = [], []
        for i, one in enumerate(stretches):
            if one.verdict == ALONE:
                (low, closed, why), (high, closed_too, why_too) = by[q, i, "a"], by[q, i, "b"]
                wins.append(Interval(low, high, closed, closed_too, why, why_too))
            elif one.verdict == SHARED:
                beside = [by[q, i - 1, "b"]] if (q, i - 1, "b") in by else []
                beside += [by[q, i + 1, "a"]] if (q, i + 1, "a") in by else []
                ties.append(_tied(one, beside, judge))
        out.append(WinningSet(tuple(wins), tuple(ties)))
    return out


def _tied(one: Stretch, beside: list[tuple[float, bool, End]], judge: Judge) -> tuple[float, float]:
    """A tie by nine decimals is a point: where the totals meet, if that was found beside it."""
    met = [spot for spot, _, why in beside if why == "tie"]
    if met and judge.slack == 0 and one.end - one.start <= NARROW_TIE * max(abs(one.start), 1.0):
        return met[0], met[0]
    if judge.slack == 0 and one.end - one.start <= NARROW_NOISE * max(abs(one.start), 1.0):
        middle = (one.start + one.end) / 2.0
        short = [round(middle, places) for places in range(SHORT + 1)]
        point = next((x for x in short if one.start <= x <= one.end), middle)
        return point, point
    ends = _short(np.array([one.start, one.end]), judge.snap)
    return float(ends[0]), float(ends[1])


def _short(spots: FloatArray, snap: float | FloatArray) -> FloatArray:
    """The shortest figure of at most six decimals near each spot; the spot where there is none."""
    at = spots.copy()
    for places in range(SHORT, -1, -1):
        rounded = np.round(spots, places)
        at = np.where(np.abs(rounded - spots) <= snap, rounded, at)
    return at


def _finish(
    judge: Judge, which: IntArray, spots: FloatArray, inner: npt.NDArray[np.bool_]
) -> list[tuple[float, bool, End]]:
    """Where exactly each winning stretch ends, whether the bid wins there, and why it ends."""
    if not spots.size:
        return []
    lead = np.where(inner, np.abs(judge.lead(which, spots)), np.inf)
    met = inner & (lead <= EQUAL) & (judge.slack == 0)
    at = spots.astype(np.float64)
    at[met] = _meeting(judge, which[met], at[met])
    at[met] = _short(at[met], 1e-13 * np.maximum(np.abs(at[met]), 1.0))
    rest = inner & ~met
    at[rest] = _short(spots[rest], judge.snap)
    closed = judge.outcome(which, at) == ALONE
    closed[~inner] = True
    out: list[tuple[float, bool, End]] = []
    for i in range(at.size):
        step: End = "rounding" if lead[i] <= judge.slack + EQUAL else "jump"
        why: End = "asked" if not inner[i] else "tie" if met[i] else step
        out.append((float(at[i]), bool(closed[i]), why))
    return out


def _meeting(judge: Judge, which: IntArray, spots: FloatArray) -> FloatArray:
    """The value next to each spot at which the lead is zero; the spot itself where it does not change its sign."""
    reach = np.maximum(np.abs(spots), 1e-9)[:, np.newaxis] * 1e-15 * 3.0 ** np.arange(WIDENINGS)
    below, above = spots[:, np.newaxis] - reach, spots[:, np.newaxis] + reach
    every = np.repeat(which, WIDENINGS)
    ahead = np.asarray(judge.lead(every, below.ravel()) > 0).reshape(reach.shape)
    apart = ahead != np.asarray(judge.lead(every, above.ravel()) > 0).reshape(reach.shape)
    meets, first, at = apart.any(axis=1), apart.argmax(axis=1), np.arange(spots.size)
    sign = ahead[at, first]

    def same(places: IntArray, numbers: IntArray, x: FloatArray) -> BoolArray:
        return np.asarray((judge.lead(numbers, x) > 0) == sign[places])

    a, b = narrowed(same, which, below[at, first], above[at, first])
    nearer = np.abs(judge.lead(which, a)) <= np.abs(judge.lead(which, b))
    return np.where(meets, np.where(nearer, a, b), spots)


def narrowed(
    holds: Callable[[IntArray, IntArray, FloatArray], BoolArray], which: IntArray, a: FloatArray, b: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Neighbouring numbers of which the first still holds and the second does not, between each `a` and `b`.

    Several values of a bracket are tried at once where few brackets are left: one call costs more than its values.

    Parameters
    ----------
    holds : callable
        ``holds(places, which, x)``: for brackets at `places`, of these questions, whether `x` is still like `a`.
    which : ndarray of int of shape (n,)
        The questions.
    a, b : ndarray of shape (n,)
        Holds, and does not; `a` may be above `b`.
    """
    a, b = a.copy(), b.copy()
    for _ in range(HALVINGS):
        middle = a + (b - a) / 2.0
        go = np.flatnonzero((middle != a) & (middle != b))
        if not go.size:
            break
        tries = next(k for k in (15, 7, 3, 1) if k == 1 or k * go.size <= AT_ONCE)  # odd: the middle is among them
        x = a[go, np.newaxis] + (b - a)[go, np.newaxis] * (np.arange(1, tries + 1) / (tries + 1))
        places = np.repeat(go, tries)
        held = holds(places, which[places], x.ravel()).reshape(x.shape)
        count = np.logical_and.accumulate(held, axis=1).sum(axis=1)
        ladder = np.concatenate([a[go, np.newaxis], x, b[go, np.newaxis]], axis=1)
        rows = np.arange(go.size)
        a[go], b[go] = ladder[rows, count], ladder[rows, count + 1]
    return a, b
