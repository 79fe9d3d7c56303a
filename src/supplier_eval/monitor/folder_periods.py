"""Which periods a review of records covers: those asked for, else all up to the last that is complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.monitor.period import Period, period_around

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.clock import BusinessClock
    from supplier_eval.monitor.records import ServiceRecords

TABLE = "arguments"
LENGTHS = ("month", "quarter", "year")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
MOST = 120
EVENTS: Mapping[str, tuple[str, ...]] = {
    "tickets": ("opened", "responded", "closed"),
    "inspections": ("on",),
    "complaints": ("received",),
    "feedback": ("sent",),
    "milestones": ("done",),
    "outages": ("begin", "end"),
    "quotes": ("on",),
    "drills": ("began",),
}


def days_of_records(records: ServiceRecords, timezone: str) -> tuple[date, date] | None:
    """First and last day on which anything is recorded to have happened, in a time zone; None for empty records."""
    import pandas as pd

    days: list[date] = []
    for table, columns in EVENTS.items():
        for column in columns:
            if table in records and column in records[table]:
                cells = records[table][column].dropna()
                if len(cells):
                    days += [_day(cells.min(), timezone, pd), _day(cells.max(), timezone, pd)]
    return (min(days), max(days)) if days else None


def _day(moment: object, timezone: str, pandas: object) -> date:
    stamp: pd.Timestamp = pandas.Timestamp(moment)  # type: ignore[attr-defined]
    return stamp.date() if stamp.tzinfo is None else stamp.tz_convert(timezone).date()


def asked_spans(
    records: ServiceRecords,
    clock: BusinessClock,
    length: str,
    asked: tuple[str, str, str],
    known: datetime | None,
    start: Period | None = None,
) -> tuple[Period, ...]:
    """Give the periods of a review, earliest first; the last one is reviewed, those before it give it its history.

    Parameters
    ----------
    records : ServiceRecords
        Whose days bound the periods.
    clock : BusinessClock
        A period is complete if no working time of it lies after the last record's day.
    length : {"month", "quarter", "year"}
        Of a period.
    asked : (str, str, str)
        The period reviewed, the first, the last; empty where not stated. A period alone has its history from the first
        record on.
    known : datetime, optional
        Moment of knowledge; later periods are not taken.
    start : Period, optional
        First period as the plan declares it; where it is not after the one reviewed, the history begins with it.

    Raises
    ------
    InvalidInput
        For labels that are none, an end before its start, periods without any record, more than 120 of them.
    """
    period, first, last = asked
    days = days_of_records(records, clock.timezone)
    if days is None:
        raise InvalidInput([Finding("review.folder.empty", TABLE)], TABLE)
    if period and last:
        raise InvalidInput([Finding("review.folder.two_ends", TABLE, "period", value=period)], TABLE)
    end = _named(period or last, length) if period or last else _last_complete(clock, length, days, known)
    begin = _named(first, length) if first else _declared(start, end) or period_around(days[0], length)
    if end is None:
        facts = {"first": days[0].isoformat(), "last": days[1].isoformat()}
        raise InvalidInput([Finding("review.folder.incomplete", TABLE, "period", facts=facts)], TABLE)
    _inside(begin, end, days, clock, bool(first))
    begin = min(begin, end, key=lambda one: str(one.start))
    spans = [begin]
    while str(spans[-1].start) < str(end.start):
        if len(spans) == MOST:
            facts = {"most": str(MOST), "first": begin.label, "last": end.label}
            raise InvalidInput([Finding("review.folder.too_long", TABLE, "period", facts=facts)], TABLE)
        spans.append(period_around(_as_day(spans[-1].end), length))
    return tuple(spans)


def _declared(start: Period | None, end: Period | None) -> Period | None:
    """The declared first period, unless the one reviewed lies before it."""
    return start if start is not None and end is not None and str(start.start) <= str(end.start) else None


def _inside(begin: Period, end: Period, days: tuple[date, date], clock: BusinessClock, stated: bool) -> None:
    """The periods are in order, and the one reviewed has begun before the last record and ended after the first."""
    if stated and str(end.start) < str(begin.start):
        facts = {"first": begin.label, "last": end.label}
        raise InvalidInput([Finding("review.folder.order", TABLE, "from", facts=facts)], TABLE)
    if days[1] < _as_day(end.start) or days[0] >= _as_day(end.end):
        facts = {"first": days[0].isoformat(), "last": days[1].isoformat()}
        raise InvalidInput([Finding("review.folder.outside", TABLE, "period", value=end.label, facts=facts)], TABLE)


def _as_day(bound: date | datetime) -> date:
    return bound.date() if isinstance(bound, datetime) else bound


def _named(label: str, length: str) -> Period:
    """A label of the length asked for: 2025-06, 2025Q2, 2025."""
    read = {"month": Period.month, "quarter": Period.quarter, "year": Period.year}[length]
    return read(label)


def _last_complete(clock: BusinessClock, length: str, days: tuple[date, date], known: datetime | None) -> Period | None:
    """The last period in which nothing more can have happened in working time; None where there is none."""
    first, after = (datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(clock.timezone)) for day in days)
    after += timedelta(days=1)
    if known is not None:
        after = min(after, known)
    period = period_around(after.astimezone(ZoneInfo(clock.timezone)).date(), length)
    for _ in range(MONTHS["year"] * 2):
        begin, end = period.bounds(clock.timezone)
        if end <= first:
            return None
        complete = end <= after or (known is None and begin < after and _no_work(clock, after, end))
        if complete:
            return period
        period = period_around(_as_day(period.start) - timedelta(days=1), length)
    return None


def _no_work(clock: BusinessClock, start: datetime, end: datetime) -> bool:
    try:
        return bool(clock.worked(start, end) == timedelta(0))
    except InvalidInput:
        return False
