"""Signing of contracts (3.2.5, 4.1), item by item, from the award on; refused moves included."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from registry_begun import refused
from registry_contract import OTHER_TEXT, TEXT, Contracting

DAY = timedelta(days=1)


@pytest.fixture
def c(registry, clock):
    return Contracting(registry, clock)


def test_3_2_5_a_contract_follows_its_award_and_holds_every_clause_of_the_checklist(c):
    c.awarded()
    with refused("contract.award.other_terms"):
        c.draft(value=Decimal("880000.01"))
    with refused("contract.award.other_terms"):
        c.draft(supplier="S-2")
    with refused("contract.data_class.unknown", "contract.ends_on.before", "contract.step.later"):
        c.draft(data_class="secret", ends_on=c.today, signed_by="chen.bo")
    c.draft()
    c.clauses("secrecy")
    with refused("contract.clauses.missing"):
        c.contract("submit")
    with refused("clause.item.unknown"):
        c.add("clause", "L-9", contract="C-1", item="weather", reference="article 9")
    c.add("clause", "C-1-secrecy", contract="C-1", item="secrecy", reference="article 11")
    with refused("clause.item.twice"):
        c.add("clause", "L-9", contract="C-1", item="secrecy", reference="article 12")
    assert c.contract("submit").state == "legal_review"
    with refused("clause.contract.not_draft"):
        c.move("clause", "C-1-secrecy", "strike")
    c.review()
    c.authority("chen.bo", "sign_contract")
    c.agree("S-1", "supplier")
    c.sign()
    assert c.move("award", "W-1", "contract").state == "contracted"
    c.draft("C-2")
    c.clauses(contract="C-2")
    c.contract("submit", "C-2")
    c.review("C-2")
    with refused("contract.award.taken"):
        c.sign("C-2")


def test_3_2_5_nothing_is_signed_before_the_award_was_notified(c):
    c.candidates()
    c.clock.advance(days=11)
    c.propose()
    c.approve_award()
    c.draft()
    c.clauses()
    c.contract("submit")
    c.review()
    c.authority("chen.bo", "sign_contract")
    c.agree("S-1", "supplier")
    with refused("contract.award.not_final"):
        c.sign()
    c.move("tender", "T-1", "award")
    c.move("award", "W-1", "notify", notified_on=c.today)
    assert c.sign().state == "signed"


def test_4_1_1_no_contract_is_signed_without_legal_review_by_somebody_else(c):
    c.drafted(text_digest=None)
    with refused("contract.text_digest.needed"):
        c.contract("submit")
    with refused("contract.state.no_such_move"):
        c.sign()
    c.contract("submit", text_digest=TEXT)
    with refused("contract.value.not_editable"):
        c.registry.edit(c.get("contract", "C-1"), value=1)
    with refused("contract.state.no_such_move"):
        c.sign()
    with refused("contract.reviewed_by.needed", "contract.reviewed_on.needed"):
        c.contract("approve", reviewed_digest=TEXT)
    with refused("contract.reviewed_digest.other_text"):
        c.review(reviewed_digest=OTHER_TEXT)
    with refused("contract.reviewed_by.owner"):
        c.review(reviewed_by="sun.li")
    with refused("contract.day.ahead"):
        c.review(reviewed_on=c.today + 2 * DAY)
    assert c.review().state == "approved"


def test_4_1_1_what_goes_back_to_draft_is_reviewed_anew(c):
    c.approved()
    with refused("contract.reviewed_digest.last_round", "contract.review_notes.needed"):
        c.contract("redraft")
    emptied = {"reviewed_digest": None, "reviewed_by": None, "reviewed_on": None}
    c.contract("redraft", review_notes="liability unclear", **emptied)
    c.contract("submit", text_digest=OTHER_TEXT)
    with refused("contract.reviewed_digest.other_text"):
        c.review()
    with refused("contract.review_notes.last_round"):
        c.contract("return")
    c.contract("return", review_notes="still unclear")
    c.contract("submit", text_digest=TEXT)
    assert c.review().state == "approved"


def test_4_1_1_an_edit_of_a_draft_is_held_to_what_held_at_its_beginning(c):
    draft = c.drafted()
    for fields, *codes in (
        ({"data_class": "secret"}, "contract.data_class.unknown"),
        ({"data_class": "public"}, "contract.data_class.below_tender"),
        ({"value": 1}, "contract.award.other_terms"),
        ({"ends_on": draft.starts_on}, "contract.ends_on.before"),
        ({"reviewed_by": "lin.fa"}, "contract.reviewed_by.not_editable"),
    ):
        with refused(*codes):
            c.registry.edit(draft, **fields)
    with refused("rate.valid_until.before"):
        c.registry.edit(c.get("rate", "R-1"), valid_from=c.today, valid_until=c.today - DAY)
    c.contract("submit")
    clause = c.get("clause", "C-1-price")
    with refused("clause.contract.not_draft"):
        c.registry.edit(clause, reference="article 99")
    with refused("clause.contract.not_draft", "clause.item.twice"):
        c.add("clause", "L-8", contract="C-1", item="price", reference="article 99")
    with refused("rate.contract.not_draft"):
        c.move("rate", "R-1", "strike")


def test_4_1_2_a_contract_is_signed_as_reviewed_by_somebody_with_authority(c):
    c.drafted()
    c.contract("submit")
    c.review()
    c.authority("wu.yi", "approve_change")
    c.authority("chen.bo", "sign_contract", "879999.99")
    with refused("contract.supplier.no_agreement", "contract.signed_by.no_authority"):
        c.sign()
    c.agree("S-1", "supplier")
    with refused("contract.signed_by.no_authority"):
        c.sign(signed_by="wu.yi")
    with refused("authority.granted_by.self", "authority.valid_until.before", "authority.step.later"):
        c.authority("wu.yi", "sign_contract", granted_by="wu.yi", valid_until="2025-01-01", reason="none")
    c.authority("wu.yi", "sign_contract", "880000.00", valid_until=c.today)
    with refused("contract.signed_digest.other_text"):
        c.sign(signed_by="wu.yi", signed_digest=OTHER_TEXT)
    with refused("contract.signed_for_supplier.needed"):
        c.sign(signed_by="wu.yi", signed_for_supplier="")
    with refused("contract.signed_on.before_review", "contract.signed_by.no_authority"):
        c.sign(signed_on=c.today - DAY)
    c.clock.advance(days=1)
    with refused("contract.signed_by.no_authority"):
        c.sign(signed_by="wu.yi")
    assert c.sign(signed_by="wu.yi", signed_on=c.today - DAY).state == "signed"
    for field, other in (("signed_digest", OTHER_TEXT), ("value", 1), ("signed_by", "chen.bo")):
        with refused(f"contract.{field}.not_editable"):
            c.registry.edit(c.get("contract", "C-1"), **{field: other})


def test_4_1_2_a_revoked_authority_signs_nothing_from_its_day_on(c):
    c.approved()
    with refused("authority.revoked_on.ahead"):
        c.move("authority", "U-chen.bo-sign_contract", "revoke", revoked_on=c.today + 2 * DAY, reason="new post")
    c.move("authority", "U-chen.bo-sign_contract", "revoke", revoked_on=c.today, reason="new post")
    with refused("contract.signed_by.no_authority"):
        c.sign()
