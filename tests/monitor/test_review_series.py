"""A KPI over the periods."""

from __future__ import annotations

import pandas as pd
import pytest

from monitor_folders import two_years
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.monitor.review_series import definition_of, kpi_trend_test, series_of, usual_baseline


def test_the_series_has_a_row_a_period_in_order():
    rows = series_of(two_years().results, "S03", "resolution")
    assert rows["period"].tolist() == [one.period for one in two_years().reviews]


def test_the_first_third_sets_the_limits():
    assert usual_baseline(two_years().results) == 8


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
