r"""The point nearest to the origin that satisfies linear inequalities.

.. math:: \min \lVert z \rVert \quad \text{subject to} \quad G z \ge h

Source: Lawson and Hanson (1974), "Solving Least Squares Problems", ch. 23, algorithm LDP (23.27): with
:math:`E = [G^T; h^T]` and :math:`f = (0, …, 0, 1)^T`, non-negative least squares :math:`\min \lVert E u - f \rVert,
u \ge 0` leaves a residual :math:`r`. Where :math:`r = 0` the inequalities contradict each other and :math:`u` is the
proof (Farkas); otherwise :math:`z_j = -r_j / r_{n+1}`, and the inequalities with :math:`u > 0` are those that bind.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

FITS = 1e-11
GAP = 1e-10
TRIES = 8


class LeastDistance(NamedTuple):
    """The nearest point, or the proof that there is none.

    Attributes
    ----------
    point : ndarray of shape (n,)
        Zeros where there is none.
    possible : bool
        Whether some point satisfies the inequalities.
    binding : ndarray of bool of shape (m,)
        Inequalities that hold the point away from the origin; where there is no point, those that contradict
        each other.
    inward : ndarray of shape (n,)
        A direction in which every binding inequality gains at the same rate; zeros where none binds.
    """

    point: FloatArray
    possible: bool
    binding: npt.NDArray[np.bool_]
    inward: FloatArray


def least_distance(rows: npt.ArrayLike, bounds: npt.ArrayLike, radius: float) -> LeastDistance:
    """Find the point nearest to the origin with ``rows @ point >= bounds``.

    Parameters
    ----------
    rows : array_like of shape (m, n)
        Each of length 1.
    bounds : array_like of shape (m,)
        How far the origin is outside each inequality (positive) or inside it.
    radius : float
        No point farther from the origin than this is of interest (weights: the square root of 2); contradiction
        is proved within it.

    Returns
    -------
    LeastDistance
        The point satisfies every inequality to 1e-11.

    Raises
    ------
    ArithmeticError
        If neither a point nor a proof could be found to that precision.

    Notes
    -----
    The binding inequalities are found by non-negative least squares, and the point is then computed from them
    afresh: it is the smallest solution of those equations, so that the residual's cancellation does not reach it.
    Where they depend on each other the point is accepted if no point can be nearer (weak duality: every point that
    satisfies the inequalities is at least ``u @ h / norm(u @ G)`` away), and where that bound exceeds the radius
    there is none.
    """
    G, h = np.asarray(rows, dtype=np.float64), np.asarray(bounds, dtype=np.float64)
    scale = float(np.max(h, initial=0.0))
    origin = np.zeros(G.shape[1])
    if scale <= 0.0:
        return LeastDistance(origin, True, np.zeros(len(h), dtype=bool), origin)
    for _ in range(TRIES):
        u = _multipliers(G, h / scale)
        binding = u > 0.0
        nearest = _smallest(G[binding], h[binding])
        if nearest is not None and (G @ nearest[0] - h).min() >= -FITS:
            return LeastDistance(nearest[0], True, binding, nearest[1])
        pull, proof = float(np.linalg.norm(u @ G)), float(u @ h)
        if pull * radius < proof:
            return LeastDistance(origin, False, binding, origin)
        point: FloatArray = np.asarray(np.linalg.lstsq(G[binding], h[binding], rcond=None)[0], dtype=np.float64)
        if (G @ point - h).min() >= -FITS and float(np.linalg.norm(point)) * pull <= proof + GAP * pull:
            return LeastDistance(point, True, binding, origin)
        scale *= 8.0
    raise ArithmeticError("the nearest weights could not be found to eleven decimals.")


def _multipliers(G: FloatArray, h: FloatArray) -> FloatArray:
    """Non-negative least squares of (23.27)."""
    from scipy.optimize import nnls

    E = np.vstack([G.T, h])
    f = np.zeros(len(E))
    f[-1] = 1.0
    return np.asarray(nnls(E, f, maxiter=30 * E.shape[1])[0], dtype=np.float64)


def _smallest(G: FloatArray, h: FloatArray) -> tuple[FloatArray, FloatArray] | None:
    """The smallest point at which all binding inequalities are equations, and that for a right side of ones.

    None unless all of them pull on it (Karush, Kuhn and Tucker).
    """
    m, n = G.shape
    if not 0 < m <= n:
        return None
    system = np.zeros((n + m, n + m))
    system.flat[: n * (n + m) : n + m + 1] = 1.0
    system[:n, n:] = -G.T
    system[n:, :n] = G
    right = np.zeros((n + m, 2))
    right[n:, 0], right[n:, 1] = h, 1.0
    try:
        found = np.linalg.solve(system, right)
    except np.linalg.LinAlgError:
        return None
    pulls = found[n:, 0]
    return (found[:n, 0], found[:n, 1]) if pulls.min() >= -FITS * np.abs(pulls).max() else None
