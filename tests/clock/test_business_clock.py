"""The clock: published cases, laws, time zones, and what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.clock import BusinessClock, WorkCalendar
from supplier_eval.errors import InvalidInput

CHINA = Path(__file__).parents[2] / "data" / "samples" / "service-records" / "calendar.toml"
WEEK = {"mon-fri": ["09:00-12:00", "13:00-18:00"]}
FIRST = datetime(2026, 3, 20, tzinfo=UTC)
CLOCKS = [
    BusinessClock.from_week(WEEK, timezone="Asia/Shanghai", years=(2026, 2026), holidays=["2026-04-06"]),
    BusinessClock.from_week({"mon-fri": "22:00-06:00"}, timezone="Europe/Berlin", years=(2026, 2026)),
    BusinessClock.from_week({"mon-sun": ["00:00-02:30", "02:45-24:00"]}, timezone="Europe/Berlin", years=(2026, 2026)),
    BusinessClock.always("America/New_York"),
]
clocks = st.sampled_from(CLOCKS)
moments = st.integers(0, 20 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
spans = st.tuples(moments, moments).map(lambda pair: tuple(sorted(pair)))
holds = st.lists(spans, max_size=4)


@pytest.fixture(scope="module")
def china() -> BusinessClock:
    return BusinessClock.load(CHINA)


def refused(call) -> list[tuple[str, str, tuple[int, ...]]]:
    with pytest.raises(InvalidInput) as caught:
        call()
    assert all(finding.say("zh") and finding.advise("zh") for finding in caught.value.findings)
    return [(finding.code, finding.value, finding.rows) for finding in caught.value.findings]


def test_the_week_of_the_businesstimedelta_readme_has_40_hours():
    """businesstimedelta 1.0.1, README: 9-18 with lunch 12-13, Monday 2016-01-18 09:00 to Friday 18:00 (recalled)."""
    clock = BusinessClock.from_week(WEEK, timezone="UTC", years=(2016, 2016))
    assert clock.worked("2016-01-18T09:00Z", "2016-01-22T18:00Z") == timedelta(hours=40)


def test_a_make_up_sunday_works_and_the_festival_does_not(china):
    """2026: Sunday 4 January is worked, 15 to 23 February is Spring Festival."""
    sunday = china.moment("2026-01-04T09:00"), china.moment("2026-01-04T18:00")
    assert china.worked(*sunday) == timedelta(hours=8)
    festival = china.moment("2026-02-14T18:00"), china.moment("2026-02-24T09:00")
    assert china.worked(*festival) == timedelta(0)
    assert china.due(china.moment("2026-02-14T17:00"), timedelta(hours=2)) == china.moment("2026-02-24T10:00")


def test_due_is_the_end_of_the_day_not_the_start_of_the_next(china):
    nine = china.moment("2026-03-02T09:00")
    assert china.due(nine, timedelta(hours=8)) == china.moment("2026-03-02T18:00")
    assert china.due(nine, timedelta(hours=8, microseconds=1)) == china.moment("2026-03-03T09:00") + timedelta(
        microseconds=1
    )
    night = china.moment("2026-03-02T22:00")
    assert china.due(night, timedelta(0)) == night


def test_overlapping_holds_are_subtracted_once_and_a_night_on_hold_is_nothing(china):
    start, end = china.moment("2026-03-02T09:00"), china.moment("2026-03-03T18:00")
    held = [
        (china.moment("2026-03-02T10:00"), china.moment("2026-03-02T12:00")),
        (china.moment("2026-03-02T11:00"), china.moment("2026-03-02T14:00")),
        (china.moment("2026-03-02T20:00"), china.moment("2026-03-03T08:00")),
    ]
    assert china.worked(start, end, held) == timedelta(hours=16 - 3)
    assert china.due(start, timedelta(hours=2), held) == china.moment("2026-03-02T15:00")


def test_a_hold_that_lasts_stops_the_clock_and_leaves_the_due_time_open(china):
    start = china.moment("2026-03-02T09:00")
    lasting = [(china.moment("2026-03-02T10:00"), None)]
    assert china.worked(start, china.moment("2026-03-06T18:00"), lasting) == timedelta(hours=1)
    assert china.due(start, timedelta(minutes=30), lasting) == china.moment("2026-03-02T09:30")
    assert refused(lambda: china.due(start, timedelta(hours=2), lasting))[0][0] == "clock.due_uncovered"


def test_clocks_that_change_change_the_hours():
    """Berlin, 29 March 2026 loses an hour, 25 October gains one."""
    always = BusinessClock.from_week({"mon-sun": "24h"}, timezone="Europe/Berlin", years=(2026, 2026))
    for day, following, hours in (("03-29", "03-30", 23), ("10-25", "10-26", 25), ("06-01", "06-02", 24)):
        ends = always.moment(f"2026-{day}T00:00"), always.moment(f"2026-{following}T00:00")
        assert always.worked(*ends) == timedelta(hours=hours)


@given(clocks, moments, moments, moments, holds)
def test_time_worked_adds_up(clock, a, b, c, held):
    a, b, c = sorted((a, b, c))
    assert clock.worked(a, b, held) + clock.worked(b, c, held) == clock.worked(a, c, held)


@given(clocks, spans, holds, st.randoms(use_true_random=False))
def test_holds_shorten_never_below_nothing_in_any_order(clock, span, held, random):
    with_holds = clock.worked(*span, held)
    assert timedelta(0) <= with_holds <= clock.worked(*span) <= span[1] - span[0]
    assert with_holds == clock.worked(*span, random.sample(held, len(held)))


@given(clocks, spans, holds)
def test_what_was_worked_is_due_at_the_latest_then(clock, span, held):
    start, end = span
    worked = clock.worked(start, end, held)
    due = clock.due(start, worked, held)
    assert start <= due <= end
    assert clock.worked(start, due, held) == worked


@given(clocks, moments, st.integers(0, 3000), st.integers(0, 600), holds)
def test_due_times_are_reached_exactly_and_rise(clock, start, minutes, more, held):
    amount, longer = timedelta(minutes=minutes), timedelta(minutes=minutes + more)
    due = clock.due(start, amount, held)
    assert clock.worked(start, due, held) == amount
    assert due <= clock.due(start, longer, held)


@given(clocks, moments)
def test_the_next_opening_is_open_and_nothing_is_worked_before_it(clock, moment):
    opening = clock.next_open(moment)
    assert clock.is_open(opening)
    assert clock.worked(moment, opening) == timedelta(0)


@given(clocks, st.lists(st.tuples(spans, holds), min_size=1, max_size=5))
def test_a_column_gives_what_each_row_gives_alone(clock, rows):
    start = pd.Series([row[0][0] for row in rows], index=range(5, 5 + len(rows)))
    end = pd.Series([row[0][1] for row in rows], index=start.index)
    held = [row[1] for row in rows]
    alone = [clock.worked(*row[0], row[1]) for row in rows]
    column = clock.worked(start, end, held)
    assert column.tolist() == alone and column.index.equals(start.index)
    amount = timedelta(hours=5)
    assert clock.due(start, amount, held).tolist() == [clock.due(row[0][0], amount, row[1]) for row in rows]


def test_a_missing_moment_gives_a_missing_answer(china):
    start = pd.Series([china.moment("2026-03-02T09:00"), None])
    assert china.worked(start, china.moment("2026-03-02T10:00")).isna().tolist() == [False, True]
    assert china.due(start, timedelta(hours=1)).isna().tolist() == [False, True]
    assert china.is_open(start).tolist() == [True, False]
    assert china.worked(None, china.moment("2026-03-02T10:00")) is None


def test_a_year_that_is_not_covered_is_refused_by_its_name(china):
    inside = "2026-03-02T09:00+08:00"
    assert refused(lambda: china.worked("2023-12-31T15:59Z", inside)) == [("clock.year_uncovered", "2023", ())]
    assert china.worked("2023-12-31T16:00Z", inside) > timedelta(0)
    late = pd.Series([inside, "2027-01-05T09:00+08:00"])
    assert refused(lambda: china.worked(inside, late)) == [("clock.year_uncovered", "2027", (1,))]
    assert refused(lambda: china.due("2026-12-31T17:00+08:00", timedelta(hours=2)))[0][0] == "clock.due_uncovered"


def test_what_is_no_question_is_refused_in_words(china):
    nine, ten = "2026-03-02T09:00+08:00", "2026-03-02T10:00+08:00"
    assert refused(lambda: china.worked(ten, nine))[0][0] == "clock.order"
    assert refused(lambda: china.worked([nine, ten], [ten, nine])) == [("clock.order", "", (1,))]
    assert refused(lambda: china.worked([nine, nine], [ten] * 3))[0][0] == "clock.lengths"
    assert refused(lambda: china.worked(nine, ten, [(ten, nine)]))[0][0] == "clock.holds"
    assert refused(lambda: china.worked(nine, ten, [(None, nine)]))[0][0] == "clock.holds"
    assert refused(lambda: china.worked(nine, ten, 5))[0][0] == "clock.holds"
    assert refused(lambda: china.worked(nine, ten, [5]))[0][0] == "clock.holds"
    assert refused(lambda: china.worked([nine], [ten], [[], []]))[0][0] == "clock.lengths"
    assert refused(lambda: china.worked("2026-03-02T09:00", ten))[0][0] == "clock.no_time_zone"
    assert refused(lambda: china.due(nine, 4))[0][0] == "clock.amount"
    assert refused(lambda: china.due([nine] * 3, [timedelta(1)] * 2))[0][0] == "clock.lengths"
    assert refused(lambda: china.moment("yesterday"))[0][0] == "clock.wall"
    assert refused(lambda: BusinessClock("office"))[0][0] == "clock.calendar"
    assert refused(lambda: china.next_open("2026-12-31T19:00+08:00"))[0][0] == "clock.due_uncovered"


def test_a_wall_time_that_is_not_one_moment_is_refused():
    berlin = BusinessClock.always("Europe/Berlin")
    for wall in ("2026-03-29T02:30", "2026-10-25T02:30", "2026-10-25T02:30+01:00"):
        assert refused(lambda wall=wall: berlin.moment(wall))[0][0] == "clock.wall"
    assert berlin.moment("2026-10-25T03:30").astimezone(UTC) == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


def test_a_service_that_never_closes_counts_real_time():
    always = BusinessClock.always()
    assert always.worked("2026-01-01T00:00Z", "2026-01-08T00:00Z") == timedelta(days=7)
    assert always.due("2026-01-01T00:00+08:00", timedelta(hours=1)) == datetime(2025, 12, 31, 17, tzinfo=UTC)


def test_a_million_rows_are_one_array(china):
    rng = np.random.default_rng(6)
    start = china.spans.first + rng.integers(0, 10**13, 100_000)
    end = start + rng.integers(0, 10**12, 100_000)
    columns = [pd.Series(us.astype("datetime64[us]")).dt.tz_localize("UTC") for us in (start, end)]
    worked = china.worked(*columns)
    assert worked.dtype == "timedelta64[us]" and (worked >= pd.Timedelta(0)).all()
    at = 4321
    assert worked[at] == china.worked(columns[0][at], columns[1][at])


def test_equal_calendars_make_equal_clocks():
    assert BusinessClock.load(CHINA) == BusinessClock(WorkCalendar.load(CHINA))
