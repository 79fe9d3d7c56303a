"""How a calendar is read: TOML or plain data in, every finding at once, nothing guessed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from supplier_eval.clock.calendar import DAY_MINUTES, DAYS, FOREVER, DaySpans, Minutes, WorkCalendar
from supplier_eval.clock.local_time import zone_named
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages.faults import fault, why_not_read

TABLE = "calendar"
KEYS = ("name", "timezone", "years", "week", "holidays", "working_days", "working_day_spans", "source", "title")
SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
LARGEST_FILE = 1_000_000
MOST_DAYS = 366


class _Gathering:
    """Findings as they are met."""

    def __init__(self) -> None:
        self.found: list[Finding] = []

    def add(self, code: str, column: str, value: object = "", **facts: object) -> None:
        self.found.append(Finding(f"calendar.{code}", TABLE, column, value=str(value), facts=facts))


def read_calendar(path: str | Path) -> WorkCalendar:
    """Read a calendar from a TOML file.

    Parameters
    ----------
    path : path
        The file, in UTF-8; its keys stand in docs/clock.md.

    Raises
    ------
    InvalidInput
        With every finding.
    """
    if not isinstance(path, str | Path):
        facts = {"why": fault("file_fault.no_path")}
        raise InvalidInput([Finding("calendar.file", TABLE, value=type(path).__name__, facts=facts)], TABLE)
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_FILE:
            facts = {"why": fault("file_fault.too_large")}
            raise InvalidInput([Finding("calendar.file", TABLE, value=file.name, facts=facts)], str(path))
        data = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as refused:
        if isinstance(refused, InvalidInput):
            raise
        facts = {"why": why_not_read(refused)}
        raise InvalidInput([Finding("calendar.file", TABLE, value=file.name, facts=facts)], str(path)) from None
    return calendar_of(data, str(path))


def calendar_of(data: Mapping[str, Any], source: str = "") -> WorkCalendar:
    """Build a calendar from plain data; parameters and errors as `WorkCalendar.from_mapping`."""
    gathering = _Gathering()
    if not isinstance(data, Mapping):
        raise InvalidInput([Finding("calendar.shape", TABLE, value=type(data).__name__)], source)
    for key in data:
        if key not in KEYS:
            gathering.add("key", str(key), key, known=", ".join(KEYS))
    zone = data.get("timezone")
    if zone_named(zone) is None:
        gathering.add("timezone", "timezone", zone)
    years = _years(data.get("years"), gathering)
    week = _week(data.get("week"), gathering)
    usual = (
        _spans(data["working_day_spans"], "working_day_spans", gathering) if "working_day_spans" in data else week[0]
    )
    holidays = _holidays(data.get("holidays", ()), gathering)
    working = _working_days(data.get("working_days", ()), usual, gathering)
    _check_days(holidays, working, years, gathering)
    if not any(week) and not any(working.values()):
        gathering.add("never_open", "week")
    if gathering.found:
        raise InvalidInput(gathering.found, source)
    name = str(data.get("name") or "calendar")
    return WorkCalendar(name, str(zone), years, week, tuple(holidays), working, str(data.get("source", "")))


def _years(given: object, gathering: _Gathering) -> tuple[int, int]:
    pair = tuple(given) if isinstance(given, list | tuple) else (given, given)
    whole = len(pair) == 2 and all(isinstance(year, int) and not isinstance(year, bool) for year in pair)
    if not whole or not FOREVER[0] <= pair[0] <= pair[1] <= FOREVER[1]:
        gathering.add("years", "years", given)
        return FOREVER
    return (int(pair[0]), int(pair[1]))


def _week(given: object, gathering: _Gathering) -> tuple[DaySpans, ...]:
    week: list[DaySpans | None] = [None] * 7
    if not isinstance(given, Mapping):
        gathering.add("week", "week", given)
        return ((),) * 7
    for key, spans in given.items():
        days = _days(str(key))
        if not days:
            gathering.add("weekday", f"week.{key}", key, known=", ".join(DAYS))
        read = _spans(spans, f"week.{key}", gathering)
        for day in days:
            if week[day] is not None:
                gathering.add("weekday_twice", f"week.{key}", DAYS[day])
            week[day] = read
    return tuple(day or () for day in week)


def _days(key: str) -> tuple[int, ...]:
    """``mon``, or ``mon-fri`` with both ends."""
    ends = key.strip().casefold().split("-")
    if not all(end in DAYS for end in ends) or len(ends) > 2:
        return ()
    first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
    return tuple(range(first, last + 1))


def _spans(given: object, column: str, gathering: _Gathering) -> DaySpans:
    if given == "24h":
        return ((0, DAY_MINUTES),)
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list | tuple):
        gathering.add("span", column, given)
        return ()
    found: list[Minutes] = []
    for text in texts:
        minutes = _minutes(text)
        if minutes is None:
            gathering.add("span", column, text)
        else:
            found.append(minutes)
    found.sort()
    for one, other in pairwise(found):
        if other[0] < one[1]:
            gathering.add("overlap", column, f"{_shown(one)} {_shown(other)}")
    return tuple(found)


def _minutes(text: object) -> Minutes | None:
    """``09:00-12:00``; an end that is not after the start lies on the next day; ``24:00`` is midnight."""
    match = SPAN.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        return None
    start, end = (60 * int(match[n]) + int(match[n + 1]) for n in (1, 3))
    if int(match[2]) > 59 or int(match[4]) > 59 or start >= DAY_MINUTES or end > DAY_MINUTES or start == end:
        return None
    return (start, end if end > start else end + DAY_MINUTES)


def _shown(minutes: Minutes) -> str:
    start, end = minutes
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def _date(given: object) -> date | None:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    try:
        return date.fromisoformat(given.strip()) if isinstance(given, str) else None
    except ValueError:
        return None


def _entries(given: object, column: str, gathering: _Gathering) -> Iterable[object]:
    if isinstance(given, Iterable) and not isinstance(given, str | Mapping):
        return given
    gathering.add("days", column, given)
    return ()


def _holidays(given: object, gathering: _Gathering) -> list[date]:
    """Single days, ``from/to`` in one text, or tables with ``date`` or ``from`` and ``to``, both included."""
    found: list[date] = []
    for entry in _entries(given, "holidays", gathering):
        if isinstance(entry, Mapping):
            ends = (entry.get("from", entry.get("date")), entry.get("to", entry.get("date")))
        elif isinstance(entry, str) and "/" in entry:
            one, _, other = entry.partition("/")
            ends = (one, other)
        else:
            ends = (entry, entry)
        first, last = (_date(end) for end in ends)
        if first is None or last is None or not timedelta(0) <= last - first <= timedelta(days=MOST_DAYS):
            gathering.add("date", "holidays", entry)
            continue
        found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return found


def _working_days(given: object, usual: DaySpans, gathering: _Gathering) -> dict[date, DaySpans]:
    """Days, or tables with ``date`` and ``spans``; without spans the usual ones (Monday's, unless stated)."""
    found: dict[date, DaySpans] = {}
    for entry in _entries(given, "working_days", gathering):
        on = _date(entry.get("date") if isinstance(entry, Mapping) else entry)
        own = isinstance(entry, Mapping) and "spans" in entry
        spans = _spans(entry["spans"], "working_days", gathering) if own else usual  # type: ignore[index]
        if on is None:
            gathering.add("date", "working_days", entry)
        elif on in found:
            gathering.add("day_twice", "working_days", on)
        else:
            found[on] = spans
    return found


def _check_days(
    holidays: list[date], working: Mapping[date, DaySpans], years: tuple[int, int], gathering: _Gathering
) -> None:
    for column, days in (("holidays", holidays), ("working_days", list(working))):
        for on in days:
            if not years[0] <= on.year <= years[1]:
                gathering.add("uncovered_day", column, on, first=years[0], last=years[1])
        for on in sorted({day for day in days if days.count(day) > 1}):
            gathering.add("day_twice", column, on)
    for on in sorted(set(holidays) & set(working)):
        gathering.add("both", "working_days", on)
