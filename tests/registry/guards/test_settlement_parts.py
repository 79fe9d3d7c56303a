"""Lines, documents and service credits of a settlement."""

from __future__ import annotations

import pytest

from registry_shelf import objections, situation, stored
from supplier_eval.registry.guards import settlement_parts as parts
from supplier_eval.registry.records.settlement import Document, ServiceCredit, SettlementLine


def found_by(asking, asked):
    return [found for guard in asking for found in objections(guard, asked)]


RATE = stored("rate", "agreed", id="R1", contract="C1", item="Ticket", unit_price="12.5")
CREDIT = stored(
    "service_credit", "claimed", id="G1", settlement="B1", contract="C1", kpi="K1", period="2026-04", amount="10.00"
)


def kept(state="draft"):
    given = {"contract": "C1", "period_from": "2026-04-01", "period_to": "2026-05-01", "prepared_by": "ming"}
    return stored("settlement", state, id="B1", **given, gross="125.00", credits="10.00", net="115.00")


def line(**fields):
    return SettlementLine(
        **{"id": "N1", "settlement": "B1", "rate": "R1", "volume": "10", "amount": "125.00", **fields}
    )


def test_a_line_is_volume_by_rate_to_the_hundredth():
    found = found_by(parts.LINE, situation(line(amount="124.99"), kept(), RATE))
    assert found == [("settlement_line.amount.other", "amount")]
    assert not found_by(parts.LINE, situation(line(volume="1.0004", amount="12.51"), kept(), RATE))


@pytest.mark.parametrize(
    "rate",
    [
        stored("rate", "agreed", id="R1", contract="C2", item="Ticket", unit_price="12.5"),
        stored("rate", "struck", id="R1", contract="C1", item="Ticket", unit_price="12.5"),
        stored("rate", "expired", id="R1", contract="C1", item="T", unit_price="12.5", valid_until="2026-03-31"),
        stored("rate", "agreed", id="R1", contract="C1", item="T", unit_price="12.5", valid_from="2026-05-01"),
    ],
    ids=["of another contract", "struck", "expired", "of the future"],
)
def test_a_line_takes_a_rate_that_its_contract_agrees_for_its_period(rate):
    found = found_by(parts.LINE, situation(line(), kept(), rate))
    assert found == [("settlement_line.rate.not_agreed", "rate")]


def test_lines_and_credits_stand_once_the_settlement_left_its_draft():
    credit = ServiceCredit(**CREDIT.record.model_dump())
    asked = situation(line(), kept("reviewed"), RATE)
    assert found_by(parts.LINE, asked) == [("settlement_line.settlement.not_draft", "settlement")]
    asked = situation(credit, kept("reviewed"))
    assert found_by(parts.CREDIT, asked) == [("service_credit.settlement.not_draft", "settlement")]


def test_a_credit_is_of_the_contract_that_is_settled():
    credit = ServiceCredit(**{**CREDIT.record.model_dump(), "contract": "C2"})
    assert found_by(parts.CREDIT, situation(credit, kept())) == [("service_credit.contract.other", "contract")]


def test_who_waives_a_credit_has_authority_for_its_amount():
    credit = ServiceCredit(**CREDIT.record.model_dump() | {"waived_by": "chen", "waived_on": "2026-05-05"})
    found = found_by(parts.WAIVE, situation(credit, kept()))
    assert found == [("service_credit.waived_by.no_authority", "waived_by")]
    days = {"valid_from": "2026-01-01", "valid_until": "2026-12-31", "granted_by": "board"}
    held = stored("authority", "granted", id="A1", person="chen", act="approve_payment", up_to="10.00", **days)
    assert not found_by(parts.WAIVE, situation(credit, kept(), held))


def paper(**fields):
    given = {"id": "D1", "settlement": "B1", "item": "invoice", "received_on": "2026-05-06", "received_by": "ming"}
    return Document(**{**given, **fields})


def test_a_document_answers_to_the_checklist_of_a_settlement_that_is_open():
    found = found_by(parts.DOCUMENT, situation(paper(item="poem"), kept("paid")))
    assert found == [("document.item.unknown", "item"), ("document.settlement.closed", "settlement")]
    assert not found_by(parts.DOCUMENT, situation(paper(), kept("documents_complete")))


def test_who_received_a_document_does_not_review_it():
    given = paper(reviewed_by="ming", reviewed_on="2026-05-05")
    assert found_by(parts.JUDGE_DOCUMENT, situation(given, kept())) == [
        ("document.reviewed_by.receiver", "reviewed_by"),
        ("document.reviewed_on.before", "reviewed_on"),
    ]
