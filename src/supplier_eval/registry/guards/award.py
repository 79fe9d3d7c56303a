"""Guards of publications, objections and awards: standstill, answers with reasons, next candidate (§3.2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.guards.fields import in_order, not_ahead
from supplier_eval.registry.guards.procedure import (
    LIVE_AWARDS,
    Facts,
    approved_result,
    house_day,
    not_one_of,
    persons,
    refusal,
    standing_lots,
    tender_of,
    the,
    today,
)
from supplier_eval.registry.lifecycle import Reader, Situation
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.evaluation import Award, Objection, Publication
from supplier_eval.registry.records.tendering import Tender

PUBLIC = ("published", "ended")
SIGNED = ("signed", "running", "ended", "terminated")


@refusal("publication.result.not_approved", "§3.2.4")
def result_approved(publication: Publication, s: Situation) -> Iterator[Facts]:
    """Candidates come from an approved result of this tender."""
    result = the(s.reader, "result", publication.result)
    if result.state != "approved" or result.tender != publication.tender:
        yield {"value": result.id, "state": result.state}


@refusal("publication.standstill_until.too_early", "§3.2.5")
def standstill_runs(publication: Publication, s: Situation) -> Iterator[Facts]:
    """The standstill lasts the calendar days that were announced, the day of publication not counted."""
    tender = tender_of(publication, s)
    days = s.rules.tendering.standstill_days if tender.standstill_days is None else tender.standstill_days
    if publication.published_on is None or publication.standstill_until is None:
        return
    earliest = publication.published_on + timedelta(days=days)
    if publication.standstill_until < earliest:
        yield {"value": publication.standstill_until, "earliest": earliest, "days": days}


@refusal("publication.published_on.out_of_order", "§3.2.5")
def published_after_approval(publication: Publication, s: Situation) -> Iterator[Facts]:
    """Neither ahead nor before the approval was recorded: a day put back would shorten the standstill."""
    result = the(s.reader, "result", publication.result)
    approved = house_day(result.changed_at, s.rules)
    day = publication.published_on
    if day is not None and result.state == "approved" and not approved <= day <= today(s):
        yield {"value": day, "approved": approved}


@refusal("publication.standstill_until.not_over", "§3.2.5")
def standstill_over(publication: Publication, s: Situation) -> Iterator[Facts]:
    """Its last day is past, in the house's zone."""
    if publication.standstill_until is not None and today(s) <= publication.standstill_until:
        yield {"value": publication.standstill_until}


@refusal("publication.id.unanswered", "§3.2.5")
def objections_answered(publication: Publication, s: Situation) -> Iterator[Facts]:
    """A publication does not end over an open objection."""
    for objection in s.reader.where("objection", states=("received",), publication=publication.id):
        yield {"value": objection.id}


@refusal("publication.result.stands", "§3.2.5")
def result_fell(publication: Publication, s: Situation) -> Iterator[Facts]:
    """What was published is taken back only when its result was annulled."""
    result = the(s.reader, "result", publication.result)
    if result.state != "annulled":
        yield {"value": result.id, "state": result.state}


@refusal("objection.publication.other_tender", "§3.2.5")
def of_this_tender(objection: Objection, s: Situation) -> Iterator[Facts]:
    """The publication is one of the tender's."""
    if objection.publication and the(s.reader, "publication", objection.publication).tender != objection.tender:
        yield {"value": objection.publication}


@refusal("objection.answer_due.too_late", "§3.2.5")
def answered_in_days(objection: Objection, s: Situation) -> Iterator[Facts]:
    """The answer is due within the house's days."""
    latest = objection.received_on + timedelta(days=s.rules.tendering.answer_days)
    if objection.answer_due > latest:
        yield {"value": objection.answer_due, "latest": latest}


@refusal("objection.answered_by.scored", "§1.3.4")
def answered_by_another(objection: Objection, s: Situation) -> Iterator[Facts]:
    """Nobody judges the objection to their own marks."""
    if objection.publication is None or objection.answered_by is None:
        return
    publication = the(s.reader, "publication", objection.publication)
    if id_key(objection.answered_by) in persons(the(s.reader, "result", publication.result).scored_by):
        yield {"value": objection.answered_by}


OBJECTION_NOT_AHEAD = not_ahead("objection.day.ahead", "§3.2.5", "received_on", "answered_on")
ANSWER_AFTER_OBJECTION = in_order("objection.answered_on.before_objection", "§3.2.5", "received_on", "answered_on")


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


AWARD_NOT_AHEAD = not_ahead("award.day.ahead", "§3.2.5", "approved_on", "notified_on", "withdrawn_on")
NOTIFIED_AFTER_APPROVAL = in_order("award.notified_on.before_approval", "§3.2.5", "approved_on", "notified_on")


@refusal("award.id.no_contract", "§3.2.5")
def contract_signed(award: Award, s: Situation) -> Iterator[Facts]:
    """A contract that follows this award is signed."""
    if not s.reader.where("contract", states=SIGNED, award=award.id):
        yield {"value": award.id}


@refusal("tender.lots.not_public", "§3.2.4")
def every_lot_public(tender: Tender, s: Situation) -> Iterator[Facts]:
    """The candidates of each lot are published."""
    for lot in standing_lots(tender):
        result = approved_result(s.reader, tender.id, lot)
        if result is None or not s.reader.where("publication", states=PUBLIC, tender=tender.id, result=result.id):
            yield {"value": lot or tender.id}


@refusal("tender.lots.no_award", "§3.2.5")
def every_lot_awarded(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Each lot has its award."""
    for lot in standing_lots(tender):
        if not s.reader.where("award", states=LIVE_AWARDS, tender=tender.id, lot=lot):
            yield {"value": lot or tender.id}
