"""Guards of awards: standstill over, objections answered, candidates in order, one award a lot (§3.2.5)."""

from __future__ import annotations

from collections.abc import Iterator

from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.guards.authority import authorised
from supplier_eval.registry.guards.fields import in_order, not_ahead
from supplier_eval.registry.guards.procedure import (
    LIVE_AWARDS,
    Facts,
    approved_result,
    not_one_of,
    persons,
    refusal,
    standing_lots,
    tender_of,
    the,
    today,
)
from supplier_eval.registry.guards.publication import PUBLIC
from supplier_eval.registry.lifecycle import Reader, Situation
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.evaluation import Award
from supplier_eval.registry.records.tendering import Tender

SIGNED = ("signed", "running", "ended", "terminated")


@refusal("award.tender.no_candidates", "§3.2.5")
def candidates_public(award: Award, s: Situation) -> Iterator[Facts]:
    """The tender's candidates are public."""
    yield from not_one_of(tender_of(award, s), ("candidates_published", "awarded"))


def _result(award: Award, s: Situation) -> Stored | None:
    """Give the approved result of the lot, where the award names it."""
    approved = approved_result(s.reader, award.tender, award.lot)
    return approved if approved is not None and approved.id == award.result else None


@refusal("award.result.not_approved", "§3.2.4")
def follows_a_result(award: Award, s: Situation) -> Iterator[Facts]:
    """It follows the approved result of its lot."""
    if _result(award, s) is None:
        yield {"value": award.result or "-"}


@refusal("award.approved_by.scored", "§3.2.5")
def award_by_another(award: Award, s: Situation) -> Iterator[Facts]:
    """A scorer neither approves the award nor enters its approval."""
    result = _result(award, s)
    scorers = persons(result.scored_by) if result else set()
    for name in dict.fromkeys((award.approved_by or s.actor, s.actor)):
        if id_key(name) in scorers:
            yield {"value": name}


AWARD_AUTHORITY = authorised(
    *("award.approved_by.no_authority", "§3.2.5", "approve_award", "approved_by", "approved_on"),
    lambda s: (s.record.amount, s.record.currency),  # type: ignore[attr-defined]
)


@refusal("award.supplier.other", "§3.2.5")
def bidder_awarded(award: Award, s: Situation) -> Iterator[Facts]:
    """The award goes to who made the bid, in the lot of the bid."""
    bid = the(s.reader, "bid", award.bid)
    if (bid.tender, bid.lot, bid.supplier) != (award.tender, award.lot, award.supplier):
        yield {"value": award.supplier, "bid": bid.id}


@refusal("award.bid.not_qualified", "§3.2.3")
def bid_stands(award: Award, s: Situation) -> Iterator[Facts]:
    """The bid still stands."""
    yield from not_one_of(the(s.reader, "bid", award.bid), ("qualified",))


@refusal("award.bid.not_candidate", "§3.2.4")
def is_candidate(award: Award, s: Situation) -> Iterator[Facts]:
    """The bid is one of the published candidates."""
    result = _result(award, s)
    if result is not None and award.bid not in result.candidates:
        yield {"value": award.bid, "candidates": ", ".join(result.candidates)}


def _withdrawn(award: Award, reader: Reader) -> dict[str, str]:
    """Bid → the award of it that was withdrawn after approval, in this lot and from this result."""
    known = reader.where("award", states=("withdrawn",), tender=award.tender, lot=award.lot)
    return {a.bid: a.id for a in known if a.result == award.result and a.approved_on is not None}


def _before_it(award: Award, result: Stored | None) -> tuple[str, ...]:
    if result is None or award.bid not in result.candidates:
        return ()
    return tuple(result.candidates[: result.candidates.index(award.bid)])


@refusal("award.bid.not_next", "§3.2.5")
def next_in_order(award: Award, s: Situation) -> Iterator[Facts]:
    """Everybody before it in the result had an award that was withdrawn, or is out."""
    gone = _withdrawn(award, s.reader)
    for bid in _before_it(award, _result(award, s)):
        if bid not in gone and the(s.reader, "bid", bid).state == "qualified":
            yield {"value": award.bid, "before": bid}


@refusal("award.bid.had_award", "§3.2.5")
def no_second_chance(award: Award, s: Situation) -> Iterator[Facts]:
    """Whose award was withdrawn does not get it again."""
    gone = _withdrawn(award, s.reader)
    if award.bid in gone:
        yield {"value": award.bid, "award": gone[award.bid]}


@refusal("award.follows.not_named", "§3.2.5")
def names_what_it_follows(award: Award, s: Situation) -> Iterator[Facts]:
    """The award of a next candidate names the last one that was withdrawn."""
    gone = _withdrawn(award, s.reader)
    last = next((gone[bid] for bid in reversed(_before_it(award, _result(award, s))) if bid in gone), None)
    if award.follows != last:
        yield {"value": award.follows or "-", "last": last or "-"}


def _publications(award: Award, s: Situation) -> tuple[Stored, ...]:
    return s.reader.where("publication", states=PUBLIC, tender=award.tender, result=award.result)


@refusal("award.result.not_published", "§3.2.5")
def result_public(award: Award, s: Situation) -> Iterator[Facts]:
    """The result that it follows was published."""
    if award.result is not None and not _publications(award, s):
        yield {"value": award.result}


@refusal("award.result.standstill", "§3.2.5")
def after_standstill(award: Award, s: Situation) -> Iterator[Facts]:
    """The standstill is over."""
    for publication in _publications(award, s) if award.result else ():
        if today(s) <= publication.standstill_until:
            yield {"value": publication.id, "until": publication.standstill_until}


@refusal("award.tender.objection_open", "§3.2.5")
def every_objection_answered(award: Award, s: Situation) -> Iterator[Facts]:
    """All objections of the tender are answered."""
    for objection in s.reader.where("objection", states=("received",), tender=award.tender):
        yield {"value": objection.id, "due": objection.answer_due}


@refusal("award.result.objection_upheld", "§3.2.5")
def no_objection_upheld(award: Award, s: Situation) -> Iterator[Facts]:
    """No objection to this result was upheld."""
    for publication in _publications(award, s) if award.result else ():
        upheld = s.reader.where("objection", states=("answered",), publication=publication.id, decision="upheld")
        for objection in upheld:
            yield {"value": objection.id}


@refusal("award.lot.second", "§3.2.5")
def only_award(award: Award, s: Situation) -> Iterator[Facts]:
    """A lot is awarded once."""
    for other in s.reader.where("award", states=LIVE_AWARDS, tender=award.tender, lot=award.lot):
        if other.id != award.id:
            yield {"value": other.id}


@refusal("award.amount.not_positive", "§3.2.5")
def amount_positive(award: Award, s: Situation) -> Iterator[Facts]:
    """An award is worth something."""
    if award.amount <= 0:
        yield {"value": award.amount}


@refusal("award.withdrawal_approved_by.missing", "§3.2.5")
def taken_back_with_leave(award: Award, s: Situation) -> Iterator[Facts]:
    """The company takes an award back only with the leave of somebody who did not score."""
    result = _result(award, s)
    scorers = persons(result.scored_by) if result else set()
    leave = award.withdrawal_approved_by
    if award.withdrawn_by == "company" and (leave is None or id_key(leave) in scorers):
        yield {"value": leave or "-"}


AWARD_NOT_AHEAD = not_ahead("award.day.ahead", "§3.2.5", "approved_on", "notified_on", "withdrawn_on")
WITHDRAWN_IN_TURN = tuple(
    in_order("award.withdrawn_on.before_step", "§3.2.5", step, "withdrawn_on")
    for step in ("approved_on", "notified_on")
)
NOTIFIED_AFTER_APPROVAL = in_order("award.notified_on.before_approval", "§3.2.5", "approved_on", "notified_on")


@refusal("award.id.no_contract", "§3.2.5")
def contract_signed(award: Award, s: Situation) -> Iterator[Facts]:
    """A contract that follows this award is signed."""
    if not s.reader.where("contract", states=SIGNED, award=award.id):
        yield {"value": award.id}


@refusal("tender.lots.no_award", "§3.2.5")
def every_lot_awarded(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Each lot has its award."""
    for lot in standing_lots(tender):
        if not s.reader.where("award", states=LIVE_AWARDS, tender=tender.id, lot=lot):
            yield {"value": lot or tender.id}
