"""Availability after agreed maintenance: the share of the agreed service time in which the service was there.

Agreed time is the working time of the clock in which the service is watched, less the maintenance that was agreed;
outages that overlap are one, and what of them falls into maintenance or outside the agreed time counts nothing.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from supplier_eval.clock import Holds, Spans
from supplier_eval.clock.local_time import microseconds, wall_moment
from supplier_eval.clock.spans import merge_spans
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.monitor.kpi_cells import HOUR, NEVER, OUT, Cells, Figures, IntArray, Source, known_by, micro
from supplier_eval.monitor.kpi_definitions import KpiDefinition


def availability(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Measure every watched service and add up the services of a group, hour by hour.

    ``n`` and ``events`` count outages, ``denominator`` the agreed hours. Time is measured in full, so that there is no
    interval of sampling. A period that reaches into a year that the calendar does not cover is refused: what was lost
    there would count for nothing.
    """
    services = source["services"]
    group = cells.group_of("services")
    figures = Figures.of(cells.size)
    agreed, lost = np.zeros(cells.size, dtype=np.int64), np.zeros(cells.size, dtype=np.int64)
    keys = _keys(services)
    outages, windows = _by_service(source, "outages", cells), _by_service(source, "maintenance", cells)
    spans = source.clock.spans
    for at in range(len(services)):
        if group[at] == OUT:
            continue
        watched = _watched(services, at, cells, source.clock.timezone)
        _refuse_uncovered(kpi, source, cells, watched, int(services["row"].iloc[at]))
        mine = outages.get(keys[at], _NOTHING), windows.get(keys[at], _NOTHING)
        for period in range(cells.start.size):
            start = max(int(cells.start[period]), watched[0])
            end = min(int(cells.end[period]), cells.as_of, watched[1])
            if end <= start:
                continue
            cell = period * cells.groups + group[at]
            whole, down, count = _time(spans, start, end, *mine)
            agreed[cell] += whole
            lost[cell] += down
            figures.n[cell] += count
    there = agreed > 0
    figures.events = figures.n.copy()
    figures.value = np.where(there, (agreed - lost) / np.where(there, agreed, 1), np.nan)
    figures.denominator = np.where(there, agreed / HOUR, np.nan)
    figures.say(there, "measured", "in_full")
    figures.say(~there, "no_data", "not_watched")
    return figures


def _refuse_uncovered(kpi: KpiDefinition, source: Source, cells: Cells, watched: tuple[int, int], row: int) -> None:
    """A service that is watched in a period outside the years that the calendar covers."""
    spans, calendar = source.clock.spans, source.clock.calendar
    start = np.maximum(cells.start, watched[0])
    end = np.minimum(np.minimum(cells.end, cells.as_of), watched[1])
    if not ((end > start) & ((start < spans.first) | (end > spans.last))).any():
        return
    facts = {"first": calendar.years[0], "last": calendar.years[1], "name": calendar.name, "kpi": kpi.id}
    raise InvalidInput([Finding("kpis.watched_uncovered", "services", "watched_from", (row,), facts=facts)], "services")


Pairs = tuple[IntArray, IntArray]
_NOTHING: Pairs = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def _time(spans: Spans, start: int, end: int, outages: Pairs, windows: Pairs) -> tuple[int, int, int]:
    """Agreed time, time lost of it, and the outages that cost some of it, between two moments."""
    first, last = (int(x) for x in spans.worked(np.array([start, end])))
    kept = _clipped(windows, start, end)
    maintenance = Holds.merged(np.zeros(kept[0].size, dtype=np.int64), *(spans.worked(x) for x in kept))
    ends = np.array([first]), np.array([last])
    free = int(maintenance.held(*ends)[0])
    down = _clipped(outages, start, end)
    begin, until = (spans.worked(x) for x in merge_spans(*down))
    one = np.zeros(begin.size, dtype=np.int64)
    covered = [int(maintenance.held(np.array([b]), np.array([e]))[0]) for b, e in zip(begin, until, strict=True)]
    lost = until - begin - np.array(covered, dtype=np.int64) if one.size else one
    return last - first - free, int(lost.sum()), int((lost > 0).sum())


def _clipped(pairs: Pairs, start: int, end: int) -> Pairs:
    begin, until = np.maximum(pairs[0], start), np.minimum(pairs[1], end)
    kept = until > begin
    return begin[kept], until[kept]


def _keys(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return [
        (id_key(str(supplier)), id_key(str(service)))
        for supplier, service in zip(frame["supplier"], frame["service"], strict=True)
    ]


def _by_service(source: Source, table: str, cells: Cells) -> dict[tuple[str, str], Pairs]:
    """Begins and ends by supplier and service; what is not over lasts."""
    if table not in source:
        return {}
    frame = source[table]
    begin, end = known_by(micro(frame["begin"]), cells.as_of), micro(frame["end"])
    rows: dict[tuple[str, str], list[int]] = {}
    for at, key in enumerate(_keys(frame)):
        if begin[at] != NEVER:
            rows.setdefault(key, []).append(at)
    return {key: (begin[at], end[at]) for key, at in rows.items()}


def _watched(services: pd.DataFrame, at: int, cells: Cells, timezone: str) -> tuple[int, int]:
    """From the first moment of the first day to the end of the last, `NEVER` where it goes on."""
    zone = ZoneInfo(timezone)
    first, last = services["watched_from"].iloc[at], services["watched_to"].iloc[at]
    start = microseconds(wall_moment(first.to_pydatetime(), zone))
    if pd.isna(last):
        return start, NEVER
    return start, microseconds(wall_moment(last.to_pydatetime() + timedelta(days=1), zone))
