"""Guards of bids: nothing that came in is lost, nothing late or incomplete slips in (§3.2.2, §3.2.3)."""

from __future__ import annotations

from collections.abc import Iterator

from supplier_eval.registry.guards.fields import in_order, not_ahead
from supplier_eval.registry.guards.procedure import (
    MAY_BID,
    Facts,
    conflicting_lots,
    live_awards,
    lots_of,
    not_one_of,
    refusal,
    shown,
    tender_of,
    the,
)
from supplier_eval.registry.guards.rounds import anew
from supplier_eval.registry.lifecycle import Situation
from supplier_eval.registry.records.tendering import Bid

UNOPENED = ("published", "closed")
UNDER_REVIEW = ("opened", "technical_opened")
STANDING = ("received", "qualified")
SEALED = ("draft", "published", "closed", "technical_opened")


def _late(bid: Bid, s: Situation) -> bool:
    deadline = tender_of(bid, s).deadline
    return deadline is not None and bid.received_at > deadline


@refusal("bid.tender.not_published", "§3.2.2")
def tender_published(bid: Bid, s: Situation) -> Iterator[Facts]:
    """There are no bids before there is a tender; after it they are always recorded."""
    tender = tender_of(bid, s)
    if tender.state == "draft" or tender.deadline is None:
        yield {"value": tender.id}


@refusal("bid.lot.unknown", "§3.2.2")
def lot_of_tender(bid: Bid, s: Situation) -> Iterator[Facts]:
    """The lot is one of the tender's."""
    lots = lots_of(tender_of(bid, s))
    if bid.lot not in lots:
        yield {"value": bid.lot, "known": ", ".join(lots) or "-"}


BID_NOT_AHEAD = not_ahead("bid.received_at.ahead", "§3.2.2", "received_at")


@refusal("bid.price_read.sealed", "§3.2.4")
def price_sealed(bid: Bid, s: Situation) -> Iterator[Facts]:
    """No price is known before the envelopes with the prices were opened."""
    tender = tender_of(bid, s)
    closed = tender.state in SEALED or (tender.envelopes == 2 and tender.state == "marks_locked")
    if bid.price_read is not None and (closed or s.before is None):
        yield {"value": tender.id, "state": tender.state}


@refusal("bid.price_read.read_before", "§3.2.4")
def read_once(bid: Bid, s: Situation) -> Iterator[Facts]:
    """What was read out is not read out again."""
    if s.before is not None and s.before.price_read is not None:
        yield {"value": bid.id}


@refusal("bid.price_read.not_positive", "§3.2.4")
def price_positive(bid: Bid, s: Situation) -> Iterator[Facts]:
    """A price is above zero."""
    if bid.price_read is not None and bid.price_read <= 0:
        yield {"value": bid.price_read}


@refusal("bid.received_at.late", "§3.2.2")
def in_time(bid: Bid, s: Situation) -> Iterator[Facts]:
    """A late bid is marked late, whatever else it is."""
    if _late(bid, s):
        yield {"value": shown(bid.received_at, s), "deadline": shown(tender_of(bid, s).deadline, s)}


@refusal("bid.received_at.in_time", "§3.2.2")
def not_in_time(bid: Bid, s: Situation) -> Iterator[Facts]:
    """A bid in time is not called late, unless it was found after the others were opened."""
    if not _late(bid, s) and tender_of(bid, s).state in UNOPENED:
        yield {"value": shown(bid.received_at, s), "deadline": shown(tender_of(bid, s).deadline, s)}


@refusal("bid.tender.opened_before", "§3.2.2")
def nobody_opened(bid: Bid, s: Situation) -> Iterator[Facts]:
    """No bid joins those that are already open."""
    yield from not_one_of(tender_of(bid, s), UNOPENED)


@refusal("bid.reasons.recorded_late", "§3.2.2")
def recorded_in_time(bid: Bid, s: Situation) -> Iterator[Facts]:
    """A bid that is entered after the deadline as one from before it says why, and what proves its moment."""
    tender = tender_of(bid, s)
    if s.before is None or tender.state not in UNOPENED or _late(bid, s) or bid.reasons.strip():
        return
    if s.before.changed_at > tender.deadline:
        yield {"value": shown(s.before.changed_at, s), "deadline": shown(tender.deadline, s)}


@refusal("bid.missing.incomplete", "§3.2.2")
def complete(bid: Bid, s: Situation) -> Iterator[Facts]:
    """A bid that lacks something is marked incomplete, with what it lacks."""
    if bid.missing:
        yield {"value": ", ".join(bid.missing)}


@refusal("bid.price_digest.missing", "§3.2.4")
def price_apart(bid: Bid, s: Situation) -> Iterator[Facts]:
    """With two envelopes the price comes in its own."""
    if tender_of(bid, s).envelopes == 2 and (bid.price_digest is None or bid.price_digest == bid.digest):
        yield {"value": bid.id}


@refusal("bid.missing.unknown", "§3.2.2")
def missing_is_listed(bid: Bid, s: Situation) -> Iterator[Facts]:
    """What is missing is something that was asked for."""
    known = [document.id for document in s.rules.tendering.documents]
    for name in bid.missing:
        if name not in known:
            yield {"value": name, "known": ", ".join(known)}


@refusal("bid.supplier.second_bid", "§3.2.2")
def only_bid(bid: Bid, s: Situation) -> Iterator[Facts]:
    """One bidder has one bid a lot; a new one replaces the old, which is withdrawn first."""
    for other in s.reader.where("bid", states=STANDING, tender=bid.tender, lot=bid.lot, supplier=bid.supplier):
        if other.id != bid.id:
            yield {"value": bid.supplier, "other": other.id}


@refusal("bid.tender.deadline_passed", "§3.2.2")
def still_time_to_complete(bid: Bid, s: Situation) -> Iterator[Facts]:
    """What is missing can be handed in until the deadline."""
    tender = tender_of(bid, s)
    if tender.deadline < s.at:
        yield {"value": shown(tender.deadline, s)}


@refusal("bid.tender.not_under_review", "§3.2.3")
def opened_for_review(bid: Bid, s: Situation) -> Iterator[Facts]:
    """Bids are reviewed after the opening and before the marks are locked."""
    yield from not_one_of(tender_of(bid, s), UNDER_REVIEW)


@refusal("bid.supplier.excluded", "§3.1.1")
def bidder_not_excluded(bid: Bid, s: Situation) -> Iterator[Facts]:
    """Nobody qualifies who is suspended, barred or gone."""
    yield from not_one_of(the(s.reader, "supplier", bid.supplier), MAY_BID)


@refusal("bid.reviewed_by.conflict", "§1.3.4")
def reviewer_free(bid: Bid, s: Situation) -> Iterator[Facts]:
    """Nobody reviews bids of a lot in which they declared a conflict."""
    if bid.reviewed_by and bid.lot in conflicting_lots(s.reader, bid.tender, bid.reviewed_by):
        yield {"value": bid.reviewed_by}


@refusal("bid.id.award_stands", "§3.2.5")
def no_award_on_it(bid: Bid, s: Situation) -> Iterator[Facts]:
    """An award is withdrawn before the bid that has it goes."""
    for award in live_awards(s.reader, bid.tender):
        if award.bid == bid.id:
            yield {"value": award.id}


REASONS_ANEW = anew("bid.reasons.last_round", "§3.2.3", "reasons")
REVIEWED_IN_TURN = in_order("bid.reviewed_on.before_step", "§3.2.3", "received_at", "reviewed_on")
REVIEW_NOT_AHEAD = not_ahead("bid.reviewed_on.ahead", "§3.2.3", "reviewed_on")
