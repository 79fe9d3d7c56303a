r"""Intervals of a single rate: between which values the true rate lies, given so many good cases of so many.

With :math:`k` events of :math:`n`, :math:`\hat p = k/n`, :math:`\hat q = 1 - \hat p` and the normal quantile :math:`z`:

.. math::
    \text{Wilson:}\quad
    \frac{2n\hat p + z^2 \pm z\sqrt{z^2 + 4n\hat p\hat q}}{2(n + z^2)}

    \text{with continuity correction:}\quad
    L = \frac{2n\hat p + z^2 - 1 - z\sqrt{z^2 - 2 - 1/n + 4\hat p(n\hat q + 1)}}{2(n + z^2)}, \qquad
    U = \frac{2n\hat p + z^2 + 1 + z\sqrt{z^2 + 2 - 1/n + 4\hat p(n\hat q - 1)}}{2(n + z^2)}

Source: Newcombe (1998), "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17:857-872,
methods 3 and 4 (the formulas recalled, the figures of its Table I reproduced in the tests); Wilson (1927), JASA
22:209-212; Clopper and Pearson (1934), Biometrika 26:404-413; Brown, Cai and DasGupta (2001), Statistical Science
16:101-133, for Jeffreys and Agresti-Coull.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, ndtri

from supplier_eval.errors import UnknownName
from supplier_eval.monitor.asked_counts import asked_confidence, asked_counts

FloatArray = npt.NDArray[np.float64]
Ends = tuple[FloatArray, FloatArray]


def wilson(events: FloatArray, n: FloatArray, confidence: float) -> Ends:
    """Wilson's score interval; `events` and `n` of one shape, every `n` above zero."""
    z2 = float(ndtri(0.5 + confidence / 2)) ** 2
    p = events / n
    half = np.sqrt(z2 * (z2 + 4 * n * p * (1 - p)))
    lower, upper = ((2 * events + z2 + sign * half) / (2 * (n + z2)) for sign in (-1, 1))
    return np.where(events == 0, 0.0, lower), np.where(events == n, 1.0, upper)


def wilson_cc(events: FloatArray, n: FloatArray, confidence: float) -> Ends:
    """Wilson's score interval with continuity correction."""
    z = float(ndtri(0.5 + confidence / 2))
    z2, p, q = z * z, events / n, 1 - events / n
    down = np.sqrt(np.maximum(z2 - 2 - 1 / n + 4 * p * (n * q + 1), 0.0))
    up = np.sqrt(np.maximum(z2 + 2 - 1 / n + 4 * p * (n * q - 1), 0.0))
    lower = (2 * events + z2 - 1 - z * down) / (2 * (n + z2))
    upper = (2 * events + z2 + 1 + z * up) / (2 * (n + z2))
    lower = np.where(events == 0, 0.0, np.clip(lower, 0.0, p))
    return lower, np.where(events == n, 1.0, np.clip(upper, p, 1.0))


def clopper_pearson(events: FloatArray, n: FloatArray, confidence: float) -> Ends:
    """Clopper and Pearson's exact interval: never covers less than it says, often more."""
    tail = (1 - confidence) / 2
    none, all_ = events == 0, events == n
    lower = betaincinv(np.where(none, 1.0, events), n - events + 1, tail)
    upper = betaincinv(events + 1, np.where(all_, 1.0, n - events), 1 - tail)
    return np.where(none, 0.0, lower), np.where(all_, 1.0, upper)


def jeffreys(events: FloatArray, n: FloatArray, confidence: float) -> Ends:
    """Equal-tailed interval of the posterior under Jeffreys' prior, Beta(1/2, 1/2); closed at 0 of n and n of n."""
    tail = (1 - confidence) / 2
    lower, upper = (betaincinv(events + 0.5, n - events + 0.5, at) for at in (tail, 1 - tail))
    return np.where(events == 0, 0.0, lower), np.where(events == n, 1.0, upper)


def agresti_coull(events: FloatArray, n: FloatArray, confidence: float) -> Ends:
    """Agresti and Coull's interval around Wilson's midpoint, cut to 0-1."""
    z = float(ndtri(0.5 + confidence / 2))
    wide = n + z * z
    middle = (events + z * z / 2) / wide
    half = z * np.sqrt(middle * (1 - middle) / wide)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


RATE_INTERVALS: dict[str, Callable[[FloatArray, FloatArray, float], Ends]] = {
    "wilson": wilson,
    "wilson_cc": wilson_cc,
    "clopper_pearson": clopper_pearson,
    "jeffreys": jeffreys,
    "agresti_coull": agresti_coull,
}


def rate_interval(
    events: npt.ArrayLike, n: npt.ArrayLike, confidence: float = 0.95, method: str = "wilson"
) -> tuple[FloatArray, FloatArray]:
    """Say between which values a true rate lies, given `events` of `n`.

    Parameters
    ----------
    events, n : array_like
        Counts of the same shape (or one of them a single figure), 0 <= events <= n. Fractions are allowed, so that
        counts that lose weight with age can be given.
    confidence : float
        Share of samples whose interval holds the true rate, between 0 and 1.
    method : str
        Key of ``RATE_INTERVALS``: ``wilson`` (score, the default), ``wilson_cc`` (with continuity correction),
        ``clopper_pearson`` (exact), ``jeffreys``, ``agresti_coull``.

    Returns
    -------
    lower, upper : ndarray
        Ends of the intervals, fractions of 1, in the shape of the counts. NaN where `n` is 0: no case, no statement.

    Raises
    ------
    InvalidInput
        For counts that are missing, negative, infinite or text, more events than cases, shapes that do not fit, a
        confidence outside 0-1; all at once.
    UnknownName
        For a method that does not exist.

    Examples
    --------
    >>> lower, upper = se.monitor.rate_interval(81, 263)
    >>> f"{lower:.4f} {upper:.4f}"
    '0.2553 0.3662'
    """
    counted, size = asked_counts(events, n)
    level = asked_confidence(confidence)
    if not isinstance(method, str) or method not in RATE_INTERVALS:
        raise UnknownName("interval of a rate", method, RATE_INTERVALS)
    there = size > 0
    lower, upper = RATE_INTERVALS[method](np.where(there, counted, 0.0), np.where(there, size, 1.0), level)
    return np.where(there, lower, np.nan), np.where(there, upper, np.nan)
