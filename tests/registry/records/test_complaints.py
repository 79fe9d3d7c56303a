"""Kinds about complaints."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from supplier_eval.registry.record import due_fields
from supplier_eval.registry.records.complaints import Complaint

GIVEN = {
    "id": "K1",
    "supplier": "S1",
    "client": "Client A",
    "channel": "hotline",
    "owner": "wang",
    "subject": "Late",
    "received_at": "2026-03-02T09:00:00+08:00",
    "respond_due": "2026-03-03T09:00:00+08:00",
    "resolve_due": "2026-03-12T09:00:00+08:00",
    "satisfaction_due": "2026-03-17T09:00:00+08:00",
}


def test_each_step_of_the_clock_falls_due_until_it_was_done():
    assert {name: mark.done for name, mark in due_fields(Complaint).items()} == {
        "respond_due": "responded_at",
        "resolve_due": "resolved_at",
        "satisfaction_due": "satisfaction_at",
    }


def test_a_complaint_has_an_owner_and_a_channel():
    for name in ("owner", "channel"):
        with pytest.raises(ValidationError, match=name):
            Complaint(**{**GIVEN, name: ""})


def test_satisfaction_is_one_of_three_answers():
    assert Complaint(**GIVEN, satisfaction="accepted").satisfaction == "accepted"
    with pytest.raises(ValidationError, match="satisfaction"):
        Complaint(**GIVEN, satisfaction="fine")
