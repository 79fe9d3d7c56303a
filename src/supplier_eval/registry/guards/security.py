"""Guards of controls, plans, drills and incidents (§7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.fields import filled, in_order, known_class, not_ahead, within_months
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.guards.security_gaps import lessons_due
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.records.security import Control, Drill, EmergencyPlan, Incident


def _known_item(situation: Situation) -> Iterable[Finding]:
    """The control is a line of the company's checklist (§7.1.1)."""
    control = cast(Control, situation.record)
    known = [item.id for item in situation.rules.security.controls]
    if control.item in known:
        return ()
    return (Finding("control.item.unknown", "control", "item", value=control.item, facts={"known": ", ".join(known)}),)


def _follows(situation: Situation) -> Iterable[Finding]:
    """A plan is replaced by another version for the same scenario that is in force (§7.1.2)."""
    plan = cast(EmergencyPlan, situation.record)
    named = plan.superseded_by or ""
    next_plan = situation.reader.get("emergency_plan", named) if named and named != plan.id else None
    if next_plan is not None and next_plan.state == "in_force" and next_plan.scenario == plan.scenario:
        return ()
    return (
        Finding("emergency_plan.superseded_by.no_successor", "emergency_plan", "superseded_by", value=named or "-"),
    )


def _plan_in_force(situation: Situation) -> Iterable[Finding]:
    """Only a plan in force is drilled (§7.1.2)."""
    drill = cast(Drill, situation.record)
    plan = situation.reader.get("emergency_plan", drill.emergency_plan)
    if plan is not None and plan.state == "in_force":
        return ()
    return (Finding("drill.emergency_plan.not_in_force", "drill", "emergency_plan", value=drill.emergency_plan),)


def _no_laxer(situation: Situation) -> Iterable[Finding]:
    """A drill aims at the plan's own time to recover, or at less (§7.1.2)."""
    drill = cast(Drill, situation.record)
    plan = situation.reader.get("emergency_plan", drill.emergency_plan)
    target, asked = drill.target_minutes, plan.recovery_minutes if plan is not None else None
    if target is None or asked is None or target <= asked:
        return ()
    return (Finding("drill.target_minutes.laxer", "drill", "target_minutes", value=str(target), facts={"plan": asked}),)


def _true_result(situation: Situation) -> Iterable[Finding]:
    """A drill that took longer than its target has not passed (§7.1.2)."""
    drill = cast(Drill, situation.record)
    taken, target = drill.recovery_minutes, drill.target_minutes
    if drill.result != "passed" or taken is None or target is None or taken <= target:
        return ()
    facts = {"taken": taken, "target": target}
    return (Finding("drill.result.over_target", "drill", "result", value=drill.result, facts=facts),)


def _did_not_pass(situation: Situation) -> bool:
    return cast(Drill, situation.record).result == "failed"


def _lessons_in_time(situation: Situation) -> Iterable[Finding]:
    """Lessons are due so many days after the report, no later (§7.3.2)."""
    incident = cast(Incident, situation.record)
    latest = lessons_due(incident.reported_at, situation.rules)
    if incident.lessons_due is None or incident.lessons_due <= latest:
        return ()
    facts = {"latest": str(latest)}
    value = str(incident.lessons_due)
    return (Finding("incident.lessons_due.too_late", "incident", "lessons_due", value=value, facts=facts),)


def _departments(situation: Situation) -> Iterator[Finding]:
    """An incident is investigated with the departments concerned (§7.3.2)."""
    incident = cast(Incident, situation.record)
    if not any(name.strip() for name in incident.departments):
        yield Finding("incident.departments.missing", "incident", "departments")


CONTROL_KNOWN = Guard("control.item.unknown", "§7.1.1", _known_item)
CONTROL_EVIDENCE = filled("control.evidence.missing", "§7.2.1", "evidence")
CONTROL_CHECKED = not_ahead("control.checked_on.ahead", "§7.2.1", "checked_on")
CONTROL_NEXT = in_order("control.next_check.before", "§7.2.1", "checked_on", "next_check", apart=True)
CONTROL_ANEW = anew("control.checked_on.not_anew", "§7.2.1", "checked_on", "next_check", "evidence", "reason")
CONTROL_REASON = filled("control.reason.missing", "§7.2.1", "reason")
PLAN_APPROVED = not_ahead("emergency_plan.approved_on.ahead", "§7.1.2", "approved_on", "reviewed_on")
PLAN_REVIEW = in_order("emergency_plan.review_due.before", "§7.1.2", "approved_on", "review_due", apart=True)
PLAN_REVIEWED_IN_TURN = in_order("emergency_plan.reviewed_on.before_step", "§7.1.2", "approved_on", "reviewed_on")
PLAN_NEXT_REVIEW = in_order("emergency_plan.review_due.before", "§7.1.2", "reviewed_on", "review_due", apart=True)
PLAN_REVIEWED_ANEW = anew("emergency_plan.reviewed_on.not_anew", "§7.1.2", "reviewed_on", "review_due")
PLAN_REVIEW_SOON = within_months(
    "emergency_plan.review_due.too_late", "§7.1.2", "approved_on", "review_due", lambda r: r.security.plan_review_months
)
PLAN_NEXT_REVIEW_SOON = within_months(
    "emergency_plan.review_due.too_late", "§7.1.2", "reviewed_on", "review_due", lambda r: r.security.plan_review_months
)
PLAN_SUCCESSOR = Guard("emergency_plan.superseded_by.no_successor", "§7.1.2", _follows)
DRILL_PLAN = Guard("drill.emergency_plan.not_in_force", "§7.1.2", _plan_in_force)
DRILL_HELD = not_ahead("drill.held_on.ahead", "§7.1.2", "held_on")
DRILL_TARGET = Guard("drill.target_minutes.laxer", "§7.1.2", _no_laxer)
DRILL_RESULT = Guard("drill.result.over_target", "§7.1.2", _true_result)
DRILL_LESSONS = filled("drill.lessons.missing", "§7.1.2", "lessons", when=_did_not_pass)
INCIDENT_CLASS = known_class("incident.data_class.unknown", "§7.3.2")
INCIDENT_PAST = not_ahead("incident.moment.ahead", "§7.3.2", "occurred_at", "reported_at", "contained_at")
INCIDENT_REPORT = in_order("incident.reported_at.before", "§7.3.2", "occurred_at", "reported_at")
INCIDENT_CONTAINED = in_order("incident.contained_at.before", "§7.3.2", "occurred_at", "contained_at")
INCIDENT_CLOSED_IN_TURN = in_order("incident.closed_on.before_step", "§7.3.2", "contained_at", "closed_on")
INCIDENT_CLOSED_PAST = not_ahead("incident.moment.ahead", "§7.3.2", "closed_on")
INCIDENT_LESSONS_DUE = Guard("incident.lessons_due.too_late", "§7.3.2", _lessons_in_time)
INCIDENT_DEPARTMENTS = Guard("incident.departments.missing", "§7.3.2", _departments)
INCIDENT_CAUSES = filled("incident.causes.missing", "§7.3.2", "causes")
INCIDENT_CAUSES_ANEW = anew("incident.causes.not_anew", "§7.3.2", "causes")
INCIDENT_LEARNT_ANEW = anew("incident.lessons.not_anew", "§7.3.2", "lessons", "actions")
INCIDENT_REOPENED = cleared("incident.closed_on.last_round", "§7.3.2", "closed_on", "closed_by")
INCIDENT_LEARNT = filled("incident.closing.lacks", "§7.3.2", "causes", "lessons", "actions")
