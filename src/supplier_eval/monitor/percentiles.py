r"""Percentiles of durations of which some are not over: within which time so many percent are done.

The percentile of order :math:`p` is the first time at which at least :math:`p` of the records are done, the inverse of
the distribution function: the :math:`\lceil np \rceil`-th smallest of :math:`n` (no figure between two records is made
up). Records that are still open are censored at their age; then it is the first :math:`t` with
:math:`\hat S(t) \le 1 - p`, of the product-limit estimate

.. math::
    \hat S(t) = \prod_{t_i \le t} \Bigl(1 - \frac{d_i}{r_i}\Bigr)

with :math:`d_i` done at :math:`t_i` of the :math:`r_i` at risk just before.

Intervals. Nothing censored: order statistics :math:`x_{(l)}, x_{(u)}` with the largest :math:`l` and the smallest
:math:`u` for which :math:`P(B < l) \le \alpha/2` and :math:`P(B \ge u) \le \alpha/2`, :math:`B \sim Bin(n, p)`: free of
any distribution, covering at least as often as stated. Censored: the times at which the pointwise log-log limits of
:math:`\hat S`, with Greenwood's variance, reach :math:`1 - p`.

Source: Kaplan and Meier (1958), JASA 53:457-481; David and Nagaraja (2003), Order Statistics, ch. 7.1; Brookmeyer and
Crowley (1982), Biometrics 38:29-41 (recalled; the figures agree with statsmodels in the tests).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri
from scipy.stats import binom

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
NOISE = 1e-12


@dataclass(frozen=True)
class Percentile:
    """One percentile with its interval.

    Parameters
    ----------
    value : float
        In the unit of the durations; NaN where so many are not done within the longest time seen.
    lower, upper : float
        Ends of the interval; NaN where the records do not give one.
    longest : float
        The longest time seen: what a percentile that is not reached lies above.
    """

    value: float
    lower: float
    upper: float
    longest: float


def percentile(durations: npt.ArrayLike, done: npt.ArrayLike, order: float, confidence: float) -> Percentile:
    """Time within which a share of records is done, with its interval.

    Parameters
    ----------
    durations : array_like of shape (n,)
        Time to the end, or the age so far.
    done : array_like of bool, shape (n,)
        False for what is still open.
    order : float
        Share, above 0 and below 1.
    confidence : float
        Of the two-sided interval.

    Returns
    -------
    Percentile
        All NaN for no records.
    """
    x, over = np.asarray(durations, dtype=np.float64), np.asarray(done, dtype=bool)
    if not x.size:
        return Percentile(np.nan, np.nan, np.nan, np.nan)
    sort = np.lexsort((~over, x))
    x, over = x[sort], over[sort]
    if over.all():
        low, high = order_ranks(x.size, order, confidence)
        ends = [x[rank - 1] if 1 <= rank <= x.size else np.nan for rank in (low, high)]
        return Percentile(float(x[value_rank(x.size, order) - 1]), float(ends[0]), float(ends[1]), float(x[-1]))
    times, survival, variance = product_limit(x, over)
    upper_curve, lower_curve = _log_log_limits(survival, variance, confidence)
    found = [_first_at_most(times, curve, 1 - order) for curve in (survival, lower_curve, upper_curve)]
    return Percentile(found[0], found[1], found[2], float(x[-1]))


def value_rank(n: int, order: float) -> int:
    """Rank of the percentile among n: the smallest whole number that is at least n times `order`."""
    return max(1, int(np.ceil(n * order - NOISE * n)))


def order_ranks(n: int, order: float, confidence: float) -> tuple[int, int]:
    """Ranks of the order statistics that bound a percentile; 0 and n + 1 where n is too small for a bound."""
    tail = (1 - confidence) / 2
    low = int(binom.ppf(tail, n, order))
    while low > 0 and binom.cdf(low - 1, n, order) > tail:
        low -= 1
    while binom.cdf(low, n, order) <= tail:
        low += 1
    high = int(binom.ppf(1 - tail, n, order))
    while binom.sf(high - 1, n, order) > tail:
        high += 1
    while high > 1 and binom.sf(high - 2, n, order) <= tail:
        high -= 1
    return low, min(high, n + 1)


def product_limit(durations: FloatArray, done: BoolArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Times at which something was done, the share still open after each, and Greenwood's sum there.

    Parameters
    ----------
    durations : ndarray of shape (n,)
        Sorted; at equal times what was done stands before what is censored.
    done : ndarray of bool, shape (n,)
        As sorted.

    Returns
    -------
    tuple of ndarray, each of shape (n_times,)
        Times, survival, and the sum of d / (r (r - d)).
    """
    times, first = np.unique(durations, return_index=True)
    d = np.add.reduceat(done.astype(np.int64), first)
    risk = durations.size - first
    times, d, risk = times[d > 0], d[d > 0], risk[d > 0]
    survival = np.cumprod((risk - d).astype(np.float64) / risk)
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(d.astype(np.float64) / (risk * (risk - d)))
    return times, survival.astype(np.float64), greenwood.astype(np.float64)


def _log_log_limits(survival: FloatArray, greenwood: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Upper and lower pointwise limits of the survival curve."""
    z = float(ndtri(0.5 + confidence / 2))
    inside = (survival > 0) & (survival < 1)
    log = np.log(np.where(inside, survival, 0.5))
    spread = z * np.sqrt(np.where(inside, greenwood, 0.0)) / np.abs(log)
    upper = np.where(inside, np.exp(log * np.exp(-spread)), survival)
    lower = np.where(inside, np.exp(log * np.exp(spread)), survival)
    return upper, lower


def _first_at_most(times: FloatArray, curve: FloatArray, share: float) -> float:
    at = np.flatnonzero(curve <= share + NOISE)
    return float(times[at[0]]) if at.size else float("nan")
