"""Calendars: China's holidays of three years, night shifts, changed clocks."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.clock.calendar import WorkCalendar
from supplier_eval.errors import InvalidInput

CHINA = Path(__file__).parents[2] / "data" / "samples" / "service-records" / "calendar.toml"
HOUR = 3_600_000_000


@pytest.fixture(scope="module")
def china() -> WorkCalendar:
    return WorkCalendar.load(CHINA)


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_china_has_so_many_working_days(china, year, days):
    """366 or 365 days less weekends, less holidays on weekdays, with make-up days (notices of the State Council)."""
    assert china.working_days_between(date(year, 1, 1), date(year + 1, 1, 1)) == days


def test_make_up_days_are_weekends_and_every_long_holiday_is_paid_back(china):
    assert all(day.weekday() >= 5 for day in china.working_days)
    assert len(china.working_days) == 19
    weekdays_off = sum(day.weekday() < 5 for day in china.holidays)
    weekdays = sum(np.busday_count(f"{year}-01-01", f"{year + 1}-01-01") for year in (2024, 2025, 2026))
    assert weekdays - weekdays_off + 19 == 251 + 248 + 248


@given(
    st.dates(date(2010, 1, 1), date(2012, 12, 31)),
    st.integers(0, 400),
    st.sets(st.dates(date(2010, 1, 1), date(2013, 12, 31)), max_size=6),
)
def test_working_days_are_those_of_numpy(first, days, holidays):
    office = WorkCalendar.from_week(
        {"mon-fri": "09:00-18:00"}, timezone="UTC", years=(2010, 2014), holidays=sorted(holidays)
    )
    last = first.fromordinal(first.toordinal() + days)
    assert office.working_days_between(first, last) == np.busday_count(first, last, holidays=sorted(holidays))


def test_numpys_own_example_has_21_days():
    """numpy.busday_count('2011-01', '2011-02') in its documentation."""
    office = WorkCalendar.from_week({"mon-fri": "09:00-18:00"}, timezone="UTC", years=(2011, 2011))
    assert office.working_days_between(date(2011, 1, 1), date(2011, 2, 1)) == 21


def test_a_night_shift_is_worked_to_its_end_in_a_holiday():
    night = WorkCalendar.from_week(
        {"mon-sun": "22:00-06:00"}, timezone="Asia/Shanghai", years=(2026, 2026), holidays=["2026-05-01"]
    )
    assert int((night.spans.end - night.spans.start).sum()) == (365 - 1) * 8 * HOUR - 6 * HOUR  # cut at the year's end
    whole = WorkCalendar.from_week({"mon-sun": "22:00-06:00"}, timezone="Asia/Shanghai", years=(2026, 2026))
    assert whole.spans.start.size == night.spans.start.size + 1


def test_the_night_of_the_changed_clock_is_an_hour_shorter_or_longer():
    berlin = WorkCalendar.from_week({"sat": "22:00-06:00"}, timezone="Europe/Berlin", years=(2026, 2026))
    lasting = set(((berlin.spans.end - berlin.spans.start) // HOUR).tolist())
    assert lasting == {7, 8, 9}


def test_spans_that_touch_are_one_and_a_year_of_days_is_whole():
    always = WorkCalendar.from_week({"mon-sun": "00:00-24:00"}, timezone="America/New_York", years=(2026, 2026))
    assert always.spans.start.size == 1
    shifts = WorkCalendar.from_week(
        {"mon-sun": ["00:00-08:00", "08:00-16:00", "16:00-00:00"]}, timezone="America/New_York", years=(2026, 2026)
    )
    assert shifts.spans.start.tolist() == always.spans.start.tolist()
    assert shifts.spans.end.tolist() == always.spans.end.tolist()


def test_a_calendar_does_not_change_and_travels(china):
    with pytest.raises(TypeError):
        china.working_days[date(2026, 1, 5)] = ()
    assert pickle.loads(pickle.dumps(china)) == china
    assert hash(WorkCalendar.load(CHINA)) == hash(china)


def test_days_of_a_year_that_nobody_stated_are_not_counted_as_work(china):
    for ask in (
        lambda: china.day(date(2027, 1, 4)),
        lambda: china.working_days_between(date(2023, 12, 1), date(2024, 2, 1)),
    ):
        with pytest.raises(InvalidInput) as caught:
            ask()
        assert caught.value.findings[0].code == "clock.year_uncovered"
    for wrong in ("soon", None, 5):
        with pytest.raises(InvalidInput):
            china.working_days_between(wrong, date(2026, 2, 1))
    assert china.working_days_between(date(2026, 1, 8), date(2026, 1, 4)) == -4
    with pytest.raises(InvalidInput):
        WorkCalendar.load(None)


def test_days_may_be_given_as_text(china):
    days = date(2026, 1, 1), date(2026, 2, 1)
    assert china.working_days_between("2026-01-01", "2026-02-01") == china.working_days_between(*days)
    assert china.day("2026-01-05") == china.day(date(2026, 1, 5))
    with pytest.raises(InvalidInput):
        china.working_days_between("1 January", "2026-02-01")
