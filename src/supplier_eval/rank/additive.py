r"""Weighted sum: the points of a bid are its values times the weights, added up.

.. math:: T_b = \sum_i w_i \, v_{ib}

Source: Fishburn (1967), "Additive utilities with incomplete product sets", Operations Research 15, eq. 1;
Keeney and Raiffa (1976), "Decisions with Multiple Objectives", §3.6.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.normalise import normalise
from supplier_eval.rank.sums import sum_sorted
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
    added = unrounded if criterion_places is None else sum_in_order(round_half_up(points, criterion_places))
    total = round_half_up(added, total_places)
    return WeightedSum(points, unrounded, total)


def additive(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    normalisation: str = "max",
    bounds: npt.ArrayLike | None = None,
) -> MethodScores:
    """Rank any decision table by the weighted sum of its normalised values.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, each criterion in its own unit.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    normalisation : str
        Key in ``NORMALISATIONS``: ``"none"`` for values that are on one scale already.
    bounds : array_like of shape (n_criteria, 2), optional
        Lowest and highest figure of each criterion, for ``"fixed"``.

    Returns
    -------
    MethodScores
        `score`, higher is better: the weighted sum, on the scale of the normalised values.
    """
    table = decision_table(values, weights, directions)
    terms = table.weights * normalise(table.values, directions, normalisation, bounds)
    return MethodScores(sum_sorted(terms), {}, {"normalisation": normalisation})


METHOD = RankingMethod(
    name="weighted_sum",
    title="weighted sum",
    function=additive,
    source="Fishburn 1967, Operations Research 15, eq. 1",
    parameters={
        "normalisation": "max (default), min_max, vector, sum, fixed, or none for values on one scale already",
        "bounds": "lowest and highest figure of each criterion, for fixed",
    },
    normalisation="max",
)
