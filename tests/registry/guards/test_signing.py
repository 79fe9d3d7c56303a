"""Before a contract is signed."""

from __future__ import annotations

import pytest

from registry_shelf import objections, situation, stored
from supplier_eval.registry.guards import signing
from supplier_eval.registry.records.contracts import Contract
from supplier_eval.registry.rules import HouseRules

TEXT, OTHER = "sha256:" + "a" * 64, "sha256:" + "b" * 64


def contract(**fields):
    given = {"award": "W1", "tender": "T1", "value": "100.00", "starts_on": "2026-06-01", "ends_on": "2027-05-31"}
    return Contract(**{"id": "C1", "supplier": "S1", "title": "Desk", "owner": "wu", **given, **fields})


def award(state="notified", **fields):
    given = {"id": "W1", "tender": "T1", "bid": "B1", "supplier": "S1", "amount": "100.00", "currency": "CNY"}
    return stored("award", state, **{**given, **fields})


def clause(item):
    return stored("clause", "present", id=f"L-{item}", contract="C1", item=item, reference="§1")


ALL = [clause(line.id) for line in HouseRules.default().contracts.clauses]


def tender(data_class):
    given = {"need": "N1", "decision": "D1", "title": "Desk", "category": "BPO", "policy": "profile:x"}
    return stored("tender", "awarded", id="T1", **given, data_class=data_class)


def test_a_contract_is_not_of_a_lower_class_than_its_tender():
    below = [("contract.data_class.below_tender", "data_class")]
    asked = situation(contract(data_class="internal"), tender("important"))
    assert objections(signing.CLASS_OF_TENDER, asked) == below
    through_award = situation(contract(tender=None, data_class="public"), tender("internal"), award())
    assert objections(signing.CLASS_OF_TENDER, through_award) == below
    assert not objections(signing.CLASS_OF_TENDER, situation(contract(data_class="important"), tender("internal")))


def test_every_clause_of_the_checklist_that_is_missing_is_named():
    found = list(signing.CLAUSES.check(situation(contract(), *ALL[2:])))
    assert [finding.value for finding in found] == ["rights-duties", "content"]
    assert "双方权利与义务" in found[0].say("zh")
    assert not objections(signing.CLAUSES, situation(contract(), *ALL))


def test_a_clause_of_another_contract_or_one_that_was_struck_does_not_count():
    struck = stored("clause", "struck", id="L9", contract="C1", item="price", reference="§1")
    other = stored("clause", "present", id="L8", contract="C2", item="price", reference="§1")
    kept = [known for known in ALL if known.item != "price"]
    assert len(objections(signing.CLAUSES, situation(contract(), *kept, struck, other))) == 1


@pytest.mark.parametrize("state", ["proposed", "approved", "withdrawn"])
def test_an_award_that_was_not_notified_is_no_ground(state):
    found = objections(signing.AWARD_FINAL, situation(contract(), award(state)))
    assert found == [("contract.award.not_final", "award")]


def test_no_award_no_contract():
    assert objections(signing.AWARD_FINAL, situation(contract(award=None))) == [("contract.award.not_final", "award")]
    assert not objections(signing.AWARD_FINAL, situation(contract(), award()))


@pytest.mark.parametrize(
    ("column", "given"), [("supplier", "S2"), ("tender", "T2"), ("value", "100.01"), ("currency", "USD")]
)
def test_terms_are_those_of_the_award(column, given):
    found = objections(signing.AS_AWARDED, situation(contract(**{column: given}), award()))
    assert found == [("contract.award.other_terms", column)]


def test_a_contract_on_the_terms_of_the_award_is_fine():
    assert not objections(signing.AS_AWARDED, situation(contract(), award()))


def test_after_signing_a_change_may_have_moved_the_value_from_the_award():
    kept = stored("contract", "signed", **contract().model_dump())
    asked = situation(contract(value="120.00"), award(), before=kept)
    assert not objections(signing.AS_AWARDED_IN_DRAFT, asked)


def test_one_award_gives_one_contract():
    twin = stored("contract", "signed", **contract(id="C2").model_dump())
    assert objections(signing.AWARD_FREE, situation(contract(), twin)) == [("contract.award.taken", "award")]
    draft = stored("contract", "draft", **contract(id="C2").model_dump())
    assert not objections(signing.AWARD_FREE, situation(contract(), draft))


def test_the_text_that_is_reviewed_is_that_of_the_draft():
    asked = situation(contract(text_digest=TEXT, reviewed_digest=OTHER))
    assert objections(signing.REVIEWED_TEXT, asked) == [("contract.reviewed_digest.other_text", "reviewed_digest")]
    assert not objections(signing.REVIEWED_TEXT, situation(contract(text_digest=TEXT, reviewed_digest=TEXT)))


def test_the_text_that_is_signed_is_the_one_that_was_reviewed():
    asked = situation(contract(reviewed_digest=TEXT, signed_digest=OTHER))
    assert objections(signing.SIGNED_TEXT, asked) == [("contract.signed_digest.other_text", "signed_digest")]
    assert objections(signing.SIGNED_TEXT, situation(contract())) != []
    assert not objections(signing.SIGNED_TEXT, situation(contract(reviewed_digest=TEXT, signed_digest=TEXT)))


def test_who_answers_for_the_contract_does_not_review_it():
    asked = situation(contract(reviewed_by="WU"))
    assert objections(signing.REVIEWER, asked) == [("contract.reviewed_by.owner", "reviewed_by")]
    assert not objections(signing.REVIEWER, situation(contract(reviewed_by="lin")))


def agreement(**fields):
    given = {"party_kind": "supplier", "party": "S1", "data_class": "important"}
    days = {"valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    return stored("agreement", "signed", **{"id": "N1", **given, **days, **fields})


@pytest.mark.parametrize(
    "kept",
    [
        (),
        (agreement(data_class="internal"),),
        (agreement(party="S2"),),
        (agreement(valid_until="2026-05-31"),),
    ],
    ids=["none", "lower class", "somebody else", "expired"],
)
def test_a_supplier_without_a_valid_agreement_for_the_class_signs_nothing(kept):
    asked = situation(contract(data_class="important", signed_on="2026-06-01"), *kept)
    assert objections(signing.AGREEMENT, asked) == [("contract.supplier.no_agreement", "supplier")]


def test_an_agreement_of_the_class_or_above_is_enough_and_public_work_needs_none():
    asked = situation(contract(data_class="internal", signed_on="2026-06-01"), agreement())
    assert not objections(signing.AGREEMENT, asked)
    assert not objections(signing.AGREEMENT, situation(contract(signed_on="2026-06-01")))
