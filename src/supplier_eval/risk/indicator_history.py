"""Readings of indicators from a table, by indicator and day; everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.dated import as_day, read_days
from supplier_eval.risk.records import ARGUMENTS, Column, Record, asked, judge_records
from supplier_eval.risk.said_names import Names

if TYPE_CHECKING:
    from supplier_eval.risk.indicator_plan import Indicator

HISTORY, ANSWERS, INCIDENTS = "history", "acknowledgements", "incidents"
COLUMNS = (Column("indicator"), Column("value", "figure", filled=False))
ANSWER_COLUMNS = (Column("indicator"), Column("by"))
INCIDENT_COLUMNS = (Column("incident"), Column("indicator", required=False, filled=False))
Values = dict[str, list[tuple[date, float | None]]]


def dated_records(
    given: object, columns: Sequence[Column], table: str, days: Sequence[str], key: Sequence[str] = ()
) -> tuple[list[Record], dict[str, dict[int, date]], list[Finding]]:
    """Rows of a table with their days.

    Parameters
    ----------
    given, columns, table, key
        As in `records.read_records`.
    days : sequence of str
        Columns that hold a day in every row.

    Returns
    -------
    records : list of Record
        With what could be read, see `records.judge_records`.
    days : dict
        Column -> row -> day.
    findings : list of Finding
    """
    import pandas as pd

    if not isinstance(given, pd.DataFrame):
        return [], {}, [asked("asked.frame", table, given)]
    dated, found = read_days(given, days, table, days)
    records, wrong = judge_records(given, columns, table, key)
    return records, dated, [*wrong, *found]


def read_history(history: object, indicators: Sequence[Indicator]) -> tuple[Values, list[Finding]]:
    """Readings by key of the indicator, by day.

    Parameters
    ----------
    history : DataFrame
        As in `watch_indicators`.
    indicators : sequence of Indicator
        Those that are defined.

    Returns
    -------
    values : dict
        Key -> (day, value or None), by day; an indicator without a reading has an empty list.
    findings : list of Finding
        Unknown indicators, two readings of one day, cells that cannot be read.
    """
    records, days, found = dated_records(history, COLUMNS, HISTORY, ("on",))
    values: Values = {id_key(one.id): [] for one in indicators}
    found += unknown_indicators(records, values, HISTORY)
    rows: dict[tuple[str, date], list[int]] = {}
    shown: dict[str, str] = {}
    for record in records:
        day, key = days["on"].get(record.row), id_key(record.text("indicator"))
        if day is None or key not in values:
            continue
        rows.setdefault((key, day), []).append(record.row)
        shown.setdefault(key, record.text("indicator"))
        values[key].append((day, record.figure("value")))
    for (key, day), same in rows.items():
        if len(same) > 1:
            facts = {"indicator": shown[key]}
            found.append(Finding("indicator.reading_twice", HISTORY, "on", tuple(same), day.isoformat(), facts))
    return {key: sorted(held, key=lambda one: one[0]) for key, held in values.items()}, found


def unknown_indicators(records: Sequence[Record], known: Mapping[str, object], table: str) -> list[Finding]:
    """Rows that name an indicator which is not defined, one finding a name."""
    rows: dict[str, list[int]] = {}
    for record in records:
        name = record.text("indicator")
        if name and id_key(name) not in known:
            rows.setdefault(name, []).append(record.row)
    facts = {"known": Names(sorted(known))}
    return [
        Finding("indicator.unknown", table, "indicator", tuple(sorted(at)), name, facts) for name, at in rows.items()
    ]


def read_answers(
    given: object, values: Values
) -> tuple[dict[tuple[str, date], tuple[date, str]], dict[tuple[str, date], int], list[Finding]]:
    """Acknowledgements by indicator and day of the warning, with their rows."""
    if given is None:
        return {}, {}, []
    records, days, found = dated_records(given, ANSWER_COLUMNS, ANSWERS, ("raised", "on"))
    found += unknown_indicators(records, values, ANSWERS)
    answers: dict[tuple[str, date], tuple[date, str]] = {}
    rows: dict[tuple[str, date], int] = {}
    for record in sorted(records, key=lambda one: one.row):
        raised, on = days["raised"].get(record.row), days["on"].get(record.row)
        if raised is None or on is None:
            continue
        key = (id_key(record.text("indicator")), raised)
        if on < raised:
            facts = {"raised": raised.isoformat()}
            found.append(Finding("indicator.answer_before", ANSWERS, "on", (record.row,), on.isoformat(), facts))
        if key in answers:
            both = (rows[key], record.row)
            found.append(Finding("indicator.answer_twice", ANSWERS, "raised", both, raised.isoformat()))
        answers[key], rows[key] = (on, record.text("by")), record.row
    return answers, rows, found


def asked_day(given: object, name: str) -> tuple[date, list[Finding]]:
    """A day that was given as an argument, or the finding that it is none."""
    day = as_day(given)
    wrong = [] if day is not None else [Finding("indicator.day", ARGUMENTS, name, value=str(given))]
    return day or date.max, wrong
