"""All zeros of functions of one variable that are smooth between known points.

Each piece is interpolated in Chebyshev points and halved until the interpolant is as good as the arithmetic; its zeros
are the eigenvalues of its companion matrix, so that several zeros in one piece, and zeros that only touch, are found.
A kink or a jump that nobody announced does not smooth out: halving closes in on it, and its place is reported too.

Source: Good (1961), "The colleague matrix, a Chebyshev analogue of the companion matrix", Quarterly Journal of
Mathematics 12, 61-68; Boyd (2002), "Computing zeros on a real interval through Chebyshev expansion and polynomial
rootfinding", SIAM Journal on Numerical Analysis 40(5), 1666-1682; halving at kinks: Pachón, Platte and Trefethen
(2010), "Piecewise-smooth chebfuns", IMA Journal of Numerical Analysis 30, 898-916.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.polynomial import chebyshev

from supplier_eval.score.order import FloatArray

Rows = Callable[[FloatArray], FloatArray]

DEGREE = 16
SMOOTH = 1e-11  # interpolation error, in the unit of the function, that counts as smooth
NARROW = 2.0**-46  # width of a piece, as a fraction of its place, below which nothing is halved
REAL = 1e-3  # a pair of zeros this near to the line is a touch; an extra point does no harm
NODES = chebyshev.chebpts1(DEGREE + 1)
TO_COEFFICIENTS = np.linalg.inv(chebyshev.chebvander(NODES, DEGREE))
PROBES = np.array([-0.9999999, -0.987, -0.35, 0.123, 0.71, 0.991, 0.9999999])  # between the nodes: kinks do not hide
AT_PROBES = chebyshev.chebvander(PROBES, DEGREE)
HALVINGS = 60
JOINED = 1e-7  # neighbouring pieces that differ by less at their common end are one function
ALTERNATING = (-1.0) ** np.arange(DEGREE + 1)  # the polynomials at the left end
UNSURE = 2.0**-49  # the place itself is known no better: a steep function is rough by that much
MOST = 20_000  # pieces at once; beyond, they are taken as rough


class Piece(NamedTuple):
    """A stretch on which all functions are smooth: ends, and Chebyshev coefficients (n_rows, degree + 1)."""

    start: float
    end: float
    coefficients: FloatArray


class Pieces(NamedTuple):
    """All smooth stretches, and the points at which no halving made the functions smooth."""

    smooth: list[Piece]
    rough: list[float]


def pieces(rows: Rows, ends: npt.ArrayLike) -> Pieces:
    """Cut a range into stretches on which all functions are smooth.

    Parameters
    ----------
    rows : callable
        Figures of shape (n,) to values of shape (n_rows, n); a function may be NaN throughout a stretch.
    ends : array_like of shape (n_ends,)
        The range and every known kink and jump.
    """
    cuts = np.unique(np.asarray(ends, dtype=np.float64))
    left, right = cuts[:-1], cuts[1:]
    found: list[Piece] = []
    rough: list[float] = []
    at = np.concatenate([NODES, PROBES])
    while left.size:
        middle, half = (left + right) / 2.0, (right - left) / 2.0
        x = middle[:, np.newaxis] + half[:, np.newaxis] * at
        values = rows(x.ravel())
        values = values.reshape(values.shape[0], *x.shape)
        absent = np.asarray(np.isnan(values).all(axis=2))
        values = np.where(absent[:, :, np.newaxis], 1.0, values)
        coefficients = values[:, :, : DEGREE + 1] @ TO_COEFFICIENTS.T
        missed = np.abs(coefficients @ AT_PROBES.T - values[:, :, DEGREE + 1 :]).max(axis=2, initial=0.0)
        tail = np.abs(coefficients[:, :, -2:]).max(axis=2, initial=0.0)
        worst = np.maximum(missed, tail).max(axis=0, initial=0.0)
        far = np.maximum(np.abs(left), np.abs(right))
        height = np.abs(values).max(axis=(0, 2), initial=0.0)
        rise = (values.max(axis=2) - values.min(axis=2)).max(axis=0, initial=0.0)
        fine = np.asarray(worst <= SMOOTH * np.maximum(1.0, height / 100.0) + UNSURE * far * rise / half)
        narrow = (half <= NARROW * far) | (left.size > MOST)
        good = np.flatnonzero(fine).tolist()
        found += [Piece(float(left[i]), float(right[i]), coefficients[:, i]) for i in good]
        stuck = ~fine & narrow
        rough += [*left[stuck].tolist(), *right[stuck].tolist()]
        go = ~fine & ~narrow
        left, right = np.concatenate([left[go], middle[go]]), np.concatenate([middle[go], right[go]])
    found.sort(key=lambda piece: piece.start)
    return Pieces(found, rough + _broken(found))


def _broken(found: list[Piece]) -> list[float]:
    """Ends at which neighbouring pieces do not meet: a jump just where a piece was halved shows nowhere else."""
    out = []
    for one, following in pairwise(found):
        gap = one.coefficients.sum(axis=1) - (following.coefficients * ALTERNATING).sum(axis=1)
        if one.end == following.start and np.abs(gap).max(initial=0.0) > JOINED:
            out.append(one.end)
    return out


def zeros(rows: Rows, ends: npt.ArrayLike) -> FloatArray:
    """Find where any of several functions is zero, and where one has a kink or a jump that was not announced.

    Parameters
    ----------
    rows : callable
        Figures of shape (n,) to values of shape (n_rows, n); a function may be NaN throughout a stretch between ends.
    ends : array_like of shape (n_ends,)
        The range and every known kink and jump, in any order.

    Returns
    -------
    ndarray of shape (n,)
        Sorted. A few points that are no zeros may be among them (near touches); none is left out that parts
        stretches wider than about 1e-13 of their place, provided the functions are smooth between the ends. A kink
        that was not announced is found where the interpolation notices it.
    """
    cut = pieces(rows, ends)
    out = list(cut.rough)
    for piece in cut.smooth:
        out += _in_piece(piece, piece.coefficients)
    return np.unique(np.asarray(out, dtype=np.float64))


def crossings(rows: Rows, ends: npt.ArrayLike, most: int = 20_000) -> tuple[FloatArray, bool]:
    """Find where functions cross a half (… 1.5, 2.5, …): the places at which their rounded figures step.

    Parameters
    ----------
    rows : callable
        As for `zeros`; in units of the rounding step.
    ends : array_like of shape (n_ends,)
        As for `zeros`.
    most : int
        Crossings beyond this number are not sought.

    Returns
    -------
    tuple of (ndarray, bool)
        Sorted places; and whether these are all.
    """
    cut = pieces(rows, ends)
    out, complete = [np.asarray(cut.rough, dtype=np.float64)], True
    count = 0
    for piece in cut.smooth:
        spread = np.abs(piece.coefficients[:, 1:]).sum(axis=1)
        for row in np.flatnonzero(spread > SMOOTH).tolist():
            series = piece.coefficients[row]
            lowest, highest = series[0] - spread[row], series[0] + spread[row]
            if np.floor(highest + 0.5 + SMOOTH) <= np.floor(lowest + 0.5 - SMOOTH):
                continue
            count += int(highest - lowest)
            if count > most:
                return np.unique(np.concatenate(out)), False
            out.append(_halves(piece, series))
    return np.unique(np.concatenate(out)), complete


def _in_piece(piece: Piece, coefficients: FloatArray) -> list[float]:
    spread = np.abs(coefficients[:, 1:]).sum(axis=1)
    near = (np.abs(coefficients[:, 0]) <= spread + SMOOTH) & (np.abs(coefficients).max(axis=1) > SMOOTH)
    middle, half = (piece.start + piece.end) / 2.0, (piece.end - piece.start) / 2.0
    return [float(middle + half * t) for row in np.flatnonzero(near).tolist() for t in _roots(coefficients[row])]


def _roots(series: FloatArray) -> list[float]:
    """Zeros from -1 to 1 of a Chebyshev series."""
    kept = chebyshev.chebtrim(series, SMOOTH * 1e-2 * float(np.abs(series).max()))
    if kept.size < 2:
        return []
    found = np.atleast_1d(chebyshev.chebroots(kept))
    found = found[(np.abs(found.imag) < REAL) & (np.abs(found.real) <= 1.0 + REAL)]
    return [float(t) for t in np.clip(found.real, -1.0, 1.0)]


def _halves(piece: Piece, series: FloatArray) -> FloatArray:
    """Where a smooth function crosses a half, stretch by stretch of one direction, by bisection."""
    turns = np.array([-1.0, *sorted(_roots(np.asarray(chebyshev.chebder(series), dtype=np.float64))), 1.0])
    height = chebyshev.chebval(turns, series)
    low, high, level = [], [], []
    for k in range(turns.size - 1):
        bottom, top = sorted((float(height[k]), float(height[k + 1])))
        wanted = np.arange(np.ceil(bottom - 0.5 - 1e-9), np.floor(top - 0.5 + 1e-9) + 1.0) + 0.5
        low.append(np.full(wanted.shape, turns[k]))
        high.append(np.full(wanted.shape, turns[k + 1]))
        level.append(wanted)
    a, b, goal = (np.concatenate(part) for part in (low, high, level))
    rises = chebyshev.chebval(b, series) >= chebyshev.chebval(a, series)
    for _ in range(HALVINGS):
        middle = (a + b) / 2.0
        below = (chebyshev.chebval(middle, series) < goal) == rises
        a, b = np.where(below, middle, a), np.where(below, b, middle)
    return np.asarray((piece.start + piece.end) / 2.0 + (piece.end - piece.start) / 2.0 * a)
