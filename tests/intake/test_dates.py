from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.intake.cell_values import Problem
from supplier_eval.intake.dates import parse_date, parse_moment

MARCH_FIRST = date(2026, 3, 1)


def code(value):
    assert isinstance(value, Problem), value
    return value.code.removeprefix("date.")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-03-01",
            "20260301",
            "2026/3/1",
            "2026.3.1",
            "2026年3月1日",
            "2026 年 03 月 01 日",
            " ２０２６／３／１ ",
        ),
        *("2026-03-01T00:00:00", "2026-03-01 00:00"),
    ],
)
def test_a_day_is_written_year_first(text):
    assert parse_date(text) == MARCH_FIRST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "empty"),
        ("3/4/2026", "two_readings"),
        ("13.04.26", "two_readings"),
        ("46082", "serial_number"),
        ("46082.5", "serial_number"),
        ("2026-03-01T09:30", "time_not_expected"),
        ("2026-02-30", "not_a_date"),
        ("2026-13-01", "not_a_date"),
        ("2026-3/1", "not_a_date"),
        ("2026-03-011", "not_a_date"),
        ("2026年3月", "not_a_date"),
        ("26年3月1日", "not_a_date"),
        ("下周一", "not_a_date"),
        ("2026-W10-1", "not_a_date"),
        ("2026-03-01 or later", "not_a_date"),
        ("0001-01-01", "year_out_of_range"),
        ("9999-12-31", "year_out_of_range"),
    ],
)
def test_what_is_no_day_or_has_two_readings_is_named(text, expected):
    assert code(parse_date(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("2026-03-01T09:30:00+08:00", "2026-03-01 09:30+0800", "2026-03-01T01:30Z", "2026-03-01T01:30:00z"),
        *("2026年3月1日 9时30分 +08", "2026/3/1 9:30 +08:00", "20260301T09:30+08:00", "2026年3月1日9：30+08:00"),
    ],
)
def test_a_moment_with_offset_is_kept_in_utc(text):
    moment = parse_moment(text)
    assert moment == datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    assert moment.tzinfo is UTC


def test_a_moment_without_offset_needs_a_declared_zone():
    assert code(parse_moment("2026-03-01T09:30:15")) == "no_time_zone"
    expected = datetime(2026, 3, 1, 1, 30, 15, tzinfo=UTC)
    assert parse_moment("2026-03-01T09:30:15", "Asia/Shanghai") == expected
    assert parse_moment("2026年3月1日 9时30分15秒", "Asia/Shanghai") == expected


def test_a_written_offset_goes_before_the_declared_zone():
    assert parse_moment("2026-03-01T09:30Z", "Asia/Shanghai").hour == 9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", "no_time"),
        ("2026-03-01T9", "not_a_date"),
        ("2026-03-01T24:00", "not_a_date"),
        ("2026-03-01T09:60", "not_a_date"),
        ("2026-03-01T09:30+25:00", "not_a_date"),
        ("2026-03-01T09:30 CST", "not_a_date"),
        ("2026-03-01 上午9:30", "not_a_date"),
        ("46082.4", "serial_number"),
        ("2026-10-25T02:30", "time_twice"),
        ("2026-03-29T02:30", "time_skipped"),
    ],
)
def test_what_is_no_moment_is_named(text, expected):
    assert code(parse_moment(text, "Europe/Berlin")) == expected


def test_an_unknown_time_zone_is_a_programming_error():
    for name in ("Mars/Olympus", "../etc/passwd"):
        with pytest.raises(ValueError, match="no time zone"):
            parse_moment("2026-03-01T09:30", name)


@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_every_iso_moment_is_read_back(moment, zone):
    moment = moment.replace(tzinfo=zone)
    assert parse_moment(moment.isoformat()) == moment
    assert parse_date(moment.date().isoformat()) == moment.date()


@given(st.text(max_size=20) | st.text("0123456789-/:TZ+ 年月日时分", max_size=25))
def test_every_text_gives_a_date_or_a_problem(text):
    assert isinstance(parse_date(text), (date, Problem))
    assert isinstance(parse_moment(text, "Asia/Shanghai"), (datetime, Problem))
