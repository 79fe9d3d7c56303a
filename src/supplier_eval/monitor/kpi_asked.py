"""Whether a measurement was asked for in full: definitions, clocks, periods that are over, tables that are there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from supplier_eval.clock import BusinessClock
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.record_tables import NEEDED
from supplier_eval.monitor.records import ServiceRecords

TABLE = "kpis"
Clocks = BusinessClock | Mapping[str, BusinessClock]
CLOCKED = frozenset({"response_time", "resolution_time", "availability"})
NEEDED_COLUMNS = {
    "response_time": ("tickets", "responded"),
    "first_time_right": ("tickets", "reopened"),
    "defects_per_unit": ("inspections", "defects"),
    "drills_passed": ("drills", "passed"),
}


def asked_kpis(given: object) -> tuple[KpiDefinition, ...]:
    """Definitions with different ids, in the order of their ids.

    Raises
    ------
    InvalidInput
        For anything else, for none, and for an id that stands twice.
    """
    if isinstance(given, KpiDefinition):
        return (given,)
    many = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    defined = tuple(one for one in many if isinstance(one, KpiDefinition))
    if len(defined) < len(many) or not many:
        wrong = next((type(one).__name__ for one in many if not isinstance(one, KpiDefinition)), "none")
        raise InvalidInput([Finding("kpis.asked", TABLE, "kpis", value=wrong)], TABLE)
    ids = [id_key(kpi.id) for kpi in defined]
    twice = sorted({kpi.id for kpi in defined if ids.count(id_key(kpi.id)) > 1})
    if twice:
        raise InvalidInput([Finding("kpis.twice", TABLE, "id", value=", ".join(twice))], TABLE)
    return tuple(sorted(defined, key=lambda kpi: id_key(kpi.id)))


def asked_clocks(given: object) -> dict[str, BusinessClock]:
    """Clocks by name, all of one time zone; one alone stands under its calendar's name and under the empty one."""
    if isinstance(given, BusinessClock):
        return {"": given, given.calendar.name: given}
    if not isinstance(given, Mapping) or not given or not all(isinstance(c, BusinessClock) for c in given.values()):
        raise InvalidInput([Finding("kpis.clock", TABLE, "clock", value=type(given).__name__)], TABLE)
    clocks = {str(name): clock for name, clock in given.items()}
    zones = sorted({clock.timezone for clock in clocks.values()})
    if len(zones) > 1:
        raise InvalidInput([Finding("kpis.zones", TABLE, "clock", value=", ".join(zones))], TABLE)
    return {"": next(iter(clocks.values())), **clocks} if len(clocks) == 1 else clocks


def asked_knowledge(given: object, periods: tuple[Period, ...], timezone: str) -> datetime:
    """The moment of knowledge: as stated, else the end of the last period.

    Raises
    ------
    InvalidInput
        For no moment, and for periods that are not over by then.
    """
    ends = {period.label: period.bounds(timezone)[1] for period in periods}
    if given is None:
        return max(ends.values())
    if not isinstance(given, datetime) or given != given or given.utcoffset() is None:  # noqa: PLR0124 - NaT
        raise InvalidInput([Finding("kpis.as_of", TABLE, "as_of", value=str(given))], TABLE)
    early = [label for label, end in ends.items() if end > given]
    if early:
        facts = {"as_of": given.isoformat()}
        raise InvalidInput([Finding("period.not_over", "periods", value=", ".join(early), facts=facts)], TABLE)
    return given.astimezone(UTC)


def asked_findings(
    records: ServiceRecords, kpis: tuple[KpiDefinition, ...], clocks: Mapping[str, BusinessClock]
) -> list[Finding]:
    """Tables and columns that a KPI needs and that did not come in, calendars and suppliers that do not exist."""
    found: list[Finding] = []
    suppliers = {id_key(name) for name in records.suppliers}
    for kpi in kpis:
        needed = [*NEEDED[kpi.measure], *_volume_table(kpi)]
        found += [Finding("kpis.table_missing", table, value=kpi.id) for table in needed if table not in records]
        table, column = NEEDED_COLUMNS.get(kpi.measure, ("", ""))
        if table in records and len(records[table]) and records[table][column].isna().all():
            found.append(Finding("kpis.column_missing", table, column, value=kpi.id))
        if kpi.calendar not in clocks and kpi.measure in CLOCKED:
            facts = {"known": ", ".join(name for name in clocks if name)}
            found.append(Finding("kpis.calendar_unknown", TABLE, f"{kpi.id}.calendar", value=kpi.calendar, facts=facts))
        found += [_unknown_supplier(kpi, name, records) for name in kpi.suppliers if id_key(name) not in suppliers]
    return found


def _volume_table(kpi: KpiDefinition) -> tuple[str, ...]:
    return (kpi.volume,) if kpi.measure == "complaints_per_volume" else ()


def _unknown_supplier(kpi: KpiDefinition, name: str, records: ServiceRecords) -> Finding:
    near = difflib.get_close_matches(name, records.suppliers, n=1, cutoff=0.0)
    facts = {"near": near[0] if near else "-"}
    return Finding("kpis.supplier_unknown", TABLE, f"{kpi.id}.suppliers", value=name, facts=facts)
