r"""Beta-binomial shrinkage: a rate from few cases is drawn towards the peers' rate, one from many hardly at all.

The true rates of the peers are Beta-distributed with mean :math:`\mu` and strength :math:`\varphi = a + b` (as many
cases as the peers' knowledge is worth); :math:`\rho = 1/(1+\varphi)` is the correlation of two cases of one supplier.
Given :math:`k_i` of :math:`n_i`:

.. math::
    \theta_i \mid k_i \sim \mathrm{Beta}(\mu\varphi + k_i,\; (1-\mu)\varphi + n_i - k_i), \qquad
    \hat\theta_i = (1 - r_i)\,\mu + r_i\,\frac{k_i}{n_i}, \qquad r_i = \frac{n_i}{n_i + \varphi}

with :math:`r_i` the reliability. The likelihood is :math:`\prod_i B(\mu\varphi + k_i, (1-\mu)\varphi + n_i - k_i) /
B(\mu\varphi, (1-\mu)\varphi)`; the moments are those of Kleinman.

That :math:`\mu` and :math:`\varphi` are estimated too makes the estimates less sure than that Beta distribution says.
The mean squared error around the estimate is therefore taken over both: over a grid of :math:`\varphi`, weighted with
its likelihood (at :math:`\hat\mu_\varphi`, times the width of :math:`\hat\mu_\varphi`) and the uniform shrinkage prior
:math:`n_0 / (n_0 + \varphi)^2`, :math:`n_0` the harmonic mean of the cases, and with
:math:`(1 - r_i)^2 \mathrm{Var}(\hat\mu_\varphi)` for the mean,
:math:`\mathrm{Var}(\hat\mu_\varphi) = \mu(1-\mu) / \sum_i n_i / (1 + (n_i - 1)\rho)`. The interval is that of the Beta
distribution with the estimate as its mean and this error as its variance.

Source: Skellam (1948), JRSS B 10:257-261 (the distribution); Kleinman (1973), "Proportions with extraneous variance",
JASA 68:46-54 (moments); Kass and Steffey (1989), JASA 84:717-726 (errors of estimated priors); Christiansen and Morris
(1997), "Hierarchical Poisson regression modeling", JASA 92:618-632 (the prior of the strength). All recalled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, betaln

FloatArray = npt.NDArray[np.float64]
LARGEST = 1e7  # a strength beyond this is no over-dispersion at all
SMALLEST = 1e-3
GRID = np.exp(np.linspace(np.log(SMALLEST), np.log(LARGEST), 60))


@dataclass(frozen=True)
class BetaPrior:
    """What the peers say before a supplier's own cases are counted.

    Parameters
    ----------
    mean : float
        Peers' rate, 0-1.
    strength : float
        Cases that this knowledge is worth; infinite where the peers do not differ beyond chance.
    stated : bool
        Whether it was stated beforehand rather than estimated from these peers.
    """

    mean: float
    strength: float
    stated: bool = False

    @property
    def correlation(self) -> float:
        """Correlation of two cases of one supplier, 1 / (1 + strength)."""
        return 1.0 / (1.0 + self.strength)


def identifiable(n: FloatArray) -> bool:
    """Whether the spread between suppliers can be told from chance: two with cases, and one with more than one."""
    return bool(np.sum(n > 0) >= 2 and np.any(n > 1))


def log_likelihood(events: FloatArray, n: FloatArray, mean: float, strength: float) -> float:
    """Log-likelihood of the beta-binomial without the binomial coefficients; `strength` infinite is the binomial.

    Parameters
    ----------
    events, n : ndarray of shape (n_suppliers,)
        Good cases and cases.
    mean, strength : float
        Mean in (0, 1) and strength above 0.
    """
    if np.isinf(strength):
        good, bad = float(np.sum(events)), float(np.sum(n - events))
        return (good * np.log(mean) if good else 0.0) + (bad * np.log1p(-mean) if bad else 0.0)
    a, b = mean * strength, (1 - mean) * strength
    return float(np.sum(betaln(a + events, b + n - events) - betaln(a, b)))


@dataclass(frozen=True)
class ShrunkenRate:
    """Shrunken rates as arrays of shape (n_suppliers,).

    Parameters
    ----------
    estimate, sd, reliability : ndarray
        Posterior mean, root of the mean squared error around it, and the weight of a supplier's own rate; all 0-1.
    alpha, beta : ndarray
        Beta distribution from which interval and draws come: for a stated prior the posterior itself, for an
        estimated one that of the same mean and the larger error.
    """

    estimate: FloatArray
    sd: FloatArray
    reliability: FloatArray
    alpha: FloatArray
    beta: FloatArray

    def interval(self, confidence: float) -> tuple[FloatArray, FloatArray]:
        """Equal-tailed credible interval, widened where it would leave the estimate out (no failure at all)."""
        tail = (1 - confidence) / 2
        lower: FloatArray = np.asarray(betaincinv(self.alpha, self.beta, tail), dtype=np.float64)
        upper: FloatArray = np.asarray(betaincinv(self.alpha, self.beta, 1 - tail), dtype=np.float64)
        return np.minimum(lower, self.estimate), np.maximum(upper, self.estimate)


def posterior(events: FloatArray, n: FloatArray, prior: BetaPrior, *, widened: bool = True) -> ShrunkenRate:
    """Draw each rate towards the peers' mean by what its own cases are worth.

    Parameters
    ----------
    events, n : ndarray of shape (n_suppliers,)
        `n` may be 0: the prior stands alone, reliability 0.
    prior : BetaPrior
        Of these peers, or stated.
    widened : bool
        Whether the error carries that the prior was estimated from these peers (it has no effect on a stated one).

    Notes
    -----
    Where no peer has a failure, or none a good case, the common rate is everybody's estimate and its interval that of
    all cases together, Beta(K + 1/2, N - K + 1/2). No interval is ever closed to a point.
    """
    if prior.mean in {0.0, 1.0}:
        alpha, beta = np.full(n.shape, np.sum(events) + 0.5), np.full(n.shape, np.sum(n - events) + 0.5)
        return ShrunkenRate(np.full(n.shape, prior.mean), _sd(alpha, beta), np.zeros(n.shape), alpha, beta)
    reliability, estimate, variance = _moments(events, n, prior)
    if prior.stated or not widened:
        alpha, beta = prior.mean * prior.strength + events, (1 - prior.mean) * prior.strength + n - events
        if np.isfinite(prior.strength):
            return ShrunkenRate(estimate, np.sqrt(variance), reliability, alpha, beta)
    if not prior.stated and widened:
        variance = _error(events, n, estimate)
    variance = np.minimum(variance, 0.999 * estimate * (1 - estimate))
    size = np.where(variance > 0, estimate * (1 - estimate) / np.where(variance > 0, variance, 1.0) - 1, LARGEST)
    return ShrunkenRate(estimate, np.sqrt(variance), reliability, estimate * size, (1 - estimate) * size)


def _moments(events: FloatArray, n: FloatArray, prior: BetaPrior) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Reliability, posterior mean and posterior variance under a prior."""
    own = np.where(n > 0, events / np.where(n > 0, n, 1.0), 0.0)
    reliability: FloatArray = np.asarray(n / (n + prior.strength))
    estimate: FloatArray = np.asarray((1 - reliability) * prior.mean + reliability * own)
    return reliability, estimate, np.asarray(estimate * (1 - estimate) / (n + prior.strength + 1))


def _error(events: FloatArray, n: FloatArray, estimate: FloatArray) -> FloatArray:
    """Mean squared error around the estimate, over what mean and strength of the peers may be."""
    there = n > 0
    k, m = events[there], n[there]
    n0 = float(1 / np.mean(1 / m))
    weights, errors = np.empty(len(GRID)), np.empty((len(GRID), len(n)))
    for g, strength in enumerate(GRID):
        w = m / (1 + (m - 1) / (1 + strength))
        mean = float(np.sum(w * k / m) / np.sum(w))
        mean_variance = mean * (1 - mean) / float(np.sum(w))
        weights[g] = log_likelihood(k, m, mean, strength) + 0.5 * np.log(mean_variance)
        weights[g] += np.log(n0) + np.log(strength) - 2 * np.log(n0 + strength)
        reliability, middle, variance = _moments(events, n, BetaPrior(mean, strength))
        errors[g] = variance + (1 - reliability) ** 2 * mean_variance + (middle - estimate) ** 2
    weights = np.exp(weights - np.max(weights))
    return np.asarray(np.sum(weights[:, np.newaxis] * errors, axis=0) / np.sum(weights))


def _sd(alpha: FloatArray, beta: FloatArray) -> FloatArray:
    whole = alpha + beta
    return np.asarray(np.sqrt(alpha * beta / (whole**2 * (whole + 1))))
