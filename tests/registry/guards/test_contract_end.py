"""Before a contract ends."""

from __future__ import annotations

from registry_shelf import objections, situation, stored
from supplier_eval.registry.guards import contract_end
from supplier_eval.registry.records.contracts import Contract


def contract(**fields):
    given = {"data_class": "important", "ends_on": "2026-05-31", "ended_on": "2026-05-31"}
    return Contract(**{"id": "C1", "supplier": "S1", "title": "Desk", "owner": "wu", **given, **fields})


def destruction(state, key="D1"):
    return stored("destruction", state, id=key, contract="C1", what="copies", data_class="important")


def access(state):
    given = {"person": "ming", "place_or_equipment": "badge 7", "granted_on": "2026-01-02", "granted_by": "wu"}
    return stored("access", state, id="A1", contract="C1", review_due="2026-07-01", **given)


def item(state, origin="client"):
    return stored("ip_item", state, id="P1", contract="C1", title="Corpus", origin=origin, owner_party="client")


def test_a_contract_ends_with_its_term_and_not_before():
    found = objections(contract_end.FULL_TERM, situation(contract(ended_on="2026-05-30")))
    assert found == [("contract.ended_on.early", "ended_on")]
    assert not objections(contract_end.FULL_TERM, situation(contract()))


def change(state="effective", **fields):
    given = {"reason": "Breach", "proposed_by": "wu", "proposed_on": "2026-04-01", "effect_price": 0}
    given |= {"subject": "termination", "effective_on": "2026-05-31"}
    return stored("change", state, **{"id": "V1", "contract": "C1", **given, **fields})


def test_an_early_end_needs_a_termination_that_is_effective_by_its_day():
    wrong = [
        (),
        (change("approved"),),
        (change(subject="change"),),
        (change(contract="C2"),),
        (change(effective_on="2026-06-01"),),
    ]
    for kept in wrong:
        found = objections(contract_end.TERMINATION, situation(contract(), *kept))
        assert found == [("contract.ended_on.no_termination", "ended_on")]
    assert not objections(contract_end.TERMINATION, situation(contract(), change()))


def test_confidential_work_ends_with_certificates_of_destruction():
    missing = [("contract.destruction.missing", "destruction")]
    assert objections(contract_end.DESTROYED, situation(contract())) == missing
    asked = situation(contract(), destruction("certified"), destruction("asked", "D2"))
    assert objections(contract_end.DESTROYED, asked) == missing
    assert not objections(contract_end.DESTROYED, situation(contract(), destruction("certified")))
    assert not objections(contract_end.DESTROYED, situation(contract(), destruction("kept")))
    assert not objections(contract_end.DESTROYED, situation(contract(data_class="public")))


def test_no_effective_change_is_left_out_of_the_figures():
    left = change(subject="change", effective_on="2026-05-01")
    found = objections(contract_end.WRITTEN_IN, situation(contract(), left))
    assert found == [("contract.amended_by.outstanding", "amended_by")]
    assert not objections(contract_end.WRITTEN_IN, situation(contract(amended_by=("V1",)), left))


def test_every_access_comes_back():
    found = objections(contract_end.ACCESS, situation(contract(), access("granted")))
    assert found == [("contract.access.not_returned", "access")]
    assert not objections(contract_end.ACCESS, situation(contract(), access("returned")))


def test_what_the_client_handed_over_goes_back():
    found = objections(contract_end.CLIENT_ITEMS, situation(contract(), item("agreed")))
    assert found == [("contract.ip_item.not_returned", "ip_item")]
    assert not objections(contract_end.CLIENT_ITEMS, situation(contract(), item("returned")))
    assert not objections(contract_end.CLIENT_ITEMS, situation(contract(), item("agreed", "background")))


def test_a_contract_does_not_end_on_a_day_to_come():
    found = objections(contract_end.ENDED_PAST, situation(contract(ended_on="2026-06-03")))
    assert found == [("contract.day.ahead", "ended_on")]
