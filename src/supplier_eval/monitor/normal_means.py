r"""Normal shrinkage of means: a mean that is known badly is drawn towards the peers' mean, one known well hardly.

Means :math:`y_i` with known variances :math:`V_i` around true means that are normal with mean :math:`\mu` and variance
:math:`\tau^2`:

.. math::
    B_i = \frac{V_i}{V_i + \tau^2}, \qquad \hat\theta_i = B_i\,\hat\mu + (1 - B_i)\,y_i, \qquad
    \hat\mu = \frac{\sum_i w_i y_i}{\sum_i w_i}, \quad w_i = \frac{1}{V_i + \tau^2}

    s_i^2 = V_i (1 - B_i) + \frac{B_i^2}{\sum w} + \frac{2 B_i^2}{k - 3}\,
    \frac{\bar V + \tau^2}{V_i + \tau^2}\,(y_i - \hat\mu)^2

The second term of the variance is for the estimated mean, the third for the estimated spread (Morris 1983; left out
where there are three or fewer). James and Stein, for one common :math:`V`:
:math:`B = (k-3)\,V / \sum_i (y_i - \bar y)^2`.

Source: Paule and Mandel (1982), J. Res. NBS 87:377-385; DerSimonian and Laird (1986), Controlled Clinical Trials
7:177-188; Morris (1983), "Parametric empirical Bayes inference", JASA 78:47-55; Efron and Morris (1975), "Data analysis
using Stein's estimator and its generalizations", JASA 70:311-319, eq. 1.11 towards the mean. All recalled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, minimize_scalar

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class NormalPrior:
    """What the peers say before a supplier's own mean is known.

    Parameters
    ----------
    mean, spread : float
        Peers' mean, and the standard deviation of the true means around it, in the unit of the means; the spread is 0
        where the peers do not differ beyond chance.
    mean_variance : float
        Variance of the estimated mean; 0 for a stated one.
    peers : int
        Means that it was estimated from; 0 for a stated one.
    typical : float
        Mean variance of those means.
    """

    mean: float
    spread: float
    mean_variance: float = 0.0
    peers: int = 0
    typical: float = 0.0


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
    mean, w = _weighted(y, V, tau2)
    return NormalPrior(mean, float(np.sqrt(tau2)), float(1 / np.sum(w)), len(y), float(np.mean(V)))


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
    tau2 = prior.spread**2
    own = np.isfinite(V)
    V1 = np.where(own, V, 1.0)
    whole = V1 + tau2
    B = np.where(own, V1 / np.where(whole > 0, whole, 1.0), 1.0)
    apart = np.where(own, y - prior.mean, 0.0)
    variance = tau2 * B + B**2 * prior.mean_variance
    if prior.peers > 3:
        share = np.where(own, (prior.typical + tau2) / np.where(whole > 0, whole, 1.0), 0.0)
        variance = variance + 2 / (prior.peers - 3) * B**2 * share * apart**2
    return ShrunkenMean(prior.mean + (1 - B) * apart, np.sqrt(variance), 1 - B)


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
