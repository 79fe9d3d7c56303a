"""Periods as layers of disjoint ones, and every KPI measured over the cells of each layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from supplier_eval.clock import BusinessClock
from supplier_eval.clock.local_time import microseconds
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.monitor.kpi_availability import availability
from supplier_eval.monitor.kpi_cells import Cells, Figures, IntArray, Source
from supplier_eval.monitor.kpi_counts import (
    accuracy,
    complaints_per_volume,
    defects_per_unit,
    drills_passed,
    first_time_right,
    milestones,
    repeat_complaints,
    satisfaction,
)
from supplier_eval.monitor.kpi_definitions import TIMED, KpiDefinition
from supplier_eval.monitor.kpi_prices import price_level
from supplier_eval.monitor.kpi_times import mean_time, percentile_time, share_in_time
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.records import ServiceRecords

Measure = Callable[[KpiDefinition, Source, Cells], Figures]
MEASURES: Mapping[str, Measure] = {
    "accuracy": accuracy,
    "availability": availability,
    "complaints_per_volume": complaints_per_volume,
    "defects_per_unit": defects_per_unit,
    "drills_passed": drills_passed,
    "first_time_right": first_time_right,
    "milestones": milestones,
    "price_level": price_level,
    "repeat_complaints": repeat_complaints,
    "satisfaction": satisfaction,
}
TIME_MEASURES: Mapping[str, Measure] = {"share": share_in_time, "mean": mean_time, "percentile": percentile_time}


@dataclass(frozen=True, eq=False)
class Measured:
    """Figures of one KPI over the cells of one layer."""

    kpi: KpiDefinition
    periods: tuple[Period, ...]
    cells: Cells
    figures: Figures


def measure_layers(
    records: ServiceRecords,
    kpis: tuple[KpiDefinition, ...],
    periods: tuple[Period, ...],
    clocks: Mapping[str, BusinessClock],
    as_of: datetime,
    groups: int,
    group_of: Callable[[str], IntArray],
) -> list[Measured]:
    """Measure every KPI in every layer.

    Parameters
    ----------
    groups, group_of
        As in `Cells`.

    Raises
    ------
    InvalidInput
        With the findings of all KPIs.
    """
    found: list[Finding] = []
    measured: list[Measured] = []
    timezone = next(iter(clocks.values())).timezone
    kept: dict[object, object] = {}
    for layer in layers_of(periods, timezone):
        cells = cells_of(layer, timezone, as_of, groups, group_of)
        for kpi in kpis:
            clock = clocks.get(kpi.calendar) or next(iter(clocks.values()))
            measure = TIME_MEASURES[kpi.statistic] if kpi.measure in TIMED else MEASURES[kpi.measure]
            try:
                figures = measure(kpi, Source(records.tables, clock, kept), cells)
            except InvalidInput as refused:
                found += [finding for finding in refused.findings if finding not in found]
                continue
            measured.append(Measured(kpi, layer, cells, figures))
    if found:
        raise InvalidInput(found, "records")
    return measured


def layers_of(periods: tuple[Period, ...], timezone: str) -> list[tuple[Period, ...]]:
    """Layers of disjoint periods, earliest first: months and their quarter are two layers."""
    layers: list[list[Period]] = []
    ends: list[datetime] = []
    for period in sorted(periods, key=lambda one: one.bounds(timezone)):
        start, end = period.bounds(timezone)
        at = next((n for n, last in enumerate(ends) if last <= start), None)
        if at is None:
            layers.append([period])
            ends.append(end)
        else:
            layers[at].append(period)
            ends[at] = end
    return [tuple(layer) for layer in layers]


def cells_of(
    layer: tuple[Period, ...], timezone: str, as_of: datetime, groups: int, group_of: Callable[[str], IntArray]
) -> Cells:
    """The cells of one layer."""
    zone = ZoneInfo(timezone)
    bounds = [period.bounds(timezone) for period in layer]
    start, end = (np.array([microseconds(pair[side]) for pair in bounds], dtype=np.int64) for side in (0, 1))
    first, last = (np.array([_wall(pair[side], zone) for pair in bounds], dtype=np.int64) for side in (0, 1))
    kept: dict[str, IntArray] = {}

    def remembered(table: str) -> IntArray:
        if table not in kept:
            kept[table] = group_of(table)
        return kept[table]

    return Cells(start, end, first, last, groups, remembered, microseconds(as_of), _wall(as_of, zone))


def _wall(moment: datetime, zone: ZoneInfo) -> int:
    """What the wall shows, as microseconds since 1970 on the wall."""
    shown = moment.astimezone(zone)
    offset = shown.utcoffset()
    assert offset is not None
    return microseconds(moment) + int(offset.total_seconds()) * 1_000_000
