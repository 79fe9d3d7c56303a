"""KPIs of suppliers from their records, as the contract defines them, for one period or for many at once (§5.1.1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import numpy as np
import pandas as pd

from supplier_eval.clock import BusinessClock
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.monitor.kpi_asked import Clocks, asked_clocks, asked_findings, asked_knowledge, asked_kpis
from supplier_eval.monitor.kpi_cells import NEVER, OUT, FloatArray, IntArray, micro
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.kpi_layers import Measured, measure_layers
from supplier_eval.monitor.kpi_results import COLUMNS, KpiResults
from supplier_eval.monitor.period import Period, asked_periods
from supplier_eval.monitor.records import ServiceRecords

TABLE = "kpis"
DAY = 86_400_000_000
FROM_FIGURES = (
    *("n", "events", "value", "lower", "upper", "sd", "censored", "excluded", "asked", "denominator"),
    *("at_least", "status", "reason"),
)


def measure_kpis(
    records: ServiceRecords,
    kpis: Iterable[KpiDefinition] | KpiDefinition,
    period: Period | Iterable[Period],
    *,
    clock: Clocks | None = None,
    as_of: datetime | None = None,
) -> KpiResults:
    """Measure KPIs of every supplier in one period or in many.

    Parameters
    ----------
    records : ServiceRecords
        From `read_service_records` or `ServiceRecords.from_frames`.
    kpis : KpiDefinition or iterable of them
        What is measured; their ids differ.
    period : Period or iterable of Period
        Half-open; dates are midnight in the clock's time zone. Many are measured in one pass.
    clock : BusinessClock or mapping of str to BusinessClock, optional
        Working time of tickets; several by the name that a KPI's `calendar` states, all of one time zone. Without
        it the clocks that came with the records.
    as_of : datetime, optional
        Moment of knowledge, with a time zone: what happened later is not known. Without it, the end of the last
        period; the results of an earlier one then know how its tickets ended.

    Returns
    -------
    KpiResults
        One row a period, supplier and KPI. No figure is shrunken, scored or filled in.

    Raises
    ------
    InvalidInput
        With every finding: a period that is not over, a table that a KPI needs, an unknown calendar or supplier, a
        priority without limit, a year that the calendar does not cover, a blank figure that is needed.

    Examples
    --------
    >>> folder = "data/samples/service-records"
    >>> records = se.monitor.read_service_records(folder)
    >>> plan = se.monitor.ReviewPlan.load(f"{folder}/plan.toml")
    >>> september = se.monitor.Period.months("2026-09", "2026-09")
    >>> results = se.monitor.measure_kpis(records, plan.kpis, september)
    >>> results
    KpiResults(14 KPIs, 12 suppliers, 2026-09)
    """
    if not isinstance(records, ServiceRecords):
        raise InvalidInput([Finding("kpis.records", TABLE, "records", value=type(records).__name__)], TABLE)
    defined, periods, clocks = (
        asked_kpis(kpis),
        asked_periods(period),
        asked_clocks(clock if clock is not None else records.clocks or None),
    )
    timezone = next(iter(clocks.values())).timezone
    knowledge = asked_knowledge(as_of, periods, timezone)
    found = asked_findings(records, defined, clocks)
    if found:
        raise InvalidInput(found, TABLE)
    suppliers = records.suppliers
    group_of = supplier_groups(records, suppliers)
    measured = measure_layers(records, defined, periods, clocks, knowledge, len(suppliers), group_of)
    parts = [_labelled(part, suppliers, records) for part in measured]
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    order = {one.label: at for at, one in enumerate(periods)}
    by_kpi = {kpi.id: at for at, kpi in enumerate(defined)}
    by_supplier = {name: at for at, name in enumerate(suppliers)}
    keys = (frame["kpi"].map(by_kpi), frame["supplier"].map(by_supplier), frame["period"].map(order))
    frame = frame.iloc[np.lexsort([key.to_numpy() for key in keys])].reset_index(drop=True)
    frame = frame[list(COLUMNS)].astype(dict(COLUMNS))
    return KpiResults(frame, defined, periods, suppliers, knowledge, _fingerprint(defined, periods, knowledge, clocks))


def supplier_groups(records: ServiceRecords, suppliers: tuple[str, ...]) -> Callable[[str], IntArray]:
    """For every table the position of each row's supplier."""
    place = {id_key(name): at for at, name in enumerate(suppliers)}

    def group_of(table: str) -> IntArray:
        column = records[table]["supplier"].cat
        at = np.array([place.get(id_key(str(name)), OUT) for name in column.categories], dtype=np.int64)
        return at[column.codes.to_numpy()] if at.size else np.zeros(0, dtype=np.int64)

    return group_of


def _labelled(part: Measured, suppliers: tuple[str, ...], records: ServiceRecords) -> pd.DataFrame:
    """Rows of one KPI in one layer, with what the contract asks."""
    kpi, figures, cells = part.kpi, part.figures, part.cells
    in_force = _in_force(records, suppliers, cells.wall_start, cells.wall_end)
    named = {id_key(name) for name in kpi.suppliers}
    apart = np.array([bool(named) and id_key(name) not in named for name in suppliers], dtype=bool)
    figures.say(np.tile(apart, cells.start.size), "not_applicable", "not_asked")
    silent = (figures.n == 0) & (figures.censored == 0) & (figures.asked == 0) & np.isnan(figures.value)
    figures.say(silent & (in_force == 0), "not_applicable", "no_contract")
    for name in ("value", "lower", "upper", "sd"):
        setattr(figures, name, np.where(figures.status == "not_applicable", np.nan, getattr(figures, name)))
    frame = pd.DataFrame({name: getattr(figures, name) for name in FROM_FIGURES})
    frame["period"] = np.repeat([period.label for period in part.periods], len(suppliers))
    frame["supplier"] = list(suppliers) * len(part.periods)
    frame["kpi"], frame["unit"], frame["kind"] = kpi.id, kpi.shown_unit, kpi.kind
    frame["direction"], frame["in_force"] = kpi.direction, in_force
    for name in ("target", "floor", "stretch", "weight", "benchmark"):
        stated = getattr(kpi, name)
        frame[name] = np.nan if stated is None else float(stated)
    for name, against in (("meets_target", kpi.target), ("meets_floor", kpi.floor)):
        frame[name] = _meets(frame, kpi, None if against is None else float(against))
    return frame


def _meets(frame: pd.DataFrame, kpi: KpiDefinition, against: float | None) -> pd.Series:
    """Whether the value is as good as asked; missing where nothing was measured, or a lower bound leaves it open."""
    if against is None:
        return pd.Series(pd.array([pd.NA] * len(frame), dtype="boolean"))
    value = frame["value"]
    good = (value >= against if kpi.direction == "max" else value <= against).astype("boolean")
    known = (frame["status"] == "measured") & ~(frame["at_least"] & (good if kpi.direction == "min" else ~good))
    return good.where(known.astype(bool), pd.NA)


def _in_force(records: ServiceRecords, suppliers: tuple[str, ...], start: IntArray, end: IntArray) -> FloatArray:
    """Share of each period in which some contract of each supplier ran; NaN where no contracts were stated."""
    size = start.size * len(suppliers)
    if "contracts" not in records:
        return np.full(size, np.nan)
    frame = records["contracts"]
    group = supplier_groups(records, suppliers)("contracts")
    first, last = micro(frame["start"]), micro(frame["end"])
    until = np.where(last == NEVER, NEVER, np.minimum(last, NEVER - DAY) + DAY)
    share = np.zeros((start.size, len(suppliers)))
    for at in range(len(suppliers)):
        mine = group == at
        for n, (low, high) in enumerate(zip(start, end, strict=True)):
            share[n, at] = _covered(np.maximum(first[mine], low), np.minimum(until[mine], high)) / (high - low)
    return share.ravel()


def _covered(begin: IntArray, end: IntArray) -> int:
    """Length of the union of spans."""
    from supplier_eval.clock.spans import merge_spans

    start, until = merge_spans(begin, end)
    return int((until - start).sum())


def _fingerprint(
    kpis: tuple[KpiDefinition, ...], periods: tuple[Period, ...], as_of: datetime, clocks: Mapping[str, BusinessClock]
) -> str:
    """SHA-256 of what was asked: the same question has the same print."""
    asked = {
        "kpis": [kpi.model_dump(mode="json", exclude_defaults=True) for kpi in kpis],
        "periods": [(period.label, str(period.start), str(period.end)) for period in periods],
        "as_of": as_of.isoformat(),
        "clocks": {name: _calendar(clock) for name, clock in clocks.items() if name},
    }
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def _calendar(clock: BusinessClock) -> Mapping[str, object]:
    calendar = clock.calendar
    working = {str(day): spans for day, spans in calendar.working_days.items()}
    return {**vars(calendar), "working_days": working, "spans": None, "_closed": None}
