"""Critical events, apart from any score."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest

from monitor_review_parts import plan_data, review_plan
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.critical_events import CriticalEvent, events_between, events_of, knock_outs_of, read_events
from supplier_eval.monitor.plan import ReviewPlan

ROW = {"supplier": "S1", "kind": "security", "on": "2026-01-31", "reference": "INC-1", "words": "leak"}


def test_events_are_read_from_rows_tables_and_events():
    expected = (CriticalEvent("S1", date(2026, 1, 31), "security", "INC-1", "leak"),)
    assert read_events([ROW]) == expected
    assert read_events(pd.DataFrame([ROW, ROW])) == expected
    assert read_events(expected) == expected
    assert read_events(None) == ()
    assert read_events(pd.DataFrame([{**ROW, "on": pd.Timestamp("2026-01-31")}])) == expected


def test_all_that_is_wrong_with_events_is_found_at_once():
    with pytest.raises(InvalidInput) as refused:
        read_events([{"supplier": "", "kind": "fire", "on": "31.1.2026"}, "S1", {**ROW, "on": None}])
    assert [(f.code, f.rows) for f in refused.value.findings] == [
        ("review.cell.blank", (2,)),
        ("review.event.unknown", (2,)),
        ("review.event.day", (2,)),
        ("review.events.kind", (3,)),
        ("review.event.day", (4,)),
    ]
    with pytest.raises(InvalidInput, match="column `kind` is missing"):
        read_events(pd.DataFrame({"supplier": ["S1"], "on": ["2026-01-01"]}))
    with pytest.raises(InvalidInput, match="table or rows"):
        read_events("S1")
    with pytest.raises(InvalidInput, match="no day"):
        read_events(pd.DataFrame([{**ROW, "on": pd.NaT}]))


def test_a_period_holds_its_first_day_and_not_its_end():
    events = read_events([{**ROW, "on": day} for day in ("2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01")])
    inside = events_between(events, date(2026, 1, 1), date(2026, 2, 1))
    assert [event.on.day for event in inside] == [1, 31]
    assert len(events_between(events, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))) == 2


def test_a_period_of_moments_holds_the_days_of_its_own_time_zone():
    shanghai = timezone(timedelta(hours=8))
    events = read_events([{**ROW, "on": day} for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01")])
    inside = events_between(events, datetime(2026, 3, 1, tzinfo=shanghai), datetime(2026, 4, 1, tzinfo=shanghai))
    assert [(event.on.month, event.on.day) for event in inside] == [(3, 1), (3, 31)]


def test_ids_are_compared_without_case():
    assert len(events_of(read_events([ROW]), "s1")) == 1
    assert events_of(read_events([ROW]), "S2") == ()


def test_the_rule_with_the_lowest_grade_comes_first():
    plan = ReviewPlan.from_mapping(
        plan_data(knock_outs=[{"kind": "breach", "grade": "C"}, {"kind": "security", "grade": "D"}])
    )
    both = read_events([{**ROW, "kind": "breach"}, ROW])
    assert [rule.kind for rule in knock_outs_of(both, plan)] == ["security", "breach"]
    assert knock_outs_of(read_events([{**ROW, "kind": "safety"}]), review_plan()) == ()
