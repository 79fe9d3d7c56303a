"""How the peers' Beta distribution is found: Kleinman's moments, or the top of the beta-binomial likelihood.

Formulas and sources: `supplier_eval.monitor.beta_binomial`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, psi, zeta

from supplier_eval.monitor.beta_binomial import GRID, LARGEST, SMALLEST, BetaPrior, log_likelihood

FloatArray = npt.NDArray[np.float64]
SWEEPS = 30
STEPS = 200


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


def _strength(rho: float) -> float:
    return np.inf if rho <= 1 / (1 + LARGEST) else max((1 - rho) / rho, SMALLEST)


FITS = {"likelihood": fit_likelihood, "moments": fit_moments}
