"""What stands against a move of an agreement, an access, a handling, a destruction (§8)."""

from __future__ import annotations

from datetime import date

import pytest

from registry_shelf import NOW, objections, situation, stored
from supplier_eval.registry.guards import confidentiality as guards
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.confidentiality import Access, Agreement, Handling

TODAY = NOW.date()


def agreement(party_kind: str = "employee", party: str = "chen", data_class: str = "important") -> Stored:
    period = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    return stored("agreement", "signed", id="A-1", party_kind=party_kind, party=party, data_class=data_class, **period)


def contract(data_class: str = "important") -> Stored:
    return stored("contract", "running", id="C-1", supplier="S-1", title="Desk", owner="wu", data_class=data_class)


def access(**fields: object) -> Access:
    given = {"id": "X-1", "contract": "C-1", "person": "chen", "place_or_equipment": "room 3", "granted_on": TODAY}
    return Access(**{**given, "granted_by": "wu", "review_due": date(2026, 12, 1), **fields})


def test_a_supplier_that_signs_is_known():
    signed = agreement("supplier", "S-1").record
    assert objections(guards.AGREEMENT_PARTY, situation(signed)) == [("agreement.party.unknown", "party")]
    kept = stored("supplier", "active", id="S-1", name="Sun")
    assert objections(guards.AGREEMENT_PARTY, situation(signed, kept)) == []
    assert objections(guards.AGREEMENT_PARTY, situation(agreement().record)) == []


def test_an_agreement_states_all_that_it_must():
    bare = Agreement(id="A-1", party_kind="employee", party="chen", data_class="core", definition=" ")
    columns = [column for _, column in objections(guards.AGREEMENT_COMPLETE, situation(bare))]
    assert columns == ["definition", "scope", "applicability", "liability", "valid_from", "valid_until"]


@pytest.mark.parametrize(
    ("kept", "fields", "allowed"),
    [
        ((contract(), agreement()), {}, True),
        ((contract(),), {}, False),
        ((contract("core"), agreement()), {}, False),
        ((contract("public"),), {}, True),
        ((contract(), agreement()), {"granted_on": date(2025, 12, 31)}, False),
        ((contract(), agreement("supplier", "S-1")), {"supplier": "S-1"}, True),
        ((contract(), agreement()), {"supplier": "S-1"}, False),
    ],
)
def test_access_takes_an_agreement_of_the_person_or_of_the_supplier(kept, fields, allowed):
    found = objections(guards.ACCESS_BOUND, situation(access(**fields), *kept))
    assert found == ([] if allowed else [("access.person.no_agreement", "person")])


def handling(**fields: object) -> Handling:
    given = {"id": "H-1", "contract": "C-1", "step": "transfer", "what": "client list", "data_class": "important"}
    return Handling(**{**given, "on": TODAY, "by": "wu", **fields})


def test_a_transfer_names_a_recipient_who_is_bound():
    found = objections(guards.HANDLING_RECIPIENT, situation(handling()))
    assert [column for _, column in found] == ["recipient_kind", "recipient"]
    assert objections(guards.HANDLING_RECIPIENT, situation(handling(step="use"))) == []
    to_chen = handling(recipient_kind="employee", recipient="chen")
    assert objections(guards.HANDLING_BOUND, situation(to_chen, agreement())) == []
    assert objections(guards.HANDLING_BOUND, situation(to_chen)) == [("handling.recipient.no_agreement", "recipient")]
    public = handling(recipient_kind="employee", recipient="chen", data_class="public")
    assert objections(guards.HANDLING_BOUND, situation(public)) == []
