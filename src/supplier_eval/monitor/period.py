"""A period of review: half-open, in the wall time of the calendar that the contract names (convention §13)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from supplier_eval.clock.local_time import wall_moment
from supplier_eval.errors import Finding, InvalidInput

MONTH = re.compile(r"(\d{4})-(\d{2})")
QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
YEAR = re.compile(r"\d{4}")
TABLE = "periods"
Bound = date | datetime


@dataclass(frozen=True, order=True)
class Period:
    """A span of time that is reviewed, from its first moment to just before its last.

    Parameters
    ----------
    start, end : date or datetime
        First moment, and the first moment after it. A date is midnight in the time zone of the clock that a review
        uses, so that ``2026-03`` is March where the service is given; a datetime has a time zone.
    label : str
        What tables and charts show: ``2026-03``, ``2026Q1``.

    Raises
    ------
    InvalidInput
        If it ends before it starts, mixes dates with moments, or has a moment without a time zone.
    """

    start: Bound
    end: Bound
    label: str

    def __post_init__(self) -> None:
        code = ""
        kinds = {isinstance(bound, datetime) for bound in (self.start, self.end)}
        days = [isinstance(bound, date) and bound == bound for bound in (self.start, self.end)]  # noqa: PLR0124 - NaT
        if not all(days) or len(kinds) > 1:
            code = "period.bounds"
        elif any(isinstance(bound, datetime) and bound.utcoffset() is None for bound in (self.start, self.end)):
            code = "period.no_time_zone"
        elif not self.start < self.end:
            code = "period.order"
        elif not isinstance(self.label, str) or not self.label.strip():
            code = "period.label"
        if code:
            raise InvalidInput([Finding(code, TABLE, value=f"{self.start} - {self.end}")], TABLE)

    @classmethod
    def month(cls, label: str) -> Period:
        """Give a calendar month: ``Period.month("2026-03")``."""
        year, month = _figures(label, MONTH, "2026-03")
        if not 1 <= month <= 12:
            raise _unreadable(label, "2026-03")
        return cls(date(year, month, 1), _first_of(year, month + 1), f"{year:04}-{month:02}")

    @classmethod
    def quarter(cls, label: str) -> Period:
        """Give a calendar quarter: ``Period.quarter("2026Q1")``."""
        year, quarter = _figures(label, QUARTER, "2026Q1")
        return cls(date(year, 3 * quarter - 2, 1), _first_of(year, 3 * quarter + 1), f"{year:04}Q{quarter}")

    @classmethod
    def year(cls, label: str | int) -> Period:
        """Give a calendar year: ``Period.year("2026")``."""
        if not YEAR.fullmatch(str(label)) or not 1900 <= int(label) <= 2199:
            raise _unreadable(label, "2026")
        return cls(date(int(label), 1, 1), date(int(label) + 1, 1, 1), str(label))

    @classmethod
    def between(cls, start: Bound, end: Bound, label: str = "") -> Period:
        """Give any span, `end` left out: two dates, or two moments with a time zone."""
        shown = label or f"{_short(start)}/{_short(end)}"
        return cls(start, end, shown)

    @classmethod
    def months(cls, first: str, last: str) -> tuple[Period, ...]:
        """Give all months from the first to the last, both included."""
        at, end = cls.month(first), cls.month(last)
        if end.start < at.start:
            raise InvalidInput([Finding("period.order", TABLE, value=f"{first} - {last}")], TABLE)
        found = [at]
        while found[-1].start < end.start:
            found.append(cls.month(f"{found[-1].end:%Y-%m}"))
        return tuple(found)

    def bounds(self, timezone: str) -> tuple[datetime, datetime]:
        """First moment and first moment after, in UTC, for the time zone of a clock."""
        first, last = (_moment(bound, timezone) for bound in (self.start, self.end))
        return first, last


def asked_periods(given: object) -> tuple[Period, ...]:
    """One period or several, all different in their labels.

    Raises
    ------
    InvalidInput
        For anything else, for none, and for a label that stands twice.
    """
    many = (given,) if isinstance(given, Period) or not isinstance(given, Iterable) else tuple(given)
    wrong = [one for one in many if not isinstance(one, Period)]
    if wrong or not many or isinstance(given, str):
        shown = type(given if isinstance(given, str) or not wrong else wrong[0]).__name__
        raise InvalidInput([Finding("period.asked", TABLE, value=shown)], TABLE)
    periods: tuple[Period, ...] = tuple(one for one in many if isinstance(one, Period))
    labels = [period.label for period in periods]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise InvalidInput([Finding("period.twice", TABLE, value=", ".join(twice))], TABLE)
    return tuple(sorted(periods, key=lambda one: (str(one.start), str(one.end), one.label)))


def period_around(day: date, length: str) -> Period:
    """The month, quarter or year in which a day lies."""
    if length == "year":
        return Period.year(day.year)
    if length == "quarter":
        return Period.quarter(f"{day.year:04}Q{(day.month + 2) // 3}")
    return Period.month(f"{day:%Y-%m}")


def periods_until(first: Period, end: Period, length: str) -> Iterator[Period]:
    """Periods of one length from the first one on, all before `end`; none where it is not later."""
    at = first
    while str(at.start) < str(end.start):
        yield at
        at = period_around(at.end.date() if isinstance(at.end, datetime) else at.end, length)


def _figures(label: object, shape: re.Pattern[str], example: str) -> tuple[int, int]:
    match = shape.fullmatch(label.strip()) if isinstance(label, str) else None
    if match is None or not 1900 <= int(match[1]) <= 2199:
        raise _unreadable(label, example)
    return int(match[1]), int(match[2])


def _unreadable(label: object, example: str) -> InvalidInput:
    return InvalidInput([Finding("period.unreadable", TABLE, value=str(label), facts={"example": example})], TABLE)


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _short(bound: Bound) -> str:
    return bound.isoformat() if isinstance(bound, date) else str(bound)


def _moment(bound: Bound, timezone: str) -> datetime:
    if isinstance(bound, datetime):
        return bound.astimezone(UTC)
    return wall_moment(datetime(bound.year, bound.month, bound.day), ZoneInfo(timezone))
