"""Chapter 7, item by item: controls, plans and drills, training, inspections, incidents."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from registry_begun import DAY, TODAY, add, contract, digest, refused
from supplier_eval.registry.guards.security_gaps import control_gaps, overdue_drills, reported_late, training_coverage
from supplier_eval.registry.record import Stored

SEEN = {"evidence": "key report 17", "checked_on": TODAY, "checked_by": "li", "next_check": TODAY + 90 * DAY}


def gaps(registry, day: date = TODAY, data_class: str = "internal") -> list[tuple[str, str]]:
    with registry.reading() as reading:
        return [(g.item, g.problem) for g in control_gaps(reading, "C-1", data_class, day, registry.rules)]


def test_7_1_1_the_class_of_a_contract_says_which_controls_it_must_show(registry):
    contract(registry, data_class="internal")
    asked = ["responsibility", "access-control", "authentication"]
    assert gaps(registry) == [(item, "missing") for item in asked]
    with refused("control.item.unknown"):
        add(registry, "control", "K-0", contract="C-1", item="moat")
    for item in asked:
        required = add(registry, "control", f"K-{item}", contract="C-1", item=item)
        registry.move(required, "confirm", **SEEN)
    assert gaps(registry) == []
    assert gaps(registry, TODAY + 91 * DAY) == [(item, "out_of_date") for item in asked]
    assert [item for item, _ in gaps(registry, data_class="core")] == [
        "encryption",
        "backup",
        "firewall",
        "intrusion-detection",
    ]


def test_7_1_1_a_control_that_is_no_longer_asked_for_is_retired_with_a_reason(registry):
    contract(registry)
    required = add(registry, "control", "K-1", contract="C-1", item="backup")
    with refused("control.reason.missing"):
        registry.move(required, "retire")
    retired = registry.move(required, "retire", reason="no data is kept there")
    with refused("control.state.no_such_move"):
        registry.move(retired, "confirm", **SEEN)


def test_7_2_1_a_technical_control_is_in_place_only_with_evidence_and_a_next_check(registry):
    contract(registry)
    required = add(registry, "control", "K-1", contract="C-1", supplier="S-1", item="firewall")
    with refused("control.evidence.missing", "control.next_check.needed"):
        registry.move(required, "confirm", checked_on=TODAY, checked_by="li")
    with refused("control.checked_on.ahead", "control.next_check.before"):
        registry.move(required, "confirm", **{**SEEN, "checked_on": TODAY + 2 * DAY, "next_check": TODAY})
    placed = registry.move(required, "confirm", **SEEN, attachment=digest(registry, "scan"))
    with refused("control.checked_on.not_anew"):
        registry.move(placed, "confirm")
    with refused("control.reason.missing"):
        registry.move(placed, "fail", **{**SEEN, "next_check": TODAY + 9 * DAY})
    failed = registry.move(placed, "fail", **SEEN, reason="rule 4 lets everything through")
    assert ("firewall", "failed") in gaps(registry, data_class="important")
    with refused("control.checked_on.not_anew"):
        registry.move(failed, "confirm", **SEEN)
    assert registry.move(failed, "confirm", **{**SEEN, "evidence": "rule 4 is gone"}).state == "in_place"
    assert ("firewall", "failed") not in gaps(registry, data_class="important")


APPROVAL = {"approved_by": "zhao", "approved_on": TODAY, "review_due": date(2027, 11, 30), "recovery_minutes": 240}


def plan(registry, key: str = "E-1", version: str = "1", scenario: str = "site lost") -> Stored:
    draft = add(registry, "emergency_plan", key, scenario=scenario, version=version, owner="wu")
    return registry.move(draft, "approve", **APPROVAL, attachment=digest(registry, f"plan {key}"))


def drilled(registry, key: str = "D-1", **fields: object) -> Stored:
    planned = add(registry, "drill", key, emergency_plan="E-1", planned_on=TODAY)
    given = {"held_on": TODAY, "people": "night shift", "target_minutes": 240, "recovery_minutes": 200}
    return registry.move(planned, "hold", **{**given, "result": "passed", **fields})


def test_7_1_2_a_plan_is_in_force_with_approval_text_and_review_and_is_replaced_by_its_next_version(registry):
    draft = add(registry, "emergency_plan", "E-0", scenario="site lost", version="0", owner="wu")
    with refused("emergency_plan.attachment.needed", "emergency_plan.review_due.before"):
        registry.move(draft, "approve", **{**APPROVAL, "review_due": TODAY})
    with refused("emergency_plan.approved_on.ahead"):
        early = {**APPROVAL, "approved_on": TODAY + DAY}
        registry.move(draft, "approve", **early, attachment=digest(registry, "plan E-0"))
    with refused("emergency_plan.review_due.too_late"):
        late = {**APPROVAL, "review_due": date(2027, 12, 1)}
        registry.move(draft, "approve", **late, attachment=digest(registry, "plan E-0"))
    first = plan(registry)
    with refused("emergency_plan.scenario.not_editable"):
        registry.edit(first, scenario="data lost")
    with refused("emergency_plan.review_due.before"):
        registry.move(first, "review", reviewed_on=TODAY, review_due=TODAY)
    reviewed = registry.move(first, "review", reviewed_on=TODAY, review_due=TODAY + 365 * DAY)
    with refused("emergency_plan.reviewed_on.not_anew"):
        registry.move(reviewed, "review")
    plan(registry, "E-2", "2", "data lost")
    for wrong in ("E-0", "E-1", "E-2"):
        with refused("emergency_plan.superseded_by.no_successor"):
            registry.move(reviewed, "supersede", superseded_by=wrong)
    plan(registry, "E-3", "2")
    assert registry.move(reviewed, "supersede", superseded_by="E-3").state == "superseded"


def test_7_1_2_a_drill_that_took_too_long_has_not_passed_and_leaves_lessons(registry):
    plan(registry)
    with refused("drill.result.over_target"):
        drilled(registry, recovery_minutes=241)
    with refused("drill.target_minutes.laxer"):
        drilled(registry, "D-6", target_minutes=241)
    with refused("drill.held_on.ahead"):
        drilled(registry, "D-2", held_on=TODAY + 2 * DAY)
    failed = drilled(registry, "D-3", recovery_minutes=241, result="failed")
    with refused("drill.lessons.missing"):
        registry.move(failed, "close")
    assert registry.move(failed, "close", lessons="keep the spare keys on site").state == "closed"
    assert registry.move(drilled(registry, "D-4"), "close").state == "closed"
    cancelled = add(registry, "drill", "D-5", emergency_plan="E-1", planned_on=TODAY)
    with refused("drill.reason.needed"):
        registry.move(cancelled, "cancel")


def test_7_1_2_a_plan_without_a_drill_in_its_interval_is_listed(registry):
    kept = plan(registry)
    with registry.reading() as reading:
        assert overdue_drills(reading, date(2027, 5, 30), registry.rules) == ()
        assert overdue_drills(reading, date(2027, 5, 31), registry.rules) == ((kept, date(2027, 5, 30)),)
    registry.move(kept, "withdraw", reason="service ended")
    with refused("drill.emergency_plan.not_in_force"):
        drilled(registry)
    with registry.reading() as reading:
        assert overdue_drills(reading, date(2027, 5, 31), registry.rules) == ()


def test_7_2_2_training_of_employees_is_logged_and_covered_by_team(registry):
    def training(key: str, team: str) -> Stored:
        return add(registry, "training", key, audience="employee", topic="Phishing", team=team, planned_on=TODAY)

    desk = training("T-1", "desk")
    training("T-2", "night")
    with refused("training.evidence.needed", "training.people_present.needed", among=True):
        registry.move(desk, "hold", held_on=TODAY, people_due=10)
    held = {"held_on": TODAY, "people_due": 10, "evidence": digest(registry, "list of names")}
    done = registry.move(desk, "hold", **held, people_present=8)
    with refused("training.state.no_such_move", among=True):
        registry.move(done, "hold", **held, people_present=10)
    with registry.reading() as reading:
        covered = training_coverage(reading, TODAY, TODAY)
    assert [(team.team, team.share, team.missed) for team in covered] == [
        ("desk", Fraction(4, 5), 0),
        ("night", None, 1),
    ]


def test_7_3_1_an_inspection_leaves_findings_that_are_corrected_and_verified(registry):
    contract(registry)
    planned = add(registry, "check", "H-1", contract="C-1", purpose="security", planned_on=TODAY)
    overdue = registry.between("check", "planned_on", None, TODAY, but=("done", "cancelled"))
    assert [known.id for known in overdue] == ["H-1"]
    with refused("check.items.needed", "check.failures.needed", "check.outcome.needed", among=True):
        registry.move(planned, "do", done_on=TODAY, by="li")
    given = {"check": "H-1", "contract": "C-1", "text": "shared account", "owner": "wu", "due": TODAY + 10 * DAY}
    found = add(registry, "finding", "G-1", **given)
    done = registry.move(planned, "do", done_on=TODAY, by="li", items=12, failures=1, outcome="one shared account")
    assert done.state == "done"
    assert registry.between("finding", "due", None, TODAY + 10 * DAY, but=("verified",)) == (found,)
    with refused("finding.state.no_such_move", among=True):
        registry.move(found, "verify", verified_by="zhao", verified_on=TODAY)
    corrected = registry.move(found, "correct", action="account closed", corrected_on=TODAY)
    verified = registry.move(corrected, "verify", verified_by="zhao", verified_on=TODAY)
    assert verified.state == "verified"
    assert registry.between("finding", "due", None, TODAY + 10 * DAY, but=("verified",)) == ()


def incident(registry, **fields: object) -> Stored:
    told = {"occurred_at": "2026-11-29T02:00Z", "reported_at": "2026-11-30T04:00Z", "reported_by": "li", "owner": "wu"}
    given = {
        "title": "Client list mailed out",
        "severity": "high",
        "data_class": "important",
        "contract": "C-1",
        **told,
    }
    return add(registry, "incident", **{"key": "I-1", **given, **fields})


def test_7_3_2_an_incident_goes_from_report_to_lessons_and_closes_only_with_them(registry):
    contract(registry)
    reported = incident(registry)
    assert reported_late(reported, registry.rules).total_seconds() == 2 * 3600
    with refused("incident.state.no_such_move"):
        registry.move(reported, "close", closed_on=TODAY, closed_by="zhao")
    with refused("incident.contained_at.before"):
        registry.move(reported, "contain", contained_at="2026-11-28T00:00Z", containment="mail recalled")
    contained = registry.move(reported, "contain", contained_at="2026-11-30T05:00Z", containment="mail recalled")
    with refused("incident.departments.missing", "incident.causes.missing", "incident.lessons_due.needed"):
        registry.move(contained, "investigate", departments=(" ",), causes="")
    told = {"departments": ("legal", "IT"), "causes": "address completed itself"}
    with refused("incident.lessons_due.too_late"):
        registry.move(contained, "investigate", **told, lessons_due=date(2026, 12, 31))
    looked = registry.move(contained, "investigate", **told, lessons_due=date(2026, 12, 30))
    with refused("incident.closing.lacks"):
        registry.move(looked, "learn", lessons="completion off")
    learnt = registry.move(looked, "learn", lessons="completion off", actions="switched off for all on 1 December")
    emptied = registry.edit(learnt, lessons=" ")
    with refused("incident.closing.lacks"):
        registry.move(emptied, "close", closed_on=TODAY, closed_by="zhao")
    whole = registry.edit(emptied, lessons="completion off")
    closed = registry.move(whole, "close", closed_on=TODAY, closed_by="zhao")
    with refused("incident.lessons.not_editable"):
        registry.edit(closed, lessons="none")
    with refused("incident.closed_on.last_round"):
        registry.move(closed, "reopen", reason="it happened again")
    opened = registry.move(closed, "reopen", reason="it happened again", closed_on=None, closed_by=None)
    with refused("incident.causes.not_anew"):
        registry.move(opened, "investigate", **told)
    looked = registry.move(opened, "investigate", causes="a second mail client completes too")
    with refused("incident.lessons.not_anew"):
        registry.move(looked, "learn")
    assert registry.move(looked, "learn", actions="switched off there too").state == "lessons"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reported_at": "2026-11-29T01:00Z"}, "incident.reported_at.before"),
        ({"reported_at": "2026-12-01T00:00Z"}, "incident.moment.ahead"),
        ({"data_class": "cosmic"}, "incident.data_class.unknown"),
        ({"severity": "funny"}, "incident.severity.no_choice"),
    ],
)
def test_7_3_2_a_report_that_cannot_be_is_refused(registry, fields, code):
    contract(registry)
    with refused(code):
        incident(registry, **fields)
