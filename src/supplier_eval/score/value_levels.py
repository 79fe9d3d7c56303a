"""Value functions with jumps: steps, a threshold, a rubric's table, yes or no."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, settle
from supplier_eval.score.value_checks import finite, knots, one_way, raw_figures, scale, values_of


def step(x: npt.ArrayLike, froms: npt.ArrayLike, values: npt.ArrayLike, below: float | None = None) -> FloatArray:
    """Value a figure by the step it stands on; a step holds from its figure on, that figure included.

    v = values[i] for froms[i] ≤ x < froms[i + 1].

    Parameters
    ----------
    x : array_like
        Raw figures.
    froms : array_like of shape (n_steps,)
        Where each step begins, strictly rising.
    values : array_like of shape (n_steps,)
        What it is worth, 0-100, only rising or only falling.
    below : float or None
        What a figure below the first step is worth; None for 0 when the values rise (or there is one step)
        and for the first value when they fall.

    Returns
    -------
    ndarray of the same shape
        Values; NaN stays NaN.

    Raises
    ------
    ValueError
        If the steps do not hold together, also with `below`, or a figure is infinite.
    """
    raw = raw_figures(x)
    at, value = knots(froms, values, "steps", at_least=1)
    falling = bool(np.any(np.diff(value) < 0))
    under = (float(value[0]) if falling else 0.0) if below is None else float(below)
    ladder = np.concatenate(([under], value))
    if not 0.0 <= under <= 100.0:
        raise ValueError("below must lie between 0 and 100.")
    one_way(ladder, "values, with the one below the first step,")
    found = ladder[np.searchsorted(settle(at), settle(raw), side="right")]
    return values_of(np.where(np.isnan(raw), np.nan, found))


def threshold(x: npt.ArrayLike, at: float, direction: Literal["max", "min"] = "max") -> FloatArray:
    """Give all or nothing: 100 at the threshold or better, else 0.

    Parameters
    ----------
    x : array_like
        Raw figures.
    at : float
        The threshold, itself good enough.
    direction : {"max", "min"}
        Whether higher or lower is better.

    Returns
    -------
    ndarray of the same shape
        0 or 100; NaN stays NaN.

    Raises
    ------
    ValueError
        If the threshold is not finite, the direction is another word, or a figure is infinite.
    """
    raw = raw_figures(x)
    edge = finite(at, "at")
    if direction not in {"max", "min"}:
        raise ValueError(f"direction must be 'max' or 'min', not {direction!r}.")
    good = settle(raw) >= settle(edge) if direction == "max" else settle(raw) <= settle(edge)
    return values_of(np.where(np.isnan(raw), np.nan, np.where(good, 100.0, 0.0)))


def by_table(codes: npt.ArrayLike, table: npt.ArrayLike) -> FloatArray:
    """Value a named level (优 良 中 差, A B C) by the rubric's table.

    Parameters
    ----------
    codes : array_like of int or float
        Place of the level in the table, from 0; NaN and −1 (pandas' code for missing) are missing.
    table : array_like of shape (n_levels,)
        Value of each level, 0-100.

    Returns
    -------
    ndarray of the same shape
        Values; NaN for a missing level.

    Raises
    ------
    ValueError
        If a code is no place in the table, or a value lies outside 0-100.

    Notes
    -----
    Any values are allowed: the levels have no order of their own but the one their values give them.
    """
    raw = raw_figures(codes)
    worth = scale(table, "table")
    missing = np.isnan(raw) | (raw == -1)
    place = np.where(missing, 0.0, raw)
    if np.any((place != np.floor(place)) | (place < 0) | (place >= worth.size)):
        raise ValueError(f"codes must be whole numbers from 0 to {worth.size - 1}, or -1 for missing.")
    return values_of(np.where(missing, np.nan, worth[place.astype(np.intp)]))


def yes_no(x: npt.ArrayLike, yes: float = 100.0, no: float = 0.0) -> FloatArray:
    """Value a yes (1, True) or a no (0, False).

    Parameters
    ----------
    x : array_like
        1 or True for yes, 0 or False for no.
    yes, no : float
        What each is worth, 0-100.

    Returns
    -------
    ndarray of the same shape
        Values; NaN stays NaN.

    Raises
    ------
    ValueError
        If a figure is neither, or a value lies outside 0-100.
    """
    answer = raw_figures(x)
    worth = scale([no, yes], "yes and no")
    if np.any(~np.isnan(answer) & (answer != 0) & (answer != 1)):
        raise ValueError("yes-no figures must be 1 (yes) or 0 (no).")
    return by_table(answer, worth)
