"""How likely a point is by chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from supplier_eval.monitor.chart_front import control_chart
from supplier_eval.monitor.point_chances import point_chance


def test_counts_have_the_exact_tail():
    chart = control_chart([1] * 9 + [4], kind="p", n=50, baseline=9)
    assert point_chance(chart, 9) == pytest.approx(2 * stats.binom.sf(3, 50, 0.02))
    assert chart.signal_points == (10,)  # three standard deviations call that rarer than it is
    assert point_chance(control_chart([3] * 9 + [9], kind="u", n=1.5, baseline=9), 9) == pytest.approx(
        2 * stats.poisson.sf(8, 3)
    )


def test_a_given_standard_is_normal_and_a_baseline_students_t():
    assert point_chance(control_chart([3.0], centre=0, sigma=1), 0) == pytest.approx(2 * stats.norm.sf(3))
    x = [5.0, 6, 5, 7, 6, 5, 6, 7, 9]
    chart = control_chart(x, baseline=8)
    assert point_chance(chart, 8) == pytest.approx(2 * stats.t.sf(abs(chart.z[8]), 0.62 * 7))


def test_what_cannot_be_judged_has_no_chance():
    assert np.isnan(point_chance(control_chart([1.0, 2]), 1))
    assert np.isnan(point_chance(control_chart([1.0, None] * 9), 1))
    assert np.isnan(point_chance(control_chart([1.0, 2] * 9, kind="cusum"), 1))
    assert point_chance(control_chart([1.0] * 9 + [2.0], baseline=9), 9) == 0.0


def test_the_moving_range_tail_is_not_too_light():
    """24 baseline points, a limit of one in a thousand: no more false alarms than three times that."""
    rng = np.random.default_rng(4)
    x = rng.standard_normal((3000, 25))
    steps = np.abs(np.diff(x[:, :24])).mean(axis=1) / 1.128
    z = np.abs(x[:, 24] - x[:, :24].mean(axis=1)) / steps
    assert (2 * stats.t.sf(z, 0.62 * 23) < 0.01).mean() < 0.02
    assert (2 * stats.norm.sf(z) < 0.01).mean() > 0.015
