"""Bids: recorded whatever they are, accepted in time and whole, reviewed by somebody free of conflict."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from registry_begun import refused
from registry_procedure import Procedure, fingerprint
from supplier_eval.errors import Refused


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


@pytest.fixture
def two(registry, clock) -> Procedure:
    """With two envelopes."""
    return Procedure(registry, clock, envelopes=2)


@pytest.fixture
def lots(registry, clock) -> Procedure:
    """With two lots."""
    return Procedure(registry, clock, lots=("north", "south"))


def test_a_bid_at_the_last_moment_is_in_time_and_a_bid_in_time_is_not_called_late(steps):
    steps.published()
    steps.clock.now = steps.get("tender", "T-1").deadline
    bid = steps.bid("B-1", "S-1")
    with refused("bid.received_at.in_time"):
        steps.registry.move(bid, "mark_late")
    assert steps.registry.move(bid, "accept").state == "received"


def test_time_and_digest_of_a_bid_stand_as_they_were_recorded(steps):
    steps.published()
    with refused("bid.received_at.ahead"):
        steps.bid("B-1", "S-1", received_at=steps.clock.now + timedelta(hours=1))
    with refused("bid.received_at.not_given", "bid.digest.not_given", "bid.recorded_by.not_given"):
        steps.add("bid", "B-1", tender="T-1", supplier="S-1")
    with refused("bid.lot.unknown"):
        steps.bid("B-1", "S-1", "north")
    bid = steps.bid("B-1", "S-1")
    with refused("bid.received_at.not_editable", "bid.digest.not_editable"):
        steps.registry.edit(bid, received_at=steps.clock.now, digest=fingerprint("other"))


def test_a_bidder_has_one_bid_a_lot_and_replaces_it_before_the_deadline(lots):
    lots.published()
    lots.bids(1)
    again = lots.bid("B-9", "S-1", "north")
    with refused("bid.supplier.second_bid"):
        lots.registry.move(again, "accept")
    with refused("bid.reasons.needed"):
        lots.move("bid", "B-north1", "withdraw")
    lots.move("bid", "B-north1", "withdraw", reasons="replaced by B-9")
    assert lots.move("bid", "B-9", "accept").state == "received"


def test_bids_need_a_published_tender_and_close_at_the_deadline_only(steps):
    steps.decided()
    steps.draft_tender()
    with refused("bid.tender.not_published"):
        steps.bid("B-1", "S-1")
    steps.channel()
    steps.move("tender", "T-1", "publish")
    steps.announce()
    with refused("tender.deadline.not_reached"):
        steps.move("tender", "T-1", "close", bids_closed_at=steps.clock.now)
    steps.clock.advance(days=21)
    with refused("tender.bids_closed_at.ahead"):
        steps.move("tender", "T-1", "close", bids_closed_at=steps.clock.now + timedelta(hours=1))
    with refused("tender.deadline.not_reached"):
        steps.move("tender", "T-1", "close", bids_closed_at=steps.clock.now - timedelta(days=2))


def test_a_bid_found_after_the_opening_stays_closed(steps):
    steps.opened()
    found = steps.bid("B-9", "S-9", received_at=datetime(2026, 12, 1, 1, tzinfo=UTC))
    with refused("bid.tender.opened_before"):
        steps.registry.move(found, "accept")
    with refused("bid.tender.opened_before"):
        steps.registry.move(found, "mark_incomplete", missing=("profile",))
    assert steps.registry.move(found, "mark_late", reasons="lay at the gate; see the report").state == "late"


def test_every_bid_is_reviewed_before_marks_are_locked(steps):
    steps.opened()
    steps.seat()
    steps.qualify("B-1", "B-2")
    with refused("tender.id.bid_unreviewed"):
        steps.lock_marks()


def test_who_declared_a_conflict_does_not_review_that_bid_or_its_lot(steps):
    steps.opened()
    steps.name("qian.jie")
    steps.declare("qian.jie", "S-2")
    with refused("bid.reviewed_by.conflict"):
        steps.qualify("B-1")
    fields = {"reviewed_by": "qian.jie", "reviewed_on": steps.today, "reasons": "not liked"}
    with refused("bid.reviewed_by.conflict"):
        steps.move("bid", "B-1", "reject", **fields)


def test_no_price_is_known_before_the_prices_are_opened(two):
    two.published()
    with refused("bid.price_read.sealed"):
        two.bid("B-9", "S-9", price_read="100.00")
    with refused("bid.price_digest.missing"):
        two.registry.move(two.bid("B-8", "S-8", price_digest=None), "accept")
    two.move("bid", "B-8", "withdraw", reasons="no price envelope")
    two.bids(2)
    two.close()
    two.open("technical")
    two.seat()
    two.qualify()
    with refused("bid.price_read.sealed"):
        two.move("bid", "B-1", "read_price", price_read="100.00")
    two.lock_marks()
    with refused("bid.price_read.sealed"):
        two.move("bid", "B-1", "read_price", price_read="100.00")
    two.open("price")
    with refused("bid.price_read.not_positive"):
        two.move("bid", "B-1", "read_price", price_read="0")
    two.move("bid", "B-1", "read_price", price_read="100.00")
    with refused("bid.price_read.read_before"):
        two.move("bid", "B-1", "read_price", price_read="90.00")


def test_a_bid_entered_after_the_deadline_as_one_in_time_says_what_proves_it(steps):
    steps.published()
    steps.bids(1)
    steps.close()
    entered = steps.bid("B-9", "S-9", received_at=steps.clock.now - timedelta(days=1))
    with refused("bid.reasons.recorded_late"):
        steps.registry.move(entered, "accept")
    accepted = steps.registry.move(entered, "accept", reasons="stamp of the gate, 19 December 16:10; see scan")
    assert accepted.state == "received"


def test_reasons_of_one_step_do_not_pass_for_those_of_the_next(steps):
    steps.opened()
    steps.qualify()
    with refused("bid.reasons.last_round"):
        steps.move("bid", "B-1", "reject")
    with refused("bid.reasons.last_round", "bid.withdrawal_letter.needed"):
        steps.move("bid", "B-1", "withdraw")
    fields = {"reviewed_by": "qian.jie", "reviewed_on": steps.today, "reasons": "reference was forged"}
    assert steps.move("bid", "B-1", "reject", **fields).state == "rejected"


def test_a_refusal_tells_moments_in_the_zone_of_the_house(steps):
    steps.published()
    steps.bids(1)
    steps.close()
    late = steps.bid("B-9", "S-9")
    with pytest.raises(Refused, match=r"2026-12-20 16:01:00\+08:00, after the deadline 2026-12-20 16:00:00\+08:00"):
        steps.registry.move(late, "accept")
