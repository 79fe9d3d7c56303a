"""A whole register on a grid: against closed forms, Panjer, bounds by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from supplier_eval.risk.aggregate import panjer
from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.loss_grid import annual_grid, grid_exceeded, grid_mean, grid_tvar, grid_var
from supplier_eval.risk.loss_model import LossModel, LossRisk, Shock
from supplier_eval.risk.severity import METHODS, discretise, discretised_mean, lognormal_from_interval

FIXED = LossModel((LossRisk("a", math.log(3), 0.0, Frequency(0.0)), LossRisk("b", math.log(4), 0.0, Frequency(0.0))))
HUNDRED = np.arange(1, 101) / 100  # losses 0 to 99, each with probability 1/100


def test_one_risk_is_panjers_recursion():
    mu, sigma = lognormal_from_interval(4, 30)
    frequency = Frequency(2.0, 1.8)
    below = annual_grid(LossModel((LossRisk("a", mu, sigma, frequency),)), 1.0, 900)
    assert below == pytest.approx(np.cumsum(panjer(frequency, discretise(mu, sigma, 1.0, 900))), abs=1e-9)


def test_a_shock_of_fixed_losses_by_hand():
    """One shock with 3 and 4 each by chance 1/2: costs 0, 3, 4 or 7 with 1/4 each."""
    model = LossModel(FIXED.risks, (Shock("s", 0.8, ((0, 0.5), (1, 0.5))),))
    cost = np.zeros(20)
    cost[[0, 3, 4, 7]] = 0.25
    assert annual_grid(model, 1.0, 20) == pytest.approx(np.cumsum(panjer(Frequency(0.8), cost)), abs=1e-12)


def test_no_events_cost_nothing():
    assert annual_grid(FIXED, 1.0, 8).tolist() == [1.0] * 8
    assert grid_mean(FIXED, 1.0, 8) == 0


def test_figures_of_a_uniform_loss_by_hand():
    assert grid_var(HUNDRED, 1.0, 0.95) == 94
    assert grid_tvar(HUNDRED, 1.0, 0.95, 49.5) == pytest.approx(97)
    assert grid_exceeded(HUNDRED, 1.0, 94) == pytest.approx(0.05)
    assert grid_exceeded(HUNDRED, 1.0, 94.5) == pytest.approx(0.05)
    assert grid_exceeded(HUNDRED, 1.0, -1) == 1


def test_beyond_the_grid_there_is_no_figure():
    short = HUNDRED[:50]
    assert grid_var(short, 1.0, 0.95) is None
    assert grid_tvar(short, 1.0, 0.95, 49.5) is None
    assert grid_exceeded(short, 1.0, 60) is None


@pytest.mark.parametrize("sigma_of", [(2, 30), (7, 7)])
def test_the_mean_counts_the_tail_beyond_the_grid(sigma_of):
    mu, sigma = lognormal_from_interval(*sigma_of)
    low, middle, high = (discretised_mean(mu, sigma, 0.5, 40, way) for way in ("lower", "rounding", "upper"))
    exact = math.exp(mu + sigma * sigma / 2)
    assert low <= exact + 1e-9
    assert high >= exact - 1e-9
    assert middle == pytest.approx(exact, abs=0.02)
    assert high - low <= 1.0


def test_lower_and_upper_enclose_for_every_level():
    mu, sigma = lognormal_from_interval(4, 60)
    model = LossModel((LossRisk("a", mu, sigma, Frequency(1.3)),))
    coarse = {way: (annual_grid(model, 4.0, 200, way), grid_mean(model, 4.0, 200, way)) for way in METHODS}
    fine = annual_grid(model, 0.25, 3200), grid_mean(model, 0.25, 3200)
    for level in (0.5, 0.9, 0.99):
        low, high = (grid_var(coarse[way][0], 4.0, level) for way in ("lower", "upper"))
        assert low <= grid_var(fine[0], 0.25, level) <= high
        low, high = (grid_tvar(coarse[way][0], 4.0, level, coarse[way][1]) for way in ("lower", "upper"))
        assert low <= grid_tvar(fine[0], 0.25, level, fine[1]) <= high
