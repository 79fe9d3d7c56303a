"""Guards of the panel: declaration and agreement before a seat, no seat over a conflict, marks locked (§3.2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from supplier_eval.registry.guards.agreements import valid_agreement
from supplier_eval.registry.guards.fields import different_people, not_ahead
from supplier_eval.registry.guards.procedure import (
    Facts,
    conflicting_lots,
    lots_of,
    refusal,
    same_person,
    seated_for,
    standing_lots,
    tender_of,
    the,
    today,
)
from supplier_eval.registry.guards.rounds import anew
from supplier_eval.registry.lifecycle import Situation
from supplier_eval.registry.records.tendering import ConflictDeclaration, Evaluator, Tender

BEFORE_LOCK = ("draft", "published", "closed", "opened", "technical_opened")


@refusal("evaluator.tender.marks_locked", "§3.2.4")
def panel_open(evaluator: Evaluator, s: Situation) -> Iterator[Facts]:
    """The panel is complete when its marks are locked."""
    tender = tender_of(evaluator, s)
    if tender.state not in BEFORE_LOCK:
        yield {"value": tender.id, "state": tender.state}


@refusal("evaluator.person.twice", "§3.2.4")
def named_once(evaluator: Evaluator, s: Situation) -> Iterator[Facts]:
    """One person has one seat."""
    for other in s.reader.where("evaluator", states=("named", "seated"), tender=evaluator.tender):
        if other.id != evaluator.id and same_person(other.person, evaluator.person):
            yield {"value": evaluator.person, "other": other.id}


@refusal("evaluator.id.no_declaration", "§1.3.4")
def declared(evaluator: Evaluator, s: Situation) -> Iterator[Facts]:
    """No seat without a conflict declaration."""
    if not s.reader.where("conflict_declaration", tender=evaluator.tender, evaluator=evaluator.id):
        yield {"value": evaluator.person}


@refusal("evaluator.person.conflict", "§1.3.4")
def free_of_conflict(evaluator: Evaluator, s: Situation) -> Iterator[Facts]:
    """No seat in a lot where somebody bids with whom a conflict was declared."""
    for lot, supplier in conflicting_lots(s.reader, evaluator.tender, evaluator.person).items():
        if lot not in evaluator.recused_lots:
            yield {"value": evaluator.person, "supplier": supplier, "lot": lot or "-"}


@refusal("evaluator.person.no_agreement", "§8.2.2")
def bound_to_secrecy(evaluator: Evaluator, s: Situation) -> Iterator[Facts]:
    """No seat without a confidentiality agreement of the tender's class, valid today."""
    data_class = tender_of(evaluator, s).data_class
    if not valid_agreement(s.reader, "evaluator", evaluator.person, data_class, today(s), s.rules):
        yield {"value": evaluator.person, "data_class": data_class or "-"}


@refusal("evaluator.recused_lots.unknown", "§1.3.4")
def recused_lots_known(evaluator: Evaluator, s: Situation) -> Iterator[Facts]:
    """Lots of the tender; who is out of its only lot is released."""
    known = lots_of(tender_of(evaluator, s))
    for lot in evaluator.recused_lots:
        if lot not in known:
            yield {"value": lot, "known": ", ".join(known) or "-"}


@refusal("evaluator.recused_lots.taken_back", "§1.3.4")
def recused_for_good(evaluator: Evaluator, s: Situation) -> Iterator[Facts]:
    """Who stepped out of a lot does not step in again."""
    before = s.before.recused_lots if s.before else ()
    for lot in before:
        if lot not in evaluator.recused_lots:
            yield {"value": lot}


@refusal("conflict_declaration.person.other", "§1.3.4")
def declares_for_oneself(declaration: ConflictDeclaration, s: Situation) -> Iterator[Facts]:
    """The person is the evaluator, and the tender is theirs."""
    evaluator = the(s.reader, "evaluator", declaration.evaluator)
    if evaluator.tender != declaration.tender or not same_person(evaluator.person, declaration.person):
        yield {"value": declaration.person, "evaluator": evaluator.id}


STEP_ANEW = anew("evaluator.reasons.last_round", "§1.3.4", "reasons")
DECLARED_NOT_AHEAD = not_ahead("conflict_declaration.declared_on.ahead", "§1.3.4", "declared_on")
CLEARED_BY_ANOTHER = different_people("conflict_declaration.cleared_by.same_person", "§1.3.4", "person", "cleared_by")


@refusal("tender.id.no_panel", "§3.2.4")
def panel_seated(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Somebody sits on the panel of each lot."""
    for lot in standing_lots(tender):
        if not seated_for(s.reader, tender.id, lot):
            yield {"value": tender.id, "lot": lot or "-"}


@refusal("tender.id.conflict_seated", "§1.3.4")
def panel_free_of_conflict(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Who declared a conflict after taking the seat is released, or recused from the lot, before marks count."""
    for member in s.reader.where("evaluator", states=("seated",), tender=tender.id):
        for lot, supplier in conflicting_lots(s.reader, tender.id, member.person).items():
            if lot not in member.recused_lots:
                yield {"value": member.person, "supplier": supplier, "lot": lot or "-"}


@refusal("tender.id.bid_unreviewed", "§3.2.3")
def bids_reviewed(tender: Tender, s: Situation) -> Iterator[Facts]:
    """Each bid that was opened is qualified or rejected, with a reason."""
    for bid in s.reader.where("bid", states=("received", "incomplete"), tender=tender.id):
        yield {"value": bid.id, "state": bid.state}
