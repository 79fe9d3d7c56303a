"""Which periods a review covers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from supplier_eval.clock import BusinessClock
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.folder_periods import asked_spans, days_of_records
from supplier_eval.monitor.records import ServiceRecords

CLOCK = BusinessClock.from_week({"mon-fri": ["09:00-17:00"]}, timezone="Asia/Shanghai", years=[2024, 2026], name="desk")


def records(*days):
    frame = {"inspection": [str(i) for i in range(len(days))], "supplier": "S", "on": list(days)}
    frame |= {"kind": "inspection", "units": 10, "defective": 0}
    return ServiceRecords.from_frames({"inspections": pd.DataFrame(frame)})


def labels(given, length="month", asked=("", "", ""), known=None):
    return [one.label for one in asked_spans(given, CLOCK, length, asked, known)]


def test_a_month_whose_last_working_day_has_a_record_is_complete():
    assert labels(records("2025-04-03", "2025-05-30")) == ["2025-04", "2025-05"]  # 31 May 2025 is a Saturday
    assert labels(records("2025-04-03", "2025-05-29")) == ["2025-04"]


def test_quarters_and_years_are_periods_too():
    assert labels(records("2025-02-03", "2025-08-30"), "quarter") == ["2025Q1", "2025Q2"]
    assert labels(records("2024-02-03", "2025-08-30"), "year") == ["2024"]


def test_nothing_complete_is_refused_and_a_named_month_is_taken():
    with pytest.raises(InvalidInput, match="complete"):
        labels(records("2025-05-02", "2025-05-08"))
    assert labels(records("2025-05-02", "2025-05-08"), asked=("2025-05", "", "")) == ["2025-05"]


def test_knowledge_ends_the_periods():
    given = records("2025-02-03", "2025-08-30")
    assert labels(given, known=datetime(2025, 4, 20, tzinfo=UTC)) == ["2025-02", "2025-03"]


def test_one_day_far_off_does_not_make_a_thousand_periods():
    with pytest.raises(InvalidInput, match="120"):
        labels(records("1925-02-03", "2025-08-29"))


def test_records_without_a_day_have_no_period():
    empty = records("2025-01-01")
    none = ServiceRecords({"inspections": empty["inspections"].iloc[:0]})
    assert days_of_records(none, "UTC") is None
    with pytest.raises(InvalidInput, match="nothing that happened"):
        labels(none)
    assert days_of_records(empty, "UTC") == (date(2025, 1, 1), date(2025, 1, 1))
