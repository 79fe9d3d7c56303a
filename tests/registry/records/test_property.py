"""Kinds of chapter 9 declare what falls due and what they belong to."""

from __future__ import annotations

from supplier_eval.registry.record import due_fields, references
from supplier_eval.registry.records.property import Filing, IpItem


def test_returns_applications_answers_and_expiries_fall_due():
    assert {name: due.what for name, due in due_fields(IpItem).items()} == {"return_due": "return"}
    assert {n: d.what for n, d in due_fields(Filing).items()} == {
        "file_by": "filing",
        "next_due": "office",
        "expires_on": "expiry",
    }


def test_an_item_belongs_to_a_contract_and_a_filing_may_protect_an_item():
    assert references(IpItem) == {"contract": "contract", "milestone": "milestone"}
    assert references(Filing) == {"ip_item": "ip_item"}
