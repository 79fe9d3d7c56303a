"""A KPI over the periods."""

from __future__ import annotations

import pandas as pd
import pytest

from monitor_folders import two_years
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.monitor.chart_front import control_chart
from supplier_eval.monitor.review_series import chart_rule, definition_of, enough_cases, kpi_trend_test, series_of


def test_the_series_has_a_row_a_period_in_order():
    rows = series_of(two_years().results, "S03", "resolution")
    assert rows["period"].tolist() == [one.period for one in two_years().reviews]


def test_the_plan_says_how_many_periods_set_the_limits():
    plan = two_years().plan
    assert chart_rule(plan)["baseline"] == 8
    assert chart_rule(plan.replace(chart_baseline=12))["baseline"] == 12
    with pytest.raises(InvalidInput):
        plan.replace(chart_baseline=7)


def test_whether_a_chart_can_hold_is_settled_by_its_baseline_alone():
    few = [1, 0, 0, 0, 1, 0, 0, 0]
    asked = {"kind": "laney_p", "n": 9, "baseline": 8, "later_only": True}
    assert not enough_cases(control_chart(few, **asked))
    assert not enough_cases(control_chart([*few, 9, 9, 9, 9], **asked))


def test_the_declining_supplier_falls():
    assert kpi_trend_test(two_years().results, "S03", "resolution").conclusion == "falling"


def test_months_without_a_figure_are_gaps():
    assert kpi_trend_test(two_years().results, "S06", "resolution").gaps == 7


def test_a_name_that_does_not_exist_is_refused():
    with pytest.raises(UnknownName):
        series_of(two_years().results, "S99", "resolution")
    with pytest.raises(UnknownName):
        definition_of(two_years().results, "happiness")


@pytest.mark.parametrize("wrong", [None, pd.DataFrame(), "results"])
def test_what_is_no_result_is_a_finding(wrong):
    with pytest.raises(InvalidInput) as refused:
        definition_of(wrong, "a")
    assert [f.code for f in refused.value.findings] == ["credits.no_results"]
