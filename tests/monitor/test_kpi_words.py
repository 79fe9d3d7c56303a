"""How a figure came about, in sentences: numbers that are not 0 are not called 0."""

from __future__ import annotations

import pytest

from service_tables import SAMPLE, at, kpi, measured, records, ticket
from supplier_eval.clock import BusinessClock
from supplier_eval.monitor.kpi_words import figure
from supplier_eval.monitor.kpis import measure_kpis
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.record_reading import read_service_records


def test_a_share_of_4_in_1000_is_not_0_and_996_in_1000_not_100():
    assert figure(kpi(), 0.004) == "0.4 %"
    assert figure(kpi(), 0.00004) == "0.004 %"
    assert figure(kpi(), 0.99996) == "99.996 %"
    assert figure(kpi(), 1.0) == "100.0 %" and figure(kpi(), 0.0) == "0.0 %"
    assert figure(kpi("defects_per_unit", target=1), 0.004) == "0.004"
    assert figure(kpi(), float("nan")) == "-"


def test_a_figure_is_told_with_its_interval_its_target_and_what_is_open():
    rows = records(tickets=[ticket("1", at("03-02"), at("03-02", 12)), ticket("2", at("03-31", 17))])
    result = measured(rows, kpi(name={"en": "Resolved in time", "zh": "按时解决率"}))
    said = result.explain("A", "k")
    assert said == (
        "Resolved in time, A, 2026-03; records counted: 1. Good are 1; the value is 100.0 %. "
        "The 95% interval runs from 20.7 % to 100.0 %. The target of 90.0 % is met. Open at the end: 1. "
        "Basis: raw, contract."
    )
    assert "按时解决率，A，2026-03：计入 1 条记录。" in result.explain("A", "k", lang="zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_figure_of_the_sample_can_be_told(lang):
    plan = ReviewPlan.load(SAMPLE / "plan.toml")
    clocks = {"": BusinessClock.load(SAMPLE / "calendar.toml"), "always": BusinessClock.always("Asia/Shanghai")}
    result = measure_kpis(read_service_records(SAMPLE), plan.kpis, Period.month("2026-03"), clock=clocks)
    for supplier in result.suppliers:
        for one in result.kpis:
            said = result.explain(supplier, one.id, lang=lang)
            assert supplier in said and " nan" not in said and "{" not in said


def test_a_lower_bound_is_called_one():
    rows = records(tickets=[ticket("1", at("03-02"), at("03-02", 12)), ticket("2", at("03-31", 17))])
    result = measured(rows, kpi(statistic="mean", target=400))
    assert "The mean is 2.00 hours. It is at least that" in result.explain("A", "k")
