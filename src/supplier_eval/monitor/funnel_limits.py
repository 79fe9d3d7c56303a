r"""Limits of a funnel plot: where the rate of a supplier lies by chance, if its true rate is that of all.

For n cases with the true rate :math:`\theta` and a probability p, with :math:`r_p` the least count with
:math:`P(R \le r_p) \ge p` of the binomial distribution:

.. math::
    y_p(n) = \frac{r_p - \alpha}{n}, \qquad
    \alpha = \frac{P(R \le r_p) - p}{P(R \le r_p) - P(R \le r_p - 1)}

The upper limit is one less the lower limit of the other outcome. Interpolated from above, as it is often printed, it
would call 5 good cases of 5 better than a rate of 0.9, which chance gives 59 times in 100.

Source: Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine
24:1185-1202, appendix A.1.1 (recalled).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

FloatArray = npt.NDArray[np.float64]


def funnel_limits(n: npt.ArrayLike, rate: float, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Say between which rates so many cases lie by chance, exactly and interpolated between the counts.

    Parameters
    ----------
    n : array_like of shape (n_suppliers,)
        Cases, whole numbers above 0.
    rate : float
        True rate, 0-1.
    confidence : float
        Share of chance between the limits, such as 0.95 or 0.998.

    Returns
    -------
    lower, upper : ndarray of shape (n_suppliers,)
        Fractions of 1, cut to 0-1. At a rate of 0 or 1 both are that rate.
    """
    size = np.asarray(n, dtype=np.float64)
    if rate <= 0 or rate >= 1:
        return np.full(size.shape, float(rate)), np.full(size.shape, float(rate))
    tail = (1 - confidence) / 2
    return _lower(size, rate, tail), 1.0 - _lower(size, 1.0 - rate, tail)


def _lower(size: FloatArray, rate: float, tail: float) -> FloatArray:
    """The limit below which chance falls in less than `tail` of all cases; 0 where it never does."""
    count = binom.ppf(tail, size, rate)
    above, below = binom.cdf(count, size, rate), binom.cdf(count - 1, size, rate)
    part = (above - tail) / (above - below)
    return np.asarray(np.clip((count - part) / size, 0.0, 1.0))
