"""Ways of turning points of the unit cube into weights spread evenly over a region, or over one that contains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import numpy as np

from supplier_eval.robustness.region import Region
from supplier_eval.robustness.weight_frame import Frame
from supplier_eval.score.order import FloatArray

MOST_FOR_TRIANGULATION = 6
VOLUMES_AGREE = 1e-6


@dataclass(frozen=True, eq=False)
class Proposal:
    """A way of drawing weights.

    Parameters
    ----------
    name : str
        What a reader is told.
    dimension : int
        Coordinates of the unit cube that one draw takes.
    draw : callable
        ndarray (n, dimension) in [0, 1) → weights (n, n_criteria); evenly spread where the points are.
    exact : bool
        Whether every draw lies in the region; else some are rejected.
    """

    name: str
    dimension: int
    draw: Callable[[FloatArray], FloatArray]
    exact: bool = False


def spread_on_simplex(points: FloatArray) -> FloatArray:
    """Spread points of the unit cube evenly over the simplex, one weight after the other.

    Parameters
    ----------
    points : ndarray of shape (n, n_criteria - 1)
        In [0, 1).

    Returns
    -------
    ndarray of shape (n, n_criteria)
        The first weight has the distribution function ``1 - (1 - w)^(n_criteria - 1)``, and so on with the rest
        (Devroye 1986, "Non-Uniform Random Variate Generation", ch. XI.4).
    """
    n, k = points.shape
    weights = np.empty((n, k + 1))
    rest = np.ones(n)
    for i in range(k):
        kept = (1.0 - points[:, i]) ** (1.0 / (k - i)) if k - i > 1 else 1.0 - points[:, i]
        left = rest * kept
        weights[:, i] = rest - left
        rest = left
    weights[:, k] = rest
    return weights


def fold_into_order(weights: FloatArray, ranks: FloatArray) -> FloatArray:
    """Put weights spread evenly over the simplex into an order of importance; they stay evenly spread.

    Parameters
    ----------
    weights : ndarray of shape (n, n_criteria)
        Evenly spread over the simplex.
    ranks : ndarray of shape (n_criteria,)
        1 is the most important; criteria of one rank keep the order they were drawn in.
    """
    falling = -np.sort(-weights, axis=1)
    out = np.empty_like(weights)
    start = 0
    for rank in np.unique(ranks):
        members = np.flatnonzero(ranks == rank)
        part = falling[:, start : start + members.size]
        if members.size > 1:
            place = (-weights[:, members]).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
            part = np.take_along_axis(part, place, axis=1)
        out[:, members] = part
        start += members.size
    return out


def proposals(region: Region, frame: Frame) -> list[Proposal]:
    """Ways of drawing from a region, or from a box, simplex or ball around it; exact ones alone where there are.

    Parameters
    ----------
    region : Region
        With at least one free weight.
    frame : Frame
        Its free coordinates.
    """
    n, m = region.n_criteria, frame.dimension
    if region.name == "simplex":
        return [Proposal("simplex", n - 1, spread_on_simplex, True)]
    if region.name == "order":
        ranks = np.asarray(region.parameters["ranks"])
        return [Proposal("order", n - 1, lambda u: fold_into_order(spread_on_simplex(u), ranks), True)]
    low, wide = frame.lower[frame.free], (frame.upper - frame.lower)[frame.free]
    found = [Proposal("box", m, lambda u: frame.weights(low + wide * u), m == 1 and region.linear)]
    if frame.only_sum:
        found += _corners(frame)
    if region.ball is not None and region.ball[1] > 0 and m == n - 1:
        found.append(_euclidean(*region.ball))
    if region.parameters.get("norm") == "sum" and m == n - 1:
        centre, radius = np.asarray(region.parameters["centre"]), float(str(region.parameters["radius"]))
        found.append(_sum_norm(centre, radius))
    return found


def _corners(frame: Frame) -> list[Proposal]:
    """The simplex above all lower limits, and the one below all upper limits."""
    loose = frame.upper > frame.lower
    k, room, excess = int(loose.sum()), 1.0 - frame.lower.sum(), frame.upper.sum() - 1.0

    def draw(u: FloatArray, start: FloatArray, step: float) -> FloatArray:
        weights = np.tile(start, (len(u), 1))
        weights[:, loose] += step * spread_on_simplex(u)
        return weights

    above = Proposal("simplex above the lower limits", k - 1, lambda u: draw(u, frame.lower, room))
    below = Proposal("simplex below the upper limits", k - 1, lambda u: draw(u, frame.upper, -excess))
    return [above, below]


def _euclidean(centre: FloatArray, radius: float) -> Proposal:
    """The Euclidean ball in the plane where moves sum to 0: directions by normal quantiles, then the radius."""
    from scipy.special import ndtri

    n = centre.size
    helmert = np.array([[1.0] * k + [-float(k)] + [0.0] * (n - k - 1) for k in range(1, n)])
    helmert /= np.sqrt((helmert**2).sum(axis=1, keepdims=True))

    def draw(u: FloatArray) -> FloatArray:
        normal = ndtri(np.clip(u[:, :-1], 1e-12, 1 - 1e-12))
        length = np.sqrt((normal**2).sum(axis=1, keepdims=True))
        far = radius * u[:, -1:] ** (1.0 / (n - 1))
        return np.asarray(centre + (far * normal / np.maximum(length, 1e-300)) @ helmert)

    return Proposal("ball", n, draw)


def _sum_norm(centre: FloatArray, radius: float) -> Proposal:
    """The ball in the sum norm: a face by its share of the volume, evenly on the face, then the distance."""
    n = centre.size
    shares = np.array([comb(n, k) * comb(n - 2, k - 1) for k in range(1, n)], dtype=np.float64)
    limits = np.cumsum(shares) / shares.sum()

    def draw(u: FloatArray) -> FloatArray:
        ups = np.searchsorted(limits, u[:, 0], side="right").clip(max=n - 2) + 1
        places = u[:, 1 : n + 1].argsort(axis=1, kind="stable")
        far = radius / 2 * u[:, n + 1] ** (1.0 / (n - 1))
        moves = np.zeros((len(u), n))
        for k in range(1, n):
            rows = np.flatnonzero(ups == k)
            v = u[rows, n + 2 :]
            parts = np.hstack([spread_on_simplex(v[:, : k - 1]), -spread_on_simplex(v[:, k - 1 :])])
            moves[rows[:, None], places[rows]] = parts * far[rows, None]
        return np.asarray(centre + moves)

    return Proposal("ball", n + 2 + n - 2, draw)


def triangulation(region: Region, frame: Frame) -> Proposal | None:
    """Split a polytope into simplices by its corners, choose one by its volume, spread evenly inside.

    Parameters
    ----------
    region : Region
        Linear.
    frame : Frame
        With 2 to 6 free coordinates.

    Returns
    -------
    Proposal or None
        Exact; None where the simplices do not fill the polytope to within a millionth, as thin ones may not.
    """
    from scipy.spatial import ConvexHull, Delaunay, HalfspaceIntersection, QhullError

    if not (region.linear and 2 <= frame.dimension <= MOST_FOR_TRIANGULATION):
        return None
    left, right = free_inequalities(region, frame)
    try:
        inside, _ = deepest(left, right)
        corners = HalfspaceIntersection(np.column_stack([left, -right]), inside).intersections
        corners = corners[np.lexsort(corners.T)]
        cells = corners[Delaunay(corners).simplices]
        whole = float(ConvexHull(corners).volume)
    except (QhullError, ValueError):
        return None
    edges = cells[:, 1:] - cells[:, :1]
    sizes = np.abs(np.linalg.det(edges))
    if abs(sizes.sum() / np.prod(np.arange(1, frame.dimension + 1)) - whole) > VOLUMES_AGREE * whole:
        return None
    limits = np.cumsum(sizes) / sizes.sum()

    def draw(u: FloatArray) -> FloatArray:
        cell = cells[np.searchsorted(limits, u[:, 0], side="right").clip(max=len(cells) - 1)]
        return frame.weights(np.einsum("nk,nkd->nd", spread_on_simplex(u[:, 1:]), cell))

    return Proposal("triangulation", frame.dimension + 1, draw, True)


def free_inequalities(region: Region, frame: Frame) -> tuple[FloatArray, FloatArray]:
    """Inequalities of a region in its free coordinates, ``w >= 0`` among them; rows that say nothing left out."""
    left = np.vstack([region.A @ frame.span, -frame.span])
    right = np.concatenate([region.b - region.A @ frame.origin, frame.origin])
    length = np.sqrt((left**2).sum(axis=1))
    says = length > 1e-12
    return left[says] / length[says, None], right[says] / length[says]


def deepest(left: FloatArray, right: FloatArray) -> tuple[FloatArray, float]:
    """The point farthest from the border of a polytope and how far it is, by a linear program.

    Raises
    ------
    ValueError
        If the polytope has no inside.
    """
    from scipy.optimize import linprog

    m = left.shape[1]
    cost = np.append(np.zeros(m), -1.0)
    found = linprog(cost, np.column_stack([left, np.ones(len(left))]), right, bounds=[(None, None)] * m + [(0, None)])
    if found.x is None or found.status != 0 or found.x[-1] <= 1e-12:
        raise ValueError("the region has no inside: its inequalities leave no room")
    return np.asarray(found.x[:m]), float(found.x[-1])
