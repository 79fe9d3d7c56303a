"""Items 3.2.1 to 3.2.3: notice, bids, opening, review; each life cycle walked, refused moves included."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry_begun import refused
from registry_procedure import Procedure, fingerprint

OUTCOME = {"outcome_reasons": "too few bids", "outcome_by": "chen.bo"}


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


def test_3_2_1_publication_says_requirements_conditions_deadline_policy_and_channels(steps):
    steps.decided()
    steps.draft_tender(
        requirements="", qualification="", policy="", policy_fingerprint=None, deadline=None, standstill_days=None
    )
    needed = ("requirements", "qualification", "policy", "policy_fingerprint", "deadline", "standstill_days")
    with refused(*(f"tender.{name}.needed" for name in needed), "tender.id.no_channel"):
        steps.move("tender", "T-1", "publish")


def test_3_2_1_after_publication_nothing_is_edited(steps):
    tender = steps.published()
    given = {"policy_fingerprint": fingerprint("kinder policy"), "envelopes": 2, "qualification": "none"}
    with refused(
        "tender.policy_fingerprint.not_editable", "tender.envelopes.not_editable", "tender.qualification.not_editable"
    ):
        steps.registry.edit(tender, **given)
    with refused(
        "tender.policy_fingerprint.not_editable", "tender.bids_closed_at.needed", "tender.deadline.not_reached"
    ):
        steps.registry.move(tender, "close", policy_fingerprint=fingerprint("kinder policy"))


def test_3_2_1_the_notice_appears_after_the_criteria_are_frozen_and_with_evidence(steps):
    steps.decided()
    steps.draft_tender()
    steps.channel()
    with refused("channel.tender.not_published"):
        steps.announce()
    steps.move("tender", "T-1", "publish")
    with refused("channel.evidence.needed", "channel.published_at.ahead"):
        steps.move("channel", "H-1", "publish", published_at=steps.clock.now + timedelta(days=1))
    assert steps.announce().state == "published"
    with refused("channel.state.no_such_move"):
        steps.move("channel", "H-1", "withdraw")


def test_3_2_1_an_addendum_before_the_deadline_puts_both_fingerprints_on_record(steps):
    before = steps.published()
    addendum = steps.issue_addendum(days=5)
    given = {"policy_fingerprint": addendum.fingerprint_after, "deadline": addendum.deadline_after}
    with refused("tender.addenda.needed", "tender.addenda.not_one_more"):
        steps.move("tender", "T-1", "amend", **given)
    with refused("tender.policy_fingerprint.not_addendum"):
        steps.move("tender", "T-1", "amend", addenda=("X-1",), policy_fingerprint=fingerprint("a third"))
    after = steps.move("tender", "T-1", "amend", addenda=("X-1",), **given)
    assert (addendum.fingerprint_before, addendum.fingerprint_after) == (
        before.policy_fingerprint,
        after.policy_fingerprint,
    )
    assert after.deadline == before.deadline + timedelta(days=5)
    with refused("tender.policy_fingerprint.not_addendum"):
        steps.move("tender", "T-1", "amend", addenda=("X-1", "X-1"))
    with refused("addendum.fingerprint_after.not_editable"):
        steps.registry.edit(steps.get("addendum", "X-1"), fingerprint_after=before.policy_fingerprint)


def test_3_2_1_a_tender_is_cancelled_with_reasons_and_stays_so(steps):
    steps.published()
    with refused("tender.outcome_reasons.needed", "tender.outcome_by.needed"):
        steps.move("tender", "T-1", "cancel")
    cancelled = steps.move("tender", "T-1", "cancel", outcome_reasons="need fell away", outcome_by="chen.bo")
    with refused("tender.state.no_such_move"):
        steps.registry.move(cancelled, "publish")


def test_3_2_2_suppliers_register_and_get_documents_above_public_only_under_an_agreement(steps):
    steps.published()
    steps.add("supplier", "S-1", name="Supplier 1")
    steps.add("registration", "G-1", tender="T-1", supplier="S-1", registered_at=steps.clock.now)
    with refused("registration.supplier.no_agreement"):
        steps.move("registration", "G-1", "admit")
    steps.agree("S-1", "supplier", "internal")
    assert steps.move("registration", "G-1", "admit").state == "admitted"
    with refused("registration.registered_at.ahead"):
        later = steps.clock.now + timedelta(hours=1)
        steps.add("registration", "G-2", tender="T-1", supplier="S-1", registered_at=later)


def test_3_2_2_a_late_bid_is_recorded_as_late_refused_and_never_lost(steps):
    steps.published()
    steps.bids(2)
    steps.close()
    late = steps.bid("B-9", "S-9")
    with refused("bid.received_at.late"):
        steps.registry.move(late, "accept")
    with refused("bid.received_at.late"):
        steps.registry.move(late, "mark_incomplete", missing=("quotation",))
    late = steps.registry.move(late, "mark_late", reasons="courier came at 16:01")
    for event in ("accept", "qualify", "complete", "withdraw"):
        with refused("bid.state.no_such_move"):
            steps.registry.move(late, event)
    steps.open("all")
    fields = {"reviewed_by": "qian.jie", "reviewed_on": steps.today, "reasons": "late by one minute"}
    assert steps.move("bid", "B-9", "reject", **fields).state == "rejected"
    assert steps.registry.count("bid", tender="T-1") == 3
    assert [line.event for line in steps.registry.history("bid", "B-9")] == ["add", "mark_late", "reject"]


def test_3_2_2_an_incomplete_bid_stands_with_what_it_lacks_and_is_completed_until_the_deadline(steps):
    steps.published()
    bid = steps.bid("B-1", "S-1", missing=("quotation",))
    with refused("bid.missing.incomplete"):
        steps.registry.move(bid, "accept")
    with refused("bid.missing.unknown"):
        steps.registry.move(bid, "mark_incomplete", missing=("goodwill",))
    steps.registry.move(bid, "mark_incomplete", missing=("quotation", "service-plan"))
    with refused("bid.missing.incomplete"):
        steps.move("bid", "B-1", "complete", digest=fingerprint("again"))
    done = steps.move("bid", "B-1", "complete", digest=fingerprint("again"), missing=())
    assert (done.state, done.missing) == ("received", ())
    second = steps.bid("B-2", "S-2", missing=("quotation",))
    second = steps.registry.move(second, "mark_incomplete")
    steps.close()
    with refused("bid.tender.deadline_passed"):
        steps.registry.move(second, "complete", missing=())
    steps.open("all")
    fields = {"reviewed_by": "qian.jie", "reviewed_on": steps.today, "reasons": "no quotation"}
    assert steps.move("bid", "B-2", "reject", **fields).missing == ("quotation",)


def test_3_2_2_bids_are_opened_before_witnesses_after_the_deadline_and_all_of_them(steps):
    steps.published()
    steps.bids(3)
    steps.bid("B-8", "S-8")
    with refused("opening.tender.out_of_order"):
        steps.registry.move(steps.draft_opening("all"), "sign")
    steps.close()
    steps.bid("B-9", "S-9")
    steps.move("bid", "B-9", "mark_late")
    draft = steps.get("opening", "O-all")
    early = steps.get("tender", "T-1").deadline - timedelta(minutes=1)
    fields = {"opened_at": early, "witnesses": ("gao.yu", "GAO.YU"), "bids": ("B-1", "B-2", "B-9")}
    codes = ("opened_at.too_early", "witnesses.too_few", "bids.not_all", "bids.stay_closed")
    with refused(*(f"opening.{code}" for code in codes)):
        steps.registry.move(draft, "sign", **fields)
    given = {"opened_at": steps.clock.now, "bids": ("B-1", "B-2", "B-3"), "anchor": "seq 41"}
    signed = steps.registry.move(draft, "sign", **given)
    with refused("opening.witnesses.not_editable"):
        steps.registry.edit(signed, witnesses=("gao.yu",))
    with refused("tender.id.bid_unsorted"):
        steps.move("tender", "T-1", "open")
    steps.move("bid", "B-8", "withdraw", reasons="never confirmed")
    assert steps.move("tender", "T-1", "open").state == "opened"


def test_3_2_3_bids_are_reviewed_after_the_opening_with_a_reason_by_somebody_named(steps):
    steps.published()
    steps.bids(2)
    fields = {"reviewed_by": "qian.jie", "reviewed_on": steps.today, "reasons": "licence expired"}
    for event in ("qualify", "reject"):
        with refused("bid.tender.not_under_review"):
            steps.move("bid", "B-1", event, **fields)
    steps.close()
    steps.open("all")
    with refused("bid.reviewed_by.needed", "bid.reviewed_on.needed", "bid.reasons.needed"):
        steps.move("bid", "B-1", "reject")
    with refused("bid.reviewed_on.ahead"):
        steps.move("bid", "B-1", "reject", **{**fields, "reviewed_on": steps.today + timedelta(days=3)})
    assert steps.move("bid", "B-1", "reject", **fields).state == "rejected"
    with refused("bid.state.no_such_move"):
        steps.move("bid", "B-1", "qualify", **fields)
    steps.qualify("B-2")
    steps.seat()
    steps.lock_marks()


def test_3_2_3_nobody_suspended_or_barred_qualifies(steps):
    steps.opened()
    decided = {"reason": "forged certificate", "decided_by": "chen.bo", "decided_on": steps.today}
    steps.move("supplier", "S-1", "bar", **decided)
    with refused("bid.supplier.excluded"):
        steps.qualify("B-1")


def test_3_2_3_a_tender_with_too_few_valid_bids_fails_with_reasons(steps):
    steps.opened(1)
    with refused("tender.outcome_reasons.needed", "tender.outcome_by.needed"):
        steps.move("tender", "T-1", "fail")
    assert steps.move("tender", "T-1", "fail", **OUTCOME).state == "failed"
    again = steps.draft_tender("T-2", follows="T-1")
    assert again.follows == "T-1"
