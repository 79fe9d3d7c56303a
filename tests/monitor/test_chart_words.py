"""What a chart says."""

from __future__ import annotations

import pandas as pd

from supplier_eval.monitor.chart_front import control_chart
from supplier_eval.monitor.chart_words import change_text, figure_text, label_text


def test_a_small_rate_is_not_shown_as_none():
    assert figure_text(0.004) == "0.004"
    assert figure_text(0.00012345) == "0.0001234"
    assert figure_text(float("nan")) == "–"
    assert figure_text(1234.5, "h") == "1,234.5 h"


def test_labels_at_midnight_are_days_and_large_figures_stay_short():
    assert label_text(pd.Timestamp("2026-03-01")) == "2026-03-01"
    assert label_text(pd.Timestamp("2026-03-01 08:00")) == "2026-03-01 08:00:00"
    assert figure_text(1.5e300) == "1.5e+300"


def test_a_signal_is_said_with_its_point_and_test_in_both_languages():
    x = pd.Series([5.0, 6, 5, 7, 6, 5, 6, 7, 25], index=[f"2026-{m:02d}" for m in range(1, 10)])
    found = control_chart(x, baseline=8, name="响应时间", unit="h")
    assert "2026-09: 25 h, beyond the limits" in found.explain()
    assert "2026-09：25 h，超出控制限" in found.explain("zh")
    assert "响应时间" in found.explain("zh")


def test_a_pattern_that_goes_on_is_said_once():
    said = control_chart([1.0] * 14, centre=0.5, sigma=1, rules="nelson_2").explain()
    assert said.count("nine or more in a row") == 1
    assert "9: 1, nine or more" in said and "1 – 14" in said  # where it first fired, and how far it goes


def test_key_steps_laney_factors_and_quiet_charts_are_said():
    counts = [5, 9, 2, 8, 4, 7, 5, 6, 3, 5]
    said = control_chart(counts, kind="laney_p", n=100, key_step=True).explain()
    assert "key step" in said and "Laney" in said and "No test fires" in said
    assert "once in 81 points" in said or "once in 80 points" in said
    many = control_chart([0, 9] * 20, centre=0, sigma=1).explain()
    assert "…" in many


def test_limits_of_a_key_step_are_set_beside_those_of_another_step_on_as_many_points():
    said = control_chart([5, 6, 7, 5, 6, 7, 5, 6, 7], baseline=8, key_step=True, widen=True).explain()
    assert "its limits lie at 4.363 standard deviations, those of another step on as many points would at 6.524" in said
    plain = control_chart([5, 6, 7, 5, 6, 7, 5, 6], key_step=True).explain("zh")
    assert "控制限为 2.5 倍标准差，同样点数的其他环节为 3 倍" in plain
    same = control_chart([5, 6, 7, 5, 6, 7, 5, 6], key_step=True, limit=2, key_limit=2.5).explain()
    assert "limits at 2 standard deviations as of any other" in same


def test_points_that_set_the_limits_are_said_not_to_be_judged():
    said = control_chart([5, 6, 7, 5, 6, 7, 5, 6, 7], baseline=8, later_only=True).explain()
    assert "Only points after those that set the limits are judged" in said


def test_differences_of_shares_are_percentage_points():
    assert change_text(0.1932, "share", "en") == "19.32 percentage points"
    assert change_text(-0.1932, "share", "zh") == "−19.32 个百分点"
    assert change_text(3.0, "h", "en") == "3 h"
