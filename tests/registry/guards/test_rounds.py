"""What a new round starts without."""

from __future__ import annotations

from registry_shelf import situation
from supplier_eval.registry.guards.rounds import cleared
from supplier_eval.registry.records.contracts import CheckFinding

GUARD = cleared("finding.corrected_on.last_round", "§4.2.2", "corrected_on", "action")
GIVEN = {"id": "F1", "check": "K1", "text": "Door open", "owner": "wu", "due": "2026-07-01"}


def test_what_the_last_round_left_is_named_field_by_field():
    asked = situation(CheckFinding(**GIVEN, corrected_on="2026-05-01", action="Shut it"))
    assert [finding.column for finding in GUARD.check(asked)] == ["corrected_on", "action"]


def test_an_emptied_record_starts_the_new_round():
    assert not list(GUARD.check(situation(CheckFinding(**GIVEN))))
