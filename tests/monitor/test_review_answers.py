"""What a review of a folder answers."""

from __future__ import annotations

import json

import pytest

from monitor_folders import SAMPLE, two_years
from supplier_eval.monitor.folder_review import review_folder


def test_the_document_is_plain_and_says_its_bases():
    document = two_years().document()
    text = json.dumps(document, allow_nan=False)
    assert json.loads(text) == document
    assert document["bases"]["comparison, rank"] == "shrunken, comparison"
    assert {row["supplier"] for row in document["suppliers"]} == set(two_years().review.suppliers)
    assert document["plan_fingerprint"] == two_years().plan.fingerprint


@pytest.mark.parametrize("period", ["2025-09", "2025-10", "2026-01"])
def test_the_declining_supplier_is_found_in_the_month_of_its_decline(period):
    chart = review_folder(SAMPLE, period=period).charts["S03 · resolution"]
    assert chart.signal_points[0] == "2025-09"


def test_signals_of_the_past_stay_as_they_were_when_history_grows():
    earlier, later = review_folder(SAMPLE, period="2025-12"), two_years()
    for name, chart in earlier.charts.items():
        if name in later.charts:
            known = [point for point in later.charts[name].signal_points if point in chart.points]
            assert list(chart.signal_points) == known, name


def test_with_no_period_after_the_baseline_nothing_is_judged_and_it_is_said():
    answers = review_folder(SAMPLE, period="2025-06")
    chart = answers.charts["S03 · resolution"]
    assert (chart.status, chart.signal_points) == ("too_few", ())
    assert "too few to judge" in chart.explain()
    assert "No test fires" not in chart.explain()
    assert "无法判断" in chart.explain("zh")
    assert not any(one.judged for one in answers.alarms.charts if one.name == "S03 · resolution")


def test_the_tiny_supplier_is_not_judged_month_by_month():
    assert "S04 · resolution" in two_years().uncharted
    assert "S04 · resolution" not in two_years().charts
    assert {"S03 · resolution", "S07 · resolution"} <= set(two_years().charts)


def test_charts_whose_limits_have_no_width_raise_no_alarm():
    names = {one.name for one in two_years().alarms.charts}
    assert {name for name, chart in two_years().charts.items() if chart.status != "no_variation"} == names
    assert "00123 · milestones" not in names


def test_one_supplier_alone_has_only_its_own_rows():
    alone = review_folder(SAMPLE, span=("2025-05", "2025-06"), supplier="S05")
    document = alone.document("zh")
    for table in ("suppliers", "scorecards", "gaps", "kpis", "history", "observations"):
        assert {row["supplier"] for row in document[table]} == {"S05"}, table
    assert sum(row["count"] for row in document["causes"]) == alone.causes("S05").n


@pytest.mark.parametrize("supplier", ["S03", "S12"])
def test_causes_are_those_of_the_last_twelve_periods(supplier):
    rows = two_years().folder.records["complaints"]
    recent = rows[(rows["supplier"] == supplier) & (rows["received"] >= "2025-10-31T16:00Z")]
    assert two_years().causes(supplier).n == len(recent)


def test_answers_are_told_in_a_line():
    assert repr(two_years()) == "ReviewAnswers(24 periods to 2026-10; credits: 1)"
