r"""Prices of one tender that look as if one hand had written them: equal, nearly equal, at equal steps, round.

With the prices in ascending order :math:`b_1 \le \dots \le b_n` the lowest is taken as the winner's and the others as
the losing ones, as in the literature on cover bids. Steps :math:`d_i = b_{i+1} - b_i, i \ge 2` are equal when none
differs from their mean by more than a share of it; ratios are equal when the same holds for logarithms.

Source: OECD, "Guidelines for Fighting Bid Rigging in Public Procurement", checklist of suspicious pricing patterns
(identical prices, distances that repeat, round losing prices; recalled); the Chinese rule that takes "prices that
differ in a regular way" as a sign that bids were agreed: Implementing Regulations of the Tendering and Bidding Law,
2011, art. 40(4) (recalled).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
FINE, COARSE, LARGE = 1e6, 1e2, 1e9


def runs(linked: npt.ArrayLike) -> tuple[IntArray, IntArray]:
    """Find stretches of rows that hang together.

    Parameters
    ----------
    linked : array_like of bool, shape (n,)
        Whether a row hangs together with the one before it.

    Returns
    -------
    tuple of ndarray of int64
        First row and the row after the last one, of every stretch of two rows or more.
    """
    link = np.asarray(linked, dtype=bool)
    edges = np.diff(np.concatenate(([False], link, [False])).astype(np.int8))
    return np.flatnonzero(edges == 1) - 1, np.flatnonzero(edges == -1)


def even_steps(prices: npt.ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Measure how evenly the losing prices rise.

    Parameters
    ----------
    prices : array_like of shape (n_bids, n_tenders)
        Prices in ascending order along the first axis.

    Returns
    -------
    tuple of ndarray of shape (n_tenders,)
        Mean step between losing prices; the largest difference of a step from it, as a share of it; the same for the
        steps of the logarithms (equal ratios). NaN with fewer than two steps or all losing prices equal.
    """
    b = np.asarray(prices, dtype=np.float64)
    if b.shape[0] < 4:
        nothing = np.full(b.shape[1:], np.nan)
        return nothing, nothing, nothing
    step, off = _evenness(b[1:])
    return step, off, _evenness(np.log(b[1:]))[1]


def _evenness(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    step = (x[-1] - x[0]) / (x.shape[0] - 1)
    off = np.max(np.abs(np.diff(x, axis=0) - step), axis=0)
    rises = step > 0
    share = np.divide(off, step, out=np.full(step.shape, np.nan), where=rises)
    return np.where(rises, step, np.nan), share


def round_markups(prices: npt.ArrayLike, grid: float, tolerance: float) -> BoolArray:
    """Find tenders in which every losing price is the lowest one plus a whole multiple of a round percentage.

    Parameters
    ----------
    prices : array_like of shape (n_bids, n_tenders)
        Prices in ascending order along the first axis.
    grid, tolerance : float
        The round share (0.005 is half a percent), and how far from a multiple of it a markup may lie.

    Returns
    -------
    ndarray of bool, shape (n_tenders,)
        False also where a losing price equals the lowest.
    """
    b = np.asarray(prices, dtype=np.float64)
    if b.shape[0] < 2:
        return np.zeros(b.shape[1:], dtype=bool)
    markup = (b[1:] - b[0]) / b[0]
    times = np.rint(markup / grid)
    return np.asarray(np.all((np.abs(markup - times * grid) <= tolerance) & (times >= 1), axis=0))


def significant_digits(prices: npt.ArrayLike) -> IntArray:
    """Count the digits of a price without the zeros at its ends: 3,680,000 has 3, 3,600,000.50 has 8.

    Parameters
    ----------
    prices : array_like
        Above zero; read to the sixth decimal below a thousand million, to the second above.

    Returns
    -------
    ndarray of int64
        At least 1.
    """
    whole = _whole(np.asarray(prices, dtype=np.float64))
    while (tens := (whole % 10 == 0)).any():
        whole = np.where(tens, whole // 10, whole)
    digits = np.ones(whole.shape, dtype=np.int64)
    while (more := whole >= 10).any():
        digits += more
        whole = whole // 10
    return digits


def rounding_unit(prices: npt.ArrayLike) -> FloatArray:
    """Find the largest power of ten that divides every price of a tender.

    Parameters
    ----------
    prices : array_like of shape (n_bids, n_tenders)
        Above zero, read as in `significant_digits`.

    Returns
    -------
    ndarray of shape (n_tenders,)
        10,000 for prices of 3,680,000 and 3,750,000.
    """
    p = np.asarray(prices, dtype=np.float64)
    fine = np.all(p < LARGE, axis=0)
    whole = np.where(fine, np.rint(np.where(fine, p, 1.0) * FINE), np.rint(p * COARSE)).astype(np.int64)
    unit = np.where(fine, 1.0 / FINE, 1.0 / COARSE)
    divided = np.all((whole % 10 == 0) & (whole > 0), axis=0)
    while divided.any():
        whole = np.where(divided, whole // 10, whole)
        unit = np.where(divided, unit * 10.0, unit)
        divided &= np.all(whole % 10 == 0, axis=0)
    return np.asarray(unit)


def _whole(p: FloatArray) -> IntArray:
    """Prices as whole numbers of a small unit."""
    return np.maximum(np.rint(np.where(p < LARGE, p * FINE, p * COARSE)), 1.0).astype(np.int64)
