r"""The figures that describe the prices of a tender, for blocks of tenders with the same number of bids.

With the prices in ascending order :math:`b_1 \le \dots \le b_n`, mean :math:`\bar b` and **sample** standard deviation
:math:`s` (divisor :math:`n - 1`):

.. math::
    CV = \frac{s}{\bar b}, \qquad SPD = \frac{b_n - b_1}{b_1}, \qquad DIFFP = \frac{b_2 - b_1}{b_1}, \qquad
    RD = \frac{b_2 - b_1}{s(b_2, \dots, b_n)}

.. math::
    RDNOR = \frac{b_2 - b_1}{\frac{1}{n-1} \sum_{i=1}^{n-1} (b_{i+1} - b_i)}, \qquad
    RDALT = \frac{b_2 - b_1}{\frac{1}{n-2} \sum_{i=2}^{n-1} (b_{i+1} - b_i)}

.. math::
    G_1 = \frac{n}{(n-1)(n-2)} \sum_i \Big(\frac{b_i - \bar b}{s}\Big)^3, \qquad
    G_2 = \frac{n(n+1)}{(n-1)(n-2)(n-3)} \sum_i \Big(\frac{b_i - \bar b}{s}\Big)^4 - \frac{3(n-1)^2}{(n-2)(n-3)}

.. math::
    KSTEST = \max_i \Big| \frac{b_i}{s} - \frac{i}{n+1} \Big|

Source: Imhof (2017), "Simple Statistical Screens to Detect Bid Rigging", WP 484, University of Fribourg (CV, RD);
Huber and Imhof (2019), International Journal of Industrial Organization 65; Wallimann, Imhof and Huber (2022),
Computational Economics, arXiv 2004.05629 (all others). The papers' titles and abstracts were read, their formulas are
recalled. :math:`G_1, G_2` are those of Joanes and Gill (1998), eqs. 3-4, as in pandas and SAS.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
LEAST: Final = {
    **{"spread": 2, "difference": 2, "cv": 3, "relative_distance": 3, "normalised_distance": 3},
    **{"alternative_distance": 3, "skewness": 3, "kurtosis": 4, "ks_standardised": 3},
}
NEEDS_SPREAD: Final = ("normalised_distance", "skewness", "kurtosis", "ks_standardised")
NEEDS_LOSERS: Final = ("relative_distance", "alternative_distance")


def price_figures(prices: npt.ArrayLike) -> dict[str, FloatArray]:
    """Describe the prices of each tender.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Prices in ascending order along the first axis, above zero; further axes are tenders.

    Returns
    -------
    dict of str to ndarray of shape (...)
        ``cv spread difference relative_distance normalised_distance alternative_distance skewness kurtosis
        ks_standardised``, fractions and pure numbers. NaN where a figure is not defined: with fewer bids than `LEAST`,
        with all prices equal (`NEEDS_SPREAD`), with all losing prices equal (`NEEDS_LOSERS`).
    """
    b = np.asarray(prices, dtype=np.float64)
    n = b.shape[0]
    figures = {name: np.full(b.shape[1:], np.nan) for name in LEAST}
    if n < 2:
        return figures
    gap, reach = b[1] - b[0], b[-1] - b[0]
    apart, losers_apart = reach > 0, b[-1] > b[1]
    figures["spread"], figures["difference"] = reach / b[0], gap / b[0]
    if n < 3:
        return figures
    mean, m2, m3, m4 = _moments(b)
    s = np.sqrt(m2 / (n - 1))
    figures["cv"] = np.where(apart, s / mean, 0.0)
    figures["normalised_distance"] = _over(gap, reach / (n - 1), apart)
    s_losers = np.sqrt(_moments(b[1:])[1] / (n - 2))
    figures["relative_distance"] = _over(gap, s_losers, losers_apart)
    figures["alternative_distance"] = _over(gap, (b[-1] - b[1]) / (n - 2), losers_apart)
    figures["skewness"] = _over(n / ((n - 1) * (n - 2)) * m3, s**3, apart)
    rank = np.arange(1, n + 1).reshape(-1, *(1,) * (b.ndim - 1)) / (n + 1)
    figures["ks_standardised"] = np.max(np.abs(_over(b, np.broadcast_to(s, b.shape), apart) - rank), axis=0)
    if n > 3:
        whole = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3))
        figures["kurtosis"] = _over(whole * m4, s**4, apart) - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))
    return figures


def _moments(b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Mean, and the sums of the second, third and fourth powers of what differs from it."""
    mean = add_rows(b) / b.shape[0]
    d = b - mean
    square = d * d
    return mean, add_rows(square), add_rows(square * d), add_rows(square * square)


def add_rows(terms: FloatArray) -> FloatArray:
    """Sum along the first axis, term after term: one tender alone and in a block gives the same bits."""
    total = terms[0].copy()
    for row in terms[1:]:
        total = total + row
    return np.asarray(total)


def _over(part: FloatArray, whole: FloatArray, defined: npt.NDArray[np.bool_]) -> FloatArray:
    """A quotient where it is defined, NaN elsewhere."""
    shape = np.broadcast_shapes(part.shape, whole.shape)
    out = np.full(shape, np.nan)
    np.divide(part, whole, out=out, where=np.broadcast_to(defined, shape))
    return out
