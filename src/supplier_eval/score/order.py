"""Sums in a fixed order and rounding on decimals: what makes a result the same to the last bit.

A total is added bid after bid (or criterion after criterion) from the first to the last, so that one tender
alone and the same tender inside a block of thousands give the same bits (docs/convention.md §2, §10).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

NOISE_DIGITS = 9
FEW_TERMS = 64


def sum_in_order(x: npt.ArrayLike, axis: int = 0) -> FloatArray:
    """Sum along one axis, term after term.

    Parameters
    ----------
    x : array_like
        Terms; NaN stays NaN.
    axis : int
        Axis to sum over.

    Returns
    -------
    ndarray
        The sums; zeros where the axis is empty.

    Notes
    -----
    ``numpy.sum`` adds in blocks whose size depends on the memory layout; the last bits then differ between
    one tender and a block of tenders.
    """
    terms = np.asarray(x, dtype=np.float64)
    n = terms.shape[axis]
    if n == 0:
        return np.zeros(np.delete(terms.shape, axis))
    if axis == 0 and n <= FEW_TERMS and terms.ndim > 1:  # the same additions, without keeping what lies between
        total: FloatArray = terms[0].copy()
        for term in terms[1:]:
            total += term
        return total
    return np.asarray(np.take(np.add.accumulate(terms, axis=axis), -1, axis=axis))


def mean_in_order(x: npt.ArrayLike, counted: npt.ArrayLike, axis: int = 0) -> FloatArray:
    """Mean of the counted entries along one axis, added in order; NaN where none is counted."""
    mask = np.asarray(counted, dtype=bool)
    total = sum_in_order(np.where(mask, np.asarray(x, dtype=np.float64), 0.0), axis=axis)
    n = np.asarray(np.add.reduce(mask, axis=axis, dtype=np.int64))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(n > 0, total / np.maximum(n, 1), np.nan))


def round_half_up(x: npt.ArrayLike, places: int | None) -> FloatArray:
    """Round half away from zero, as a person does on paper.

    Parameters
    ----------
    x : array_like
        Figures; NaN stays NaN.
    places : int or None
        Decimal places; None leaves the figures as they are.

    Returns
    -------
    ndarray
        Rounded figures.

    Notes
    -----
    2.675 is stored as 2.67499999999999982; read as the decimal that was meant it rounds to 2.68. The figure
    is therefore first read to nine decimals of the step (the noise of binary arithmetic), then rounded.
    """
    figures = np.asarray(x, dtype=np.float64)
    if places is None:
        return figures.copy()
    step = 10.0**places
    scaled = np.round(np.abs(figures) * step, NOISE_DIGITS)
    return np.asarray(np.copysign(np.floor(scaled + 0.5) / step, figures))


def number_or_nan(cell: object) -> float:
    """A cell of a table as a number; NaN where it is none, for whoever then says which cells those are."""
    try:
        return float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return float("nan")


def settle(x: npt.ArrayLike) -> FloatArray:
    """Figures read to nine decimals, the form in which two totals are judged equal."""
    return np.asarray(np.round(np.asarray(x, dtype=np.float64), NOISE_DIGITS), dtype=np.float64)
