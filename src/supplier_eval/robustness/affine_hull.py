"""Which inequalities leave a region of weights no room: weights that it fixes, proportions that it prescribes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.robustness.polytope import homogeneous
from supplier_eval.score.order import FloatArray

LARGEST = 1e8
SAME = 1e-9


class AffineHull(NamedTuple):
    """The flat in which a region of weights has an inside.

    Attributes
    ----------
    dimension : int
        0 for a single point, n_criteria - 1 for a region of full dimension, -1 for an empty one.
    equations : ndarray of shape (n_equations, n_criteria)
        Rows with ``row @ w == 0`` throughout the region.
    inside : ndarray of shape (n_criteria,)
        Weights that attain no other inequality; zeros for an empty region.
    span : ndarray of shape (dimension + 1, n_criteria)
        Orthonormal rows; every weight vector of the region is a combination of them.
    """

    dimension: int
    equations: FloatArray
    inside: FloatArray
    span: FloatArray


def affine_hull(A: npt.ArrayLike, b: npt.ArrayLike) -> AffineHull:
    r"""Find the inequalities that hold as equations throughout a region of weights.

    Parameters
    ----------
    A : array_like of shape (n_inequalities, n_criteria)
        Beside ``w >= 0`` and ``sum w = 1``.
    b : array_like of shape (n_inequalities,)

    Returns
    -------
    AffineHull
        An inequality with less room than about 1e-8 counts as an equation.

    Notes
    -----
    One linear program (Freund, Roundy and Todd 1985, "Identifying the set of always-active constraints in a system of
    linear inequalities by a single linear program", Sloan working paper 1674):
    :math:`\max \sum t` subject to :math:`C x + t \le 0, 0 \le t \le 1`, :math:`x` of any length. A row of :math:`C`
    has room exactly if its :math:`t` is 1.
    """
    from scipy.optimize import linprog

    left = np.asarray(A, dtype=np.float64)
    n = left.shape[1]
    rows = np.vstack([homogeneous(left, b), -np.eye(n)])
    aim = np.concatenate([np.zeros(n), -np.ones(len(rows))])
    limits = [(0, LARGEST)] * n + [(0, 1)] * len(rows)
    left_side = np.hstack([rows, np.eye(len(rows))])
    best = np.asarray(linprog(aim, left_side, np.zeros(len(rows)), bounds=limits).x, dtype=np.float64)
    length = float(best[:n].sum())
    if length < 1 / 2:
        return AffineHull(-1, np.zeros((0, n)), np.zeros(n), np.zeros((0, n)))
    equations = rows[best[n:] < 1 / 2]
    _, sizes, axes = np.linalg.svd(equations) if len(equations) else (None, np.zeros(0), np.eye(n))
    span = axes[int((sizes > SAME).sum()) :]
    return AffineHull(len(span) - 1, equations, best[:n] / length, span)


def same_totals(values: npt.ArrayLike, span: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """For each bid the first bid whose total is the same throughout a region, itself where there is none before it.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids)
        Finite.
    span : array_like of shape (n, n_criteria)
        Weight vectors, or directions, of which every weight vector of the region is a combination.

    Returns
    -------
    ndarray of int of shape (n_bids,)
        Totals that agree to nine decimals are equal (docs/convention.md §9).
    """
    totals = np.asarray(span, dtype=np.float64) @ np.asarray(values, dtype=np.float64)
    near = np.abs(totals[:, :, None] - totals[:, None, :]).max(axis=0, initial=0.0) <= SAME
    first: list[int] = []
    for b in range(totals.shape[1]):
        first.append(next((a for a in range(b) if first[a] == a and near[a, b]), b))
    return np.array(first, dtype=np.int64)
