r"""Counts and scores that lose weight with age, so that an old failure fades without being forgotten at once.

.. math::
    w_a = 2^{-a/h}, \qquad k' = \sum_a w_a k_a, \qquad n' = \sum_a w_a n_a, \qquad
    s_t = (1 - \lambda)\, s_{t-1} + \lambda\, x_t

Source: the power prior with a fixed power for historical data (Ibrahim and Chen 2000, Statistical Science 15:46-60,
recalled); exponential smoothing as in the vendor evaluation of SAP (0SMOOTH_DEL: 80 x 0.9 + 20 x 0.1 = 74).
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.monitor.asked_counts import TABLE, figures

FloatArray = npt.NDArray[np.float64]
MOST = 1e300


def age_weights(ages: npt.ArrayLike, half_life: float) -> FloatArray:
    """Weight of each case by its age: 1 for a new one, one half after the half-life.

    Parameters
    ----------
    ages : array_like
        Ages in the unit of the half-life (periods, days), not negative.
    half_life : float
        Age at which a case counts half, above zero; infinity lets nothing fade.

    Raises
    ------
    InvalidInput
        For ages that are negative, missing or text, or a half-life that is not above zero; all at once.

    Examples
    --------
    >>> se.monitor.age_weights([0, 6, 12], 6).tolist()
    [1.0, 0.5, 0.25]
    """
    found: list[Finding] = []
    given = figures(ages, "ages", found)
    if not found and np.any(given < 0):
        facts = {"count": int(np.sum(given < 0))}
        found.append(Finding("estimates.count.negative", TABLE, "ages", value=f"{given.min():g}", facts=facts))
    number = isinstance(half_life, int | float | np.integer | np.floating) and not isinstance(half_life, bool)
    if not number or not half_life > 0 or MOST < half_life < math.inf:
        found.append(Finding("estimates.half_life.range", TABLE, "half_life", value=str(half_life)[:40]))
    if found:
        raise InvalidInput(found, TABLE)
    return np.asarray(2.0 ** (-given / half_life))


def smoothed(scores: npt.ArrayLike, weight: float) -> FloatArray:
    """Smooth a series of scores, each new one moving the last result by `weight` of the difference.

    Parameters
    ----------
    scores : array_like of shape (n_periods,)
        Oldest first. NaN is a period without a score: the result stays where it was.
    weight : float
        Weight of the new score, above 0 and up to 1.

    Returns
    -------
    ndarray of shape (n_periods,)
        The first score is its own result; NaN before it.

    Raises
    ------
    InvalidInput
        For text, infinite scores, more than one dimension, or a weight outside (0, 1].

    Examples
    --------
    >>> se.monitor.smoothed([80, 20], 0.1).tolist()
    [80.0, 74.0]
    """
    found: list[Finding] = []
    given = np.asarray(scores)
    series = np.zeros(0)
    if given.ndim != 1:
        found.append(Finding("estimates.series.shape", TABLE, "scores", facts={"shape": str(given.shape)}))
    else:
        series = _gaps_allowed(scores, found)
    number = isinstance(weight, int | float | np.floating) and not isinstance(weight, bool)
    if not number or not 0 < weight <= 1:
        found.append(Finding("estimates.smoothing.range", TABLE, "weight", value=str(weight)))
    if found:
        raise InvalidInput(found, TABLE)
    result = series.copy()
    for before, now in pairwise(range(len(series))):
        if np.isnan(series[now]):
            result[now] = result[before]
        elif not np.isnan(result[before]):
            result[now] = (1 - weight) * result[before] + weight * series[now]
    return result


def _gaps_allowed(scores: npt.ArrayLike, found: list[Finding]) -> FloatArray:
    """Figures among which NaN stands for a period without one; infinite ones are found."""
    missing: list[Finding] = []
    series = figures(scores, "scores", missing)
    found += [f for f in missing if f.code != "estimates.figures.missing"]
    if np.any(np.isinf(series)):
        found += [f for f in missing if f.code == "estimates.figures.missing"]
    return series
