r"""Can a bid be first at all? The largest lead over the best other bid that some weights of a region give it.

.. math:: g_i = \max_{w \in W} \; \min_{j \ne i} \; \sum_k w_k (v_{ki} - v_{kj})

A bid is potentially optimal where :math:`g_i \ge 0`. Source: Hazen (1986), "Partial information, dominance, and
potential optimality in multiattribute utility theory", Operations Research 34, §2; Athanassopoulos and Podinovski
(1997), "Dominance and potential optimality in multiple criteria decision analysis with imprecise information",
Journal of the Operational Research Society 48, model 4: a linear program. Within a Euclidean ball the lead is found by
bisection on the distance at which it can be had, each a least-distance problem (`least_distance`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.robustness.affine_hull import AffineHull, affine_hull, same_totals
from supplier_eval.robustness.blockers import best_lead
from supplier_eval.robustness.least_distance import least_distance
from supplier_eval.robustness.polytope import homogeneous
from supplier_eval.score.order import FloatArray, settle

HALVINGS = 48
DIAMETER = 2.0**0.5
NONE, WEAK, STRICT = 0, 1, 2


class Optimality(NamedTuple):
    """The largest lead of every bid, and where it has it.

    Attributes
    ----------
    lead : ndarray of shape (n_bids,)
        Points of 100, read to nine decimals: above 0 the bid is alone in first place somewhere in the region, 0: it is
        first in ties only, below 0: nowhere. Infinite where there is no different bid.
    weights : ndarray of shape (n_bids, n_criteria)
        Weights of the region that give the lead.
    same : ndarray of int of shape (n_bids,)
        For each bid the first bid with the same total throughout the region; such bids are not held against each
        other.
    """

    lead: FloatArray
    weights: FloatArray
    same: npt.NDArray[np.int64]


def largest_leads(
    values: npt.ArrayLike, A: npt.ArrayLike, b: npt.ArrayLike, ball: tuple[npt.ArrayLike, float] | None = None
) -> Optimality:
    """Find for every bid the weights that favour it most over the best other bid.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids)
        Finite; higher is better. Any number of criteria.
    A : array_like of shape (n_inequalities, n_criteria)
        The region is ``A @ w <= b``, ``w >= 0``, ``sum w = 1``.
    b : array_like of shape (n_inequalities,)
    ball : tuple of (array_like of shape (n_criteria,), float) or None
        Centre and radius of a Euclidean ball in which the weights must lie as well.

    Returns
    -------
    Optimality
        Leads and weights.

    Raises
    ------
    ValueError
        If a value is missing, shapes do not fit, or the region is empty.
    """
    table, left, right = (np.asarray(x, dtype=np.float64) for x in (values, A, b))
    if table.ndim != 2 or left.ndim != 2 or left.shape[1] != len(table):
        raise ValueError(f"values {table.shape} do not go with a region of {left.shape} inequalities")
    if not np.isfinite(table).all():
        raise ValueError("values must be finite: a missing value has no rank")
    hull = affine_hull(left, right)
    if hull.dimension < 0:
        raise ValueError("no weights satisfy all the inequalities: they contradict each other")
    rows = homogeneous(left, right)
    round_ = None if ball is None else Ball.of(np.asarray(ball[0], dtype=np.float64), float(ball[1]), rows)
    same = same_totals(table, hull.span if round_ is None or round_.radius > 0 else round_.centre[None])
    lead, weights = np.full(table.shape[1], np.inf), np.zeros(table.T.shape)
    for i in range(table.shape[1]):
        others = table[:, np.unique(same[same != same[i]])]
        gaps = np.unique((table[:, [i]] - others).T + 0.0, axis=0)
        lead[i], weights[i] = _lead(gaps, rows, hull, round_)
    return Optimality(np.where(np.isinf(lead), lead, settle(lead) + 0.0), weights, same)


def _lead(gaps: FloatArray, rows: FloatArray, hull: AffineHull, ball: Ball | None) -> tuple[float, FloatArray]:
    """Largest smallest entry of ``gaps @ w``, and the weights."""
    if not len(gaps):
        return float("inf"), hull.inside if ball is None else ball.middle()
    n = gaps.shape[1]
    best = np.maximum(best_lead(gaps.T, np.zeros(n), np.ones(n), rows).weights, 0.0)
    best /= best.sum()
    if ball is not None:
        best = ball.largest_smallest(gaps, float((gaps @ best).min()))
    return float((gaps @ best).min()), best


class Ball(NamedTuple):
    """Weights near a centre, in coordinates in which the centre is the origin and all weights sum to 1.

    Attributes
    ----------
    centre : ndarray of shape (n_criteria,)
    radius : float
    plane : ndarray of shape (n_criteria - 1, n_criteria)
        Orthonormal directions in which the sum of the weights does not change.
    rows : ndarray of shape (n_rows, n_criteria)
        ``rows @ w >= 0`` in the region.
    """

    centre: FloatArray
    radius: float
    plane: FloatArray
    rows: FloatArray

    @classmethod
    def of(cls, centre: FloatArray, radius: float, rows: FloatArray) -> Ball:
        """A ball cut by ``rows @ w <= 0`` and by ``w >= 0``."""
        n = len(centre)
        plane = np.linalg.svd(np.ones((1, n)))[2][1:]
        return cls(centre, radius, plane, np.vstack([-rows, np.eye(n)]))

    def nearest(self, gaps: FloatArray, lead: float) -> FloatArray | None:
        """The nearest weights of the region with ``gaps @ w >= lead``; None if there are none within the radius."""
        rows = np.vstack([self.rows, gaps - lead])
        slopes, short = rows @ self.plane.T, -(rows @ self.centre)
        sizes = np.sqrt((slopes**2).sum(axis=1))
        flat = sizes <= 1e-12 * np.abs(rows).max(axis=1)
        if (short[flat] > 0).any():
            return None
        found = least_distance(slopes[~flat] / sizes[~flat, None], short[~flat] / sizes[~flat], DIAMETER)
        if not found.possible or np.sqrt((found.point**2).sum()) > self.radius:
            return None
        return np.maximum(self.centre + found.point @ self.plane, 0.0)

    def middle(self) -> FloatArray:
        """The weights of the region that are nearest to the centre."""
        found = self.nearest(np.zeros((0, len(self.centre))), 0.0)
        if found is None:
            raise ValueError("no weights within the ball satisfy the inequalities")
        return found

    def largest_smallest(self, gaps: FloatArray, high: float) -> FloatArray:
        """Bisect on the lead between that of the centre and `high`, that of the region without the ball."""
        best = self.middle()
        low = float((gaps @ best).min())
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            found = self.nearest(gaps, middle)
            low, high, best = (low, middle, best) if found is None else (middle, high, found)
            if high - low <= 1e-12:
                break
        return best


def dominance(values: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Tell which bid is nowhere worse than which other, whatever the weights.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids)
        Finite; compared to nine decimals.

    Returns
    -------
    ndarray of int of shape (n_bids, n_bids)
        2 where the bid of the first axis is better on every criterion than that of the second (strict dominance), 1
        where it is nowhere worse and somewhere better (dominance), 0 otherwise.
    """
    table = settle(values)
    nowhere_worse = (table[:, :, None] >= table[:, None, :]).all(axis=0)
    better = table[:, :, None] > table[:, None, :]
    everywhere = better.all(axis=0) & (len(table) > 0)
    return np.where(everywhere, STRICT, np.where(nowhere_worse & better.any(axis=0), WEAK, NONE)).astype(np.int64)
