"""Value functions without a jump: linear, piecewise linear, exponential.

::

    linear            v = 100 · t,  t = (x − floor) / (target − floor) within 0-1
    piecewise linear  v on straight lines between knots
    exponential       v = 100 · (1 − exp(−c·t)) / (1 − exp(−c))
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray
from supplier_eval.score.value_checks import finite, knots, raw_figures, values_of

STEEPEST = 100.0


def linear(x: npt.ArrayLike, floor: float, target: float) -> FloatArray:
    """Value a figure by its place between the floor (0) and the target (100).

    v = 100 · (x − floor) / (target − floor), kept within 0-100.

    Parameters
    ----------
    x : array_like
        Raw figures, in the criterion's unit.
    floor, target : float
        Figures worth 0 and 100; a floor above the target says that lower is better.

    Returns
    -------
    ndarray of the same shape
        Values 0-100; NaN stays NaN.

    Raises
    ------
    ValueError
        If floor and target are equal or not finite, or a figure is infinite.

    References
    ----------
    Keeney, Raiffa, Decisions with Multiple Objectives (1976), ch. 3.
    """
    return values_of(100.0 * _place(raw_figures(x), floor, target))


def piecewise_linear(x: npt.ArrayLike, knots_x: npt.ArrayLike, knots_v: npt.ArrayLike) -> FloatArray:
    """Value a figure on straight lines between knots, flat outside the first and the last.

    Parameters
    ----------
    x : array_like
        Raw figures.
    knots_x : array_like of shape (n_knots,)
        Raw figures of the knots, strictly rising, two or more.
    knots_v : array_like of shape (n_knots,)
        Their values 0-100, only rising or only falling.

    Returns
    -------
    ndarray of the same shape
        Values; at a knot exactly the knot's; NaN stays NaN.

    Raises
    ------
    ValueError
        If the knots do not hold together, or a figure is infinite.

    References
    ----------
    Belton, Stewart, Multiple Criteria Decision Analysis (2002), ch. 5.
    """
    raw = raw_figures(x)
    at, value = knots(knots_x, knots_v, "knots", at_least=2)
    inside = np.clip(raw, at[0], at[-1])
    left = np.clip(np.searchsorted(at, inside, side="right") - 1, 0, at.size - 2)
    share = (inside - at[left]) / (at[left + 1] - at[left])
    start, end = value[left], value[left + 1]
    line = np.where(share < 1.0, start + share * (end - start), end)
    worth = np.clip(line, np.minimum(start, end), np.maximum(start, end))
    return values_of(np.where(np.isnan(raw), np.nan, worth))


def exponential(x: npt.ArrayLike, floor: float, target: float, curvature: float) -> FloatArray:
    """Value a figure on a curve from the floor (0) to the target (100).

    v = 100 · (1 − exp(−c·t)) / (1 − exp(−c)) with t the place between floor and target, kept within 0-1.

    Parameters
    ----------
    x : array_like
        Raw figures.
    floor, target : float
        Figures worth 0 and 100; a floor above the target says that lower is better.
    curvature : float
        c, not 0, from −100 to 100: above 0 the first steps earn most, below 0 the last.

    Returns
    -------
    ndarray of the same shape
        Values 0-100; NaN stays NaN.

    Raises
    ------
    ValueError
        If floor and target are equal, the curvature is 0 or out of range, or a figure is infinite.

    References
    ----------
    Kirkwood, Strategic Decision Making (1997), ch. 4, exponential single-dimensional value function.
    """
    bend = finite(curvature, "curvature")
    if bend == 0 or abs(bend) > STEEPEST:
        raise ValueError(f"curvature must not be 0 and lie between {-STEEPEST:g} and {STEEPEST:g}.")
    place = np.atleast_1d(np.ascontiguousarray(_place(raw_figures(x), floor, target)))
    curve = np.expm1(-bend * place) / np.expm1(np.full_like(place, -bend))
    return values_of(100.0 * curve.reshape(np.shape(x)))


def _place(raw: FloatArray, floor: float, target: float) -> FloatArray:
    """Place between floor and target as a fraction, kept within 0-1."""
    bottom, top = finite(floor, "floor"), finite(target, "target")
    if bottom == top:
        raise ValueError("floor and target are equal; set them apart.")
    return np.asarray(np.clip((raw - bottom) / (top - bottom), 0.0, 1.0))
