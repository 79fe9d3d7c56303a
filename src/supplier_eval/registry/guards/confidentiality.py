"""Guards of agreements, access, handling and destruction (§8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.agreements import needs_agreement, valid_agreement
from supplier_eval.registry.guards.fields import (
    different_people,
    filled,
    in_order,
    known_class,
    not_ahead,
    within_months,
)
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.records.confidentiality import Access, Agreement, Handling


def covered(situation: Situation, party_kind: str, party: str, data_class: str, day: date) -> bool:
    """Whether a party may be shown information of a class on a day (§8.2.2)."""
    if not needs_agreement(data_class, situation.rules):
        return True
    return valid_agreement(situation.reader, party_kind, party, data_class, day, situation.rules) is not None


def _known_supplier(situation: Situation) -> Iterable[Finding]:
    """A supplier that signs is one of the registry's (§8.2.1)."""
    agreement = cast(Agreement, situation.record)
    if agreement.party_kind != "supplier" or situation.reader.get("supplier", agreement.party) is not None:
        return ()
    return (Finding("agreement.party.unknown", "agreement", "party", value=agreement.party),)


def _may_enter(situation: Situation) -> Iterable[Finding]:
    """Who works with a contract's information is bound, still at a review too: they or their employer (§8.3.2)."""
    access = cast(Access, situation.record)
    contract = situation.reader.get("contract", access.contract)
    if contract is None:
        return ()  # the store refuses a reference to nothing
    kind, party = ("supplier", access.supplier) if access.supplier else ("employee", access.person)
    day = access.reviewed_on if situation.event == "review" and access.reviewed_on else access.granted_on
    if covered(situation, kind, party, contract.data_class, day):
        return ()
    facts = {"data_class": contract.data_class}
    return (Finding("access.person.no_agreement", "access", "person", value=party, facts=facts),)


def _is_transfer(situation: Situation) -> bool:
    return cast(Handling, situation.record).step == "transfer"


def _may_receive(situation: Situation) -> Iterable[Finding]:
    """Nothing above public is passed to somebody who is not bound for its class (§8.3.1)."""
    handling = cast(Handling, situation.record)
    kind, recipient = handling.recipient_kind, handling.recipient
    if handling.step != "transfer" or kind is None or recipient is None:
        return ()
    if covered(situation, kind, recipient, handling.data_class, handling.on):
        return ()
    facts = {"data_class": handling.data_class}
    return (Finding("handling.recipient.no_agreement", "handling", "recipient", value=recipient, facts=facts),)


AGREEMENT_CLASS = known_class("agreement.data_class.unknown", "§8.1.2")
AGREEMENT_PARTY = Guard("agreement.party.unknown", "§8.2.1", _known_supplier)
AGREEMENT_COMPLETE = filled(
    "agreement.text.incomplete",
    "§8.2.2",
    *("definition", "scope", "applicability", "liability", "valid_from", "valid_until"),
)
AGREEMENT_PERIOD = in_order("agreement.valid_until.before", "§8.2.2", "valid_from", "valid_until")
AGREEMENT_SIGNED = not_ahead("agreement.signed_on.ahead", "§8.2.1", "signed_on", "ended_on")
AGREEMENT_ENDED_IN_TURN = in_order("agreement.ended_on.before_step", "§8.2.1", "signed_on", "ended_on")
ACCESS_REVIEWED_IN_TURN = in_order("access.reviewed_on.before_step", "§8.3.2", "granted_on", "reviewed_on")
ACCESS_RETURNED_IN_TURN = in_order("access.returned_on.before_step", "§8.3.2", "reviewed_on", "returned_on")
ACCESS_BOUND = Guard("access.person.no_agreement", "§8.3.2", _may_enter)
ACCESS_REVIEW = in_order("access.review_due.before", "§8.3.2", "granted_on", "review_due", apart=True)
ACCESS_NEXT_REVIEW = in_order("access.review_due.before", "§8.3.2", "reviewed_on", "review_due", apart=True)
ACCESS_REVIEWED_ANEW = anew("access.reviewed_on.not_anew", "§8.3.2", "reviewed_on", "review_due")
ACCESS_REVIEW_SOON = within_months(
    *("access.review_due.too_late", "§8.3.2", "granted_on", "review_due"),
    lambda rules: rules.confidentiality.access_review_months,
)
ACCESS_NEXT_REVIEW_SOON = within_months(
    *("access.review_due.too_late", "§8.3.2", "reviewed_on", "review_due"),
    lambda rules: rules.confidentiality.access_review_months,
)
ACCESS_RETURN = in_order("access.returned_on.before", "§8.3.2", "granted_on", "returned_on")
ACCESS_PAST = not_ahead("access.day.ahead", "§8.3.2", "reviewed_on", "returned_on")
HANDLING_CLASS = known_class("handling.data_class.unknown", "§8.1.2")
HANDLING_PAST = not_ahead("handling.on.ahead", "§8.3.1", "on")
HANDLING_RECIPIENT = filled("handling.recipient.missing", "§8.3.1", "recipient_kind", "recipient", when=_is_transfer)
HANDLING_BOUND = Guard("handling.recipient.no_agreement", "§8.3.1", _may_receive)
DESTRUCTION_CLASS = known_class("destruction.data_class.unknown", "§8.1.2")
DESTRUCTION_PROVEN = filled("destruction.certificate.lacks", "§8.3.1", "method", "witness", "certificate")
DESTRUCTION_WITNESS = different_people("destruction.witness.same_person", "§8.3.1", "by", "witness")
DESTRUCTION_PAST = not_ahead("destruction.on.ahead", "§8.3.1", "on")
ASKED_AGAIN = cleared("destruction.reason.last_round", "§8.3.1", "reason", "approved_by")
KEPT_ALLOWED = filled("destruction.kept.lacks", "§8.3.1", "reason", "approved_by")
