"""What a review leaves out or does not do, and says: a period that is not complete, steps that select nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from supplier_eval.errors import Finding
from supplier_eval.monitor.folder_periods import days_of_records
from supplier_eval.monitor.period import Period, period_around

if TYPE_CHECKING:
    from supplier_eval.clock import BusinessClock
    from supplier_eval.monitor.plan import ReviewPlan
    from supplier_eval.monitor.records import ServiceRecords

TABLE = "arguments"
SHOWN = 2


def left_out(
    records: ServiceRecords, clock: BusinessClock, reviewed: Period, length: str, known: datetime | None
) -> tuple[Finding, ...]:
    """Say that records go on after the last complete period, and how to review what they began.

    Parameters
    ----------
    records : ServiceRecords
        Of the folder.
    clock : BusinessClock
        Whose zone says on which day something happened.
    reviewed : Period
        The last complete period.
    length : {"month", "quarter", "year"}
        Of a period.
    known : datetime, optional
        Moment of knowledge; later records leave nothing out.

    Returns
    -------
    tuple of Finding
        One warning, or none where nothing came later.
    """
    days = days_of_records(records, clock.timezone)
    end = reviewed.bounds(clock.timezone)[1].astimezone(ZoneInfo(clock.timezone)).date()
    if days is None or known is not None or days[1] < end:
        return ()
    facts = {"reviewed": reviewed.label, "last": days[1].isoformat(), "example": period_around(days[1], length).label}
    return (Finding("review.folder.left_out", TABLE, "period", facts=facts, severity="warning"),)


def step_findings(records: ServiceRecords, plan: ReviewPlan) -> tuple[Finding, ...]:
    """Say that the step of a KPI names it and selects no records, where records have a step of their own."""
    steps = (frame["step"].astype(str) for frame in records.tables.values() if "step" in frame)
    if not any((cells.str.strip() != "").any() for cells in steps):
        return ()
    named = [f"{kpi.id} ({kpi.step})" for kpi in plan.kpis if kpi.step]
    if not named:
        return ()
    shown = ", ".join(named[:SHOWN]) + (" …" if len(named) > SHOWN else "")
    return (Finding("review.folder.step", "plan", "kpis.step", facts={"kpis": shown}, severity="warning"),)


def outside_records(records: ServiceRecords, timezone: str, spans: tuple[Period, ...]) -> list[Finding]:
    """Findings of periods that end before the first record or begin after the last one."""
    days, found = days_of_records(records, timezone), []
    for span in spans:
        begin, end = (bound.astimezone(ZoneInfo(timezone)).date() for bound in span.bounds(timezone))
        if days is not None and (days[1] < begin or days[0] >= end):
            facts = {"first": days[0].isoformat(), "last": days[1].isoformat()}
            found.append(Finding("review.folder.outside", TABLE, "period", value=span.label, facts=facts))
    return found
