"""Sen's slope: the median of the slopes between all pairs of points, with its interval.

The interval takes the slopes at ranks (N -+ C) / 2 + ... with C = z * sqrt(Var S), N the number of pairs of different
times; it is not moved by single wild figures.

Sources: P. K. Sen (1968), Journal of the American Statistical Association 63, 1379-1389; R. O. Gilbert (1987),
"Statistical Methods for Environmental Pollution Monitoring", section 16.5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from supplier_eval.score.order import FloatArray


@dataclass(frozen=True)
class SenSlope:
    """Slope with its interval and the line through the medians.

    Parameters
    ----------
    slope : float
        Change a unit of time; NaN with fewer than two points.
    lower, upper : float
        Ends of the interval; infinite where too few pairs reach the level.
    intercept : float
        Median of values less slope times the median of times.
    pairs : int
        Pairs of different times.
    """

    slope: float
    lower: float
    upper: float
    intercept: float
    pairs: int


def pair_slopes(values: npt.ArrayLike, times: npt.ArrayLike) -> FloatArray:
    """All slopes between two points of different times, the smallest first."""
    x, t = (np.asarray(given, dtype=np.float64) for given in (values, times))
    i, j = np.triu_indices(x.size, 1)
    apart = t[j] != t[i]
    i, j = i[apart], j[apart]
    return np.asarray(np.sort((x[j] - x[i]) / (t[j] - t[i])))


def sen_slope(values: npt.ArrayLike, times: npt.ArrayLike, variance: float, level: float = 0.95) -> SenSlope:
    """Give the median slope and its interval.

    Parameters
    ----------
    values, times : array_like of shape (n,)
        Without gaps; times in any unit.
    variance : float
        Variance of Kendall's S for these figures.
    level : float
        Of the interval, above 0 and below 1.

    Returns
    -------
    SenSlope
    """
    x, t = (np.asarray(given, dtype=np.float64) for given in (values, times))
    slopes = pair_slopes(x, t)
    n = slopes.size
    if n == 0:
        return SenSlope(np.nan, np.nan, np.nan, float(np.median(x)) if x.size else np.nan, 0)
    slope = float(np.median(slopes))
    half = float(norm.isf((1 - level) / 2)) * np.sqrt(max(variance, 0.0))
    lower, upper = _at(slopes, (n - half) / 2), _at(slopes, (n + half) / 2 + 1)
    return SenSlope(slope, lower, upper, float(np.median(x) - slope * np.median(t)), n)


def _at(slopes: FloatArray, rank: float) -> float:
    """The slope at a rank from 1, between two of them in proportion; infinite beyond the ends."""
    if rank < 1:
        return -np.inf
    if rank > slopes.size:
        return np.inf
    low = int(np.floor(rank))
    part = rank - low
    high = min(low, slopes.size - 1)
    return float(slopes[low - 1] + part * (slopes[high] - slopes[low - 1]))
