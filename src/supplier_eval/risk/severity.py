r"""What one event costs: a lognormal loss from a 90 % interval.

.. math::
    \mu = \tfrac12 (\ln q_{05} + \ln q_{95}), \qquad
    \sigma = \frac{\ln q_{95} - \ln q_{05}}{2 \, z_{0.95}}, \qquad
    E[X] = e^{\mu + \sigma^2 / 2}, \qquad
    E[X^2] = e^{2\mu + 2\sigma^2}

with :math:`z_{0.95} = 1.6449` the 95 % quantile of the standard normal distribution.

Source: S. A. Klugman, H. H. Panjer, G. E. Willmot, "Loss Models", appendix A (lognormal), section 9.6 (rounding method
of discretisation); D. W. Hubbard, R. Seiersen (2016), "How to Measure Anything in Cybersecurity Risk", ch. 3 (the 90 %
interval). Recalled.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

FloatArray = npt.NDArray[np.float64]
Z95 = float(ndtri(0.95))
METHODS = ("rounding", "lower", "upper")
SHIFTS = {"rounding": 0.5, "lower": 1.0, "upper": 0.0}  # steps from a point to the end of what is put on it


def lognormal_from_interval(low: float, high: float) -> tuple[float, float]:
    """Parameters of the loss whose 5 % and 95 % quantiles are given.

    Parameters
    ----------
    low, high : float
        Money, 0 < low <= high; equal ones are a fixed loss.

    Returns
    -------
    mu, sigma : float
        Mean and standard deviation of the logarithm; sigma is 0 for a fixed loss.
    """
    below, above = float(np.log(low)), float(np.log(high))
    return (below + above) / 2, (above - below) / (2 * Z95)


def lognormal_moments(mu: float, sigma: float) -> tuple[float, float]:
    """E[X] and E[X^2] of a lognormal loss.

    Parameters
    ----------
    mu, sigma : float
        As from `lognormal_from_interval`.
    """
    return float(np.exp(mu + sigma * sigma / 2)), float(np.exp(2 * mu + 2 * sigma * sigma))


def discretise(mu: float, sigma: float, step: float, count: int, method: str = "rounding") -> FloatArray:
    """Probabilities of the losses 0, step, 2 step, ... in place of a lognormal loss.

    Parameters
    ----------
    mu, sigma : float
        As from `lognormal_from_interval`.
    step : float
        Money between two points, above 0.
    count : int
        Points; what lies beyond the last one is left out, and the sum is below 1 by that.
    method : {"rounding", "lower", "upper"}
        To the nearest point; down, so that the loss is never larger than it was; up, never smaller.

    Returns
    -------
    ndarray of shape (count,)
    """
    ends = step * (np.arange(count + 1) - 1.0 + SHIFTS[method])
    below = np.zeros(count + 1)
    positive = ends > 0
    if sigma > 0:
        below[positive] = ndtr((np.log(ends[positive]) - mu) / sigma)
    else:
        fixed = np.exp(mu) * (1 + 1e-12 * (1 if method == "lower" else -1))
        below = np.where(ends >= fixed, 1.0, 0.0)
    return np.diff(below)


def discretised_mean(mu: float, sigma: float, step: float, count: int, method: str = "rounding") -> float:
    """Mean of a loss that is put on an endless grid of which the first points are known.

    Parameters
    ----------
    mu, sigma, step, count, method
        As in `discretise`.

    Returns
    -------
    float
        Losses beyond the last point count with what they are in closed form, less one step each for ``lower``, plus one
        for ``upper``: at most, and at least, what the endless grid would give.
    """
    masses = discretise(mu, sigma, step, count, method)
    inside = float(masses @ np.arange(count)) * step
    top = np.log(step * (count - 1.0 + SHIFTS[method]))
    if sigma == 0:
        beyond, share = (float(np.exp(mu)), 1.0) if masses.sum() == 0 else (0.0, 0.0)
    else:
        beyond = float(np.exp(mu + sigma * sigma / 2) * ndtr((mu + sigma * sigma - top) / sigma))
        share = float(ndtr((mu - top) / sigma))
    return inside + beyond + share * step * {"rounding": 0, "lower": -1, "upper": 1}[method]
