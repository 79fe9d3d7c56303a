r"""Weighted sum: the points of a bid are its values times the weights, added up.

.. math:: T_b = \sum_i w_i \, v_{ib}

Source: Fishburn (1967), "Additive utilities with incomplete product sets", Operations Research 15, eq. 1;
Keeney and Raiffa (1976), "Decisions with Multiple Objectives", §3.6.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, round_half_up, sum_in_order


class WeightedSum(NamedTuple):
    """Points by criterion, their sum before and after rounding.

    Attributes
    ----------
    points : ndarray of shape (n_criteria, n_bids, ...)
        Weight times value, in points of 100, unrounded.
    unrounded : ndarray of shape (n_bids, ...)
        Sum of `points`.
    total : ndarray of shape (n_bids, ...)
        What is ranked: rounded points, added and rounded.
    """

    points: FloatArray
    unrounded: FloatArray
    total: FloatArray


def weighted_sum(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    criterion_places: int | None = None,
    total_places: int | None = None,
) -> WeightedSum:
    """Add up what each criterion is worth.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Values from 0 to 100, higher is better; a missing value (NaN) makes the bid's total NaN.
    weights : array_like of shape (n_criteria,)
        Fractions of 1.
    criterion_places, total_places : int or None
        Decimal places of each criterion's points and of the total; None leaves them unrounded.

    Returns
    -------
    WeightedSum
        Points, unrounded totals and totals.
    """
    table = np.asarray(values, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    if w.shape != table.shape[:1]:
        raise ValueError(f"{table.shape[0]} criteria need as many weights, not {w.shape}")
    points = w.reshape((-1,) + (1,) * (table.ndim - 1)) * table
    unrounded = sum_in_order(points)
    total = round_half_up(sum_in_order(round_half_up(points, criterion_places)), total_places)
    return WeightedSum(points, unrounded, total)
