"""The kinds of chapter 8 declare what people must be able to read and what falls due."""

from __future__ import annotations

from supplier_eval.registry.record import due_fields, references
from supplier_eval.registry.records.confidentiality import Access, Agreement, Destruction, Handling


def test_an_agreement_warns_before_it_expires_and_points_to_its_text():
    assert due_fields(Agreement)["valid_until"].what == "expiry"
    assert references(Agreement) == {"attachment": "attachment"}


def test_reviews_and_destructions_fall_due():
    assert {name: due.what for name, due in due_fields(Access).items()} == {"review_due": "review"}
    assert due_fields(Destruction)["due"].done == "on"
    assert references(Handling) == {"contract": "contract"}
