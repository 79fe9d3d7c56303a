"""Where the weights may lie: regions of the weight simplex as systems of linear inequalities, or a Euclidean ball.

Every region lies in the simplex: no weight is negative and the weights sum to 1. Those two conditions hold beside the
inequalities ``A @ w <= b`` and are never written into them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

Norm = Literal["max", "sum", "euclidean"]
NORMS: tuple[Norm, ...] = ("max", "sum", "euclidean")
INSIDE = 1e-9
MOST_FOR_SUM_NORM = 12


@dataclass(frozen=True, eq=False)
class Region:
    """A set of weight vectors that one is willing to consider.

    Parameters
    ----------
    name : str
        ``"simplex"``, ``"intervals"``, ``"order"``, ``"ball"`` or ``"linear"``.
    criteria : tuple of str
        Names of the weights, in the order of the columns of `A`; empty until bound to a sheet.
    A : ndarray of shape (n_inequalities, n_criteria)
        Left sides; ``w >= 0`` and ``sum w = 1`` hold as well and are not among them.
    b : ndarray of shape (n_inequalities,)
        Right sides.
    ball : tuple of (ndarray of shape (n_criteria,), float) or None
        Centre and radius of a Euclidean ball that the weights must lie in as well; None where there is none.
    parameters : mapping
        What the region was made from, in plain figures.
    """

    name: str
    criteria: tuple[str, ...]
    A: FloatArray
    b: FloatArray
    ball: tuple[FloatArray, float] | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def n_criteria(self) -> int:
        """Number of weights."""
        return int(self.A.shape[1])

    @property
    def linear(self) -> bool:
        """Whether inequalities alone describe it, so that its volumes can be had exactly."""
        return self.ball is None

    def contains(self, weights: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Tell which weight vectors lie in the region, its border included.

        Parameters
        ----------
        weights : array_like of shape (..., n_criteria)
            Fractions; NaN lies nowhere.

        Returns
        -------
        ndarray of bool of shape (...)
            True inside, to within 1e-9.
        """
        w = np.asarray(weights, dtype=np.float64)
        inside = (w >= -INSIDE).all(axis=-1) & (np.abs(w.sum(axis=-1) - 1.0) <= INSIDE)
        if self.b.size:
            inside &= (w @ self.A.T <= self.b + INSIDE).all(axis=-1)
        if self.ball is not None:
            centre, radius = self.ball
            inside &= np.sqrt(((w - centre) ** 2).sum(axis=-1)) <= radius + INSIDE
        return np.asarray(inside, dtype=np.bool_)

    def bound_to(self, criteria: Sequence[str]) -> Region:
        """Give the same region with its weights named, or put into the order of the names given.

        Parameters
        ----------
        criteria : sequence of str
            One name a weight; the same names where the region has names already.

        Raises
        ------
        ValueError
            If the number or the names do not fit.
        """
        names = tuple(criteria)
        if len(names) != self.n_criteria:
            raise ValueError(f"the region has {self.n_criteria} weights, not {len(names)}")
        if not self.criteria or names == self.criteria:
            return replace(self, criteria=names)
        if sorted(names) != sorted(self.criteria):
            raise ValueError(f"the region is about {', '.join(self.criteria)}, not about {', '.join(names)}")
        columns = [self.criteria.index(name) for name in names]
        ball = None if self.ball is None else (self.ball[0][columns], self.ball[1])
        A, given = np.ascontiguousarray(self.A[:, columns]), _reordered(self.parameters, columns)
        return replace(self, criteria=names, A=A, ball=ball, parameters=given)

    def __repr__(self) -> str:
        weights = f"{self.n_criteria} weight{'s' if self.n_criteria != 1 else ''}"
        shape = f"{weights}, {self.b.size} {'inequality' if self.b.size == 1 else 'inequalities'}"
        return f"Region({self.name!r}: {shape}{'' if self.linear else ', a Euclidean ball'})"


def _reordered(parameters: Mapping[str, object], columns: list[int]) -> dict[str, object]:
    """Parameters with the figures of the criteria in another order."""
    out = dict(parameters)
    for key in ("lower", "upper", "ranks", "centre", "A"):
        if key in out:
            figures = np.asarray(out[key])[..., columns].tolist()
            out[key] = tuple(figures) if key != "A" else figures
    return out


def simplex(n: int) -> Region:
    """All weights that are not negative and sum to 1.

    Parameters
    ----------
    n : int
        Number of criteria, 1 or more.
    """
    if n < 1:
        raise ValueError("a region needs at least one criterion")
    return Region("simplex", (), np.zeros((0, n)), np.zeros(0))


def intervals(lower: npt.ArrayLike, upper: npt.ArrayLike) -> Region:
    """Every weight between its own two limits.

    Parameters
    ----------
    lower, upper : array_like of shape (n_criteria,)
        Fractions of 1; equal limits fix a weight.

    Raises
    ------
    ValueError
        If a limit is missing or lies outside 0-1, a lower limit is above its upper one, or no weights within the
        limits sum to 1.
    """
    low, high = np.atleast_1d(np.asarray(lower, dtype=np.float64)), np.atleast_1d(np.asarray(upper, dtype=np.float64))
    if low.ndim != 1 or low.shape != high.shape or not low.size:
        raise ValueError(f"one lower and one upper limit a criterion, not {low.shape} and {high.shape}")
    if not (np.isfinite(low) & np.isfinite(high) & (low >= 0) & (high <= 1)).all():
        raise ValueError("limits of weights are fractions from 0 to 1")
    if (low > high).any():
        raise ValueError(f"the lower limit of weight {int((low > high).argmax()) + 1} is above its upper limit")
    if low.sum() > 1 + INSIDE:
        raise ValueError(f"the lower limits sum to {low.sum():.9g}, above 1: no weights lie within the limits")
    if high.sum() < 1 - INSIDE:
        raise ValueError(f"the upper limits sum to {high.sum():.9g}, below 1: no weights lie within the limits")
    eye = np.eye(low.size)
    A, b = np.vstack([eye[high < 1], -eye[low > 0]]), np.concatenate([high[high < 1], -low[low > 0]])
    return Region("intervals", (), A, b, parameters={"lower": tuple(low.tolist()), "upper": tuple(high.tolist())})


def order(ranks: npt.ArrayLike) -> Region:
    """Weights that keep an order of importance: a more important criterion weighs no less than a lesser one.

    Parameters
    ----------
    ranks : array_like of int of shape (n_criteria,)
        1 is the most important. Criteria of one rank are not put in any order among themselves: they need not weigh
        the same, and each of them weighs no less than every criterion of a later rank.

    Raises
    ------
    ValueError
        If a rank is missing.
    """
    places = np.atleast_1d(np.asarray(ranks, dtype=np.float64))
    if places.ndim != 1 or not places.size or not np.isfinite(places).all():
        raise ValueError("an order of importance needs one rank a criterion")
    classes = [np.flatnonzero(places == rank) for rank in np.unique(places)]
    rows = [(lesser, greater) for above, below in pairwise(classes) for greater in above for lesser in below]
    A = np.zeros((len(rows), places.size))
    for row, (lesser, greater) in enumerate(rows):
        A[row, lesser], A[row, greater] = 1.0, -1.0
    dense = np.unique(places, return_inverse=True)[1] + 1
    return Region("order", (), A, np.zeros(len(rows)), parameters={"ranks": tuple(dense.tolist())})


def ball(centre: npt.ArrayLike, radius: float, norm: Norm = "max") -> Region:
    """Weights within a distance of given weights.

    Parameters
    ----------
    centre : array_like of shape (n_criteria,)
        Not negative, sums to 1.
    radius : float
        In fractions of 1, 0 or more. The ball is cut by ``w >= 0``.
    norm : {"max", "sum", "euclidean"}
        ``"max"``: no weight moves by more than `radius`. ``"sum"``: all moves, up and down, add up to no more than
        `radius`; at most 12 criteria, as the ball has ``2**n - 2`` inequalities. ``"euclidean"``: the square root of
        the sum of squared moves; not linear.

    Raises
    ------
    ValueError
        If the centre is no weight vector, the radius is negative or missing, or the norm is unknown.
    """
    c = np.atleast_1d(np.asarray(centre, dtype=np.float64))
    if c.ndim != 1 or not simplex(c.size).contains(c):
        raise ValueError("the centre of a ball must be weights: not negative, and their sum 1")
    if not (np.isfinite(radius) and radius >= 0):
        raise ValueError(f"the radius of a ball is 0 or more, not {radius}")
    r, n = float(radius), c.size
    given: dict[str, object] = {"centre": tuple(c.tolist()), "radius": r, "norm": norm}
    if norm == "max":
        box = intervals(np.clip(c - r, 0, 1), np.clip(c + r, 0, 1))
        return replace(box, name="ball", parameters=given)
    if norm == "sum":
        if n > MOST_FOR_SUM_NORM:
            raise ValueError(f"a ball in the sum norm takes at most {MOST_FOR_SUM_NORM} criteria, not {n}")
        subsets = [s for size in range(1, n) for s in combinations(range(n), size)]
        A = np.zeros((len(subsets), n))
        for row, subset in enumerate(subsets):
            A[row, list(subset)] = 1.0
        # the moves sum to 0, so those upwards make half of the sum of all
        return Region("ball", (), A, A @ c + r / 2, parameters=given)
    if norm == "euclidean":
        return Region("ball", (), np.zeros((0, n)), np.zeros(0), (c, r), given)
    raise ValueError(f"there is no norm {norm!r}: choose one of {', '.join(NORMS)}")


def linear(A: npt.ArrayLike, b: npt.ArrayLike) -> Region:
    """Weights that satisfy linear inequalities ``A @ w <= b``.

    Parameters
    ----------
    A : array_like of shape (n_inequalities, n_criteria)
        Left sides.
    b : array_like of shape (n_inequalities,)
        Right sides. An equation is two inequalities.

    Raises
    ------
    ValueError
        If figures are missing, shapes do not fit, or no weights satisfy all of them (found by a linear program).
    """
    left = np.atleast_2d(np.asarray(A, dtype=np.float64))
    right = np.atleast_1d(np.asarray(b, dtype=np.float64))
    if left.ndim != 2 or not left.shape[1] or right.shape != left.shape[:1]:
        raise ValueError(f"one right side an inequality: left sides {left.shape}, right sides {right.shape}")
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        raise ValueError("an inequality needs finite figures")
    region = Region("linear", (), left, right, parameters={"A": left.tolist(), "b": right.tolist()})
    extreme(region, np.zeros(left.shape[1]))
    return region


def extreme(region: Region, towards: npt.ArrayLike) -> FloatArray:
    """The weights at which a weighted sum is lowest over the region, its Euclidean ball left out.

    Parameters
    ----------
    region : Region
        Its inequalities count.
    towards : array_like of shape (n_criteria,)
        Coefficients of the sum to be made small.

    Raises
    ------
    ValueError
        If the inequalities contradict each other.
    """
    from scipy.optimize import linprog

    n = region.n_criteria
    A, b = (region.A, region.b) if region.b.size else (None, None)
    found = linprog(np.asarray(towards, dtype=np.float64), A, b, np.ones((1, n)), [1.0], bounds=(0, None))
    if found.x is None or found.status != 0:
        raise ValueError("no weights satisfy all the inequalities: they contradict each other")
    return np.asarray(found.x, dtype=np.float64)


def bounds_of(region: Region) -> tuple[FloatArray, FloatArray]:
    """The lowest and the highest value that each weight takes in the region, its Euclidean ball left out.

    Returns
    -------
    tuple of two ndarrays of shape (n_criteria,)
        Lower and upper; equal (to within 1e-9) where the region fixes the weight.
    """
    eye = np.eye(region.n_criteria)
    low = np.array([extreme(region, row)[i] for i, row in enumerate(eye)])
    high = np.array([extreme(region, -row)[i] for i, row in enumerate(eye)])
    return low, high
