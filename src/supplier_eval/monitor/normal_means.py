r"""Normal shrinkage of means: a mean that is known badly is drawn towards the peers' mean, one known well hardly.

Means :math:`y_i` with known variances :math:`V_i` around true means that are normal with mean :math:`\mu` and variance
:math:`\tau^2`:

.. math::
    B_i = \frac{V_i}{V_i + \tau^2}, \qquad \hat\theta_i = B_i\,\hat\mu + (1 - B_i)\,y_i, \qquad
    \hat\mu = \frac{\sum_i w_i y_i}{\sum_i w_i}, \quad w_i = \frac{1}{V_i + \tau^2}

    s_i^2 = E\left[ V_i (1 - B_i) + \frac{B_i^2}{\sum w} + (\hat\theta_i(\tau^2) - \hat\theta_i)^2 \right]

The expectation of the squared error is over what :math:`\tau^2` may be, given these same means: a grid, weighted with
the restricted likelihood and the uniform shrinkage prior :math:`V_0 / (V_0 + \tau^2)^2`, :math:`V_0` the harmonic mean
of the variances. Of a stated prior only the first term is left. James and Stein, for one common :math:`V`:
:math:`B = (k-3)\,V / \sum_i (y_i - \bar y)^2`,
:math:`s_i^2 = V (1 - \tfrac{k-1}{k} B) + \tfrac{2}{k-3} B^2 (y_i - \bar y)^2` (Morris).

Source: Paule and Mandel (1982), J. Res. NBS 87:377-385; DerSimonian and Laird (1986), Controlled Clinical Trials
7:177-188; Morris (1983), "Parametric empirical Bayes inference", JASA 78:47-55; Daniels (1999), Canadian J. Statistics
27:567-578 (the prior); Efron and Morris (1975), "Data analysis using Stein's estimator and its generalizations", JASA
70:311-319, eq. 1.11 towards the mean. All recalled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, minimize_scalar

FloatArray = npt.NDArray[np.float64]
GRID = np.geomspace(1e-4, 1e4, 60)


@dataclass(frozen=True)
class NormalPrior:
    """What the peers say before a supplier's own mean is known.

    Parameters
    ----------
    mean, spread : float
        Peers' mean, and the standard deviation of the true means around it, in the unit of the means; the spread is 0
        where the peers do not differ beyond chance.
    stated : bool
        Whether it was stated beforehand rather than estimated from these means.
    """

    mean: float
    spread: float
    stated: bool = False


def _weighted(y: FloatArray, V: FloatArray, tau2: float) -> tuple[float, FloatArray]:
    w = 1 / (V + tau2)
    return float(np.sum(w * y) / np.sum(w)), w


def paule_mandel(y: FloatArray, V: FloatArray) -> float:
    """Variance between at which the weighted sum of squares is its expectation, k - 1; 0 where it is below at once."""

    def excess(tau2: float) -> float:
        mean, w = _weighted(y, V, tau2)
        return float(np.sum(w * (y - mean) ** 2)) - (len(y) - 1)

    if excess(0.0) <= 0:
        return 0.0
    top = float(np.sum((y - np.mean(y)) ** 2)) / (len(y) - 1) + float(np.max(V))
    while excess(top) > 0:
        top *= 2
    return float(brentq(excess, 0.0, top, xtol=1e-14 * top, rtol=1e-13))


def dersimonian_laird(y: FloatArray, V: FloatArray) -> float:
    """DerSimonian and Laird's moment estimate in one step."""
    mean, w = _weighted(y, V, 0.0)
    room = float(np.sum(w) - np.sum(w**2) / np.sum(w))
    return max(0.0, (float(np.sum(w * (y - mean) ** 2)) - (len(y) - 1)) / room)


def reml(y: FloatArray, V: FloatArray) -> float:
    """Restricted maximum likelihood."""
    return _by_likelihood(y, V, restricted=True)


def likelihood(y: FloatArray, V: FloatArray) -> float:
    """Maximum likelihood; smaller than the others, since it forgets that the mean is estimated."""
    return _by_likelihood(y, V, restricted=False)


def _by_likelihood(y: FloatArray, V: FloatArray, *, restricted: bool) -> float:
    def loss(tau2: float) -> float:
        mean, w = _weighted(y, V, tau2)
        fit = float(np.sum(w * (y - mean) ** 2) - np.sum(np.log(w)))
        return fit + (float(np.log(np.sum(w))) if restricted else 0.0)

    top = 10 * float(np.sum((y - np.mean(y)) ** 2)) / (len(y) - 1) + 1e-300
    grid = np.concatenate([[0.0], top * np.geomspace(1e-8, 1.0, 60)])
    losses = [loss(tau2) for tau2 in grid]
    at = int(np.argmin(losses))
    if at == 0 and losses[0] <= losses[1]:
        return 0.0
    low, high = grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)]
    found = minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-12 * top})
    return float(found.x) if found.fun < losses[0] else 0.0


SPREADS: dict[str, Callable[[FloatArray, FloatArray], float]] = {
    "paule_mandel": paule_mandel,
    "reml": reml,
    "likelihood": likelihood,
    "dersimonian_laird": dersimonian_laird,
}


def fit_normal(y: FloatArray, V: FloatArray, method: str) -> NormalPrior:
    """Fit the peers' distribution.

    Parameters
    ----------
    y, V : ndarray of shape (n_suppliers,)
        Means and the variances of these means, above zero; at least two.
    method : str
        Key of ``SPREADS``.
    """
    tau2 = SPREADS[method](y, V)
    return NormalPrior(_weighted(y, V, tau2)[0], float(np.sqrt(tau2)))


@dataclass(frozen=True)
class ShrunkenMean:
    """Shrunken means, arrays of shape (n_suppliers,): estimate and sd in the unit of the means, reliability 1 - B."""

    estimate: FloatArray
    sd: FloatArray
    reliability: FloatArray


def shrink_normal(y: FloatArray, V: FloatArray, prior: NormalPrior) -> ShrunkenMean:
    """Draw each mean towards the peers' by how badly it is known.

    Parameters
    ----------
    y, V : ndarray of shape (n_suppliers,)
        Means and their variances. An infinite variance is a supplier without a mean of its own: reliability 0.
    prior : NormalPrior
        Of the peers, or stated.
    """
    B, estimate, left = _drawn(y, V, prior.mean, prior.spread**2)
    variance = left if prior.stated else _error(y, V, estimate)
    return ShrunkenMean(estimate, np.sqrt(variance), 1 - B)


def _drawn(y: FloatArray, V: FloatArray, mean: float, tau2: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Factor B, estimate, and variance V (1 - B) that is left under a known prior; an infinite V has B = 1."""
    own = np.isfinite(V)
    V1 = np.where(own, V, 1.0)
    B: FloatArray = np.where(own, V1 / (V1 + tau2), 1.0)
    estimate: FloatArray = np.asarray(mean + np.where(own, (1 - B) * (y - mean), 0.0))
    return B, estimate, np.asarray(tau2 * B)


def _error(y: FloatArray, V: FloatArray, estimate: FloatArray) -> FloatArray:
    """Mean squared error around the estimate, over what the spread of the true means may be."""
    there = np.isfinite(V)
    own, known = y[there], V[there]
    V0 = float(1 / np.mean(1 / known))
    weights, errors = np.empty(len(GRID)), np.empty((len(GRID), len(y)))
    for g, tau2 in enumerate(V0 * GRID):
        mean, w = _weighted(own, known, tau2)
        fit = float(np.sum(w * (own - mean) ** 2) - np.sum(np.log(w)) + np.log(np.sum(w)))
        weights[g] = -0.5 * fit + np.log(tau2) - 2 * np.log(V0 + tau2)
        B, middle, left = _drawn(y, V, mean, tau2)
        errors[g] = left + B**2 / float(np.sum(w)) + (middle - estimate) ** 2
    weights = np.exp(weights - np.max(weights))
    return np.asarray(np.sum(weights[:, np.newaxis] * errors, axis=0) / np.sum(weights))


def james_stein(y: FloatArray, V: float, *, positive: bool = True) -> tuple[ShrunkenMean, float]:
    """Shrink means of one common variance towards their mean, as James and Stein did.

    Parameters
    ----------
    y : ndarray of shape (n_suppliers,)
        At least four means.
    V : float
        Their common variance.
    positive : bool
        Whether a factor below zero is set to zero (the positive-part estimator), as it should be.

    Returns
    -------
    ShrunkenMean, float
        The means, and the factor c = 1 - (k - 3) V / sum of squares. Where all means are equal the factor is 0.
    """
    k, middle = len(y), float(np.mean(y))
    spread = float(np.sum((y - middle) ** 2))
    c = 1 - (k - 3) * V / spread if spread > 0 else 0.0
    c = max(c, 0.0) if positive else c
    B = 1 - c
    variance = V * (1 - (k - 1) / k * B) + 2 / (k - 3) * B**2 * (y - middle) ** 2
    return ShrunkenMean(middle + c * (y - middle), np.sqrt(np.maximum(variance, 0.0)), np.full(k, c)), c
