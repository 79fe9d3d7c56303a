"""Kinds of chapter 7 declare what falls due and what they belong to."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from registry_shelf import NOW
from supplier_eval.registry.record import due_fields, references
from supplier_eval.registry.records.security import Control, Drill, EmergencyPlan, Incident


def test_checks_reviews_drills_and_lessons_fall_due():
    due = {
        f"{k.kind}.{name}": d.what
        for k in (Control, EmergencyPlan, Drill, Incident)
        for name, d in due_fields(k).items()
    }
    assert due == {
        "control.next_check": "check",
        "emergency_plan.review_due": "review",
        "drill.planned_on": "drill",
        "incident.lessons_due": "lessons",
    }


def test_a_control_belongs_to_a_contract_and_a_drill_to_a_plan():
    assert references(Control)["contract"] == "contract"
    assert references(Drill) == {"emergency_plan": "emergency_plan"}
    assert references(EmergencyPlan)["superseded_by"] == "emergency_plan"


def test_an_incident_needs_a_severity_that_is_known():
    given = {"id": "I-1", "title": "Leak", "occurred_at": NOW, "reported_at": NOW, "reported_by": "li", "owner": "wu"}
    assert Incident(severity="low", **given).severity == "low"
    with pytest.raises(ValidationError):
        Incident(severity="funny", **given)
