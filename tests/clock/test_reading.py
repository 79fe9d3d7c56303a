"""Calendars from files and plain data: every finding at once."""

from __future__ import annotations

from datetime import date

import pytest

from supplier_eval.clock.calendar import WorkCalendar
from supplier_eval.clock.reading import calendar_of, read_calendar
from supplier_eval.errors import InvalidInput

GOOD = {"timezone": "Asia/Shanghai", "years": [2026, 2026], "week": {"mon-fri": ["09:00-18:00"]}}


def codes(changes: dict[str, object]) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        calendar_of(GOOD | changes)
    assert all(finding.say("zh") and finding.advise("zh") for finding in caught.value.findings)
    return [finding.code.removeprefix("calendar.") for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"timezone": "Mars/Base"}, ["timezone"]),
        ({"years": [2026, 2025]}, ["years"]),
        ({"years": [True, 2026]}, ["years"]),
        ({"years": "2026"}, ["years"]),
        ({"week": ["09:00-18:00"]}, ["week", "never_open"]),
        ({"week": {"weekdays": "09:00-18:00"}}, ["weekday", "never_open"]),
        ({"week": {"fri-mon": "09:00-18:00", "mon": "24h"}}, ["weekday"]),
        ({"week": {"mon-tue": "09:00-18:00", "tue": "09:00-12:00"}}, ["weekday_twice"]),
        ({"week": {"mon": ["09:00-12:00", "11:30-18:00"]}}, ["overlap"]),
        ({"week": {"mon": ["9 to 5"]}}, ["span", "never_open"]),
        ({"week": {"mon": ["09:00-09:00"]}}, ["span", "never_open"]),
        ({"week": {"mon": ["09:00-25:00"]}}, ["span", "never_open"]),
        ({"week": {"mon": []}}, ["never_open"]),
        ({"holidays": "2026-01-01"}, ["days"]),
        ({"holidays": ["1 January"]}, ["date"]),
        ({"holidays": ["2026-02-23/2026-02-15"]}, ["date"]),
        ({"holidays": ["2027-01-01"]}, ["uncovered_day"]),
        ({"holidays": ["2026-01-01", "2026-01-01"]}, ["day_twice"]),
        ({"working_days": ["2026-01-04", "2026-01-04"]}, ["day_twice"]),
        ({"holidays": ["2026-01-04"], "working_days": [{"date": "2026-01-04", "spans": "24h"}]}, ["both"]),
        ({"working_day": []}, ["key"]),
    ],
)
def test_what_a_calendar_says_wrongly_is_a_finding(changes, expected):
    assert codes(changes) == expected


def test_all_findings_come_at_once():
    assert codes({"timezone": "", "years": 1, "week": {"x": 1}, "holidays": [3]}) == [
        *("timezone", "years", "weekday", "span", "date", "never_open"),
    ]


def test_days_may_be_single_ranges_or_tables():
    data = {"holidays": [date(2026, 1, 1), "2026-02-15/2026-02-17", {"from": "2026-05-01", "to": date(2026, 5, 2)}]}
    days = calendar_of(GOOD | data).holidays
    assert [f"{day:%m%d}" for day in days] == ["0101", "0215", "0216", "0217", "0501", "0502"]


def test_a_make_up_day_has_mondays_spans_unless_it_has_its_own():
    plain = calendar_of(GOOD | {"working_days": ["2026-01-04", {"date": "2026-02-14", "spans": ["09:00-12:00"]}]})
    assert plain.day(date(2026, 1, 4)) == ((540, 1080),)
    assert plain.day(date(2026, 2, 14)) == ((540, 720),)
    usual = calendar_of(GOOD | {"working_days": ["2026-01-04"], "working_day_spans": "10:00-16:00"})
    assert usual.day(date(2026, 1, 4)) == ((600, 960),)


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"years = ", b"x" * 1_000_001])
def test_a_file_that_cannot_be_read_is_said(tmp_path, content):
    file = tmp_path / "calendar.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        read_calendar(file)
    assert [finding.code for finding in caught.value.findings] == ["calendar.file"]


def test_a_file_gives_what_its_data_gives(tmp_path):
    file = tmp_path / "calendar.toml"
    text = 'timezone = "Asia/Shanghai"\nyears = [2026, 2026]\n[week]\nmon-fri = ["09:00-18:00"]\n'
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert WorkCalendar.load(file) == WorkCalendar.from_mapping(GOOD)


def test_no_mapping_is_no_calendar():
    with pytest.raises(InvalidInput) as caught:
        WorkCalendar.from_mapping([1])
    assert caught.value.findings[0].code == "calendar.shape"
