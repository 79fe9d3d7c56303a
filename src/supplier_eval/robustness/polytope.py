r"""Polytopes of weights: corners, volume and centre of gravity of :math:`\{w \ge 0, \sum w = 1, A w \le b\}`.

A polytope is kept as its corners and the list of inequalities that each corner attains. Cutting off a half-space
keeps the corners on the right side and adds one on every edge that crosses the border (double description: Motzkin,
Raiffa, Thompson and Thrall 1953; two corners share an edge if no third corner attains all that both attain: Fukuda
and Prodon 1996, proposition 7). The volume is that of simplices that fill the polytope without overlap, each face
being filled from its first corner (pulling triangulation: De Loera, Rambau and Santos 2010, §4.3). Which corner
attains what is decided once, when it is cut, and inherited after that: duplicate inequalities, more borders through a
corner than needed and cells without volume are ordinary cases, not failures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, sum_in_order

NEAR = 1e-13
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Polytope:
    """Weights that satisfy some inequalities, as corners.

    Parameters
    ----------
    vertices : ndarray of shape (n_vertices, n_criteria)
        Corners: not negative, sum 1; no rows where the inequalities contradict each other.
    attains : ndarray of bool of shape (n_vertices, n_borders)
        Which corner lies on which border.
    dimension : int
        0 for a single point, n_criteria - 1 for a body of full dimension, -1 for nothing.
    """

    vertices: FloatArray
    attains: BoolArray
    dimension: int

    @property
    def empty(self) -> bool:
        """Whether no weights satisfy the inequalities."""
        return self.dimension < 0

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """As many weights as the polytope has dimensions, chosen so that they fix all the others."""
        from scipy.linalg import qr

        if self.dimension < 1:
            return ()
        chosen = qr(self.vertices - self.vertices[0], mode="r", pivoting=True)[1]
        return tuple(sorted(chosen[: self.dimension].tolist()))

    @cached_property
    def simplices(self) -> IntArray:
        """Corner numbers of simplices that fill the polytope without overlap, shape (n_simplices, dimension + 1)."""
        everything = (1 << len(self.vertices)) - 1
        return _fill(everything, self.dimension, _masks(self.attains), {})

    def moments(self, columns: tuple[int, ...] | None = None) -> tuple[float, FloatArray]:
        """Volume and centre of gravity.

        Parameters
        ----------
        columns : tuple of int or None
            Weights in which the volume is measured, the others being dropped; None for `columns`. The volumes of two
            parts of one polytope compare only in the same columns.

        Returns
        -------
        float
            Volume; 0 for a polytope of fewer dimensions than columns, 1 for a point measured in no column.
        ndarray of shape (n_criteria,)
            Centre of gravity; the mean of the corners where there is no volume, zeros where there is no corner.

        Raises
        ------
        ArithmeticError
            If borders lie so close together, yet not on each other, that the corners contradict each other.
        """
        chosen = self.columns if columns is None else columns
        if self.empty:
            return 0.0, np.zeros(self.vertices.shape[1])
        middle = sum_in_order(self.vertices) / len(self.vertices)
        if self.dimension != len(chosen):
            return 0.0, middle
        corners = self.vertices[self.simplices]
        sides = (corners[:, 1:] - corners[:, :1])[:, :, list(chosen)]
        sizes = np.abs(np.linalg.det(sides)) / math.factorial(self.dimension)
        volume = math.fsum(sizes.tolist())
        if volume == 0:
            return 0.0, middle
        centres = sum_in_order(corners, axis=1) / (self.dimension + 1)
        return volume, sum_in_order(sizes[:, None] * centres) / volume


def homogeneous(A: npt.ArrayLike, b: npt.ArrayLike) -> FloatArray:
    """Inequalities ``A @ w <= b`` as ``C @ w <= 0``, which says the same where the weights sum to 1.

    Parameters
    ----------
    A : array_like of shape (n_inequalities, n_criteria)
    b : array_like of shape (n_inequalities,)

    Returns
    -------
    ndarray of shape (n_rows, n_criteria)
        The largest entry of a row is 1; rows without any entry are dropped; rows in a fixed order, each once.
    """
    rows = np.asarray(A, dtype=np.float64) - np.asarray(b, dtype=np.float64)[:, None]
    size = np.abs(rows).max(axis=1, initial=0.0)
    return np.unique(rows[size > 0] / size[size > 0, None] + 0.0, axis=0)


def polytope_of(A: npt.ArrayLike, b: npt.ArrayLike, equations: npt.ArrayLike = (), near: float = NEAR) -> Polytope:
    """The weights that satisfy ``A @ w <= b``, are not negative and sum to 1.

    Parameters
    ----------
    A : array_like of shape (n_inequalities, n_criteria)
        No rows for the whole simplex.
    b : array_like of shape (n_inequalities,)
    equations : array_like of shape (n_equations, n_criteria)
        Rows with ``row @ w == 0`` that are known to follow from the inequalities: with them first, fewer corners come
        up on the way.
    near : float
        See `cut`.

    Returns
    -------
    Polytope
        Of fewer dimensions where the inequalities fix weights or sums of them; empty where they contradict each other.
    """
    left, right = np.asarray(A, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if left.ndim != 2 or right.shape != left.shape[:1]:
        raise ValueError(f"one right side an inequality: left sides {left.shape}, right sides {right.shape}")
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        raise ValueError("an inequality needs finite figures")
    rows = homogeneous(left, right)
    known = {row.tobytes() for row in rows}
    n = left.shape[1]
    body = Polytope(np.eye(n), ~np.eye(n, dtype=bool), n - 1)
    for row in (*np.asarray(equations, dtype=np.float64), *(row for row in rows if (-row + 0.0).tobytes() in known)):
        body = section(body, row, near)
    for row in rows:
        body = cut(body, row, near)
    return body


def cut(body: Polytope, row: npt.ArrayLike, near: float = NEAR) -> Polytope:
    """The part of a polytope in which ``row @ w <= 0``.

    Parameters
    ----------
    body : Polytope
    row : array_like of shape (n_criteria,)
    near : float
        A corner lies on the border if the sum is 0 to within this share of the largest entry.

    Returns
    -------
    Polytope
        The same dimension, or a face of `body`, or nothing.
    """
    side = _sides(body, row, near)
    return _part(body, side, side < 0) if (side > 0).any() else _touched(body, side)


def section(body: Polytope, row: npt.ArrayLike, near: float = NEAR) -> Polytope:
    """The part of a polytope in which ``row @ w == 0``; see `cut`."""
    side = _sides(body, row, near)
    return _part(body, side, np.zeros(len(side), dtype=bool)) if side.any() else body


def _sides(body: Polytope, row: npt.ArrayLike, near: float) -> FloatArray:
    """Value of the row at each corner, 0 on the border."""
    given = np.asarray(row, dtype=np.float64)
    largest = np.abs(given).max(initial=0.0)
    side = np.asarray(body.vertices @ (given / largest if largest > 0 else given), dtype=np.float64)
    return np.where(np.abs(side) <= near, 0.0, side)


def _touched(body: Polytope, side: FloatArray) -> Polytope:
    """A polytope that loses nothing, with the border noted where it touches."""
    on = side == 0
    if on.all() or not on.any():
        return body
    return Polytope(body.vertices, np.hstack([body.attains, on[:, None]]), body.dimension)


def _part(body: Polytope, side: FloatArray, inside: BoolArray) -> Polytope:
    """The corners that stay, and a new one on every edge from one side to the other."""
    on = side == 0
    below, above = _crossing_edges(body, np.flatnonzero(side < 0), np.flatnonzero(side > 0))
    share = (side[above] / (side[above] - side[below]))[:, None]
    new = share * body.vertices[below] + (1 - share) * body.vertices[above]
    stay = on | inside
    vertices = np.vstack([body.vertices[stay], new])
    inherited = np.vstack([body.attains[stay], body.attains[below] & body.attains[above]])
    border = np.concatenate([on[stay], np.ones(len(new), dtype=bool)])[:, None]
    attains = np.hstack([inherited, border])
    attains = attains[:, attains.any(axis=0) & ~attains.all(axis=0)]
    if len(new):
        dimension = body.dimension if inside.any() else body.dimension - 1
    else:
        dimension = _chain((1 << len(vertices)) - 1, _masks(attains))
    return Polytope(vertices, attains, dimension)


def _crossing_edges(body: Polytope, below: IntArray, above: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs of corners on either side that share an edge."""
    attains = body.attains.astype(np.float64)
    many = attains[below] @ attains[above].T >= body.dimension - 1
    first, second = (index[at] for index, at in zip((below, above), np.nonzero(many), strict=True))
    both = attains[first] * attains[second]
    holders = (both @ attains.T == both.sum(axis=1, keepdims=True)).sum(axis=1)
    return first[holders == 2], second[holders == 2]


def _masks(attains: BoolArray) -> list[int]:
    """Each border as the set of its corners, in bits."""
    return list(dict.fromkeys(sum(1 << i for i in np.flatnonzero(column).tolist()) for column in attains.T))


def _facets(face: int, borders: list[int]) -> list[int]:
    """The largest proper faces of a face."""
    met = {face & border for border in borders} - {face, 0}
    return [one for one in sorted(met) if not any(one != other and one & other == one for other in met)]


def _chain(face: int, borders: list[int]) -> int:
    """Dimension of a face: the length of a chain of faces below it."""
    if not face:
        return -1
    if face.bit_count() == 1:
        return 0
    below = _facets(face, borders)
    return 1 + max(_chain(below[0], borders), 0) if below else face.bit_count() - 1


def _fill(face: int, dimension: int, borders: list[int], known: dict[int, IntArray]) -> IntArray:
    """Simplices that fill a face, all with its first corner; none where it has fewer dimensions than said."""
    if dimension < 1 < face.bit_count():
        raise ArithmeticError("borders lie too close together to tell which corner lies on which")
    if face.bit_count() <= dimension:
        return np.zeros((0, dimension + 1), dtype=np.int64)
    if face.bit_count() == dimension + 1:
        return np.array([[i for i in range(face.bit_length()) if face >> i & 1]], dtype=np.int64)
    if face not in known:
        apex = (face & -face).bit_length() - 1
        inside = [border for border in borders if border & face]
        parts = [_fill(facet, dimension - 1, inside, known) for facet in _facets(face, inside) if not facet >> apex & 1]
        base = np.vstack([np.zeros((0, dimension), dtype=np.int64), *parts])
        known[face] = np.hstack([np.full((len(base), 1), apex, dtype=np.int64), base])
    return known[face]
