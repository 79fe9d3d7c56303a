"""How the peers' Beta distribution is found."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.monitor.beta_binomial import BetaPrior, log_likelihood, posterior
from supplier_eval.monitor.beta_binomial_fit import FITS, _slopes, fit_likelihood, fit_moments

EVENTS = np.array([9.0, 17.0, 46.0, 70.0, 198.0, 450.0])
CASES = np.array([12.0, 18.0, 50.0, 90.0, 210.0, 600.0])
# Rat tumours: Tarone 1982; Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., Table 5.1 (71 groups; the last is the
# current experiment).
RATS = (
    "0/20 0/20 0/20 0/20 0/20 0/20 0/20 0/19 0/19 0/19 0/19 0/18 0/18 0/17 1/20 1/20 1/20 1/20 1/19 1/19 "
    "1/18 1/18 2/25 2/24 2/23 2/20 2/20 2/20 2/20 2/20 2/20 1/10 5/49 2/19 5/46 3/27 2/17 7/49 7/47 3/20 "
    "3/20 2/13 9/48 10/50 4/20 4/20 4/20 4/20 4/20 4/20 4/20 10/48 4/19 4/19 4/19 5/22 11/46 12/49 "
    "5/20 5/20 6/23 5/19 6/22 6/20 6/20 6/20 16/52 15/47 15/46 9/24 4/14 "
)
TUMOURS, ANIMALS = np.array([[float(part) for part in group.split("/")] for group in RATS.split()]).T


def test_the_maximum_is_that_of_a_fine_grid():
    fitted = fit_likelihood(EVENTS, CASES)
    best = log_likelihood(EVENTS, CASES, fitted.mean, fitted.strength)
    means, strengths = np.linspace(0.5, 0.99, 99), np.exp(np.linspace(0, 8, 99))
    grid = max(log_likelihood(EVENTS, CASES, m, s) for m in means for s in strengths)
    assert best >= grid
    assert best == pytest.approx(grid, abs=0.01)
    assert fitted.correlation == pytest.approx(1 / (1 + fitted.strength))


def test_a_large_supplier_does_not_hide_the_top_that_a_small_one_pulls_to():
    """21 of 396 and 2 of 3: the likelihood has its top far from the pooled rate of 0.058."""
    events, n = np.array([21.0, 2.0]), np.array([396.0, 3.0])
    fitted = fit_likelihood(events, n)
    assert fitted.mean > 0.2
    best = max(
        log_likelihood(events, n, m, s) for m in np.linspace(0.01, 0.99, 99) for s in np.exp(np.linspace(-3, 9, 60))
    )
    assert log_likelihood(events, n, fitted.mean, fitted.strength) >= best


def test_moments_by_hand_for_equal_cases():
    """Rates .7 .8 .9 of 10 each, mean .8: S = 10 * .02, chance (1 - 1/3) * 3 = 2; rho = (.2 - .32) / ... is below 0."""
    alike = fit_moments(np.array([7.0, 8.0, 9.0]), np.full(3, 10.0))
    assert (alike.mean, alike.strength) == (pytest.approx(0.8), np.inf)
    # rates .2 .5 .8 of 10: S = 10 * .18 = 1.8; chance 2, room 20 - 2 = 18: rho = (1.8 - .25 * 2) / (.25 * 18) = .288889
    apart = fit_moments(np.array([2.0, 5.0, 8.0]), np.full(3, 10.0))
    assert apart.correlation == pytest.approx(1.3 / 4.5)


def test_the_likelihood_reproduces_gelman_2013_rat_tumours():
    """Bayesian Data Analysis, section 5.3: under (a + b)^(-5/2) the posterior means are 2.4 and 14.3."""
    u, v = np.linspace(-2.4, -1.2, 61), np.linspace(1.0, 5.5, 91)
    prior = [[a - 2 * np.log1p(np.exp(a)) - b / 2 for b in v] for a in u]  # with the Jacobian of (logit, log)
    height = np.array([[log_likelihood(TUMOURS, ANIMALS, 1 / (1 + np.exp(-a)), np.exp(b)) for b in v] for a in u])
    mass = np.exp(height + prior - np.max(height + prior))
    mass /= mass.sum()
    mean, strength = 1 / (1 + np.exp(-u))[:, np.newaxis], np.exp(v)[np.newaxis, :]
    assert np.sum(mass * mean * strength) == pytest.approx(2.4, abs=0.05)
    assert np.sum(mass * (1 - mean) * strength) == pytest.approx(14.3, abs=0.1)
    fitted = fit_likelihood(TUMOURS, ANIMALS)
    assert log_likelihood(TUMOURS, ANIMALS, fitted.mean, fitted.strength) >= height.max()


def test_the_current_experiment_of_gelman_2013_is_drawn_to_the_others():
    """Section 5.1: prior Beta(1.4, 8.6) from the 70 others, 4 of 14: mean 0.223 and sd 0.083 (of unrounded figures)."""
    found = posterior(np.array([4.0]), np.array([14.0]), BetaPrior(0.14, 10.0, stated=True))
    assert found.estimate[0] == pytest.approx(0.223, abs=0.003)
    assert found.sd[0] == pytest.approx(0.083, abs=0.001)
    assert (found.alpha[0], found.beta[0]) == (pytest.approx(5.4), pytest.approx(18.6))


def test_slopes_are_those_of_the_likelihood():
    def height(u, v):
        return log_likelihood(EVENTS, CASES, 1 / (1 + np.exp(-u)), np.exp(v))

    u, v, e = np.log(0.83 / 0.17), np.log(14.0), 1e-4
    (by_u, by_v), (uu, vv, uv) = _slopes(EVENTS, CASES, 0.83, 14.0)
    assert by_u == pytest.approx((height(u + e, v) - height(u - e, v)) / (2 * e), rel=1e-5)
    assert by_v == pytest.approx((height(u, v + e) - height(u, v - e)) / (2 * e), rel=1e-5)
    middle = height(u, v)
    assert uu == pytest.approx((height(u + e, v) - 2 * middle + height(u - e, v)) / e**2, rel=1e-3)
    assert vv == pytest.approx((height(u, v + e) - 2 * middle + height(u, v - e)) / e**2, rel=1e-3)
    cross = height(u + e, v + e) - height(u + e, v - e) - height(u - e, v + e) + height(u - e, v - e)
    assert uv == pytest.approx(cross / (4 * e**2), rel=1e-3)


@pytest.mark.parametrize("fit", FITS.values())
def test_both_fits_know_when_nothing_differs(fit):
    assert fit(np.full(5, 9.0), np.full(5, 10.0)).strength == np.inf
    assert fit(np.zeros(3), np.array([5.0, 6.0, 7.0])).mean == 0
