"""What is wrong with a plan as a whole."""

from __future__ import annotations

import pytest

from monitor_review_parts import plan_data, review_plan
from supplier_eval.errors import InvalidPolicy
from supplier_eval.monitor.plan import ReviewPlan


def codes(data):
    with pytest.raises(InvalidPolicy) as refused:
        ReviewPlan.from_mapping(data)
    assert all(f.say("zh") and f.advise("zh") for f in refused.value.findings)
    return {f.code for f in refused.value.findings if f.severity == "error"}


def test_weights_that_do_not_sum_are_refused_at_every_node():
    data = plan_data()
    data["kpis"][0]["weight"] = 59
    data["branches"][0]["weight"] = 51
    with pytest.raises(InvalidPolicy) as refused:
        ReviewPlan.from_mapping(data)
    sums = {(f.value, f.facts["sum"]) for f in refused.value.findings if f.code == "plan.weights.sum"}
    assert sums == {("quality", "99"), ("desk", "101")}


def test_weights_are_exact_decimals():
    data = plan_data()
    for kpi, weight in zip(data["kpis"][:2], ("33.3", "66.7"), strict=True):
        kpi["weight"] = weight
    assert ReviewPlan.from_mapping(data)
    data["kpis"][0]["weight"] = "33.30000001"
    assert codes(data) == {"plan.weights.sum"}


def test_everything_wrong_with_the_tree_comes_at_once():
    data = plan_data()
    data["branches"] += [
        {"id": "QUALITY", "weight": 0},
        {"id": "x", "weight": 1, "parent": "y"},
        {"id": "y", "weight": 1, "parent": "x"},
        {"id": "z", "weight": 1, "parent": "nowhere", "kpis": ["csat", "no_such"]},
        {"id": "w", "weight": 1, "kpis": ["csat"]},
    ]
    assert codes(data) == {
        "plan.id.twice",
        "plan.branch.circle",
        "plan.branch.unknown",
        "plan.kpi.unknown",
        "plan.kpi.placed_twice",
    }


def test_a_kpi_stands_in_a_branch():
    data = plan_data()
    data["branches"][2]["id"] = "prices"
    assert codes(data) == {"plan.kpi.no_branch"}


def test_a_scored_kpi_has_a_floor_apart_from_its_target():
    data = plan_data()
    del data["kpis"][0]["floor"]
    data["kpis"][2]["floor"] = 1
    assert codes(data) == {"plan.kpi.no_floor", "plan.kpi.floor_is_target"}


def test_a_watched_kpi_needs_none():
    data = plan_data()
    data["kpis"].append({"id": "watched", "name": "w", "measure": "milestones", "target": 1, "weight": 0})
    assert ReviewPlan.from_mapping(data)


def test_priors_are_of_rates_and_means():
    data = plan_data()
    data["estimates"] = {
        "priors": [
            {"kpi": "ontime", "mean": "95", "strength": 20},
            {"kpi": "price_level", "mean": 100, "strength": 5},
            {"kpi": "none", "mean": 1, "strength": 1},
            {"kpi": "csat", "mean": 4, "strength": 1},
            {"kpi": "csat", "mean": 4, "strength": 1},
        ]
    }
    assert codes(data) == {"plan.prior.range", "plan.prior.kind", "plan.kpi.unknown", "plan.prior.twice"}


def test_grades_events_and_consequences_fit_together():
    data = plan_data()
    data["knock_outs"] += [{"kind": "security", "grade": "E"}]
    data["consequences"][0]["action"] = "watch"
    del data["consequences"][3]
    assert codes(data) == {
        "plan.grade.unknown",
        "plan.knock_out.twice",
        "plan.consequence.order",
        "plan.consequence.once",
    }


def test_without_grades_nothing_can_follow_from_them():
    data = plan_data()
    del data["grades"]
    assert codes(data) == {"plan.grades.none"}
    del data["knock_outs"], data["consequences"]
    assert "plan.grades.missing" in {f.code for f in ReviewPlan.from_mapping(data).check()}


def test_quality_without_a_benchmark_is_said():
    warned = [f for f in review_plan().check() if f.code == "plan.kpi.no_benchmark"]
    assert warned[0].value == "ontime, csat"
    assert warned[0].severity == "warning"


@pytest.mark.parametrize("label", ["2026Q1", "2026", "January", "2026-1"])
def test_the_first_period_is_a_label_of_the_plans_length(label):
    with pytest.raises(InvalidPolicy) as refused:
        review_plan(first_period=label)
    assert [f.code for f in refused.value.findings if f.severity == "error"] == ["plan.first_period"]


def test_the_first_period_is_part_of_the_fingerprint_and_its_absence_warned_of():
    stated = review_plan(first_period="2026-01")
    assert stated.fingerprint != review_plan().fingerprint
    assert "plan.first_period.missing" in {f.code for f in review_plan().check()}
    assert "plan.first_period.missing" not in {f.code for f in stated.check()}
