"""Dates and moments, year first: ISO 8601, 2026/3/1, 2026.3.1 and 2026年3月1日; anything else is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from supplier_eval.intake.cell_values import Problem, fold_width

FIRST_YEAR, LAST_YEAR = 1900, 2199
DAY = re.compile(
    r"(?:(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})"
    r"|(?P<y2>\d{4})\s*年\s*(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日"
    r"|(?P<y3>\d{4})(?P<m3>\d{2})(?P<d3>\d{2}))",
    re.ASCII,
)
CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?::(?P<min>\d{2})(?::(?P<s>\d{2})(?:\.(?P<f>\d{1,6}))?)?"
    r"|\s*时\s*(?P<min2>\d{1,2})\s*分(?:\s*(?P<s2>\d{1,2})\s*秒)?)",
    re.ASCII,
)
OFFSET = re.compile(r"Z|(?P<sign>[+-])(?P<h>\d{2})(?::?(?P<m>\d{2}))?", re.ASCII | re.IGNORECASE)
TWO_WAYS = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})", re.ASCII)
SERIAL = re.compile(r"\d{5}(\.\d+)?", re.ASCII)


def parse_date(text: str) -> date | Problem:
    """Read one day.

    Parameters
    ----------
    text : str
        One cell: ``2026-03-01``, ``20260301``, ``2026/3/1``, ``2026.3.1``, ``2026年3月1日``; the time 00:00
        that a sheet may add is allowed.

    Returns
    -------
    date or Problem
        Codes: ``date.`` followed by ``empty``, ``two_readings`` (``3/4/2026``), ``serial_number`` (a date
        cell that lost its format), ``time_not_expected``, ``year_out_of_range``, ``not_a_date``.
    """
    figure = fold_width(text)
    day, rest = _day(figure)
    if isinstance(day, str):
        return Problem(day, text)
    if not rest:
        return day
    clock = CLOCK.fullmatch(rest)
    if clock is None:
        return Problem("date.time_not_expected" if CLOCK.match(rest) else "date.not_a_date", text)
    midnight = not any(int(part) for part in clock.groups() if part)
    return day if midnight else Problem("date.time_not_expected", text)


def parse_moment(text: str, timezone_name: str | None = None) -> datetime | Problem:
    """Read one moment, kept in UTC.

    Parameters
    ----------
    text : str
        One cell: a day as in `parse_date`, then ``T`` or a space, ``9:30``, ``09:30:15`` or ``9时30分``,
        and an offset (``Z``, ``+08:00``) unless a time zone is declared.
    timezone_name : str or None
        Declared IANA time zone (``Asia/Shanghai``) for moments without an offset.

    Returns
    -------
    datetime or Problem
        Aware, in UTC. Codes: those of `parse_date` and ``date.`` followed by ``no_time`` (a day alone),
        ``no_time_zone``, ``time_twice`` and ``time_skipped`` (clocks were changed at that time).

    Raises
    ------
    ValueError
        When the declared time zone does not exist.
    """
    zone = _zone(timezone_name) if timezone_name else None
    figure = fold_width(text)
    day, rest = _day(figure)
    if isinstance(day, str):
        return Problem(day, text)
    clock = CLOCK.match(rest)
    if clock is None:
        return Problem("date.not_a_date" if rest else "date.no_time", text)
    try:
        naive = datetime(day.year, day.month, day.day, *_clock(clock))
        offset = _offset(rest[clock.end() :].strip())
    except ValueError:
        return Problem("date.not_a_date", text)
    if offset is not None:
        return naive.replace(tzinfo=offset).astimezone(UTC)
    if zone is None:
        return Problem("date.no_time_zone", text)
    return _local(naive, zone, text)


def _day(figure: str) -> tuple[date | str, str]:
    """The day at the head of the text (or the code of its problem), and the rest."""
    if not figure:
        return "date.empty", ""
    match = DAY.match(figure)
    after = figure[match.end() :] if match else ""
    rest = after[1:].lstrip() if after[:1] in {"T", "t"} else after.strip()
    if match is None or (after[:1].isdigit() and not figure.startswith("日", match.end() - 1)):
        if SERIAL.fullmatch(figure):
            return "date.serial_number", ""
        return ("date.two_readings" if TWO_WAYS.match(figure) else "date.not_a_date"), ""
    year, month, day = (int(match[k] or match[f"{k}2"] or match[f"{k}3"]) for k in "ymd")
    try:
        found = date(year, month, day)
    except ValueError:
        return "date.not_a_date", ""
    return (found if FIRST_YEAR <= year <= LAST_YEAR else "date.year_out_of_range"), rest


def _clock(clock: re.Match[str]) -> tuple[int, int, int, int]:
    """Hour, minute, second, microsecond."""
    if clock["min"] is None and clock["min2"] is None:
        raise ValueError("an hour alone is not a time")
    second = int(clock["s"] or clock["s2"] or 0)
    return int(clock["h"]), int(clock["min"] or clock["min2"]), second, int((clock["f"] or "").ljust(6, "0"))


def _offset(text: str) -> timezone | None:
    """The offset that is written; None when none is."""
    if not text:
        return None
    match = OFFSET.fullmatch(text)
    if match is None:
        raise ValueError("not an offset")
    if match["sign"] is None:
        return UTC
    hours, minutes = int(match["h"]), int(match["m"] or 0)
    if hours > 14 or minutes > 59:
        raise ValueError("no such offset")
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(shift if match["sign"] == "+" else -shift)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise ValueError(f"there is no time zone {name!r}") from None


def _local(naive: datetime, zone: ZoneInfo, text: str) -> datetime | Problem:
    """A wall-clock time in a zone, unless the clocks were changed around it."""
    early, late = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    exists = early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive
    return Problem("date.time_twice" if exists else "date.time_skipped", text)
