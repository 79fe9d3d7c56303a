"""Panjer's recursion against the Fourier transform, and both against known sums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from supplier_eval.risk.aggregate import compound, panjer, transform
from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.severity import discretise, lognormal_from_interval


@settings(deadline=None, max_examples=40)
@given(st.floats(0.01, 60), st.sampled_from([1.0, 1.001, 1.7, 12.0]), st.floats(0.5, 20), st.floats(1.0, 40.0))
def test_panjer_and_fft_agree_to_1e_9(mean, dispersion, low, ratio):
    severity = discretise(*lognormal_from_interval(low, low * ratio), 1.0, 700)
    frequency = Frequency(mean, dispersion)
    assert np.abs(panjer(frequency, severity) - compound([(frequency, transform(severity))])).max() < 1e-9


@pytest.mark.parametrize(("mean", "dispersion"), [(5000.0, 1.0), (3000.0, 4.0), (900.0, 1.2)])
def test_they_agree_where_a_year_without_events_is_beyond_the_smallest_number(mean, dispersion):
    severity = discretise(*lognormal_from_interval(1, 20), 20.0, 1800)
    frequency = Frequency(mean, dispersion)
    got = panjer(frequency, severity)
    assert np.abs(got - compound([(frequency, transform(severity))])).max() < 1e-9
    assert got.sum() > 0.99


def test_events_that_cost_one_step_leave_the_frequency():
    one = np.zeros(40)
    one[1] = 1.0
    k = np.arange(40)
    assert panjer(Frequency(3.0), one) == pytest.approx(poisson(3.0).pmf(k), abs=1e-14)
    got = compound([(Frequency(3.0, 2.0), transform(one))])
    assert got == pytest.approx(nbinom(3.0, 0.5).pmf(k), abs=1e-12)


def test_loss_models_a_small_compound_poisson_by_hand():
    """lambda 1, losses 1 or 2 with one half each: g0 = e^-1, g1 = g0/2, g2 = g0 (1/8 + 1/2), g3 = g0 (1/48 + 1/4)."""
    got = panjer(Frequency(1.0), np.array([0.0, 0.5, 0.5, 0.0]))
    assert got == pytest.approx(np.exp(-1) * np.array([1, 1 / 2, 5 / 8, 13 / 48]), abs=1e-15)


def test_independent_risks_of_poisson_events_are_one_risk_of_mixed_severity():
    first, second = np.zeros(64), np.zeros(64)
    first[[1, 5]], second[[0, 2]] = (0.4, 0.6), (0.3, 0.7)
    apart = compound([(Frequency(2.0), transform(first)), (Frequency(1.0), transform(second))])
    mixed = panjer(Frequency(3.0), (2 * first + second) / 3)
    assert apart == pytest.approx(mixed, abs=1e-12)
