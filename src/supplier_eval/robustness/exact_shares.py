r"""How much of a region of weights puts each bid first, as a ratio of volumes: first-rank acceptability without draws.

.. math::
    b_i = \frac{\mathrm{vol}\{w \in W : \sum_k w_k v_{ki} \ge \sum_k w_k v_{kj} \;\forall j\}}{\mathrm{vol}\,W}, \qquad
    w^c_i = \text{centre of gravity of that part of } W

Source: Lahdelma, Hokkanen and Salminen (1998), "SMAA - Stochastic multiobjective acceptability analysis", EJOR 106,
eq. 4 and 6, with certain values: the integrals are then volumes and centres of gravity of polytopes.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.robustness.affine_hull import affine_hull, same_totals
from supplier_eval.robustness.polytope import NEAR, Polytope, cut, homogeneous, polytope_of
from supplier_eval.score.order import FloatArray, sum_in_order

MOST_FREE = 6
CLOSES = 1e-9
TRIED = (NEAR, 1e-14, 1e-12, 1e-11, 1e-10, 1e-9)


class ExactShares(NamedTuple):
    """Shares of a region of weights, computed as volumes.

    Attributes
    ----------
    free : int
        Weights that the region leaves free; their sum being fixed, the volumes have one dimension less.
    first : ndarray of shape (n_bids,)
        Share (0-1) of the region in which the bid's total is highest. Bids with the same total throughout share it.
    central : ndarray of shape (n_bids, n_criteria)
        Mean weights of that part of the region; zeros where `first` is 0.
    ahead : ndarray of shape (n_bids, n_bids)
        Share in which a bid (first axis) is strictly ahead of another (second axis).
    same : ndarray of int of shape (n_bids,)
        For each bid the first bid with the same total throughout the region.
    closure : float
        Sum of `first` over the bids that are different; 1 but for rounding.
    corners : ndarray of shape (n_corners, n_criteria)
        Corners of the region.
    centre : ndarray of shape (n_criteria,)
        Mean weights of the region.
    """

    free: int
    first: FloatArray
    central: FloatArray
    ahead: FloatArray
    same: npt.NDArray[np.int64]
    closure: float
    corners: FloatArray
    centre: FloatArray


class TooManyFree(ValueError):  # noqa: N818 - reads as what it is
    """A region leaves more weights free than volumes are computed for."""

    def __init__(self, free: int) -> None:
        self.free = free
        super().__init__(f"exact volumes take at most {MOST_FREE} free weights; this region leaves {free}")


def exact_shares(values: npt.ArrayLike, A: npt.ArrayLike, b: npt.ArrayLike) -> ExactShares:
    """Compute how much of a region of weights puts each bid first, and how much puts it ahead of each other bid.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids)
        Finite; higher is better.
    A : array_like of shape (n_inequalities, n_criteria)
        The region is ``A @ w <= b``, ``w >= 0``, ``sum w = 1``.
    b : array_like of shape (n_inequalities,)

    Returns
    -------
    ExactShares
        To about twelve decimals.

    Raises
    ------
    TooManyFree
        If the region leaves more than six weights free.
    ValueError
        If a value is missing, shapes do not fit, or no weights satisfy the inequalities.
    ArithmeticError
        If borders lie so close together that the shares would not add up to 1 to nine decimals.

    Notes
    -----
    Values of one criterion that agree to nine decimals are equal (docs/convention.md §9).
    """
    table, left, right = (np.asarray(x, dtype=np.float64) for x in (values, A, b))
    if table.ndim != 2 or left.ndim != 2 or left.shape[1] != len(table):
        raise ValueError(f"values {table.shape} do not go with a region of {left.shape} inequalities")
    if not np.isfinite(table).all():
        raise ValueError("values must be finite: a missing value has no rank")
    settled = _settled(table)
    equations: FloatArray = np.zeros((0, len(table)))
    if len(table) > MOST_FREE:
        hull = affine_hull(left, right)
        if hull.dimension >= MOST_FREE:
            raise TooManyFree(hull.dimension + 1)
        equations = hull.equations
    for near in TRIED:
        try:
            found = _shares(settled, polytope_of(left, right, equations, near), near)
        except ArithmeticError:
            continue
        if found is not None:
            return found
    raise ArithmeticError("borders lie too close together for exact volumes")


def _settled(values: FloatArray) -> FloatArray:
    """Values of a criterion that agree to nine decimals made equal."""
    out = values.copy()
    for row in out:
        order = np.argsort(row, kind="stable")
        new = np.concatenate([[True], np.diff(row[order]) > CLOSES])
        row[order] = row[order][new][np.cumsum(new) - 1]
    return out


def _shares(values: FloatArray, region: Polytope, near: float) -> ExactShares | None:
    """The shares at one reading of what is near; None if they do not add up."""
    if region.empty:
        raise ValueError("no weights satisfy all the inequalities: they contradict each other")
    whole, centre = region.moments()
    n_criteria, n_bids = values.shape
    same = same_totals(values, region.vertices)
    distinct = np.flatnonzero(same == np.arange(n_bids))
    first, central, ahead = np.zeros(n_bids), np.zeros((n_bids, n_criteria)), np.zeros((n_bids, n_bids))
    for i in distinct:
        cell = _cell(region, np.delete(values[:, distinct], distinct == i, axis=1) - values[:, [i]], near)
        volume, centroid = (whole, centre) if _all(cell, region) else cell.moments(region.columns)
        first[i], central[i] = volume / whole, centroid if volume > 0 else 0.0
        for j in distinct[distinct != i]:
            half = _cell(region, values[:, [j]] - values[:, [i]], near)
            ahead[i, j] = 1.0 if _all(half, region) else half.moments(region.columns)[0] / whole
    closure = math.fsum(first[distinct].tolist())
    pairs = (ahead + ahead.T)[np.ix_(distinct, distinct)] + np.eye(len(distinct))
    if max(abs(closure - 1), np.abs(pairs - 1).max()) > CLOSES:
        return None
    shared = np.ix_(same, same)
    clip = np.minimum(first[same], 1.0), central[same], np.minimum(ahead[shared], 1.0)
    return ExactShares(region.dimension + 1, *clip, same, closure, region.vertices, centre)


def _cell(region: Polytope, behind: FloatArray, near: float) -> Polytope:
    """The part of a region in which no column of `behind`, weighted, is above 0; the sharpest cuts first."""
    rows = homogeneous(behind.T, np.zeros(behind.shape[1]))
    sharp = sum_in_order(region.vertices @ rows.T) if len(rows) else np.zeros(0)
    cell = region
    for row in rows[np.argsort(-sharp, kind="stable")]:
        cell = cut(cell, row, near)
        if cell.dimension < region.dimension:
            break
    return cell


def _all(cell: Polytope, region: Polytope) -> bool:
    """Whether nothing was cut off."""
    return cell.vertices is region.vertices
