"""Guards of settlement: periods, sums, complete and accepted documents, days, who pays what (§4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.authority import authorised
from supplier_eval.registry.guards.fields import different_people, in_order, not_ahead
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.guards.settlement_parts import holds
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.settlement import Settlement
from supplier_eval.registry.settlement_amounts import SettlementAmounts, amounts_owed

BOUND = ("signed", "running", "ended", "terminated")
OWED = ("draft", "documents_complete", "reviewed", "approved", "paid", "disputed")


def _contract(situation: Situation) -> Stored | None:
    return situation.reader.get("contract", cast(Settlement, situation.record).contract)


def _bound(situation: Situation) -> Iterator[Finding]:
    """Only a signed contract is settled (§4.3.1)."""
    contract = _contract(situation)
    if contract is not None and contract.state not in BOUND:
        facts = {"state": contract.state}
        yield Finding("settlement.contract.not_signed", "settlement", "contract", value=contract.id, facts=facts)


def _own_currency(situation: Situation) -> Iterator[Finding]:
    """A settlement is in the contract's currency (§4.3.1)."""
    given, contract = cast(Settlement, situation.record).currency, _contract(situation)
    if contract is not None and contract.currency != given:
        facts = {"asked": contract.currency}
        yield Finding("settlement.currency.other", "settlement", "currency", value=given, facts=facts)


def _no_overlap(situation: Situation) -> Iterator[Finding]:
    """No day of a contract is settled twice (§4.3.1)."""
    mine = cast(Settlement, situation.record)
    for other in situation.reader.where("settlement", states=OWED, contract=mine.contract):
        if other.id != mine.id and other.period_from < mine.period_to and mine.period_from < other.period_to:
            facts = {"other": other.id}
            given = f"{mine.period_from} – {mine.period_to}"
            yield Finding("settlement.period.overlap", "settlement", "period_from", value=given, facts=facts)


def _in_term(situation: Situation) -> Iterator[Finding]:
    """A period begins while the contract runs (§4.3.1)."""
    begins, contract = cast(Settlement, situation.record).period_from, _contract(situation)
    if contract is None or contract.starts_on is None:
        return
    last = contract.ended_on or contract.ends_on
    if begins < contract.starts_on or (last is not None and begins > last):
        facts = {"first": str(contract.starts_on), "last": str(last or "-")}
        yield Finding("settlement.period.outside_term", "settlement", "period_from", value=str(begins), facts=facts)


def amounts_of(situation: Situation) -> SettlementAmounts:
    """What lines, credits and cap on record come to, for the settlement that is moved."""
    reader, contract = situation.reader, _contract(situation)
    lines = reader.where("settlement_line", states=("counted",), settlement=situation.record.id)
    rates = {line.rate: reader.get("rate", line.rate) for line in lines}
    priced = [(line.volume, rate.unit_price) for line in lines if (rate := rates[line.rate]) is not None]
    claimed = reader.where("service_credit", states=("claimed",), settlement=situation.record.id)
    cap = contract.credit_cap if contract is not None else None
    return amounts_owed(priced, (credit.amount for credit in claimed), cap)


def _adds_up(situation: Situation) -> Iterator[Finding]:
    """Gross is the sum of the lines, credits that of the claims up to the cap, net the rest (§4.3.1)."""
    settlement, asked = cast(Settlement, situation.record), amounts_of(situation)
    for name in ("gross", "credits", "net"):
        given, computed = getattr(settlement, name), getattr(asked, name)
        if given != computed:
            facts = {"computed": str(computed), "currency": settlement.currency}
            yield Finding("settlement.amounts.other", "settlement", name, value=str(given), facts=facts)


def _rates_hold(situation: Situation) -> Iterator[Finding]:
    """Every line's rate is agreed for the period as it is now (§4.3.1)."""
    settlement = cast(Settlement, situation.record)
    for line in situation.reader.where("settlement_line", states=("counted",), settlement=settlement.id):
        rate = situation.reader.get("rate", line.rate)
        if rate is not None and not holds(rate, settlement.contract, settlement.period_from, settlement.period_to):
            facts = {"line": line.id}
            yield Finding("settlement.lines.rate_not_agreed", "settlement", "lines", value=rate.id, facts=facts)


def _documents(situation: Situation, *states: str) -> tuple[Stored, ...]:
    return situation.reader.where("document", states=states, settlement=situation.record.id)


def _received(situation: Situation) -> Iterator[Finding]:
    """Every document of the checklist is there (§4.3.2)."""
    there = {document.item for document in _documents(situation, "received", "accepted")}
    for line in situation.rules.contracts.documents:
        if line.id not in there:
            facts = {"item_en": line.words.say("en"), "item_zh": line.words.say("zh")}
            yield Finding("settlement.documents.missing", "settlement", "documents", value=line.id, facts=facts)


def _accepted(situation: Situation) -> Iterator[Finding]:
    """A reviewer accepted every document of the checklist (§4.3.2)."""
    accepted = {document.item for document in _documents(situation, "accepted")}
    for line in situation.rules.contracts.documents:
        if line.id not in accepted:
            facts = {"item_en": line.words.say("en"), "item_zh": line.words.say("zh")}
            yield Finding("settlement.documents.not_accepted", "settlement", "documents", value=line.id, facts=facts)


def _unread(situation: Situation) -> Iterator[Finding]:
    """No document was received and left unread (§4.3.2)."""
    for document in _documents(situation, "received"):
        yield Finding("settlement.documents.unread", "settlement", "documents", value=document.id)


def payment_due(situation: Situation) -> date | None:
    """The day by which it is to be paid: the last document and the agreed days; None without a document."""
    contract = _contract(situation)
    days = contract.payment_days if contract is not None else None
    days = days if days is not None else situation.rules.contracts.payment_days
    last = max((document.received_on for document in _documents(situation, "received", "accepted")), default=None)
    return last + timedelta(days=days) if last is not None else None


def _as_agreed(situation: Situation) -> Iterator[Finding]:
    """The payment falls due by the agreed terms (§4.3.1)."""
    given, asked = cast(Settlement, situation.record).due_on, payment_due(situation)
    if given is not None and asked is not None and given != asked:
        facts = {"asked": str(asked)}
        yield Finding("settlement.due_on.terms", "settlement", "due_on", value=str(given), facts=facts)


def _net(situation: Situation) -> tuple[Decimal | None, str]:
    settlement = cast(Settlement, situation.record)
    return settlement.net, settlement.currency


ADDS_UP = Guard("settlement.amounts.other", "§4.3.1", _adds_up)
ACCEPTED = (
    Guard("settlement.documents.not_accepted", "§4.3.2", _accepted),
    Guard("settlement.documents.unread", "§4.3.2", _unread),
)
SETTLEMENT = (
    Guard("settlement.contract.not_signed", "§4.3.1", _bound),
    Guard("settlement.currency.other", "§4.3.1", _own_currency),
    in_order("settlement.period_to.before", "§4.3.1", "period_from", "period_to", apart=True),
    Guard("settlement.period.overlap", "§4.3.1", _no_overlap),
    Guard("settlement.period.outside_term", "§4.3.1", _in_term),
)
DUE = Guard("settlement.due_on.terms", "§4.3.1", _as_agreed)
COMPLETE = (
    *SETTLEMENT,
    Guard("settlement.lines.rate_not_agreed", "§4.3.1", _rates_hold),
    ADDS_UP,
    Guard("settlement.documents.missing", "§4.3.2", _received),
    DUE,
)
REVIEW = (
    ADDS_UP,
    DUE,
    *ACCEPTED,
    different_people("settlement.reviewed_by.preparer", "§4.3.2", "prepared_by", "reviewed_by"),
    not_ahead("settlement.day.ahead", "§4.3.2", "reviewed_on"),
)
APPROVE = (
    ADDS_UP,
    *ACCEPTED,
    different_people("settlement.approved_by.preparer", "§4.3.2", "prepared_by", "approved_by"),
    different_people("settlement.approved_by.reviewer", "§4.3.2", "reviewed_by", "approved_by"),
    authorised("settlement.approved_by.no_authority", "§4.3.1", "approve_payment", "approved_by", "approved_on", _net),
    not_ahead("settlement.day.ahead", "§4.3.1", "approved_on"),
    in_order("settlement.approved_on.before", "§4.3.1", "reviewed_on", "approved_on"),
)
PAY = (
    ADDS_UP,
    *ACCEPTED,
    not_ahead("settlement.day.ahead", "§4.3.1", "paid_on"),
    in_order("settlement.paid_on.before", "§4.3.1", "approved_on", "paid_on"),
)
ANOTHER_ROUND = (
    cleared(
        "settlement.round.last_answers",
        "§4.3.2",
        *("due_on", "reviewed_by", "reviewed_on", "approved_by", "approved_on"),
    ),
)
DISPUTE = (anew("settlement.dispute.last_round", "§4.3.1", "dispute"),)
SETTLE = (*ANOTHER_ROUND, anew("settlement.resolution.last_round", "§4.3.1", "resolution"))
CANCEL = (anew("settlement.reason.last_round", "§4.3.1", "reason"),)
RETURN = (*ANOTHER_ROUND, *CANCEL)
