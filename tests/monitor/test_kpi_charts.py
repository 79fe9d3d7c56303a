"""Control charts of measured KPIs."""

from __future__ import annotations

import numpy as np
import pytest

from monitor_folders import two_years
from service_tables import at, kpi, measured, records, ticket
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.monitor import chart_kpi, chart_kpis, watch_portfolio
from supplier_eval.monitor.period import Period

MONTHS = [f"{m:02d}" for m in range(1, 11)]


@pytest.fixture(scope="module")
def results():
    rows = []
    for month in MONTHS:
        if month == "04":
            continue  # a month without work
        late = 9 if month == "10" else 1
        for i in range(10):
            end = at(f"{month}-02", 18) if i < late else at(f"{month}-02", 10)
            rows.append(ticket(f"{month}{i}", at(f"{month}-02"), end))
    definitions = [kpi(key_step=True), kpi(id="mean", statistic="mean", target=4)]
    return measured(records(tickets=rows), definitions, Period.months("2026-01", "2026-10"))


def test_a_rate_is_charted_by_what_was_not_good(results):
    frame = results.to_frame()
    own = frame[(frame["kpi"] == "k") & (frame["supplier"] == "A")]
    chart = chart_kpi(results, "A", "k", baseline=8)
    assert chart.kind == "laney_p" and chart.settings.key_step and chart.settings.limit == 2.5
    assert np.nan_to_num(chart.raw).tolist() == (own["n"] - own["events"]).tolist()
    assert chart.gaps == ("2026-04",)
    assert chart.points[0] == "2026-01" and "2026-10" in chart.signal_points


def test_a_mean_is_charted_as_single_values_with_its_unit(results):
    chart = chart_kpi(results, "A", "mean", baseline=8)
    assert (chart.kind, chart.settings.unit, chart.settings.key_step) == ("xmr", "h", False)
    assert chart.gaps == ("2026-04",)


def test_all_charts_go_to_the_portfolio(results):
    charts = chart_kpis(results, baseline=8)
    assert set(charts) == {"A · k", "A · mean"}
    assert "A · k" in watch_portfolio(charts).alarms
    assert set(chart_kpis(results, kpis="mean")) == {"A · mean"}


def test_names_that_do_not_exist_are_said(results):
    for asked in (("B", "k"), ("A", "x")):
        with pytest.raises(UnknownName):
            chart_kpi(results, *asked)
    with pytest.raises(UnknownName):
        chart_kpis(results, suppliers=["B"])
    with pytest.raises(InvalidInput):
        chart_kpi(5, "A", "k")
    with pytest.raises(InvalidInput):
        chart_kpi(results, "A", "k", weight=3)


def test_limits_of_a_share_stay_between_nothing_and_all_and_are_said_in_per_cent():
    chart = chart_kpi(two_years().results, "S03", "availability", baseline=8, widen=True)
    assert chart.kind == "xmr" and np.nanmax(chart.upper) <= 1.0 and np.nanmin(chart.lower) >= 0.0
    assert "share" not in chart.explain() and " %" in chart.explain().split("\n")[1]
