"""Guards of openings: after the deadline, before witnesses, technical before price, marks locked between (§3.2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from supplier_eval.registry.guards.fields import not_ahead
from supplier_eval.registry.guards.procedure import Facts, persons, refusal, shown, tender_of
from supplier_eval.registry.lifecycle import Situation
from supplier_eval.registry.records.tendering import Opening, Tender

ENVELOPE = {"open": "all", "open_technical": "technical", "open_prices": "price"}
REGIME = {"all": 1, "technical": 2, "price": 2}
MOMENT = {"all": "closed", "technical": "closed", "price": "marks_locked"}


@refusal("tender.envelopes.other_regime", "§3.2.4")
def opened_by_regime(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Two envelopes are opened one after the other, one is opened as a whole."""
    if REGIME[ENVELOPE[s.event]] != tender.envelopes:
        yield {"value": tender.envelopes, "event": s.event}


@refusal("tender.id.no_opening", "§3.2.2")
def opening_on_record(tender: Tender, s: Situation) -> Iterator[Facts]:
    """There is a signed record of the opening."""
    envelope = ENVELOPE[s.event]
    if not s.reader.where("opening", states=("signed",), tender=tender.id, envelope=envelope):
        yield {"value": tender.id, "envelope": envelope}


@refusal("tender.id.bid_unsorted", "§3.2.2")
def bids_sorted(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Every bid is received, late or incomplete before any is opened."""
    for bid in s.reader.where("bid", states=("recorded",), tender=tender.id):
        yield {"value": bid.id}


@refusal("opening.envelope.other_regime", "§3.2.4")
def envelope_by_regime(opening: Opening, s: Situation) -> Iterator[Facts]:
    """The envelope is one that the tender has."""
    tender = tender_of(opening, s)
    if REGIME[opening.envelope] != tender.envelopes:
        yield {"value": opening.envelope, "envelopes": tender.envelopes}


@refusal("opening.tender.out_of_order", "§3.2.4")
def in_its_turn(opening: Opening, s: Situation) -> Iterator[Facts]:
    """Bids are closed before the first opening; the marks are locked before the prices."""
    tender, asked = tender_of(opening, s), MOMENT[opening.envelope]
    if tender.state != asked:
        yield {"value": opening.envelope, "state": tender.state, "asked": asked}


@refusal("opening.opened_at.too_early", "§3.2.4")
def after_what_comes_first(opening: Opening, s: Situation) -> Iterator[Facts]:
    """Opened not before the deadline, the prices not before the marks were locked."""
    tender = tender_of(opening, s)
    first = tender.changed_at if opening.envelope == "price" else tender.deadline
    if tender.state == MOMENT[opening.envelope] and opening.opened_at is not None and opening.opened_at < first:
        yield {"value": shown(opening.opened_at, s), "first": shown(first, s)}


OPENING_NOT_AHEAD = not_ahead("opening.opened_at.ahead", "§3.2.2", "opened_at")


@refusal("opening.witnesses.too_few", "§3.2.2")
def enough_witnesses(opening: Opening, s: Situation) -> Iterator[Facts]:
    """Enough different people saw it."""
    count, least = len(persons(opening.witnesses)), s.rules.tendering.witnesses
    if count < least:
        yield {"value": ", ".join(opening.witnesses), "count": count, "least": least}


@refusal("opening.bids.not_all", "§3.2.2")
def every_bid_opened(opening: Opening, s: Situation) -> Iterator[Facts]:
    """Every bid that takes part is opened."""
    states = ("qualified",) if opening.envelope == "price" else ("received",)
    for bid in s.reader.where("bid", states=states, tender=opening.tender):
        if bid.id not in opening.bids:
            yield {"value": bid.id}


@refusal("opening.bids.stay_closed", "§3.2.2")
def no_other_bid_opened(opening: Opening, s: Situation) -> Iterator[Facts]:
    """Late, withdrawn and unsorted bids stay closed; so do prices of bids that did not qualify."""
    states = ("qualified",) if opening.envelope == "price" else ("received", "incomplete")
    for name in opening.bids:
        bid = s.reader.get("bid", name)
        if bid is not None and (bid.tender != opening.tender or bid.state not in states):
            yield {"value": bid.id, "state": bid.state}


@refusal("opening.envelope.opened_before", "§3.2.2")
def opened_once(opening: Opening, s: Situation) -> Iterator[Facts]:
    """An envelope is opened once."""
    for other in s.reader.where("opening", states=("signed",), tender=opening.tender, envelope=opening.envelope):
        yield {"value": opening.envelope, "other": other.id}
