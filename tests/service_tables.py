"""Small tables of service records to test with; times are wall time in Shanghai, `h(9.5)` is half past nine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from supplier_eval.clock import BusinessClock
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.kpi_results import KpiResults
from supplier_eval.monitor.kpis import measure_kpis
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.records import ServiceRecords

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "service-records"
ZONE = "Asia/Shanghai"
OFFICE = BusinessClock.from_week(
    {"mon-fri": ["09:00-12:00", "13:00-18:00"]}, timezone=ZONE, years=(2026, 2026), holidays=["2026-04-06"]
)
ALWAYS = BusinessClock.always(ZONE)
MARCH = Period.month("2026-03")


def at(day: str, hour: float = 9.0) -> str:
    """A moment: ``at("03-02", 9.5)`` is 2 March 2026, 09:30 in Shanghai."""
    return f"2026-{day}T{int(hour):02}:{round(hour % 1 * 60):02}+08:00"


def ticket(key: str, opened: str, closed: str = "", supplier: str = "A", priority: str = "P1", **more: object) -> dict:
    return {"ticket": key, "supplier": supplier, "priority": priority, "opened": opened, "closed": closed, **more}


def records(**tables: list[dict]) -> ServiceRecords:
    return ServiceRecords.from_frames({name: pd.DataFrame(rows) for name, rows in tables.items()}, timezone=ZONE)


def kpi(measure: str = "resolution_time", **changes: object) -> KpiDefinition:
    given = {"id": "k", "name": "k", "measure": measure, "target": "0.9"}
    if measure in {"resolution_time", "response_time"} and changes.get("statistic", "share") == "share":
        given["limit"] = "4h"
    return KpiDefinition(**(given | changes))


def measured(
    rows: ServiceRecords, definition: KpiDefinition, period: object = MARCH, clock: object = OFFICE, **more: object
) -> KpiResults:
    return measure_kpis(rows, definition, period, clock=clock, **more)


def row(rows: ServiceRecords, definition: KpiDefinition, supplier: str = "A", period: object = MARCH, **more: object):
    """The figures of one supplier in the last period."""
    return measured(rows, definition, period, **more).row(supplier, definition.id)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")
