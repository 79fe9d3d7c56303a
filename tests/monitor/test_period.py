"""Periods: half-open, in the wall time of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.period import Period, asked_periods


def codes(caught: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [finding.code for finding in caught.value.findings]


def test_a_month_is_the_month_of_the_place_where_the_service_is_given():
    start, end = Period.month("2026-03").bounds("Asia/Shanghai")
    assert start == datetime(2026, 2, 28, 16, tzinfo=UTC)
    assert end == datetime(2026, 3, 31, 16, tzinfo=UTC)


def test_a_month_with_a_changed_clock_is_an_hour_shorter():
    start, end = Period.month("2026-03").bounds("Europe/Berlin")
    assert end - start == timedelta(days=31, hours=-1)


def test_quarters_years_and_december_end_where_the_next_begins():
    assert Period.quarter("2026Q4") == Period(date(2026, 10, 1), date(2027, 1, 1), "2026Q4")
    assert Period.quarter("2026-q1").label == "2026Q1"
    assert Period.year(2026) == Period(date(2026, 1, 1), date(2027, 1, 1), "2026")
    assert Period.month("2026-12").end == date(2027, 1, 1)


def test_months_run_from_the_first_to_the_last():
    labels = [period.label for period in Period.months("2025-11", "2026-02")]
    assert labels == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_moments_keep_their_zone():
    start = datetime(2026, 3, 1, 8, tzinfo=UTC)
    period = Period.between(start, start + timedelta(hours=1))
    assert period.bounds("Asia/Shanghai") == (start, start + timedelta(hours=1))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Period.month("2026-13"), "period.unreadable"),
        (lambda: Period.month("March"), "period.unreadable"),
        (lambda: Period.month(202603), "period.unreadable"),
        (lambda: Period.quarter("2026Q5"), "period.unreadable"),
        (lambda: Period.year("26"), "period.unreadable"),
        (lambda: Period.months("2026-03", "2026-01"), "period.order"),
        (lambda: Period.between(date(2026, 3, 1), date(2026, 3, 1)), "period.order"),
        (lambda: Period.between(datetime(2026, 3, 1), datetime(2026, 4, 1)), "period.no_time_zone"),
        (lambda: Period.between(date(2026, 3, 1), datetime(2026, 4, 1, tzinfo=UTC)), "period.bounds"),
        (lambda: Period.between("2026-03-01", "2026-04-01"), "period.bounds"),
        (lambda: Period(date(2026, 3, 1), date(2026, 4, 1), " "), "period.label"),
        (lambda: asked_periods("2026-03"), "period.asked"),
        (lambda: asked_periods([]), "period.asked"),
        (lambda: asked_periods([Period.month("2026-03"), "2026-04"]), "period.asked"),
        (lambda: asked_periods(None), "period.asked"),
        (lambda: asked_periods([Period.month("2026-03")] * 2), "period.twice"),
    ],
)
def test_what_is_no_period_is_refused_in_words(make, code):
    with pytest.raises(InvalidInput) as caught:
        make()
    assert codes(caught) == [code]
    assert caught.value.report("zh")


def test_periods_are_asked_one_or_many_and_come_earliest_first():
    march, april = Period.month("2026-03"), Period.month("2026-04")
    assert asked_periods(march) == (march,)
    assert asked_periods([april, march]) == (march, april)


def test_bounds_that_are_missing_are_refused():
    with pytest.raises(InvalidInput) as refused:
        Period.between(pd.NaT, pd.NaT)
    assert [f.code for f in refused.value.findings] == ["period.bounds"]
