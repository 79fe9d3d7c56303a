"""Awards: public first, in order, one a lot; what stands does not fall."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry_begun import refused
from registry_procedure import Procedure, fingerprint

OUTCOME = {"outcome_reasons": "too few bids", "outcome_by": "chen.bo"}


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


def test_an_objection_to_the_documents_stops_the_award_too(steps):
    steps.candidates()
    steps.object(publication=None)
    steps.clock.advance(days=11)
    steps.propose()
    with refused("award.tender.objection_open"):
        steps.approve_award()


def test_the_award_goes_to_the_first_candidate_by_the_approved_result(steps):
    steps.candidates(4)
    steps.clock.advance(days=11)
    steps.propose("W-2", "B-2")
    with refused("award.bid.not_next"):
        steps.approve_award("W-2")
    steps.propose("W-4", "B-4")
    with refused("award.bid.not_candidate"):
        steps.approve_award("W-4")
    steps.propose("W-3", "B-1", supplier="S-3", amount="0", result=None, reasons="")
    codes = ("result.needed", "reasons.needed", "result.not_approved", "supplier.other", "amount.not_positive")
    with refused(*(f"award.{code}" for code in codes)):
        steps.approve_award("W-3")
    steps.propose()
    with refused("award.approved_by.scored", "award.approved_by.no_authority"):
        steps.move("award", "W-1", "approve", approved_by="ZHAO.MIN", approved_on=steps.today)
    with refused("award.follows.not_named"):
        steps.move("award", "W-1", "approve", approved_by="chen.bo", approved_on=steps.today, follows="W-2")
    assert steps.approve_award().state == "approved"
    with refused("award.amount.not_editable"):
        steps.registry.edit(steps.get("award", "W-1"), amount="1.00")


def test_an_award_that_was_only_proposed_and_dropped_moves_nobody_up(steps):
    steps.candidates()
    steps.clock.advance(days=11)
    steps.propose()
    gone = {"withdrawn_on": steps.today, "withdrawn_by": "company", "withdrawal_reasons": "typing error"}
    steps.move("award", "W-1", "withdraw", **gone)
    steps.propose("W-2", "B-2")
    with refused("award.bid.not_next"):
        steps.approve_award("W-2")
    steps.propose("W-3", "B-1")
    assert steps.approve_award("W-3").state == "approved"


def test_an_award_is_notified_after_its_approval_and_contracted_by_a_signed_contract(steps):
    steps.candidates()
    steps.clock.advance(days=11)
    with refused("tender.lots.no_award"):
        steps.move("tender", "T-1", "award")
    steps.propose()
    steps.approve_award()
    with refused("award.notified_on.before_approval"):
        steps.move("award", "W-1", "notify", notified_on=steps.today - timedelta(days=1))
    with refused("award.day.ahead"):
        steps.move("award", "W-1", "notify", notified_on=steps.today + timedelta(days=3))
    steps.move("award", "W-1", "notify", notified_on=steps.today)
    with refused("award.id.no_contract"):
        steps.move("award", "W-1", "contract")


def test_while_an_award_stands_neither_tender_result_nor_bid_falls(steps):
    steps.candidates()
    steps.object()
    steps.answer("partly_upheld")
    steps.clock.advance(days=11)
    steps.propose()
    steps.approve_award()
    for event in ("cancel", "fail"):
        with refused("tender.id.award_stands"):
            steps.move("tender", "T-1", event, **OUTCOME)
    with refused("tender.id.award_stands", "tender.id.no_annulled_result"):
        steps.move("tender", "T-1", "reevaluate", **OUTCOME)
    with refused("result.id.award_stands", "result.id.no_upheld_objection"):
        steps.move("result", "R-1", "annul", reasons="too late")
    with refused("bid.id.award_stands"):
        letter = fingerprint("letter of S-1")
        steps.move("bid", "B-1", "withdraw", reasons="no longer wanted", withdrawal_letter=letter)


def test_no_award_from_candidates_that_are_not_public(steps):
    steps.scored()
    steps.result()
    steps.approve_result()
    steps.move("tender", "T-1", "evaluate")
    steps.propose()
    with refused("award.tender.no_candidates", "award.result.not_published"):
        steps.approve_award()


def test_when_every_candidate_has_withdrawn_the_tender_fails(steps):
    steps.awarded()
    with refused("tender.id.award_stands"):
        steps.move("tender", "T-1", "fail", **OUTCOME)
    gone = {"withdrawn_on": steps.today, "withdrawn_by": "supplier", "withdrawal_reasons": "team has left"}
    steps.move("award", "W-1", "withdraw", **gone)
    assert steps.move("tender", "T-1", "fail", **OUTCOME).state == "failed"


def test_an_award_is_approved_by_somebody_with_the_authority_for_its_amount_on_its_day(steps):
    steps.candidates()
    steps.clock.advance(days=11)
    steps.propose(amount="1000000.01")
    with refused("award.approved_by.no_authority"):
        steps.approve_award()
    steps.registry.edit(steps.get("award", "W-1"), amount="1000000.00")
    steps.move("authority", "U-chen.bo-award", "revoke", revoked_on=steps.today, reason="moved to another office")
    with refused("award.approved_by.no_authority"):
        steps.approve_award()


def test_the_company_takes_an_approved_award_back_only_with_leave_of_somebody_who_did_not_score(steps):
    steps.awarded()
    gone = {"withdrawn_on": steps.today, "withdrawn_by": "company", "withdrawal_reasons": "certificate was forged"}
    with refused("award.withdrawal_approved_by.missing"):
        steps.move("award", "W-1", "withdraw", **gone)
    with refused("award.withdrawal_approved_by.missing"):
        steps.move("award", "W-1", "withdraw", **gone, withdrawal_approved_by="Li.Na")
    assert steps.move("award", "W-1", "withdraw", **gone, withdrawal_approved_by="chen.bo").state == "withdrawn"


def test_a_first_candidate_that_is_barred_is_rejected_and_the_next_follows_without_an_award_before_it(steps):
    steps.candidates()
    steps.clock.advance(days=11)
    decided = {"reason": "forged certificate", "decided_by": "chen.bo", "decided_on": steps.today}
    steps.move("supplier", "S-1", "bar", **decided)
    steps.propose()
    with refused("award.supplier.standing"):
        steps.approve_award()
    steps.propose("W-2", "B-2")
    with refused("award.bid.not_next"):
        steps.approve_award("W-2")
    fields = {"reviewed_by": "qian.jie", "reviewed_on": steps.today, "reasons": "barred for a forged certificate"}
    steps.move("bid", "B-1", "reject", **fields)
    assert steps.approve_award("W-2").follows is None
