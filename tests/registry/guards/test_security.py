"""What stands against a move of a control, a plan, a drill, an incident (§7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry_shelf import NOW, objections, situation, stored
from supplier_eval.registry.guards import security as guards
from supplier_eval.registry.records.security import Control, Drill, EmergencyPlan, Incident

TODAY = NOW.date()
PLAN = {"scenario": "site lost", "owner": "wu"}


def drill(**fields: object) -> Drill:
    return Drill(**{"id": "D-1", "emergency_plan": "E-1", "planned_on": TODAY, **fields})


def test_a_control_is_a_line_of_the_checklist():
    known = Control(id="K-1", contract="C-1", item="encryption")
    assert objections(guards.CONTROL_KNOWN, situation(known)) == []
    other = Control(id="K-1", contract="C-1", item="moat")
    assert objections(guards.CONTROL_KNOWN, situation(other)) == [("control.item.unknown", "item")]


@pytest.mark.parametrize(
    ("state", "scenario", "allowed"),
    [("in_force", "site lost", True), ("draft", "site lost", False), ("in_force", "data lost", False)],
)
def test_a_plan_is_followed_by_one_in_force_for_the_same_scenario(state, scenario, allowed):
    successor = stored("emergency_plan", state, id="E-2", version="2", **{**PLAN, "scenario": scenario})
    plan = EmergencyPlan(id="E-1", version="1", superseded_by="E-2", **PLAN)
    code = ("emergency_plan.superseded_by.no_successor", "superseded_by")
    assert objections(guards.PLAN_SUCCESSOR, situation(plan, successor)) == ([] if allowed else [code])


def test_a_plan_does_not_follow_itself():
    itself = stored("emergency_plan", "in_force", id="E-1", version="1", superseded_by="E-1", **PLAN)
    assert objections(guards.PLAN_SUCCESSOR, situation(itself.record, itself))


def test_only_a_plan_in_force_is_drilled():
    for state, allowed in (("in_force", True), ("draft", False), ("withdrawn", False)):
        plan = stored("emergency_plan", state, id="E-1", version="1", **PLAN)
        assert (objections(guards.DRILL_PLAN, situation(drill(), plan)) == []) is allowed


def test_a_drill_over_its_target_has_not_passed():
    over = {"recovery_minutes": 61, "target_minutes": 60}
    code = [("drill.result.over_target", "result")]
    assert objections(guards.DRILL_RESULT, situation(drill(result="passed", **over))) == code
    assert objections(guards.DRILL_RESULT, situation(drill(result="failed", **over))) == []
    in_time = {"recovery_minutes": 60, "target_minutes": 60}
    assert objections(guards.DRILL_RESULT, situation(drill(result="passed", **in_time))) == []


def test_a_drill_does_not_aim_lower_than_its_plan():
    plan = stored("emergency_plan", "in_force", id="E-1", version="1", recovery_minutes=60, **PLAN)
    for target, found in ((60, []), (61, [("drill.target_minutes.laxer", "target_minutes")])):
        assert objections(guards.DRILL_TARGET, situation(drill(target_minutes=target), plan)) == found
    assert objections(guards.DRILL_TARGET, situation(drill(), plan)) == []


def test_lessons_are_due_within_the_days_of_the_rules():
    last = NOW.date() + timedelta(days=30)
    assert objections(guards.INCIDENT_LESSONS_DUE, situation(incident(lessons_due=last))) == []
    late = incident(lessons_due=last + timedelta(days=1))
    code = [("incident.lessons_due.too_late", "lessons_due")]
    assert objections(guards.INCIDENT_LESSONS_DUE, situation(late)) == code


def test_a_failed_drill_leaves_lessons():
    assert objections(guards.DRILL_LESSONS, situation(drill(result="failed"))) == [("drill.lessons.missing", "lessons")]
    assert objections(guards.DRILL_LESSONS, situation(drill(result="passed"))) == []


def incident(**fields: object) -> Incident:
    given = {"id": "I-1", "title": "Leak", "severity": "high", "occurred_at": NOW, "reported_at": NOW}
    return Incident(**{**given, "reported_by": "li", "owner": "wu", **fields})


@pytest.mark.parametrize("named", [(), ("",), ("  ", "")])
def test_an_incident_is_investigated_with_named_departments(named):
    found = objections(guards.INCIDENT_DEPARTMENTS, situation(incident(departments=named)))
    assert found == [("incident.departments.missing", "departments")]
    assert objections(guards.INCIDENT_DEPARTMENTS, situation(incident(departments=(*named, "legal")))) == []


def test_it_closes_with_causes_lessons_and_actions():
    found = objections(guards.INCIDENT_LEARNT, situation(incident(causes="a door", lessons=" ")))
    assert found == [("incident.closing.lacks", "lessons"), ("incident.closing.lacks", "actions")]


def test_it_is_not_reported_before_it_happened():
    early = incident(reported_at=NOW - timedelta(hours=1))
    assert objections(guards.INCIDENT_REPORT, situation(early)) == [("incident.reported_at.before", "reported_at")]
