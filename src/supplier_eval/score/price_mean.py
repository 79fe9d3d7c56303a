"""Price formulas about a mean: the benchmark is made by the bids themselves.

::

    trimmed-mean benchmark   B = K · mean;  s = 100 − E1 · (% above B) − E2 · (% below B)
    mean ratio               s = 100 · (1 − |P − M| / M)
    distance from the mean   s = A + a · (% below M)      (minus above)

The first two are not monotone: a bid below the benchmark gains by asking more, and one that moves moves the
benchmark for all. A policy that uses them is warned about it. The third always rewards the lower price.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.score.price_formula import (
    Eligible,
    FloatArray,
    Given,
    Parameter,
    PriceFormula,
    as_scores,
    mean_of,
    read_bids,
)

E1 = Parameter(
    "e1",
    required=True,
    lowest=0.0,
    highest=100.0,
    meaning="points of 100 taken off per 1 % above the benchmark",
)
E2 = Parameter(
    "e2",
    required=True,
    lowest=0.0,
    highest=100.0,
    meaning="points of 100 taken off per 1 % below the benchmark",
)
K = Parameter("k", default=1.0, above=0.0, highest=2.0, meaning="factor on the mean, stated or drawn at the opening")
TRIM_FROM = Parameter(
    "trim_from",
    default=5.0,
    lowest=3.0,
    whole=True,
    meaning="number of eligible bids from which the highest and the lowest price leave the mean",
)
AT_MEAN = Parameter("at_mean", default=50.0, lowest=0.0, highest=100.0, meaning="score at the mean price")
PER_PERCENT = Parameter(
    "per_percent",
    default=1.0,
    lowest=0.0,
    highest=100.0,
    meaning="points gained or lost per 1 % off the mean",
)


def trimmed_mean_benchmark(
    prices: npt.ArrayLike,
    eligible: Eligible = None,
    *,
    e1: Given,
    e2: Given,
    k: Given = 1.0,
    trim_from: Given = 5.0,
) -> FloatArray:
    """Take points off for every per cent above, and for every per cent below, a benchmark made from the mean.

    B = K · mean of the prices (without the highest and the lowest where `trim_from` or more are eligible);
    s = 100 − E1 · 100 · (P − B)/B above B, 100 − E2 · 100 · (B − P)/B below, not below 0.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts, also for the mean and the trimming; None for all.
    e1, e2 : float or array_like, one a tender
        Points of 100 per 1 % above and below. Deductions published for a price worth W points are multiplied
        by 100 / W first.
    k : float or array_like, one a tender
        Factor on the mean, above 0 to 2; where it is drawn at the opening, the figure that was drawn.
    trim_from : int or array_like, one a tender
        From how many eligible bids on the trimming applies, 3 or more.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero, or a parameter is out of range.

    Notes
    -----
    Not monotone: below the benchmark a dearer bid scores more. One highest and one lowest price are dropped
    from the mean, ties or not; the bids themselves are scored. With K = 1, the only bid, and bids at one
    price, score 100; with another K they score 100 less the deduction for |1 − K|/K.

    References
    ----------
    Comprehensive evaluation method of Chinese works and service tenders (评标基准价, 偏差率): standard tender
    documents of the nine ministries, 2007. Order 87, art. 55, forbids the trimming to government buyers.
    """
    p, ok = read_bids(prices, eligible)
    benchmark = K.read(k, ok) * mean_of(p, ok, trim_from=TRIM_FROM.read(trim_from, ok))
    off = (p - benchmark) / benchmark
    deduction = np.where(off > 0, E1.read(e1, ok) * off, -E2.read(e2, ok) * off)
    return as_scores(1.0 - deduction, ok)


def mean_ratio(prices: npt.ArrayLike, eligible: Eligible = None) -> FloatArray:
    """Score a price by how near it is to the mean price: s = 100 · (1 − |P − M| / M), not below 0.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts, also for the mean; None for all.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero.

    Notes
    -----
    Below the mean this is P/M, above it 2 − P/M. Not monotone: below the mean a dearer bid scores more. The
    only bid, and bids at one price, score 100.

    References
    ----------
    Closeness to the arithmetic mean (平均值法), as in Chinese works tenders; the trimmed-mean benchmark with
    K = 1, one point per 1 % on both sides, and no trimming.
    """
    p, ok = read_bids(prices, eligible)
    mean = mean_of(p, ok)
    return as_scores(1.0 - np.abs(p - mean) / mean, ok)


def distance_from_mean(
    prices: npt.ArrayLike, eligible: Eligible = None, *, at_mean: Given = 50.0, per_percent: Given = 1.0
) -> FloatArray:
    """Give the mean price 50, add a point for every per cent below it, take one off for every per cent above.

    s = A + a · 100 · (M − P)/M, kept within 0-100.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts, also for the mean; None for all.
    at_mean : float or array_like, one a tender
        Score A at the mean price, 0 to 100.
    per_percent : float or array_like, one a tender
        Points a per 1 % off the mean, 0 to 100.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero, or a parameter is out of range.

    Notes
    -----
    Monotone although it uses the mean: P/M = n·P/(P + sum of the others) grows with P. The only bid, and bids
    at one price, score `at_mean`.

    References
    ----------
    UK practice, "mean average method": the mean is worth 50, one point per percentage point above or below.
    """
    p, ok = read_bids(prices, eligible)
    mean = mean_of(p, ok)
    gain = PER_PERCENT.read(per_percent, ok) * ((mean - p) / mean)
    return as_scores(AT_MEAN.read(at_mean, ok) / 100.0 + gain, ok)


FORMULAS = (
    PriceFormula(
        "trimmed_mean_benchmark",
        trimmed_mean_benchmark,
        (E1, E2, K, TRIM_FROM),
        relative=True,
        bounded=True,
        monotone=False,
        formula="B = k · trimmed mean; 100 − e1 per 1 % above B − e2 per 1 % below B, not below 0",
        source="CN comprehensive evaluation (评标基准价); CN Order 87 art. 55 forbids the trimming",
    ),
    PriceFormula(
        "mean_ratio",
        mean_ratio,
        (),
        relative=True,
        bounded=True,
        monotone=False,
        formula="100 · (1 − |P − M| / M), not below 0",
        source="CN arithmetic mean method (平均值法)",
    ),
    PriceFormula(
        "distance_from_mean",
        distance_from_mean,
        (AT_MEAN, PER_PERCENT),
        relative=True,
        bounded=True,
        monotone=True,
        formula="at_mean + per_percent · 100 · (M − P) / M, kept within 0-100",
        source="UK mean average method",
    ),
)
