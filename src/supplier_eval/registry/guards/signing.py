"""Before a contract is signed: award, clauses, legal review, text, authority, secrecy (§3.2.5, §4.1.1, §4.1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.agreements import needs_agreement, valid_agreement
from supplier_eval.registry.guards.authority import authorised
from supplier_eval.registry.guards.fields import different_people, in_order, known_class, not_ahead
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.guards.supplier_standing import in_good_standing
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.contracts import Contract

FINAL = ("notified", "contracted")
BOUND = ("signed", "running", "ended", "terminated")


def _value(situation: Situation) -> tuple[Decimal | None, str]:
    contract = cast(Contract, situation.record)
    return contract.value, contract.currency


def _clauses(situation: Situation) -> Iterator[Finding]:
    """Every clause of the house's checklist stands in the text (§3.2.5)."""
    found = situation.reader.where("clause", states=("present",), contract=situation.record.id)
    present = {clause.item for clause in found}
    for line in situation.rules.contracts.clauses:
        if line.id not in present:
            facts = {"item_en": line.words.say("en"), "item_zh": line.words.say("zh"), "clause": line.clause}
            yield Finding("contract.clauses.missing", "contract", "clauses", value=line.id, facts=facts)


def _award(situation: Situation) -> Stored | None:
    key = cast(Contract, situation.record).award
    return situation.reader.get("award", key) if key is not None else None


def _award_final(situation: Situation) -> Iterator[Finding]:
    """A contract follows an award that was notified (§3.2.5)."""
    key, award = cast(Contract, situation.record).award, _award(situation)
    if award is None or award.state not in FINAL:
        state = award.state if award is not None else "-"
        yield Finding("contract.award.not_final", "contract", "award", value=key or "-", facts={"state": state})


def _as_awarded(situation: Situation) -> Iterator[Finding]:
    """Supplier, tender, amount and currency are those of the award (§3.2.5)."""
    contract, award = cast(Contract, situation.record), _award(situation)
    if award is None:
        return
    pairs = (
        ("supplier", contract.supplier, award.supplier),
        ("tender", contract.tender, award.tender),
        ("value", contract.value, award.amount),
        ("currency", contract.currency, award.currency),
    )
    for name, given, awarded in pairs:
        if given is not None and given != awarded:
            facts = {"awarded": str(awarded), "award": award.id}
            yield Finding("contract.award.other_terms", "contract", name, value=str(given), facts=facts)


def _as_awarded_in_draft(situation: Situation) -> Iterator[Finding]:
    """Changes have moved a running contract's value away from its award's; a draft's is the award's."""
    if situation.before is not None and situation.before.state == "draft":
        yield from _as_awarded(situation)


def _award_free(situation: Situation) -> Iterator[Finding]:
    """One award, one contract (§3.2.5)."""
    contract = cast(Contract, situation.record)
    if contract.award is None:
        return
    for other in situation.reader.where("contract", states=BOUND, award=contract.award):
        if other.id != contract.id:
            facts = {"other": other.id}
            yield Finding("contract.award.taken", "contract", "award", value=contract.award, facts=facts)


def _class_of_tender(situation: Situation) -> Iterator[Finding]:
    """The class of information is at least the tender's: no agreement is got round by a lower one (§8.1.2)."""
    contract, award = cast(Contract, situation.record), _award(situation)
    key = contract.tender or (award.tender if award is not None else None)
    tender = situation.reader.get("tender", key) if key is not None else None
    if tender is not None and situation.rules.rank(contract.data_class) < situation.rules.rank(tender.data_class):
        facts = {"tender": tender.id, "asked": tender.data_class}
        yield Finding(
            "contract.data_class.below_tender", "contract", "data_class", value=contract.data_class, facts=facts
        )


def _reviewed_text(situation: Situation) -> Iterator[Finding]:
    """What was reviewed is the text of the draft (§4.1.1)."""
    contract = cast(Contract, situation.record)
    if contract.reviewed_digest != contract.text_digest:
        given, facts = contract.reviewed_digest or "-", {"text": contract.text_digest or "-"}
        yield Finding("contract.reviewed_digest.other_text", "contract", "reviewed_digest", value=given, facts=facts)


def _signed_text(situation: Situation) -> Iterator[Finding]:
    """What is signed is the text that was reviewed, to the last byte (§4.1.2)."""
    contract = cast(Contract, situation.record)
    if contract.reviewed_digest is None or contract.signed_digest != contract.reviewed_digest:
        given, facts = contract.signed_digest or "-", {"reviewed": contract.reviewed_digest or "-"}
        yield Finding("contract.signed_digest.other_text", "contract", "signed_digest", value=given, facts=facts)


def _agreement(situation: Situation) -> Iterator[Finding]:
    """A supplier who sees more than public information is bound to secrecy first (§8.2)."""
    contract = cast(Contract, situation.record)
    if contract.signed_on is None or not needs_agreement(contract.data_class, situation.rules):
        return
    found = valid_agreement(
        situation.reader, "supplier", contract.supplier, contract.data_class, contract.signed_on, situation.rules
    )
    if found is None:
        facts = {"data_class": contract.data_class, "day": str(contract.signed_on)}
        yield Finding("contract.supplier.no_agreement", "contract", "supplier", value=contract.supplier, facts=facts)


CONTRACT_STANDING = in_good_standing("contract.supplier.standing", "§3.3.2")
DATA_CLASS = known_class("contract.data_class.unknown", "§8.1.2")
CLASS_OF_TENDER = Guard("contract.data_class.below_tender", "§8.1.2", _class_of_tender)
CLAUSES = Guard("contract.clauses.missing", "§3.2.5", _clauses)
AWARD_FINAL = Guard("contract.award.not_final", "§3.2.5", _award_final)
AS_AWARDED = Guard("contract.award.other_terms", "§3.2.5", _as_awarded)
AS_AWARDED_IN_DRAFT = Guard("contract.award.other_terms", "§3.2.5", _as_awarded_in_draft)
AWARD_FREE = Guard("contract.award.taken", "§3.2.5", _award_free)
REVIEWED_TEXT = Guard("contract.reviewed_digest.other_text", "§4.1.1", _reviewed_text)
REVIEWER = different_people("contract.reviewed_by.owner", "§4.1.1", "owner", "reviewed_by")
REVIEW_PAST = not_ahead("contract.day.ahead", "§4.1.1", "reviewed_on")
REVIEW_CLEARED = cleared(
    "contract.reviewed_digest.last_round", "§4.1.1", "reviewed_digest", "reviewed_by", "reviewed_on"
)
SIGNED_TEXT = Guard("contract.signed_digest.other_text", "§4.1.2", _signed_text)
SIGNATORY = authorised("contract.signed_by.no_authority", "§4.1.2", "sign_contract", "signed_by", "signed_on", _value)
SIGNED_PAST = not_ahead("contract.day.ahead", "§4.1.2", "signed_on")
SIGNED_AFTER = in_order("contract.signed_on.before_review", "§4.1.1", "reviewed_on", "signed_on")
TERM = in_order("contract.ends_on.before", "§4.1.2", "starts_on", "ends_on", apart=True)
AGREEMENT = Guard("contract.supplier.no_agreement", "§8.2.2", _agreement)
STARTED = not_ahead("contract.day.ahead", "§4.2.1", "starts_on")

DRAFT = (CONTRACT_STANDING, DATA_CLASS, CLASS_OF_TENDER, AS_AWARDED, TERM)
EDIT = (DATA_CLASS, CLASS_OF_TENDER, AS_AWARDED_IN_DRAFT, TERM)
SEND_BACK = (REVIEW_CLEARED, anew("contract.review_notes.last_round", "§4.1.1", "review_notes"))
SUBMIT = (*DRAFT, CLAUSES)
APPROVE = (REVIEWED_TEXT, REVIEWER, REVIEW_PAST)
SIGN = (
    *(CONTRACT_STANDING, DATA_CLASS, CLASS_OF_TENDER, AWARD_FINAL, AS_AWARDED, AWARD_FREE, CLAUSES, REVIEWER),
    *(SIGNED_TEXT, SIGNATORY, SIGNED_PAST, SIGNED_AFTER, TERM, AGREEMENT),
)
