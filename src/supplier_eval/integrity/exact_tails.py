"""Exact tail probabilities of counts, for many units at once.

Hypergeometric (Fisher's exact test, one side), binomial, and Poisson-binomial: a sum of independent trials with unequal
chances. A tail includes what was seen. Sums run from what was seen outwards, so that small p-values keep their digits.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, gammaln

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def hypergeometric_upper(seen: IntArray, total: IntArray, marked: IntArray, drawn: IntArray) -> FloatArray:
    """P(X >= seen), X the marked ones among `drawn` without replacement from `total` with `marked`.

    Parameters
    ----------
    seen, total, marked, drawn : ndarray of int, broadcast against each other
        Counts; `seen` at most the smaller of `marked` and `drawn`.

    Returns
    -------
    ndarray of float
        Probabilities in [0, 1].

    Notes
    -----
    The first term comes from log-gamma, the others from the ratio of neighbouring terms,
    (m - x)(d - x) / ((x + 1)(t - m - d + x + 1)).
    """
    x, t, m, d = np.broadcast_arrays(*(np.asarray(a, dtype=np.float64) for a in (seen, total, marked, drawn)))
    shape = x.shape
    x, t, m, d = x.ravel().copy(), t.ravel(), m.ravel(), d.ravel()
    sure = x <= np.maximum(0.0, m + d - t)
    with np.errstate(invalid="ignore"):
        first = _log_choose(m, x) + _log_choose(t - m, d - x) - _log_choose(t, d)
    term = np.where(sure, 0.0, np.exp(np.where(sure, 0.0, first)))
    sums = term.copy()
    live = np.flatnonzero(~sure & (x < np.minimum(m, d)))
    while live.size:
        at = x[live]
        term[live] *= (m[live] - at) * (d[live] - at) / ((at + 1) * (t[live] - m[live] - d[live] + at + 1))
        sums[live] += term[live]
        x[live] = at + 1
        going = (x[live] < np.minimum(m[live], d[live])) & (term[live] > 1e-18 * sums[live])
        live = live[going]
    return np.where(sure, 1.0, np.minimum(1.0, sums)).reshape(shape)


def binomial_upper(seen: IntArray, trials: IntArray, chance: FloatArray) -> FloatArray:
    """P(X >= seen) of a binomial count, by the incomplete beta function."""
    k, n = np.asarray(seen, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    p = np.asarray(chance, dtype=np.float64)
    inside = (k > 0) & (k <= n)
    upper = betainc(np.where(inside, k, 1.0), np.where(inside, n - k + 1.0, 1.0), p)
    return np.where(k <= 0, 1.0, np.where(k > n, 0.0, upper))


def binomial_two_sided_half(seen: IntArray, trials: IntArray) -> FloatArray:
    """Two-sided p-value of a binomial count with chance one half: twice the smaller tail, at most 1."""
    k, n = np.asarray(seen, dtype=np.int64), np.asarray(trials, dtype=np.int64)
    less = np.minimum(k, n - k)
    return np.minimum(1.0, 2.0 * binomial_upper(n - less, n, np.full(n.shape, 0.5)))


def poisson_binomial_lower(seen: int, trials: IntArray, chances: FloatArray) -> float:
    """P(X <= seen) of independent trials in groups of equal chance.

    Parameters
    ----------
    seen : int
        Count that was seen.
    trials : ndarray of int, shape (n_groups,)
        Trials of each group.
    chances : ndarray of float, shape (n_groups,)
        Chance of success in each group.

    Returns
    -------
    float
        Exact up to rounding: the binomial distributions of the groups, convolved and cut off after `seen`.
    """
    if seen < 0:
        return 0.0
    if seen >= int(np.sum(trials)):
        return 1.0
    mass = np.ones(1)
    counts = np.arange(seen + 1, dtype=np.float64)
    for n, p in zip(np.asarray(trials).tolist(), np.asarray(chances).tolist(), strict=True):
        if n == 0:
            continue
        mass = np.convolve(mass, _binomial_mass(counts[: n + 1], n, p))[: seen + 1]
    return float(min(1.0, mass.sum()))


def poisson_binomial_upper(seen: int, trials: IntArray, chances: FloatArray) -> float:
    """P(X >= seen): the lower tail of the failures; parameters as `poisson_binomial_lower`."""
    failures = int(np.sum(trials)) - seen
    return poisson_binomial_lower(failures, trials, 1.0 - np.asarray(chances, dtype=np.float64))


def _binomial_mass(counts: FloatArray, n: int, p: float) -> FloatArray:
    if p <= 0.0 or p >= 1.0:
        return np.where(counts == (0 if p <= 0.0 else n), 1.0, 0.0)
    ways = _log_choose(np.full(counts.shape, float(n)), counts)
    return np.asarray(np.exp(ways + counts * np.log(p) + (n - counts) * np.log1p(-p)), dtype=np.float64)


def _log_choose(n: FloatArray, k: FloatArray) -> FloatArray:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1), dtype=np.float64)
