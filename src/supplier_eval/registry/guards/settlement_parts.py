"""Guards of what a settlement counts: lines, documents, service credits (§4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.authority import authorised
from supplier_eval.registry.guards.fields import different_people, in_order, not_ahead
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.settlement import Document, ServiceCredit, SettlementLine
from supplier_eval.registry.settlement_amounts import line_amount


def holds(rate: Stored, contract: str, period_from: date, period_to: date) -> bool:
    """Whether a rate is agreed in a contract for days of a half-open period."""
    begun = rate.valid_from is None or rate.valid_from < period_to
    runs = rate.valid_until is None or rate.valid_until >= period_from
    return rate.contract == contract and rate.state != "struck" and begun and runs


def _settlement(situation: Situation) -> Stored | None:
    key = getattr(situation.record, "settlement")  # noqa: B009 - a field of several kinds
    return situation.reader.get("settlement", key)


def in_draft(code: str) -> Guard:
    """Guard: what a settlement counts is changed only while it is a draft."""

    def check(situation: Situation) -> Iterator[Finding]:
        settlement = _settlement(situation)
        if settlement is not None and settlement.state != "draft":
            facts = {"state": settlement.state}
            yield Finding(code, situation.record.kind, "settlement", value=settlement.id, facts=facts)

    return Guard(code, "§4.3.1", check)


def _own_rate(situation: Situation) -> Iterator[Finding]:
    """A line is priced by a rate of its contract that holds in its period (§4.3.1)."""
    line, settlement = cast(SettlementLine, situation.record), _settlement(situation)
    rate = situation.reader.get("rate", line.rate)
    if rate is None or settlement is None:
        return
    if not holds(rate, settlement.contract, settlement.period_from, settlement.period_to):
        facts = {"settlement": settlement.id}
        yield Finding("settlement_line.rate.not_agreed", "settlement_line", "rate", value=line.rate, facts=facts)


def _line_sum(situation: Situation) -> Iterator[Finding]:
    """A line is volume by unit price, to the hundredth (§4.3.1)."""
    line = cast(SettlementLine, situation.record)
    rate = situation.reader.get("rate", line.rate)
    computed = line_amount(line.volume, rate.unit_price) if rate is not None else line.amount
    if line.amount != computed:
        facts = {"computed": str(computed), "volume": str(line.volume)}
        yield Finding("settlement_line.amount.other", "settlement_line", "amount", value=str(line.amount), facts=facts)


def _known_document(situation: Situation) -> Iterator[Finding]:
    """A document answers to a line of the checklist (§4.3.2)."""
    given = cast(Document, situation.record).item
    known = tuple(line.id for line in situation.rules.contracts.documents)
    if given not in known:
        facts = {"known": ", ".join(known) or "-"}
        yield Finding("document.item.unknown", "document", "item", value=given, facts=facts)


def _still_open(situation: Situation) -> Iterator[Finding]:
    """Nothing is handed in for what is paid or cancelled (§4.3.2)."""
    settlement = _settlement(situation)
    if settlement is not None and settlement.state not in ("draft", "documents_complete", "disputed"):
        facts = {"state": settlement.state}
        yield Finding("document.settlement.closed", "document", "settlement", value=settlement.id, facts=facts)


def _its_contract(situation: Situation) -> Iterator[Finding]:
    """A credit is of the contract that is settled (§4.3.1)."""
    credit, settlement = cast(ServiceCredit, situation.record), _settlement(situation)
    if settlement is not None and settlement.contract != credit.contract:
        facts = {"settled": settlement.contract}
        yield Finding("service_credit.contract.other", "service_credit", "contract", value=credit.contract, facts=facts)


def _waived(situation: Situation) -> tuple[Decimal | None, str]:
    settlement = _settlement(situation)
    return cast(ServiceCredit, situation.record).amount, settlement.currency if settlement is not None else ""


LINE = (
    in_draft("settlement_line.settlement.not_draft"),
    Guard("settlement_line.rate.not_agreed", "§4.3.1", _own_rate),
    Guard("settlement_line.amount.other", "§4.3.1", _line_sum),
)
STRIKE_LINE = LINE[:1]
DOCUMENT = (
    Guard("document.item.unknown", "§4.3.2", _known_document),
    Guard("document.settlement.closed", "§4.3.2", _still_open),
    not_ahead("document.day.ahead", "§4.3.2", "received_on"),
)
JUDGE_DOCUMENT = (
    different_people("document.reviewed_by.receiver", "§4.3.2", "received_by", "reviewed_by"),
    not_ahead("document.day.ahead", "§4.3.2", "reviewed_on"),
    in_order("document.reviewed_on.before", "§4.3.2", "received_on", "reviewed_on"),
)
CREDIT = (
    in_draft("service_credit.settlement.not_draft"),
    Guard("service_credit.contract.other", "§4.3.1", _its_contract),
)
WAIVE = (
    CREDIT[0],
    authorised("service_credit.waived_by.no_authority", "§4.3.1", "approve_payment", "waived_by", "waived_on", _waived),
    not_ahead("service_credit.waived_on.ahead", "§4.3.1", "waived_on"),
)
