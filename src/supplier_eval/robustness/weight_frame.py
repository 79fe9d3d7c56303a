"""The room a region leaves: which weights are fixed by the others, and the limits between which the free ones lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.robustness.region import Region, bounds_of, extreme
from supplier_eval.score.order import FloatArray

THIN = 1e-7  # the tolerance of the linear program: a region this thin in some direction has no room in it
PIVOT = 1e-9


@dataclass(frozen=True, eq=False)
class Frame:
    """A region's weights written by as few coordinates as it has dimensions.

    Parameters
    ----------
    origin : ndarray of shape (n_criteria,)
        Weights where all free coordinates are 0; need not lie in the region.
    span : ndarray of shape (n_criteria, n_free)
        ``weights = origin + span @ free``.
    free : ndarray of int of shape (n_free,)
        Criteria whose weights are the free coordinates.
    lower, upper : ndarray of shape (n_criteria,)
        Limits between which each weight lies in the region.
    only_sum : bool
        Whether nothing ties the weights that are not fixed but their sum.
    """

    origin: FloatArray
    span: FloatArray
    free: npt.NDArray[np.int64]
    lower: FloatArray
    upper: FloatArray
    only_sum: bool

    @property
    def dimension(self) -> int:
        """Number of free coordinates; 0 for a region of a single point."""
        return int(self.free.size)

    def weights(self, free: FloatArray) -> FloatArray:
        """Weights of free coordinates of shape (..., n_free)."""
        return np.asarray(self.origin + free @ self.span.T)


def frame_of(region: Region) -> Frame:
    """Find the free coordinates of a region, fixed weights and other equations eliminated.

    Parameters
    ----------
    region : Region
        Any; its Euclidean ball narrows the limits only.

    Returns
    -------
    Frame
        The weights with the widest limits are the ones computed from the others.

    Raises
    ------
    ValueError
        If the region is empty.
    """
    rows, sides, lower, upper = _equations(region)
    if region.ball is not None:
        centre, radius = region.ball
        lower, upper = np.maximum(lower, centre - radius), np.minimum(upper, centre + radius)
        if radius == 0:
            rows, sides = np.vstack([rows, np.eye(centre.size)]), np.concatenate([sides, centre])
    widest = np.argsort(-(upper - lower), kind="stable")
    reduced, solved = _eliminate(np.column_stack([rows, sides]), widest)
    free = np.setdiff1d(np.arange(region.n_criteria), solved)
    origin, span = np.zeros(region.n_criteria), np.zeros((region.n_criteria, free.size))
    origin[solved], span[solved] = reduced[:, -1], -reduced[:, free]
    span[free, np.arange(free.size)] = 1.0
    loose = int((upper - lower > THIN).sum())
    return Frame(origin, span, free, lower, upper, loose == free.size + 1)


def _equations(region: Region) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Rows and sides of the equations that hold all over the region, and the limits of each weight."""
    n, given = region.n_criteria, region.parameters
    ones, one, eye = np.ones((1, n)), np.ones(1), np.eye(n)
    if given.get("norm") in {"sum", "max"} and given.get("radius") == 0:
        centre = np.asarray(given["centre"], dtype=np.float64)
        return np.vstack([ones, eye]), np.concatenate([one, centre]), centre, centre
    if given.get("norm") == "sum":
        centre, half = np.asarray(given["centre"], dtype=np.float64), float(str(given["radius"])) / 2
        return ones, one, np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
    if region.name in {"simplex", "order"} or given.get("norm") == "euclidean":
        return ones, one, np.zeros(n), np.ones(n)
    limits = interval_limits(region)
    if limits is not None:
        lower, upper = limits
        fixed = upper - lower <= PIVOT
        return np.vstack([ones, eye[fixed]]), np.concatenate([one, lower[fixed]]), lower, upper
    tight = [i for i in range(region.b.size) if region.b[i] - region.A[i] @ extreme(region, region.A[i]) <= THIN]
    lower, upper = bounds_of(region)
    zero = upper <= THIN
    rows = np.vstack([ones, region.A[tight], eye[zero]])
    return rows, np.concatenate([one, region.b[tight], np.zeros(int(zero.sum()))]), lower, upper


def interval_limits(region: Region) -> tuple[FloatArray, FloatArray] | None:
    """Limits that every weight can reach, for a region of intervals or a ball in the max norm; else None."""
    given = region.parameters
    if region.name == "intervals":
        low, high = np.asarray(given["lower"], dtype=np.float64), np.asarray(given["upper"], dtype=np.float64)
    elif given.get("norm") == "max":
        centre, radius = np.asarray(given["centre"], dtype=np.float64), np.float64(str(given["radius"]))
        low, high = np.clip(centre - radius, 0, 1), np.clip(centre + radius, 0, 1)
    else:
        return None
    reach_low, reach_high = 1 - (high.sum() - high), 1 - (low.sum() - low)
    low, high = np.maximum(low, reach_low), np.minimum(high, reach_high)
    return np.minimum(low, high), np.maximum(low, high)


def _eliminate(system: FloatArray, preferred: npt.NDArray[np.int64]) -> tuple[FloatArray, npt.NDArray[np.int64]]:
    """Reduced rows of linear equations (right sides last), and the unknown that each row gives."""
    rest, done, solved = system.copy(), 0, []
    for column in preferred:
        if done == len(rest):
            break
        row = done + int(np.abs(rest[done:, column]).argmax())
        if abs(rest[row, column]) <= PIVOT:
            continue
        rest[[done, row]] = rest[[row, done]]
        rest[done] /= rest[done, column]
        others = np.arange(len(rest)) != done
        rest[others] -= rest[others, column, None] * rest[done]
        solved.append(int(column))
        done += 1
    return rest[:done], np.array(solved, dtype=np.int64)
