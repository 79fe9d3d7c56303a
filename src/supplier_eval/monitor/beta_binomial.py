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
from scipy.special import betaincinv, betaln, psi, zeta

FloatArray = npt.NDArray[np.float64]
LARGEST = 1e7  # a strength beyond this is no over-dispersion at all
SMALLEST = 1e-3
GRID = np.exp(np.linspace(np.log(SMALLEST), np.log(LARGEST), 60))
SWEEPS = 30
STEPS = 200


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


def fit_moments(events: FloatArray, n: FloatArray) -> BetaPrior:
    """Fit the peers' distribution by Kleinman's moments, weights n / (1 + (n - 1) rho) until they settle.

    Parameters
    ----------
    events, n : ndarray of shape (n_suppliers,)
        Every `n` above zero.
    """
    rates, rho = events / n, 0.0
    mean = 0.0
    for _ in range(SWEEPS):
        w = n / (1 + (n - 1) * rho)
        total = np.sum(w)
        mean = float(np.sum(w * rates) / total)
        if not 0 < mean < 1:
            break
        spread = np.sum(w * (rates - mean) ** 2)
        chance = np.sum(w / n * (1 - w / total))
        room = np.sum(w * (1 - w / total)) - chance
        before = rho
        if room <= 0:
            break
        rho = float(np.clip((spread - mean * (1 - mean) * chance) / (mean * (1 - mean) * room), 0.0, 1.0))
        if abs(rho - before) < 1e-12:
            break
    return BetaPrior(mean, _strength(rho))


def fit_likelihood(events: FloatArray, n: FloatArray) -> BetaPrior:
    """Fit the peers' distribution by maximum likelihood; no over-dispersion and no failure at all are answers.

    Parameters
    ----------
    events, n : ndarray of shape (n_suppliers,)
        Every `n` above zero.
    """
    pooled = float(np.sum(events) / np.sum(n))
    if not 0 < pooled < 1:
        return BetaPrior(pooled, np.inf)

    middles = (pooled, float(np.mean((events + 0.5) / (n + 1))))  # many cases and few pull to different tops
    tops = [_climb(events, n, middle, _coarse(events, n, middle)) for middle in middles]
    mean, strength = max(tops, key=lambda top: log_likelihood(events, n, *top))
    common = log_likelihood(events, n, pooled, np.inf)
    if strength > LARGEST / 10 or log_likelihood(events, n, mean, strength) <= common + 1e-9:
        return BetaPrior(pooled, np.inf)
    return BetaPrior(mean, max(strength, SMALLEST))


def _coarse(events: FloatArray, n: FloatArray, mean: float) -> float:
    """The strength on the grid that is likeliest with a mean."""
    a, b = mean * GRID[:, np.newaxis], (1 - mean) * GRID[:, np.newaxis]
    return float(GRID[int(np.argmax(np.sum(betaln(a + events, b + n - events) - betaln(a, b), axis=1)))])


def _climb(events: FloatArray, n: FloatArray, mean: float, strength: float) -> tuple[float, float]:
    """Go to the top of the likelihood, by Newton's steps in the logit of the mean and the logarithm of the strength.

    The two are nearly independent of each other, which a and b are not. Steps are damped until they climb.
    """
    height, damping = log_likelihood(events, n, mean, strength), 1e-3
    for _ in range(STEPS):
        g, h = _slopes(events, n, mean, strength)
        if max(abs(g[0]), abs(g[1])) < 1e-9 * max(1.0, abs(height)) or not SMALLEST < strength < LARGEST:
            break
        there, reached = (mean, strength), -np.inf
        while reached < height and damping < 1e12:
            up_mean, up_strength = _step(g, h, damping)
            odds = mean / (1 - mean) * float(np.exp(up_mean))
            there = min(max(odds / (1 + odds), 1e-12), 1 - 1e-12), strength * float(np.exp(up_strength))
            reached = log_likelihood(events, n, *there)
            damping *= 4
        if not reached > height + 1e-13 * max(1.0, abs(height)):
            break
        (mean, strength), height, damping = there, reached, damping / 32
    return mean, strength


def _step(g: tuple[float, float], h: tuple[float, float, float], damping: float) -> tuple[float, float]:
    """Newton's step with the curvature made steeper until it is a hill, no longer than 2 in either direction."""
    size = abs(h[0]) + abs(h[1]) + 1e-12
    h_aa, h_bb = -abs(h[0]) - damping * size, -abs(h[1]) - damping * size
    apart = max(h_aa * h_bb - h[2] ** 2, 1e-3 * h_aa * h_bb)
    up_a, up_b = (h[2] * g[1] - h_bb * g[0]) / apart, (h[2] * g[0] - h_aa * g[1]) / apart
    return min(max(up_a, -2.0), 2.0), min(max(up_b, -2.0), 2.0)


def _slopes(
    events: FloatArray, n: FloatArray, mean: float, strength: float
) -> tuple[tuple[float, float], tuple[float, float, float]]:
    """Derivatives of the log-likelihood in logit mean (u) and log strength (v): (u, v), (uu, vv, uv)."""
    a, b = mean * strength, (1 - mean) * strength
    whole = float(np.sum(psi(strength) - psi(strength + n)))
    bend = float(np.sum(zeta(2.0, strength) - zeta(2.0, strength + n)))
    g_a = float(np.sum(psi(a + events) - psi(a))) + whole
    g_b = float(np.sum(psi(b + n - events) - psi(b))) + whole
    h_aa = float(np.sum(zeta(2.0, a + events) - zeta(2.0, a))) + bend
    h_bb = float(np.sum(zeta(2.0, b + n - events) - zeta(2.0, b))) + bend
    c = a * (1 - mean)
    by_mean, by_strength = c * (g_a - g_b), a * g_a + b * g_b
    uu = c * c * (h_aa - 2 * bend + h_bb) + (1 - 2 * mean) * by_mean
    vv = a * a * h_aa + 2 * a * b * bend + b * b * h_bb + by_strength
    uv = by_mean + c * (a * h_aa + b * bend - a * bend - b * h_bb)
    return (by_mean, by_strength), (uu, vv, uv)


FITS = {"likelihood": fit_likelihood, "moments": fit_moments}


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
        """Equal-tailed credible interval."""
        tail = (1 - confidence) / 2
        lower: FloatArray = np.asarray(betaincinv(self.alpha, self.beta, tail), dtype=np.float64)
        upper: FloatArray = np.asarray(betaincinv(self.alpha, self.beta, 1 - tail), dtype=np.float64)
        return lower, upper


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


def _strength(rho: float) -> float:
    return np.inf if rho <= 1 / (1 + LARGEST) else max((1 - rho) / rho, SMALLEST)
