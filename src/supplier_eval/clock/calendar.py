"""A working-time calendar as data: weekly spans, holidays, make-up working days, and the years it knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from supplier_eval.clock.local_time import microseconds, wall_moment, zone_named
from supplier_eval.clock.moments import refusal
from supplier_eval.clock.spans import Spans, merge_spans

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 1440
Minutes = tuple[int, int]
DaySpans = tuple[Minutes, ...]
FOREVER = (1900, 2199)


@dataclass(frozen=True)
class WorkCalendar:
    """When work is done: the spans of each weekday, and the days that are otherwise.

    Built by `load`, `from_mapping`, `from_week` or `always`; each refuses what does not hold together with
    `InvalidInput`, which carries every finding.

    Parameters
    ----------
    name : str
        Name that KPIs use.
    timezone : str
        IANA name; spans are wall time there.
    years : tuple of (int, int)
        First and last year whose holidays are known. A moment outside is refused: an unknown holiday is not a
        working day.
    week : tuple of 7 tuples of (int, int)
        For Monday to Sunday the spans, as minutes since midnight; an end beyond 1440 lies on the next day.
    holidays : tuple of date
        Days on which no span begins. A night shift that began the evening before is worked to its end.
    working_days : mapping of date to spans
        Days with spans of their own, whatever their weekday: make-up working days (调休上班).
    source : str
        Where the holidays were read.
    """

    name: str
    timezone: str
    years: tuple[int, int]
    week: tuple[DaySpans, ...]
    holidays: tuple[date, ...] = ()
    working_days: Mapping[date, DaySpans] = field(default_factory=dict)
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "working_days", MappingProxyType(dict(sorted(self.working_days.items()))))
        object.__setattr__(self, "holidays", tuple(sorted(self.holidays)))

    def __reduce__(self) -> tuple[Any, ...]:
        given = (self.name, self.timezone, self.years, self.week, self.holidays, dict(self.working_days), self.source)
        return (type(self), given)

    def __hash__(self) -> int:
        days = tuple(self.working_days.items())
        return hash((self.name, self.timezone, self.years, self.week, self.holidays, days))

    @classmethod
    def load(cls, path: str | Path) -> WorkCalendar:
        """Read a calendar from a TOML file, see docs/clock.md."""
        from supplier_eval.clock.reading import read_calendar

        return read_calendar(path)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], source: str = "") -> WorkCalendar:
        """Build a calendar from plain data, all findings at once."""
        from supplier_eval.clock.reading import calendar_of

        return calendar_of(data, source)

    @classmethod
    def from_week(
        cls,
        week: Mapping[str, Any],
        *,
        timezone: str,
        years: tuple[int, int],
        holidays: Any = (),  # noqa: ANN401 - raw input, checked
        working_days: Any = (),  # noqa: ANN401 - raw input, checked
        name: str = "office",
    ) -> WorkCalendar:
        """Build a calendar from spans: ``{"mon-fri": ["09:00-12:00", "13:00-18:00"]}``."""
        given = {"week": week, "timezone": timezone, "years": years, "name": name}
        return cls.from_mapping({**given, "holidays": holidays, "working_days": working_days})

    @classmethod
    def always(cls, timezone: str = "UTC", name: str = "24x7") -> WorkCalendar:
        """Give the calendar of a service that never closes; `timezone` says where its months begin."""
        return cls.from_mapping({"name": name, "timezone": timezone, "years": FOREVER, "week": {"mon-sun": "24h"}})

    def day(self, on: date | str) -> DaySpans:
        """The spans that begin on this day; none on a holiday.

        Raises
        ------
        InvalidInput
            For a day in a year that is not covered, and for what is no day.
        """
        on = _day_of(on)
        if not self.years[0] <= on.year <= self.years[1]:
            facts: dict[str, object] = {"first": self.years[0], "last": self.years[1], "name": self.name}
            raise refusal("clock.year_uncovered", "on", (), on.year, **facts)
        return self._spans_on(on)

    def _spans_on(self, on: date) -> DaySpans:
        if on in self.working_days:
            return self.working_days[on]
        return () if on in self._closed else self.week[on.weekday()]

    @cached_property
    def _closed(self) -> frozenset[date]:
        return frozenset(self.holidays)

    @cached_property
    def spans(self) -> Spans:
        """All working spans of the covered years, in UTC."""
        zone = zone_named(self.timezone)
        assert zone is not None
        first = wall_moment(datetime(self.years[0], 1, 1), zone)
        last = wall_moment(datetime(self.years[1] + 1, 1, 1), zone)
        ends = microseconds(first), microseconds(last)
        if not self.holidays and not self.working_days and set(self.week) == {((0, DAY_MINUTES),)}:
            return Spans(np.array([ends[0]]), np.array([ends[1]]), *ends)
        pairs = []
        on = date(self.years[0], 1, 1)
        while on.year <= self.years[1]:
            midnight = datetime(on.year, on.month, on.day)
            for minutes in self._spans_on(on):
                walls = (midnight + timedelta(minutes=at) for at in minutes)
                pairs.append([microseconds(wall_moment(wall, zone)) for wall in walls])
            on += timedelta(days=1)
        start, end = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return Spans(*merge_spans(start, np.minimum(end, ends[1])), *ends)

    def working_days_between(self, first: date | str, last: date | str) -> int:
        """Days with work from the first on, the last left out; below zero where `last` is before `first`.

        Raises
        ------
        InvalidInput
            As `day`.
        """
        first, last = _day_of(first), _day_of(last)
        if last < first:
            return -self.working_days_between(last, first)
        return sum(bool(self.day(first + timedelta(days=n))) for n in range((last - first).days))


def _day_of(on: object) -> date:
    """A day, also as text such as 2026-01-01."""
    if isinstance(on, str):
        try:
            return date.fromisoformat(on.strip())
        except ValueError:
            raise refusal("calendar.date", "on", (), on) from None
    if not isinstance(on, date) or isinstance(on, datetime):
        raise refusal("calendar.date", "on", (), str(on))
    return on
