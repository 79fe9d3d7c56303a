"""Raw weights as fractions of 1: divided by their sum, once."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

AS_PRINTED = 0.005


def fractions(weights: npt.ArrayLike) -> FloatArray:
    """Weights as fractions of 1.

    Parameters
    ----------
    weights : array_like of shape (n_criteria,)
        Points, fractions or any other proportions; not negative, not all zero.

    Returns
    -------
    ndarray of shape (n_criteria,)
        A new array. Weights whose sum is 1 to within 0.005 are fractions that were rounded for print: they are used
        as printed, so that published scores can be reproduced. All others are divided by their sum, which does not
        depend on the order of the criteria.

    Raises
    ------
    ValueError
        If a weight is negative or missing, or all are zero.
    """
    given = np.array(weights, dtype=np.float64)
    figures = given.ravel().tolist()
    try:
        total = math.fsum(figures)
    except OverflowError:
        total = math.inf
    if not (given.ndim == 1 and 0.0 < total < math.inf and min(figures) >= 0.0):
        raise ValueError("weights are one figure a criterion, not negative and not all zero")
    return given if abs(total - 1.0) <= AS_PRINTED else given / total
