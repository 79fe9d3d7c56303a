"""Closed forms of annual losses with shocks, by hand and by enumeration."""

from __future__ import annotations

import math

import pytest

from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.loss_model import LossModel, LossRisk, Shock

A = LossRisk("a", math.log(10), 0.0, Frequency(2.0))
B = LossRisk("b", math.log(4), 0.0, Frequency(1.0, 3.0))


def test_fixed_losses_by_hand():
    """a: mean 20, variance 2 * 100; b: mean 4, variance 1 * 3 * 16."""
    mean, sd = LossModel((A, B)).moments()
    assert (mean, sd**2) == (pytest.approx(24), pytest.approx(248))


def test_a_shock_adds_the_variance_of_what_it_costs_in_all():
    """Costs 10 + 4 with probability 1/2, 10 with 1/2: E = 12, E of the square = (196 + 100) / 2."""
    model = LossModel((A, B), (Shock("s", 0.5, ((0, 1.0), (1, 0.5))),))
    mean, sd = model.moments()
    assert mean == pytest.approx(24 + 0.5 * 12)
    assert sd**2 == pytest.approx(248 + 0.5 * 148)
    assert model.risk_moments(0) == pytest.approx((25, 250))
    assert model.risk_moments(1) == pytest.approx((4 + 0.25 * 4, 48 + 0.25 * 16))


def test_a_year_without_events_needs_every_source_to_keep_quiet():
    model = LossModel((A, B), (Shock("s", 0.5, ((0, 0.4), (1, 0.5))),))
    assert model.no_loss() == pytest.approx(math.exp(-2) * 3**-0.5 * math.exp(-0.5 * 0.7))


def test_an_empty_model_costs_nothing():
    assert LossModel(()).moments() == (0, 0)
    assert LossModel(()).no_loss() == 1
