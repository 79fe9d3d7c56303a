"""Guards of publications and objections: a standstill of its full length, answers with reasons by others (§3.2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.guards.fields import in_order, not_ahead
from supplier_eval.registry.guards.procedure import (
    Facts,
    approved_result,
    house_day,
    persons,
    refusal,
    standing_lots,
    tender_of,
    the,
    today,
)
from supplier_eval.registry.lifecycle import Situation
from supplier_eval.registry.records.evaluation import Objection, Publication
from supplier_eval.registry.records.tendering import Tender

PUBLIC = ("published", "ended")


@refusal("publication.result.not_approved", "§3.2.4")
def result_approved(publication: Publication, s: Situation) -> Iterator[Facts]:
    """Candidates come from an approved result of this tender."""
    result = the(s.reader, "result", publication.result)
    if result.state != "approved" or result.tender != publication.tender:
        yield {"value": result.id, "state": result.state}


@refusal("publication.standstill_until.too_early", "§3.2.5")
def standstill_runs(publication: Publication, s: Situation) -> Iterator[Facts]:
    """The standstill lasts the calendar days that were announced, the day of publication not counted."""
    days = tender_of(publication, s).standstill_days
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


@refusal("tender.lots.not_public", "§3.2.4")
def every_lot_public(tender: Tender, s: Situation) -> Iterator[Facts]:
    """The candidates of each lot are published."""
    for lot in standing_lots(tender):
        result = approved_result(s.reader, tender.id, lot)
        if result is None or not s.reader.where("publication", states=PUBLIC, tender=tender.id, result=result.id):
            yield {"value": lot or tender.id}
