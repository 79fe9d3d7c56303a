r"""The Mann-Kendall test: do later figures tend to be higher (or lower) than earlier ones.

.. math::
    S = \sum_{i<j} \operatorname{sign}(x_j - x_i), \qquad
    \operatorname{Var} S = \tfrac{1}{18}\Bigl[n(n-1)(2n+5) - \sum_t t(t-1)(2t+5)\Bigr], \qquad
    Z = \frac{S - \operatorname{sign} S}{\sqrt{\operatorname{Var} S}}

with *t* the sizes of groups of equal figures; the correction by 1 is for continuity. For small n the exact
distribution over all orders of the figures is used, with ties too: each group of equal figures is put in among those
before it, and the ways to do so are counted (Gaussian binomial coefficients).

Sources: H. B. Mann (1945), Econometrica 13, 245-259; M. G. Kendall (1975), "Rank Correlation Methods"; R. O. Gilbert
(1987), "Statistical Methods for Environmental Pollution Monitoring", ch. 16; K. H. Hamed and A. R. Rao (1998), Journal
of Hydrology 204, 182-196 (autocorrelation).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, rankdata

from supplier_eval.score.order import FloatArray

EXACT_UP_TO = 30
ALTERNATIVES = ("two-sided", "increasing", "decreasing")


@dataclass(frozen=True)
class KendallStatistic:
    """The score and its variance without any trend.

    Parameters
    ----------
    s : int
        Pairs that rise less pairs that fall.
    variance : float
        Of S, corrected for ties.
    tau : float
        Kendall's tau-b, from -1 to 1; NaN where all figures are equal.
    ties : tuple of int
        Sizes of groups of two and more equal figures.
    """

    s: int
    variance: float
    tau: float
    ties: tuple[int, ...]


def kendall_statistic(values: npt.ArrayLike) -> KendallStatistic:
    """Count rising and falling pairs.

    Parameters
    ----------
    values : array_like of shape (n,)
        In order of time, without gaps.
    """
    x = np.asarray(values, dtype=np.float64)
    n = x.size
    s = int(sum(int(np.sign(x[i + 1 :] - x[i]).sum()) for i in range(n - 1)))
    _, sizes = np.unique(x, return_counts=True)
    ties = tuple(sorted(int(t) for t in sizes if t > 1))
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    pairs = n * (n - 1) / 2
    untied = pairs - sum(t * (t - 1) / 2 for t in ties)
    tau = s / np.sqrt(pairs * untied) if untied > 0 else np.nan
    return KendallStatistic(s, float(variance), float(tau), ties)


def z_score(s: int, variance: float) -> float:
    """Standardised score, with the correction for continuity; 0 where S is 0 or nothing varies."""
    return float((s - np.sign(s)) / np.sqrt(variance)) if s != 0 and variance > 0 else 0.0


def normal_chance(z: float, alternative: str) -> float:
    """Chance of a score at least this large, by the normal distribution."""
    if alternative == "two-sided":
        return float(min(1.0, 2 * norm.sf(abs(z))))
    return float(norm.sf(z) if alternative == "increasing" else norm.cdf(z))


def exact_chance(values: npt.ArrayLike, s: int, alternative: str) -> float:
    """Chance of a score at least this large among all orders of the figures.

    Parameters
    ----------
    values : array_like of shape (n,)
        The figures; only which of them are equal counts.
    s : int
        The score.
    alternative : {"two-sided", "increasing", "decreasing"}
        Which scores count as at least this large.

    Returns
    -------
    float
        From 0 to 1, exact.
    """
    _, sizes = np.unique(np.asarray(values, dtype=np.float64), return_counts=True)
    ways, most = [1], 0
    before = 0
    for size in sizes.tolist():
        ways = _product(ways, _gaussian_binomial(before + size, size))
        most += before * size
        before += size
    total = sum(ways)
    scores = [most - 2 * inversions for inversions in range(most + 1)]
    if alternative == "two-sided":
        count = sum(w for score, w in zip(scores, ways, strict=True) if abs(score) >= abs(s))
    elif alternative == "increasing":
        count = sum(w for score, w in zip(scores, ways, strict=True) if score >= s)
    else:
        count = sum(w for score, w in zip(scores, ways, strict=True) if score <= s)
    return float(Fraction(count, total))


def _gaussian_binomial(n: int, k: int) -> list[int]:
    """In how many ways k alike can stand among n - k others with 0, 1, 2, ... inversions."""
    out = [1]
    for i in range(1, k + 1):
        out = _divided(_times_one_less(out, n - k + i), i)
    return out


def _times_one_less(p: list[int], power: int) -> list[int]:
    """Multiply by 1 - q^power."""
    out = [*p, *[0] * power]
    for i, c in enumerate(p):
        out[i + power] -= c
    return out


def _divided(p: list[int], power: int) -> list[int]:
    """Divide by 1 - q^power; without rest."""
    out = list(p)
    for i in range(power, len(out)):
        out[i] += out[i - power]
    return out[: len(p) - power]


def _product(a: list[int], b: list[int]) -> list[int]:
    out = [0] * (len(a) + len(b) - 1)
    for i, c in enumerate(a):
        if c:
            for j, d in enumerate(b):
                out[i + j] += c * d
    return out


def hamed_rao_factor(values: npt.ArrayLike, slope: float, level: float = 0.05) -> float:
    """Factor on the variance of S where neighbouring figures are alike (or opposed).

    Parameters
    ----------
    values : array_like of shape (n,)
        In order of time, evenly spaced.
    slope : float
        Sen's slope a step, which is taken out first.
    level : float
        Autocorrelations of ranks below this two-sided level of significance are taken as 0.

    Returns
    -------
    float
        n / n*; 1 without any significant autocorrelation. Never below the smallest positive figure.
    """
    x = np.asarray(values, dtype=np.float64)
    n = x.size
    ranks: FloatArray = rankdata(x - slope * np.arange(1, n + 1))
    centred = ranks - ranks.mean()
    whole = float(centred @ centred)
    if n < 4 or whole == 0:
        return 1.0
    line = float(norm.isf(level / 2)) / np.sqrt(n)
    total = 0.0
    for lag in range(1, n - 1):
        r = float(centred[lag:] @ centred[:-lag]) / whole
        if abs(r) > line:
            total += (n - lag) * (n - lag - 1) * (n - lag - 2) * r
    return float(max(1.0 + 2.0 / (n * (n - 1) * (n - 2)) * total, np.finfo(float).tiny))
