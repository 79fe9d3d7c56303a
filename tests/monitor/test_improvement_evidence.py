"""What later figures show."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from supplier_eval.monitor.improvement_evidence import chance_mean_met, chance_target_met, reset_cusum


def test_the_posterior_is_that_of_a_beta_distribution():
    assert chance_target_met(2, 100, 0.05, "min") == pytest.approx(stats.beta(2.5, 98.5).cdf(0.05))
    assert chance_target_met(95, 100, 0.9, "max") == pytest.approx(stats.beta(95.5, 5.5).sf(0.9))
    assert chance_target_met(1, 10, 0.3, "min", (1, 1)) == pytest.approx(stats.beta(2, 10).cdf(0.3))


def test_three_good_cases_show_little_and_three_thousand_much():
    assert chance_target_met(0, 3, 0.05, "min") < 0.6
    assert chance_target_met(90, 3000, 0.05, "min") > 0.999


def test_the_mean_of_few_figures_is_students_t():
    x = [3.0, 4.0, 5.0]
    assert chance_mean_met(x, 5.0, "min") == pytest.approx(stats.t.cdf(1 / (1 / np.sqrt(3)), 2))
    assert chance_mean_met(x, 5.0, "min") + chance_mean_met(x, 5.0, "max") == pytest.approx(1.0)
    assert np.isnan(chance_mean_met([3.0], 5.0, "min"))
    assert chance_mean_met([3.0, 3.0], 5.0, "min") == 1.0 and chance_mean_met([3.0, 3.0], 5.0, "max") == 0.0


def test_a_cusum_is_quiet_since_its_line_was_last_passed():
    found = reset_cusum([20, 20, 5, 5, 5], [100] * 5, 0.05, "min")
    assert (found.points, found.quiet_for) == (5, 3)  # 20 of 100 are 6.9 standard deviations above .05
    assert found.path[0] == pytest.approx((0.2 - 0.05) / np.sqrt(0.05 * 0.95 / 100) - 0.5)
    good = reset_cusum([99, 99], [100, 100], 0.95, "max")
    assert (good.quiet_for, good.path.tolist()) == (2, [0.0, 0.0])


def test_a_period_without_cases_counts_nothing():
    found = reset_cusum([1, 0, 1], [50, 0, 50], 0.05, "min")
    assert found.points == 2 and np.isnan(found.path[1])
