"""The arithmetic of limits, phase by phase."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.monitor.chart_limits import empty_arrays, fill_phase, widened
from supplier_eval.monitor.chart_settings import ChartSettings

ALL = np.ones(10, dtype=bool)
X = np.array([4.0, 6, 5, 7, 5, 4, 6, 5, 6, 2])


def settings(kind, **more):
    return ChartSettings(kind, ("beyond_limits",), 3.0, 3.0, False, **more)


def test_a_phase_fills_only_its_own_points():
    out, own = empty_arrays(10), np.arange(10) < 5
    fill_phase(out, settings("xmr"), X, np.full(10, np.nan), own, own)
    assert np.isfinite(out.values[:5]).all() and np.isnan(out.values[5:]).all()
    assert np.isnan(out.upper[5:]).all()


def test_np_limits_follow_n():
    out = empty_arrays(10)
    n = np.array([20.0, 40] * 5)
    found = fill_phase(out, settings("np"), X, n, ALL, ALL)
    assert found.centre == pytest.approx(X.sum() / n.sum())
    assert out.centre == pytest.approx(found.centre * n)
    assert out.sigma == pytest.approx(np.sqrt(n * found.centre * (1 - found.centre)))


def test_laney_limits_are_the_plain_ones_times_the_factor():
    plain, wide, n = empty_arrays(10), empty_arrays(10), np.full(10, 50.0)
    fill_phase(plain, settings("p"), X, n, ALL, ALL)
    found = fill_phase(wide, settings("laney_p"), X, n, ALL, ALL)
    assert wide.sigma == pytest.approx(plain.sigma * found.spread)


def test_widened_limits_keep_the_false_alarms_of_later_points():
    assert widened(3.0, 10**7) == pytest.approx(3.0, abs=1e-3)
    assert widened(3.0, 24) > widened(3.0, 48) > 3.0
    rng = np.random.default_rng(12)
    x = rng.standard_normal((4000, 25))
    sigma = np.abs(np.diff(x[:, :24])).mean(axis=1) / 1.128
    off = np.abs(x[:, 24] - x[:, :24].mean(axis=1)) / sigma
    assert (off > widened(2.0, 24)).mean() == pytest.approx(0.0455, abs=0.01)
    assert (off > 2.0).mean() > 0.055


def test_a_given_standard_needs_no_baseline():
    out = empty_arrays(10)
    none = np.zeros(10, dtype=bool)
    found = fill_phase(out, settings("xmr", centre=5.0, sigma=1.0), X, np.full(10, np.nan), ALL, none)
    assert (found.status, found.points) == ("ok", 0)
    assert out.upper[0] == 8.0
    assert fill_phase(out, settings("xmr"), X, np.full(10, np.nan), ALL, none).status == "no_limits"
