"""Periods, sums, documents, days and people of a settlement."""

from __future__ import annotations

from datetime import date

import pytest

from registry_shelf import objections, situation, stored
from supplier_eval.registry.guards import settlement as guards
from supplier_eval.registry.records.settlement import Settlement


def found_by(asking, asked):
    return [found for guard in asking for found in objections(guard, asked)]


def contract(state="running", **fields):
    return stored("contract", state, **{"id": "C1", "supplier": "S1", "title": "Desk", "owner": "wu", **fields})


def settlement(**fields):
    given = {"contract": "C1", "period_from": "2026-04-01", "period_to": "2026-05-01", "prepared_by": "ming"}
    return Settlement(**{"id": "B1", **given, "gross": "125.00", "credits": "10.00", "net": "115.00", **fields})


RATE = stored("rate", "agreed", id="R1", contract="C1", item="Ticket", unit_price="12.5")
LINE = stored("settlement_line", "counted", id="N1", settlement="B1", rate="R1", volume="10", amount="125.00")
CREDIT = stored(
    "service_credit", "claimed", id="G1", settlement="B1", contract="C1", kpi="K1", period="2026-04", amount="10.00"
)
SUMS = (RATE, LINE, CREDIT)


@pytest.mark.parametrize("state", ["draft", "approved", "withdrawn"])
def test_only_a_signed_contract_is_settled(state):
    found = found_by(guards.SETTLEMENT, situation(settlement(), contract(state)))
    assert found == [("settlement.contract.not_signed", "contract")]


def test_a_settlement_is_in_the_currency_of_its_contract():
    found = found_by(guards.SETTLEMENT, situation(settlement(), contract(currency="USD")))
    assert found == [("settlement.currency.other", "currency")]


def test_no_day_is_settled_twice():
    other = settlement(id="B2", period_from="2026-04-30", period_to="2026-06-01")
    found = found_by(
        guards.SETTLEMENT, situation(settlement(), contract(), stored("settlement", "paid", **other.model_dump()))
    )
    assert found == [("settlement.period.overlap", "period_from")]
    gone = stored("settlement", "cancelled", **other.model_dump())
    after = stored(
        "settlement", "paid", **settlement(id="B2", period_from="2026-05-01", period_to="2026-06-01").model_dump()
    )
    assert not found_by(guards.SETTLEMENT, situation(settlement(), contract(), gone, after))


@pytest.mark.parametrize(
    ("days", "outside"),
    [
        ({"starts_on": "2026-04-02"}, True),
        ({"starts_on": "2026-01-01", "ends_on": "2026-03-31"}, True),
        ({"starts_on": "2026-01-01", "ends_on": "2026-12-31", "ended_on": "2026-03-31"}, True),
        ({"starts_on": "2026-04-01", "ends_on": "2026-04-01"}, False),
        ({"starts_on": "2026-01-01"}, False),
    ],
)
def test_a_period_begins_while_the_contract_runs(days, outside):
    found = found_by(guards.SETTLEMENT, situation(settlement(), contract(**days)))
    assert found == ([("settlement.period.outside_term", "period_from")] if outside else [])


def test_amounts_are_those_of_lines_and_credits():
    assert not objections(guards.ADDS_UP, situation(settlement(), contract(), *SUMS))
    asked = situation(settlement(gross="125.01", credits="9.99", net="115.02"), contract(), *SUMS)
    assert objections(guards.ADDS_UP, asked) == [
        ("settlement.amounts.other", "gross"),
        ("settlement.amounts.other", "credits"),
        ("settlement.amounts.other", "net"),
    ]


def test_the_cap_of_the_contract_limits_the_credits():
    capped = contract(credit_cap="0.05")
    assert not objections(guards.ADDS_UP, situation(settlement(credits="6.25", net="118.75"), capped, *SUMS))
    assert ("settlement.amounts.other", "credits") in objections(guards.ADDS_UP, situation(settlement(), capped, *SUMS))


def test_a_waived_credit_and_a_struck_line_do_not_count():
    waived = stored("service_credit", "waived", **CREDIT.record.model_dump())
    struck = stored("settlement_line", "struck", **{**LINE.record.model_dump(), "id": "N2"})
    asked = situation(settlement(credits="0.00", net="125.00"), contract(), RATE, LINE, waived, struck)
    assert not objections(guards.ADDS_UP, asked)


def document(item, state="accepted", key="", day="2026-05-06"):
    given = {"settlement": "B1", "received_on": day, "received_by": "ming"}
    return stored("document", state, id=key or f"D-{item}", item=item, **given)


THERE = [document("invoice"), document("acceptance"), document("volumes")]


def test_every_document_of_the_checklist_is_there_before_a_settlement_is_complete():
    asked = situation(settlement(), contract(), *SUMS, *THERE[:1], document("volumes", "rejected"))
    found = found_by(guards.COMPLETE, asked)
    assert found == [("settlement.documents.missing", "documents")] * 2


def test_nothing_is_paid_before_a_reviewer_accepted_each_document():
    given = settlement(paid_on="2026-05-20")
    asked = situation(given, contract(), *SUMS, *THERE[:2], document("volumes", "received"))
    assert found_by(guards.PAY, asked) == [
        ("settlement.documents.not_accepted", "documents"),
        ("settlement.documents.unread", "documents"),
    ]
    assert not found_by(guards.PAY, situation(given, contract(), *SUMS, *THERE))


def test_a_document_that_is_handed_in_again_is_read_again():
    asked = situation(settlement(), contract(), *SUMS, *THERE, document("invoice", "received", "D9"))
    assert found_by(guards.REVIEW, asked) == [("settlement.documents.unread", "documents")]


def test_the_payment_falls_due_by_the_last_document_and_the_agreed_days():
    late = document("volumes", day="2026-05-09")
    agreed = situation(settlement(due_on="2026-05-24"), contract(payment_days=15), *SUMS, *THERE[:2], late)
    assert guards.payment_due(agreed) == date(2026, 5, 24)
    assert not found_by(guards.COMPLETE, agreed)
    by_rule = situation(settlement(due_on="2026-05-24"), contract(), *SUMS, *THERE[:2], late)
    assert guards.payment_due(by_rule) == date(2026, 6, 8)
    assert found_by(guards.COMPLETE, by_rule) == [("settlement.due_on.terms", "due_on")]


def test_a_document_that_came_again_moves_the_day_of_payment():
    again = [document("invoice", "rejected"), document("invoice", key="D9", day="2026-05-12")]
    asked = situation(settlement(due_on="2026-05-26"), contract(payment_days=20), *SUMS, *THERE[1:], *again)
    assert found_by(guards.REVIEW, asked) == [("settlement.due_on.terms", "due_on")]


def test_preparing_reviewing_and_approving_are_three_people():
    given = settlement(reviewed_by="MING", reviewed_on="2026-05-10", approved_by="ming", approved_on="2026-05-10")
    own = found_by(guards.REVIEW, situation(given, contract(), *SUMS, *THERE))
    assert own == [("settlement.reviewed_by.preparer", "reviewed_by")]
    assert found_by(guards.APPROVE, situation(given, contract(), *SUMS, *THERE)) == [
        ("settlement.approved_by.preparer", "approved_by"),
        ("settlement.approved_by.reviewer", "approved_by"),
        ("settlement.approved_by.no_authority", "approved_by"),
    ]


def test_a_payment_follows_its_approval():
    given = settlement(approved_on="2026-05-10", paid_on="2026-05-09")
    found = found_by(guards.PAY, situation(given, contract(), *SUMS, *THERE))
    assert found == [("settlement.paid_on.before", "paid_on")]


def test_a_line_whose_rate_does_not_hold_for_the_period_is_found_before_it_is_paid():
    expired = stored("rate", "expired", **{**RATE.record.model_dump(), "valid_until": date(2026, 3, 31)})
    asked = situation(settlement(due_on="2026-06-05"), contract(), expired, LINE, CREDIT, *THERE)
    assert found_by(guards.COMPLETE, asked) == [("settlement.lines.rate_not_agreed", "lines")]
