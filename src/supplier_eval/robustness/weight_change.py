r"""The smallest change of the whole weight vector at which a bid overtakes all the others.

.. math:: \min \lVert d \rVert \quad \text{subject to} \quad \sum_i d_i = 0, \;
    \ell \le w + d \le u, \; \sum_i (w_i + d_i)(v_{ic} - v_{ij}) \ge 0 \text{ for every other bid } j

Overtaking only the present winner would not do: a third bid is often ahead there. At the smallest change the bid ties;
a step beyond it wins, so that the bound is approached and not attained. The Euclidean norm is a least-distance
problem (Lawson and Hanson 1974, ch. 23; the sum is eliminated by an orthonormal basis of its null space), the sum and
the maximum are linear programmes.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.robustness.blockers import EXACT, blocking_mix
from supplier_eval.robustness.least_distance import least_distance
from supplier_eval.score.order import FloatArray

Norm = Literal["euclidean", "sum", "max"]
BoolArray = npt.NDArray[np.bool_]

POINTS = 100.0
TIE = 5e-12  # of the scale from 0 to 1: totals equal to nine decimals of a point are equal
FLAT = 1e-12  # a lead that changes by less than this over all weights is constant
TOUCH = 1e-9
APART = 1e-7


class Room(NamedTuple):
    """Where weights may go: between bounds, on the plane of equal sum.

    Attributes
    ----------
    weights, lower, upper : ndarray of shape (n_criteria,)
        Fractions.
    free : ndarray of bool of shape (n_criteria,)
        Weights that are not fixed.
    basis : ndarray of shape (n_free, n_free - 1)
        Orthonormal directions that keep the sum.
    rows, bounds : ndarray of shape (n_walls, n_free - 1), (n_walls,)
        The bounds as inequalities ``rows @ z >= bounds`` with rows of length 1.
    """

    weights: FloatArray
    lower: FloatArray
    upper: FloatArray
    free: BoolArray
    basis: FloatArray
    rows: FloatArray
    bounds: FloatArray


class Change(NamedTuple):
    """The smallest change for one bid.

    Attributes
    ----------
    possible : bool
        Whether the bid can lead all the others at all.
    distance : float
        Size of the change in the norm asked for, fractions of the whole weight; infinite where impossible.
    weights : ndarray of shape (n_criteria,)
        Weights at which it ties; the present ones where impossible.
    level : ndarray of bool of shape (n_bids,)
        Other bids with the same total there; none where impossible.
    alongside : ndarray of bool of shape (n_bids,)
        Other bids that have its total whatever the allowed weights are; it is not asked to overtake them.
    mix : ndarray of shape (n_bids,)
        Where impossible, shares (sum 1) of the bids whose mix is never behind it; else zeros.
    """

    possible: bool
    distance: float
    weights: FloatArray
    level: BoolArray
    alongside: BoolArray
    mix: FloatArray


@cache
def sum_free_basis(n: int) -> FloatArray:
    """Orthonormal basis (n, n - 1) of the vectors whose entries sum to zero (Helmert's)."""
    basis = np.zeros((n, max(n - 1, 0)))
    for j in range(1, n):
        basis[:j, j - 1] = 1.0
        basis[j, j - 1] = -j
        basis[:, j - 1] /= np.sqrt(j * (j + 1.0))
    basis.flags.writeable = False
    return basis


def make_room(weights: npt.ArrayLike, lower: npt.ArrayLike | None = None, upper: npt.ArrayLike | None = None) -> Room:
    """Describe where the weights may go; done once for all challengers.

    Parameters
    ----------
    weights : array_like of shape (n_criteria,)
        Present weights, fractions that sum to 1.
    lower, upper : array_like of shape (n_criteria,), optional
        Least and largest weight, 0 and 1 where not given; equal ends fix a weight. The present weights lie within.

    Raises
    ------
    ValueError
        If a present weight lies outside its bounds.
    """
    w = np.asarray(weights, dtype=np.float64)
    low = np.zeros_like(w) if lower is None else np.asarray(lower, dtype=np.float64)
    high = np.ones_like(w) if upper is None else np.asarray(upper, dtype=np.float64)
    if np.any(w < low - TOUCH) or np.any(w > high + TOUCH):
        raise ValueError("the present weights must lie within the bounds.")
    low, high = np.minimum(low, w), np.maximum(high, w)
    free = high - low > FLAT
    basis = sum_free_basis(int(free.sum()))
    sides = [basis, -basis[high[free] < 1.0]]
    room = [low[free] - w[free], (w - high)[free][high[free] < 1.0]]
    rows, bounds = np.vstack(sides), np.concatenate(room)
    length = np.linalg.norm(rows, axis=1) if rows.size else np.ones(len(rows))
    return Room(w, low, high, free, basis, rows / length[:, np.newaxis], np.minimum(bounds / length, 0.0))


def smallest_weight_change(values: npt.ArrayLike, room: Room, challenger: int, norm: Norm = "euclidean") -> Change:
    """Find the smallest change of the weights at which a bid ties for the lead and beyond which it leads.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids)
        Finite values, 0-100.
    room : Room
        Present weights and bounds.
    challenger : int
        Position of the bid.
    norm : {"euclidean", "sum", "max"}
        Root of the sum of squares, sum of absolute changes, or largest absolute change.

    Returns
    -------
    Change
        With the sum and the maximum several changes may be equally small; this is one of them.

    Raises
    ------
    ArithmeticError
        If the solver gives neither a change nor a proof that there is none.
    """
    table = np.asarray(values, dtype=np.float64) / POINTS
    leads = table[:, [challenger]] - table
    gap = room.weights @ leads
    slope = leads[room.free].T @ room.basis
    length = np.sqrt(np.einsum("ij,ij->i", slope, slope))
    flat = length <= FLAT
    level_now = np.abs(gap) <= TIE
    alongside = flat & level_now
    rivals = ~alongside
    alongside[challenger] = False
    if not rivals.any():
        return Change(True, 0.0, room.weights, alongside, alongside, np.zeros(len(gap)))
    step = None
    if not np.any(flat & (gap < -TIE)):
        needed = np.where(level_now, 0.0, -gap)
        step = _nearest(slope[~flat] / length[~flat, np.newaxis], needed[~flat] / length[~flat], room)
    if step is None or not step.beyond:
        mix = blocking_mix(leads[:, rivals], room.lower, room.upper)
        if mix is not None:
            shares = np.zeros(len(gap))
            shares[rivals] = mix
            return Change(False, float("inf"), room.weights, np.zeros_like(flat), alongside, shares)
        if step is None:
            raise ArithmeticError("whether the bid can lead could not be decided to nine decimals.")
    change = step.change
    if norm != "euclidean" and np.any(change):
        change = _linear_step(leads[:, rivals], gap[rivals], room, norm, size_of(change, "euclidean"))
    new = room.weights.copy()
    new[room.free] = np.clip(new[room.free] + change, room.lower[room.free], room.upper[room.free])
    level = (np.abs(new @ leads) <= TOUCH) | alongside
    level[challenger] = False
    return Change(True, size_of(new - room.weights, norm), new, level, alongside, np.zeros(len(gap)))


class _Step(NamedTuple):
    """A change of the free weights, and whether a direction is known in which all others fall behind."""

    change: FloatArray
    beyond: bool


def _nearest(rows: FloatArray, needed: FloatArray, room: Room) -> _Step | None:
    """The nearest weights at which nobody is ahead; None where there are none."""
    G, h = np.vstack([rows, room.rows]), np.concatenate([needed, room.bounds])
    found = least_distance(G, h, np.sqrt(2.0))
    if not found.possible:
        return None
    near = G @ found.point - h <= TOUCH
    touching, gains = G[near], found.inward
    wall = np.arange(len(G))[near] >= len(rows)
    beyond = bool(found.binding.any() and np.all(touching @ gains > APART * np.sqrt(gains @ gains) * ~wall))
    if not beyond:
        beyond = len(touching) <= G.shape[1] and bool(np.linalg.matrix_rank(touching, tol=APART) == len(touching))
    return _Step(room.basis @ found.point, beyond)


def _linear_step(leads: FloatArray, gap: FloatArray, room: Room, norm: Norm, scale: float) -> FloatArray:
    """The linear programmes: up and down of every free weight, and for the maximum their common limit."""
    from scipy.optimize import linprog

    k = int(room.free.sum())
    moves = leads[room.free].T
    length = np.maximum(np.linalg.norm(moves, axis=1), FLAT)[:, np.newaxis]
    up, down = (room.upper - room.weights)[room.free] / scale, (room.weights - room.lower)[room.free] / scale
    A = [np.hstack([-moves, moves, np.zeros((len(moves), 1))]) / length]
    b = [gap / length[:, 0] / scale]
    if norm == "max":
        A.append(np.hstack([np.eye(k), np.eye(k), -np.ones((k, 1))]))
        b.append(np.zeros(k))
    found = linprog(
        np.append(np.full(2 * k, 1.0 if norm == "sum" else 0.0), 0.0 if norm == "sum" else 1.0),
        A_ub=np.vstack(A),
        b_ub=np.concatenate(b),
        A_eq=np.concatenate([np.ones(k), -np.ones(k), [0.0]])[np.newaxis],
        b_eq=[0.0],
        bounds=[(0.0, limit) for limit in (*up.tolist(), *down.tolist(), 0.0 if norm == "sum" else None)],
        method="highs",
        options={"primal_feasibility_tolerance": EXACT, "dual_feasibility_tolerance": EXACT},
    )
    if found.status != 0:
        raise ArithmeticError(f"the smallest change of weights could not be found: {found.message}")
    x = np.asarray(found.x, dtype=np.float64)
    return np.asarray((x[:k] - x[k : 2 * k]) * scale)


def size_of(change: npt.ArrayLike, norm: Norm) -> float:
    """Size of a change of weights in a norm, in its own unit."""
    d = np.abs(np.asarray(change, dtype=np.float64))
    if norm == "euclidean":
        return float(np.sqrt(np.sum(np.sort(d * d))))
    return float(np.sum(np.sort(d))) if norm == "sum" else float(np.max(d, initial=0.0))
