"""What a scorecard says."""

from __future__ import annotations

import pytest

from monitor_review_parts import figures, frame, kpi_row, review_plan
from supplier_eval.monitor.reviewing import review_period, review_periods

PLAN = review_plan()


def said(*rows, supplier="S1", lang="en", **asked):
    return review_period(frame(*rows), PLAN, "2026-01", **asked).explain(supplier, lang)


def test_every_total_names_its_basis():
    text = said(figures("S1"))
    assert "Score 92.0 of 100 (basis: raw, contract)" in text
    assert "(basis: shrunken, comparison)" in text
    assert "too few peers and no stated prior" in text
    assert "口径：原始数据，用于合同" in said(figures("S1"), lang="zh")


def test_a_small_rate_is_not_rounded_away():
    rows = figures("S1")
    rows[0] = kpi_row("S1", "ontime", 0.004, 1000)
    assert "0.004" in said(rows)
    assert "0.00 " not in said(rows)


def test_what_was_not_measured_is_said_and_carries_no_points():
    text = said(figures("S1", csat=None))
    assert "Satisfaction: no data; it carries no points and no weight." in text
    assert "Coverage 80.0%" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_not_rated_says_why(lang):
    text = said(figures("S1", ontime=None, csat=None), lang=lang)
    assert ("less than 70.0%" if lang == "en" else "低于 70.0 %") in text


def test_lower_bounds_events_and_short_contracts_are_said():
    rows = [row | {"in_force": 0.6, "at_least": True} for row in figures("S1")]
    events = [{"supplier": "S1", "kind": "safety", "on": "2026-01-02", "reference": "ACC-7"}]
    text = said(rows, events=events)
    assert "ran for 60% of the period" in text
    assert "lower bound" in text
    assert "safety accident, 2026-01-02 ACC-7" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_reason_of_a_grade_has_words(lang):
    levels = [4.7, 4.65, 3.6, 4.7, 3.2, None, 3.2, 4.7, 4.7]
    rows = [
        [
            *figures(
                "S1",
                f"2026-0{m}",
                csat=None if v is None else (v, 500_000),
                ontime=(0.95, 500_000),
                milestones=(1.0, 500_000),
            )[:2]
        ]
        for m, v in enumerate(levels, start=1)
    ]
    plan = review_plan(coverage_floor="0.4")
    events = [{"supplier": "S1", "kind": "security", "on": "2026-07-02"}]
    reviews = review_periods(frame(*rows), plan, events=events)
    whys = {review["S1"].state.why for review in reviews}
    assert {"first", "same", "at_once", "critical_event"} <= whys
    assert all(review.explain("S1", lang) for review in reviews)
