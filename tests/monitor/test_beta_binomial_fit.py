"""How the peers' Beta distribution is found."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.monitor.beta_binomial import log_likelihood
from supplier_eval.monitor.beta_binomial_fit import FITS, _slopes, fit_likelihood, fit_moments

EVENTS = np.array([9.0, 17.0, 46.0, 70.0, 198.0, 450.0])
CASES = np.array([12.0, 18.0, 50.0, 90.0, 210.0, 600.0])


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
