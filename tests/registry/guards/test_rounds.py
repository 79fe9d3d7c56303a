"""A step that is taken again is said again."""

from __future__ import annotations

from registry_shelf import situation, stored
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.records.contracts import CheckFinding

GUARD = cleared("finding.corrected_on.last_round", "§4.2.2", "corrected_on", "action")
GIVEN = {"id": "F1", "check": "K1", "text": "Door open", "owner": "wu", "due": "2026-07-01"}


def test_what_the_last_round_left_is_named_field_by_field():
    asked = situation(CheckFinding(**GIVEN, corrected_on="2026-05-01", action="Shut it"))
    assert [finding.column for finding in GUARD.check(asked)] == ["corrected_on", "action"]


def test_an_emptied_record_starts_the_new_round():
    assert not list(GUARD.check(situation(CheckFinding(**GIVEN))))


ANEW = anew("finding.reason.last_round", "§4.2.2", "reason", "due")


def test_what_was_said_the_last_time_does_not_pass_for_this_time():
    before = stored("finding", "corrected", **GIVEN, reason="Still open")
    asked = situation(CheckFinding(**GIVEN, reason="Still open"), before=before)
    (finding,) = ANEW.check(asked)
    assert (finding.code, finding.column, finding.value) == ("finding.reason.last_round", "reason", "Still open")


def test_it_is_enough_that_one_of_the_fields_changed_or_that_nothing_was_said_before():
    before = stored("finding", "corrected", **GIVEN, reason="Still open")
    later = CheckFinding(**{**GIVEN, "due": "2026-08-01"}, reason="Still open")
    assert not list(ANEW.check(situation(later, before=before)))
    only_reason = anew("finding.reason.last_round", "§4.2.2", "reason")
    first = stored("finding", "corrected", **GIVEN)
    assert not list(only_reason.check(situation(CheckFinding(**GIVEN), before=first)))
    assert not list(ANEW.check(situation(CheckFinding(**GIVEN))))
