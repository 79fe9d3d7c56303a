r"""How far one weight may move before somebody is overtaken, in closed form.

A node's share :math:`s` of its parent moves, its siblings keep their proportions to each other, everything outside
the parent stays. Every total is then a straight line in :math:`s`, and so is the gap of one bid to another:

.. math:: g(s) = g(s_0) + (s - s_0)\,d, \qquad d = p \sum_i (n_i - m_i)(v_{ia} - v_{ib})

with :math:`p` the parent's weight, :math:`n` how the node's weight is spread over the leaves inside it, :math:`m` how
the siblings' weight is spread over theirs. The gap is zero at :math:`s_0 - g(s_0)/d`; no grid is needed.

Source: the question is that of Triantaphyllou and Sánchez (1997), "A sensitivity analysis approach for some
deterministic multi-criteria decision-making methods", Decision Sciences 28(1), 151-194. Their theorem 1 changes one
weight and normalises all of them again, and reports the smallest change; moving the others in proportion gives the
same set of weights, stated here as an interval of the weight that is read in the policy.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.sums import sum_sorted
from supplier_eval.score.order import FloatArray, settle

IndexArray = npt.NDArray[np.intp]

TIE = 5e-10  # points: equal to nine decimals is equal (convention §9)
END = 1e-12  # share: nearer than this to 0 or 1 is 0 or 1
POINTS = 100.0
MEET = 1e-9  # share: rivals whose crossings lie this near to the end tie there


class Reach(NamedTuple):
    """An interval of a share, and which gaps close at its ends.

    Attributes
    ----------
    lower, upper : float
        Shares, 0-1. Both are the present share where there is no such interval (`ever` is False).
    low, high : ndarray of int
        Positions of the gaps that are zero at the lower and the upper end and negative beyond it, the steepest first;
        empty where the lower end is 0, the upper end 1.
    holds_now : bool
        Whether no gap is negative at the present share. If False, the interval does not contain that share.
    ever : bool
        Whether there is any share from 0 to 1 at which no gap is negative.
    """

    lower: float
    upper: float
    low: IndexArray
    high: IndexArray
    holds_now: bool
    ever: bool


def slopes(values: npt.ArrayLike, inside: npt.ArrayLike, beside: npt.ArrayLike, parent_weight: float) -> FloatArray:
    """How many points each bid gains when a node takes the whole of its parent instead of none of it.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids)
        Finite values, 0-100.
    inside, beside : array_like of shape (n_criteria,)
        How the node's weight, and that of its siblings, is spread over the leaves; each sums to 1.
    parent_weight : float
        The parent's weight as a fraction of the whole, 0-1.

    Returns
    -------
    ndarray of shape (n_bids,)
        Points per unit of share; identical bids have identical slopes.
    """
    table = np.asarray(values, dtype=np.float64)
    spread = np.asarray(inside, dtype=np.float64) - np.asarray(beside, dtype=np.float64)
    return parent_weight * sum_sorted(spread[:, np.newaxis] * table)


def reach(gap: npt.ArrayLike, slope: npt.ArrayLike, share: float) -> Reach:
    """Find the interval around a share in which no gap becomes negative.

    Parameters
    ----------
    gap : array_like of shape (n_gaps,)
        Present gaps in points; within half a unit of the ninth decimal of zero they are zero.
    slope : array_like of shape (n_gaps,)
        Points by which each gap grows per unit of share; gaps that move by less than that over the whole range
        are constant.
    share : float
        Present share, 0-1.

    Returns
    -------
    Reach
        The ends belong to the interval: a gap is zero there. Without any gap: 0 to 1.
    """
    given, d = np.asarray(gap, dtype=np.float64), np.asarray(slope, dtype=np.float64)
    ends = crossings(given, d, share)
    crossing, lower, upper = ends.crossing, float(ends.lower), float(ends.upper)
    rising, falling = d > TIE, d < -TIE
    none = np.empty(0, dtype=np.intp)
    if not ends.ever:
        return Reach(share, share, none, none, False, False)
    holds_now = bool(np.all(given >= -TIE))
    low = none if lower <= END else _closing(rising & (crossing >= lower - MEET), d)
    high = none if upper >= 1 - END else _closing(falling & (crossing <= upper + MEET), -d)
    lower, upper = (lower if low.size else 0.0), (max(upper, 0.0) if high.size else 1.0)
    return Reach(min(lower, upper), upper, low, high, holds_now, True)


class Crossings(NamedTuple):
    """Where gaps close, for one tender or a block.

    Attributes
    ----------
    crossing : ndarray of shape (n_gaps, ...)
        Share at which each gap is zero; meaningless where it does not move.
    lower, upper : ndarray of shape (...)
        Between them no gap is negative; outside 0-1, or infinite, where nothing closes on that side.
    ever : ndarray of bool of shape (...)
        Whether there is any share from 0 to 1 at which no gap is negative.
    """

    crossing: FloatArray
    lower: FloatArray
    upper: FloatArray
    ever: npt.NDArray[np.bool_]


def crossings(gap: npt.ArrayLike, slope: npt.ArrayLike, share: float) -> Crossings:
    """Find the shares at which gaps close; parameters as `reach`, with the tenders of a block on further axes."""
    given, d = np.asarray(gap, dtype=np.float64), np.asarray(slope, dtype=np.float64)
    g = np.where(np.abs(given) <= TIE, 0.0, given)
    still = np.abs(d) <= TIE
    crossing = share - g / np.where(still, 1.0, d)
    lower = np.max(np.where(d > TIE, crossing, -np.inf), axis=0, initial=-np.inf)
    upper = np.min(np.where(d < -TIE, crossing, np.inf), axis=0, initial=np.inf)
    never = (still & (g < 0)).any(axis=0) | (lower > np.minimum(upper, 1.0) + END) | (upper < -END)
    return Crossings(crossing, np.asarray(lower), np.asarray(upper), np.asarray(~never))


def room(gap: npt.ArrayLike, slope: npt.ArrayLike, share: float, parent_weight: float) -> FloatArray:
    """Points of the whole by which a share may move before the first place changes hands.

    Parameters
    ----------
    gap, slope : array_like of shape (n_gaps, ...)
        As `reach`, with the tenders of a block on further axes; an infinite gap never closes.
    share : float
        Present share of the parent, 0-1.
    parent_weight : float
        The parent's weight as a fraction of the whole.

    Returns
    -------
    ndarray of shape (...)
        To the nearer end at which a gap closes; infinite where there is none.
    """
    ends = crossings(gap, slope, share)
    lower, upper = np.where(ends.lower > END, ends.lower, 0.0), np.where(ends.upper < 1 - END, ends.upper, 1.0)
    upper = np.where(ends.upper < 1 - END, np.maximum(upper, 0.0), upper)
    now = share * parent_weight * POINTS
    down = np.abs(now - np.minimum(lower, upper) * parent_weight * POINTS)
    up = np.abs(upper * parent_weight * POINTS - now)
    nearest = np.minimum(
        np.where(ends.ever & (ends.lower > END), down, np.inf), np.where(ends.ever & (ends.upper < 1 - END), up, np.inf)
    )
    return np.asarray(nearest)


def _closing(which: npt.NDArray[np.bool_], steepness: FloatArray) -> IndexArray:
    """Positions of the gaps that close, the steepest first: it is the most negative just beyond."""
    found = np.flatnonzero(which)
    return found[np.argsort(-settle(steepness[found]), kind="stable")]


def places(ranks: npt.ArrayLike, totals: npt.ArrayLike, winner: int) -> npt.NDArray[np.int64]:
    """Who is ahead of whom, for the question whether the whole order stays.

    Parameters
    ----------
    ranks : array_like of int of shape (n_bids,)
        The policy's ranks, 1 is best.
    totals : array_like of shape (n_bids,)
        Unrounded totals; they part bids on the same rank (tied by rounding only).
    winner : int
        Counts as ahead of the others on its rank.

    Returns
    -------
    ndarray of int of shape (n_bids,)
        A smaller place is ahead; of bids with the same place neither is, so that they limit nothing.
    """
    by_total = -settle(totals)
    behind = np.arange(by_total.size) != winner
    keys = np.stack([np.asarray(ranks, dtype=np.float64), behind.astype(np.float64), np.where(behind, by_total, 0.0)])
    _, place = np.unique(keys, axis=1, return_inverse=True)
    return np.asarray(place, dtype=np.int64).reshape(-1)


def ordered_pairs(place: npt.ArrayLike) -> tuple[IndexArray, IndexArray]:
    """All pairs of bids of which one is ahead: positions of those ahead, positions of those behind."""
    at = np.asarray(place)
    ahead, behind = np.nonzero(at[:, np.newaxis] < at[np.newaxis, :])
    return ahead, behind
