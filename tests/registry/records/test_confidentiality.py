"""The kinds of chapter 8 declare what people must be able to read and what falls due."""

from __future__ import annotations

from supplier_eval.registry.record import due_fields, references
from supplier_eval.registry.records.confidentiality import Agreement


def test_an_agreement_warns_before_it_expires_and_points_to_its_text():
    assert due_fields(Agreement)["valid_until"].what == "expiry"
    assert references(Agreement) == {"attachment": "attachment"}
