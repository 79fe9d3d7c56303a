"""Conditions that many moves share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from registry_shelf import NOW, objections, situation, stored
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.registry.guards.fields import (
    blank,
    different_people,
    filled,
    in_order,
    known_class,
    not_ahead,
    within_months,
)
from supplier_eval.registry.guards.rounds import anew
from supplier_eval.registry.records.confidentiality import Destruction
from supplier_eval.registry.records.security import Incident

CODE = "incident.causes.missing"


def incident(**fields: object) -> Incident:
    given = {"id": "I-1", "title": "Leak", "severity": "high", "occurred_at": NOW, "reported_at": NOW}
    return Incident(**{**given, "reported_by": "li", "owner": "wu", **fields})


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_text_of_blanks_says_nothing(text):
    assert blank(incident(causes=text), "causes")
    assert not blank(incident(causes="a door"), "causes")
    assert blank(incident(), "departments")
    assert blank(incident(), "lessons_due")


def test_every_blank_field_is_named_and_only_where_it_is_meant():
    guard = filled(CODE, "§7.3.2", "causes", "lessons", "title")
    assert objections(guard, situation(incident())) == [(CODE, "causes"), (CODE, "lessons")]
    only_critical = filled(CODE, "§7.3.2", "causes", when=lambda s: s.record.severity == "critical")
    assert objections(only_critical, situation(incident())) == []
    assert objections(only_critical, situation(incident(severity="critical"))) == [(CODE, "causes")]


def test_what_lies_ahead_is_named_days_and_moments_alike():
    guard = not_ahead(CODE, "§7.3.2", "reported_at", "contained_at", "closed_on")
    assert objections(guard, situation(incident(contained_at=NOW, closed_on=NOW.date()))) == []
    late = incident(contained_at=NOW + timedelta(seconds=1), closed_on=NOW.date() + timedelta(days=2))
    assert objections(guard, situation(late)) == [(CODE, "contained_at"), (CODE, "closed_on")]


def test_the_day_in_shanghai_may_be_ahead_of_the_day_in_utc():
    closed = incident(closed_on=date(2026, 6, 2))
    guard = not_ahead(CODE, "§7.3.2", "closed_on")
    midnight = datetime(2026, 6, 1, 16, tzinfo=UTC)
    assert objections(guard, situation(closed, at=midnight)) == []
    assert objections(guard, situation(closed, at=midnight - timedelta(seconds=1))) == [(CODE, "closed_on")]


def test_two_days_stand_in_order_and_apart_where_asked():
    same = incident(lessons_due=date(2026, 7, 1), closed_on=date(2026, 7, 1))
    near = in_order("incident.reported_at.before", "§7.3.2", "lessons_due", "closed_on")
    apart = in_order("incident.reported_at.before", "§7.3.2", "lessons_due", "closed_on", apart=True)
    assert objections(near, situation(same)) == []
    assert objections(apart, situation(same)) == [("incident.reported_at.before", "closed_on")]
    assert objections(apart, situation(incident())) == []


def test_a_day_lies_within_the_months_of_the_house_rules():
    code = "emergency_plan.review_due.too_late"
    guard = within_months(code, "§7.1.2", "lessons_due", "closed_on", lambda rules: rules.security.drill_months)
    last = incident(lessons_due=date(2026, 8, 31), closed_on=date(2027, 2, 28))
    assert objections(guard, situation(last)) == []
    assert objections(guard, situation(incident(lessons_due=date(2026, 8, 31)))) == []
    late = incident(lessons_due=date(2026, 8, 31), closed_on=date(2027, 3, 1))
    (found,) = guard.check(situation(late))
    assert (found.code, found.column, found.facts["latest"]) == (code, "closed_on", "2027-02-28")


def test_an_old_answer_is_not_taken_for_a_new_one():
    code = "incident.causes.not_anew"
    guard = anew(code, "§7.3.2", "causes", "lessons")
    kept = stored("incident", "contained", **incident(causes="a door").model_dump())
    assert objections(guard, situation(incident(causes="a door"), before=kept)) == [(code, "causes")]
    assert objections(guard, situation(incident(causes="a window"), before=kept)) == []
    assert objections(guard, situation(incident(causes="a door", lessons="lock it"), before=kept)) == []
    assert objections(guard, situation(incident(causes="a door"))) == []
    empty = stored("incident", "contained", **incident().model_dump())
    assert objections(guard, situation(incident(), before=empty)) == [], "another guard says what is missing"


def test_one_person_under_two_spellings_is_one_person():
    code = "destruction.witness.same_person"
    guard = different_people(code, "§8.3.1", "by", "witness")
    given = {"id": "D-1", "contract": "C-1", "what": "disks", "data_class": "core"}
    assert objections(guard, situation(Destruction(**given, by="Li", witness="li"))) == [(code, "witness")]
    assert objections(guard, situation(Destruction(**given, by="Li", witness="wu"))) == []
    assert objections(guard, situation(Destruction(**given, witness="wu"))) == []


def test_a_class_that_the_rules_do_not_know_is_named_with_those_they_know():
    guard = known_class("incident.data_class.unknown", "§7.3.2")
    assert objections(guard, situation(incident())) == []
    assert objections(guard, situation(incident(data_class="core"))) == []
    (found,) = guard.check(situation(incident(data_class="cosmic")))
    assert "public, internal, important, core" in found.message


def test_a_day_and_a_moment_are_compared_as_days_of_the_house():
    """22:00 UTC of the 29th is the 30th in Shanghai, so the 29th lies before it."""
    guard = in_order(CODE, "§7.3.2", "contained_at", "closed_on")
    late = datetime(2026, 11, 29, 22, tzinfo=UTC)
    told = objections(guard, situation(incident(contained_at=late, closed_on=date(2026, 11, 29))))
    assert told == [(CODE, "closed_on")]
    assert not objections(guard, situation(incident(contained_at=late, closed_on=date(2026, 11, 30))))


@pytest.mark.parametrize(
    ("kind", "event", "earlier", "later"),
    [
        *(("decision", event, "submitted_on", "decided_on") for event in ("approve", "reject", "return")),
        ("decision", "approve", "expert_review_on", "decided_on"),
        ("award", "withdraw", "approved_on", "withdrawn_on"),
        ("award", "withdraw", "notified_on", "withdrawn_on"),
        ("bid", "qualify", "received_at", "reviewed_on"),
        ("bid", "reject", "received_at", "reviewed_on"),
        ("change", "approve", "proposed_on", "approved_on"),
        ("improvement_plan", "achieve", "agreed_on", "closed_on"),
        ("improvement_plan", "fail", "agreed_on", "closed_on"),
        ("risk_rating", "confirm", "on", "confirmed_on"),
        ("risk", "close", "assessed_on", "closed_on"),
        ("risk_response", "test", "decided_on", "tested_on"),
        ("risk_response", "end", "decided_on", "ended_on"),
        ("warning", "acknowledge", "raised_at", "acknowledged_on"),
        ("warning", "escalate", "raised_at", "escalated_on"),
        ("warning", "close", "acknowledged_on", "closed_on"),
        ("emergency_plan", "review", "approved_on", "reviewed_on"),
        ("incident", "close", "contained_at", "closed_on"),
        ("ip_item", "accept", "agreed_on", "accepted_on"),
        ("ip_item", "return", "agreed_on", "returned_on"),
        ("agreement", "end", "signed_on", "ended_on"),
        ("access", "review", "granted_on", "reviewed_on"),
        ("access", "return", "reviewed_on", "returned_on"),
    ],
)
def test_no_step_is_dated_before_the_one_it_follows(kind, event, earlier, later):
    fields = dict.fromkeys(kinds()[kind].model_fields)
    first = NOW if earlier.endswith("_at") else NOW.date()
    moves = [move for move in life_cycles()[kind].moves if move.event == event]
    moves = [move for move in moves if (kind, move.source) != ("award", "proposed")]  # nothing came before
    for move in moves:
        guards = [guard for guard in move.guards if guard.code.endswith(".before_step")]
        for days, expected in ((-2, [later]), (2, [])):
            days_given = {earlier: first, later: NOW.date() + timedelta(days=days)}
            record = SimpleNamespace(kind=kind, **{**fields, **days_given})
            told = [column for guard in guards for _, column in objections(guard, situation(record))]
            assert told == expected, move
