r"""Krippendorff's alpha: how far the marks can be relied on, also where some are missing.

.. math:: \alpha = 1 - D_o / D_e

D_o is the mean squared difference of the pairs of marks within bids, D_e the one of all pairs of marks.

Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania, sections
C and D. Plain arrays, evaluators × bids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, settle, sum_in_order

AlphaLevel: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[str, ...] = get_args(AlphaLevel)


@dataclass(frozen=True)
class KrippendorffAlpha:
    """How far the marks can be relied on: 1 the same marks, 0 as if marked by chance, below 0 worse.

    Parameters
    ----------
    value : float or None
        Alpha, at most 1; None when there is a `reason`.
    level : str
        What differences between marks mean: ``nominal``, ``ordinal``, ``interval`` or ``ratio``.
    observed, expected : float or None
        Disagreement within bids and the one that chance would give, as mean squared difference.
    n_pairable : int
        Marks of bids that at least two evaluators marked; the others carry no information here.
    n_units : int
        Bids that at least two evaluators marked.
    reason : str or None
        Why there is no value: ``no_marks``, ``one_evaluator``, ``one_bid`` (fewer than two bids that two
        evaluators marked) or ``no_variation``.
    """

    value: float | None
    level: str
    observed: float | None
    expected: float | None
    n_pairable: int
    n_units: int
    reason: str | None


def krippendorff_alpha(ratings: npt.ArrayLike, level: AlphaLevel = "interval") -> KrippendorffAlpha:
    """Say how far the marks can be relied on, also where some are missing.

    Parameters
    ----------
    ratings : array_like of shape (n_evaluators, n_bids)
        Marks in points; NaN where none was given.
    level : {"interval", "ordinal", "nominal", "ratio"}
        What a difference means: points of a scale, places in an order, classes, or proportions.

    Returns
    -------
    KrippendorffAlpha
        Alpha with both disagreements, or the reason why there is none.

    Raises
    ------
    ValueError
        Marks infinite, not two-dimensional, below zero at level ``ratio``, or an unknown level.
    """
    x = settle(ratings)
    if x.ndim != 2 or np.any(np.isinf(x)):
        raise ValueError(f"ratings must be finite or NaN, evaluators × bids; got shape {x.shape}")
    if level not in LEVELS:
        raise ValueError(f"no level {level!r}; there is: {', '.join(LEVELS)}")
    given = ~np.isnan(x)
    if level == "ratio" and np.any(x[given] < 0):
        raise ValueError("the ratio level needs marks of zero or more")
    paired = np.count_nonzero(given, axis=0) >= 2
    n_units, n_pairable = int(np.count_nonzero(paired)), int(np.count_nonzero(given[:, paired]))
    if not given.any():
        return KrippendorffAlpha(None, level, None, None, 0, 0, "no_marks")
    if np.count_nonzero(given.any(axis=1)) < 2 or n_units < 2:
        reason = "one_evaluator" if np.count_nonzero(given.any(axis=1)) < 2 else "one_bid"
        return KrippendorffAlpha(None, level, None, None, n_pairable, n_units, reason)
    values, counts = _value_counts(x[:, paired])
    distance = _distance(values, sum_in_order(counts, axis=1), level)
    observed, expected = _disagreements(counts, distance)
    if expected == 0.0:
        return KrippendorffAlpha(None, level, observed, expected, n_pairable, n_units, "no_variation")
    return KrippendorffAlpha(1.0 - observed / expected, level, observed, expected, n_pairable, n_units, None)


def _value_counts(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Distinct marks in rising order, and how often each bid got each: (n_values,), (n_values, n_bids)."""
    values = np.unique(x[~np.isnan(x)])
    counts = np.count_nonzero(x[np.newaxis] == values[:, np.newaxis, np.newaxis], axis=1)
    return values, counts.astype(np.float64)


def _distance(values: FloatArray, n_value: FloatArray, level: str) -> FloatArray:
    """Squared differences between the distinct marks (Krippendorff 2011, section D)."""
    c, k = values[:, np.newaxis], values[np.newaxis, :]
    if level == "nominal":
        return np.asarray(c != k, dtype=np.float64)
    if level == "interval":
        return np.asarray((c - k) ** 2)
    if level == "ratio":
        return np.asarray(((c - k) / np.where(c + k == 0.0, 1.0, c + k)) ** 2)
    middle = np.add.accumulate(n_value) - n_value / 2.0  # marks below, and half of those that are equal
    return np.asarray((middle[:, np.newaxis] - middle[np.newaxis, :]) ** 2)


def _disagreements(counts: FloatArray, distance: FloatArray) -> tuple[float, float]:
    """Mean squared difference of the pairs within bids, and of all pairs."""
    n_value, n_bid = sum_in_order(counts, axis=1), sum_in_order(counts, axis=0)
    n = float(sum_in_order(n_value))
    within = sum_in_order(counts * (distance @ counts), axis=0) / (n_bid - 1.0)
    observed = float(sum_in_order(within)) / n
    expected = float(sum_in_order(n_value * (distance @ n_value))) / (n * (n - 1.0))
    return observed, expected
