"""Would the indicators have warned? Past incidents against the warnings that past readings would raise (§6.3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.indicator_backtest_result import (
    IndicatorBacktest,
    IndicatorBacktests,
    IndicatorIncident,
)
from supplier_eval.risk.indicator_history import (
    INCIDENT_COLUMNS,
    INCIDENTS,
    asked_day,
    dated_records,
    read_history,
    unknown_indicators,
)
from supplier_eval.risk.indicator_plan import Indicator, IndicatorPlan, Level
from supplier_eval.risk.indicator_states import WORSE, IndicatorReading, due_until, run_states
from supplier_eval.risk.records import ARGUMENTS, asked

if TYPE_CHECKING:
    import pandas as pd

DAYS_A_YEAR = 365.25
MOST_DAYS = 36_600
Spell = tuple[date, date | None]
Happened = tuple[str, date, str]


def backtest_indicators(
    history: pd.DataFrame, definitions: object, incidents: pd.DataFrame, *, as_of: object, horizon: int = 90,
    level: Level = "amber",
) -> IndicatorBacktests:  # fmt: skip
    """Say how often each indicator would have warned before an incident, how early, and how often for nothing.

    Parameters
    ----------
    history, definitions
        As in `watch_indicators`.
    incidents : DataFrame
        ``incident`` (id, once), ``on`` (day), optional ``indicator`` (the one that should have warned; empty: all).
    as_of : date or str
        Last day that is looked at; incidents up to it are known.
    horizon : int
        Days that a warning may run ahead of an incident and count as its warning, 1 to 3660.
    level : {"amber", "red"}
        The level that counts as a warning; red is amber too.

    Returns
    -------
    IndicatorBacktests
        An incident on a day on which the indicator had no reading in time is ``blind``: neither warned nor missed.

    Raises
    ------
    InvalidInput
        With every finding.

    Examples
    --------
    >>> answers = se.risk.answer_folder("data/samples/risks", years=2_000)
    >>> answers.backtest
    IndicatorBacktests(6 indicators at amber: 5 warned, 0 missed)
    """
    last, found = asked_day(as_of, "as_of")
    if not isinstance(horizon, int | np.integer) or isinstance(horizon, bool) or not 1 <= horizon <= 3660:
        found.append(asked("asked.whole", "horizon", horizon, least=1))
    if not isinstance(level, str) or level not in ("amber", "red"):
        found.append(Finding("indicator.method", ARGUMENTS, "level", value=str(level), facts={"known": "amber, red"}))
    try:
        plan = IndicatorPlan.of(definitions)
    except InvalidInput as refused:
        raise InvalidInput([*refused.findings, *found], "indicators") from None
    indicators = sorted(plan.indicators, key=lambda one: (id_key(one.id), one.id))
    values, wrong = read_history(history, indicators)
    happened, odd = _incidents(incidents, [one.id for one in indicators], last)
    found += wrong + odd
    if found:
        raise InvalidInput(found, "indicators")
    tested = {}
    for one in indicators:
        readings = [r for r in run_states(one, values[id_key(one.id)]) if r.known <= last]
        mine = [event for event in happened if event[2] in ("", id_key(one.id))]
        tested[one.id] = _tested(one, readings, mine, last, (int(horizon), level))
    return IndicatorBacktests(tested, int(horizon), level, last, plan.fingerprint)


def _incidents(given: object, ids: Sequence[str], last: date) -> tuple[list[Happened], list[Finding]]:
    records, days, found = dated_records(given, INCIDENT_COLUMNS, INCIDENTS, ("on",), ("incident",))
    found += unknown_indicators(records, {id_key(one): one for one in ids}, INCIDENTS)
    events = []
    for record in records:
        day = days["on"].get(record.row)
        if day is not None and day > last:
            found.append(Finding("indicator.incident_later", INCIDENTS, "on", (record.row,), day.isoformat()))
        elif day is not None:
            events.append((record.text("incident"), day, id_key(record.text("indicator"))))
    return sorted(events, key=lambda one: (one[1], id_key(one[0]), one[0])), found


def warning_spells(readings: Sequence[IndicatorReading], level: Level) -> list[Spell]:
    """First day and end of every time at a level or worse; None where it lasts."""
    found: list[Spell] = []
    on = False
    for one in readings:
        if one.state == "grey":
            continue
        now = WORSE[one.state] >= WORSE[level]
        if now and not on:
            found.append((one.known, None))
        elif on and not now:
            found[-1] = (found[-1][0], one.known)
        on = now
    return found


def _tested(
    one: Indicator, readings: Sequence[IndicatorReading], events: Sequence[Happened], last: date, how: tuple[int, Level]
) -> IndicatorBacktest:
    horizon, level = how
    seen = _seen_days(one, readings, last)
    if not seen.any():
        blind = tuple(IndicatorIncident(name, day, "blind") for name, day, _ in events)
        return IndicatorBacktest(one.id, 0, blind)
    first = readings[0].known
    spells = warning_spells(readings, level)
    covered = _covered(spells, first, len(seen), horizon)
    met = []
    for name, day, _ in events:
        at = (day - first).days
        if not 0 <= at < len(seen) or not seen[at]:
            met.append(IndicatorIncident(name, day, "blind"))
            continue
        before = [start for start, end in spells if _counts((start, end), day, horizon)]
        lead = (day - before[-1]).days if before else None
        met.append(IndicatorIncident(name, day, "missed" if lead is None else "warned", lead))
    right = sum(any(_counts(spell, day, horizon) for _, day, _ in events) for spell in spells)
    undecided = sum(
        not any(_counts(spell, day, horizon) for _, day, _ in events)
        and max(spell[0] + timedelta(days=horizon), spell[1] or last + timedelta(days=1)) > last
        for spell in spells
    )
    false = len(spells) - right - undecided
    years = float(seen.sum()) / DAYS_A_YEAR
    chance = float((covered & seen).sum() / seen.sum())
    return IndicatorBacktest(one.id, years, tuple(met), len(spells), right, false, undecided, chance)


def _counts(spell: Spell, day: date, horizon: int) -> bool:
    """Whether a warning stands before an incident: raised earlier, within the horizon or still on the day before."""
    start, end = spell
    return start < day and (day - start <= timedelta(days=horizon) or end is None or end >= day)


def _seen_days(
    one: Indicator, readings: Sequence[IndicatorReading], last: date
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For every day from the first reading to the last day: whether a reading stood for it."""
    valued = [r for r in readings if r.value is not None]
    if not valued:
        return np.zeros(0, bool)
    first = readings[0].known
    length = min((last - first).days + 1, MOST_DAYS)
    seen = np.zeros(length, bool)
    for reading in valued:
        start = (reading.known - first).days
        seen[start : (due_until(one, reading.on) - first).days + 1] = True
    return seen


def _covered(
    spells: Sequence[Spell], first: date, length: int, horizon: int
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For every day: whether an incident on it would have counted as warned."""
    days = np.zeros(length, bool)
    for start, end in spells:
        begin = (start - first).days + 1
        until = length if end is None else max((end - first).days, begin - 1 + horizon)
        days[begin : until + 1] = True
    return days
