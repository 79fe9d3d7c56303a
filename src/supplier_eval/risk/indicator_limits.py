r"""Thresholds from past readings: quantiles with distribution-free intervals, or robust limits.

A quantile of level q is the value of rank ceil(q n). Its interval is made of order statistics: with B ~ Bin(n, q),

.. math:: P(X_{(r)} \le x_q < X_{(s)}) = P(r \le B \le s - 1),

r the largest rank with P(B < r) <= alpha / 2 and s the smallest with P(B >= s) <= alpha / 2. Where there is no such s
the history is too short: the readings needed are the smallest n with q^n <= alpha / 2.

The robust limit is median + z_q * 1.4826 * MAD, as if the readings were normal; its interval is that of a bootstrap.

Source: H. A. David, H. N. Nagaraja, "Order Statistics", section 7.1; P. J. Rousseeuw, C. Croux (1993), JASA 88,
1273-1283 (MAD). Recalled.
"""

from __future__ import annotations

from math import ceil, log

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri
from scipy.stats import binom

FloatArray = npt.NDArray[np.float64]
MAD_FACTOR = 1.482602218505602
RESAMPLES = 2000
FEWEST_ROBUST = 10


def readings_needed(level: float, confidence: float) -> int:
    """How many readings a quantile needs until its interval has an upper end.

    Parameters
    ----------
    level : float
        Of the quantile, 0.5 <= level < 1.
    confidence : float
        Of the interval, above 0 and below 1.
    """
    return ceil(log((1 - confidence) / 2) / log(level) - 1e-12)


def upper_quantile(values: FloatArray, level: float, confidence: float) -> tuple[float, float, float] | None:
    """A quantile with its interval; None where there are too few values.

    Parameters
    ----------
    values : ndarray of float, shape (n,)
        Finite, in any order.
    level, confidence : float
        As in `readings_needed`.

    Returns
    -------
    (value, lower, upper) or None
        The interval covers the true quantile with at least the confidence if readings are independent.
    """
    n = len(values)
    if n < readings_needed(level, confidence):
        return None
    ordered = np.sort(values)
    tail = (1 - confidence) / 2
    ranks = np.arange(1, n + 1)
    below = binom.cdf(ranks - 1, n, level)  # P(B < rank)
    r = int(np.max(np.append(ranks[below <= tail], 1)))
    s = int(np.min(ranks[1 - below <= tail + 1e-15]))
    return float(ordered[ceil(level * n - 1e-9) - 1]), float(ordered[r - 1]), float(ordered[s - 1])


def robust_limit(values: FloatArray, level: float, confidence: float, seed: int) -> tuple[float, float, float] | None:
    """Median and MAD as a limit; None where there are fewer than 10 values or more than half of them are equal.

    Parameters
    ----------
    values : ndarray of float, shape (n,)
        Finite, in any order.
    level, confidence : float
        As in `readings_needed`.
    seed : int
        Of the bootstrap.

    Returns
    -------
    (value, lower, upper) or None
    """
    if len(values) < FEWEST_ROBUST:
        return None
    z = float(ndtri(level)) * MAD_FACTOR
    ordered = np.sort(values)
    centre = float(np.median(ordered))
    spread = float(np.median(np.abs(ordered - centre)))
    if spread == 0:
        return None
    drawn = ordered[np.random.default_rng(seed).integers(0, len(ordered), (RESAMPLES, len(ordered)))]
    centres = np.median(drawn, axis=1)
    limits = centres + z * np.median(np.abs(drawn - centres[:, None]), axis=1)
    tail = (1 - confidence) / 2
    lower, upper = np.quantile(limits, [tail, 1 - tail])
    return centre + z * spread, float(lower), float(upper)
