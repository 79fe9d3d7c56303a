"""Section 4.3, item by item: settlement from the lines to the last payment, refused moves included."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from registry_begun import refused
from registry_contract import ITEMS, Contracting
from supplier_eval.registry.payment_delays import late_payments
from supplier_eval.registry.settlement_amounts import amounts_owed

DAY = timedelta(days=1)
SUMS = {"gross": 0, "credits": 0, "net": 0, "prepared_by": "ma.li"}


@pytest.fixture
def c(registry, clock):
    return Contracting(registry, clock)


def test_4_3_1_amounts_follow_rates_volumes_and_credits_and_late_payments_are_listed(c):
    c.running()
    c.settlement(volume="1000.004", credit="2000.00")
    asked = amounts_owed([(Decimal("1000.004"), Decimal("12.5"))], [Decimal("2000.00")], Decimal("0.1"))
    kept = c.get("settlement", "B-1")
    assert (kept.gross, kept.credits, kept.net) == (asked.gross, asked.credits, asked.net)
    assert (kept.gross, kept.net) == (Decimal("12500.05"), Decimal("11250.04"))
    start = kept.period_from
    with refused("settlement.period.overlap"):
        c.settlement("B-2", period_from=start + 29 * DAY, period_to=start + 60 * DAY)
    with refused("settlement_line.amount.other"):
        c.registry.edit(c.get("settlement_line", "B-1-1"), amount=Decimal("12500.06"))
    c.clock.advance(days=31)
    for item in ITEMS:
        c.hand_in(item)
    c.registry.edit(kept, net=Decimal("11250.05"))
    with refused("settlement.amounts.other", "settlement.due_on.terms"):
        c.complete(due_on=c.today + 30 * DAY)
    c.registry.edit(c.get("settlement", "B-1"), net=Decimal("11250.04"))
    c.complete()
    for item in ITEMS:
        c.accept_document(item)
    c.review_settlement()
    with refused("settlement_line.settlement.not_draft"):
        c.move("settlement_line", "B-1-1", "strike", reason="twice")
    with refused("service_credit.settlement.not_draft"):
        c.registry.edit(c.get("service_credit", "B-1-G"), amount=1)
    with refused("settlement.approved_by.no_authority"):
        c.approve_settlement()
    c.authority("chen.bo", "approve_payment", "11250.04")
    with refused("settlement.approved_by.reviewer", "settlement.approved_by.no_authority"):
        c.approve_settlement(approved_by="he.jun")
    with refused("settlement.approved_by.preparer", "settlement.approved_by.no_authority"):
        c.approve_settlement(approved_by="ma.li")
    with refused("settlement.approved_on.before", "settlement.approved_by.no_authority"):
        c.approve_settlement(approved_on=c.today - 400 * DAY)
    c.approve_settlement()
    due = c.get("settlement", "B-1").due_on
    assert late_payments(c.registry.where("settlement"), due).payments == ()
    c.clock.advance(days=27)
    assert [p.days_late for p in late_payments(c.registry.where("settlement"), c.today).payments] == [7]
    with refused("settlement.paid_on.before"):
        c.pay(paid_on=c.today - 30 * DAY)
    assert c.pay().state == "paid"
    (late,) = late_payments(c.registry.where("settlement"), c.today + 90 * DAY).payments
    assert (late.settlement, late.days_late, late.paid_on) == ("B-1", 7, c.today)
    with refused("settlement.state.no_such_move"):
        c.pay()


def test_4_3_1_a_disputed_settlement_goes_through_all_steps_again(c):
    c.running()
    c.settlement()
    for item in ITEMS:
        c.hand_in(item)
        c.accept_document(item)
    c.complete()
    c.review_settlement()
    c.move("settlement", "B-1", "dispute", dispute="volumes counted twice")
    with refused("settlement.state.no_such_move"):
        c.pay()
    with refused("settlement.round.last_answers"):
        c.move("settlement", "B-1", "settle", resolution="line corrected")
    emptied = {"due_on": None, "reviewed_by": None, "reviewed_on": None}
    back = c.move("settlement", "B-1", "settle", resolution="line corrected", **emptied)
    assert back.state == "draft"
    with refused("settlement.state.no_such_move"):
        c.approve_settlement()
    c.complete()
    with refused("settlement.dispute.last_round"):
        c.move("settlement", "B-1", "dispute")
    c.move("settlement", "B-1", "dispute", dispute="rate of last year")
    with refused("settlement.round.last_answers", "settlement.resolution.last_round"):
        c.move("settlement", "B-1", "settle")
    c.move("settlement", "B-1", "settle", resolution="rate of this year", due_on=None)
    c.complete()
    c.move("settlement", "B-1", "return", reason="acceptance unsigned", due_on=None)
    with refused("settlement.reason.last_round"):
        c.move("settlement", "B-1", "cancel")
    c.registry.edit(c.get("settlement", "B-1"), period_to=c.get("settlement", "B-1").period_from + DAY)
    assert c.move("settlement", "B-1", "cancel", reason="settled with the next").state == "cancelled"


def test_4_3_1_a_credit_is_given_up_only_with_authority(c):
    c.running()
    c.settlement()
    fields = {"waived_by": "chen.bo", "waived_on": c.today, "waiver": "our own outage"}
    with refused("service_credit.waived_by.no_authority", "service_credit.waived_on.ahead"):
        c.move("service_credit", "B-1-G", "waive", **fields | {"waived_on": c.today + 2 * DAY})
    c.authority("chen.bo", "approve_payment", "100.00")
    c.move("service_credit", "B-1-G", "waive", **fields)
    for item in ITEMS:
        c.hand_in(item)
    with refused("settlement.amounts.other"):
        c.complete()
    c.registry.edit(c.get("settlement", "B-1"), credits=0, net=Decimal("12500.00"))
    assert c.complete().state == "documents_complete"


def test_4_3_2_nothing_is_paid_before_every_document_was_accepted_by_a_reviewer(c):
    c.running()
    c.authority("chen.bo", "approve_payment")
    c.settlement()
    for item in ITEMS[:2]:
        c.hand_in(item)
    with refused("settlement.documents.missing"):
        c.complete()
    with refused("document.item.unknown"):
        c.hand_in("poem")
    early = {"settlement": "B-1", "item": "volumes", "received_by": "ma.li"}
    with refused("document.day.ahead", "document.step.later"):
        c.add("document", "B-1-volumes", **early, received_on=c.today + 2 * DAY, reviewed_by="he.jun")
    c.hand_in(ITEMS[2])
    for event in ("review", "approve", "pay"):
        with refused("settlement.state.no_such_move"):
            c.move("settlement", "B-1", event)
    c.complete()
    with refused("settlement.documents.not_accepted", "settlement.documents.unread"):
        c.review_settlement()
    with refused("document.reviewed_by.receiver", "document.reviewed_on.before"):
        c.move("document", "B-1-invoice", "accept", reviewed_by="ma.li", reviewed_on=c.today - DAY)
    with refused("document.remarks.needed"):
        c.move("document", "B-1-invoice", "reject", reviewed_by="he.jun", reviewed_on=c.today)
    rejection = {"reviewed_by": "he.jun", "reviewed_on": c.today, "remarks": "wrong tax number"}
    c.move("document", "B-1-invoice", "reject", **rejection)
    for item in ITEMS[1:]:
        c.accept_document(item)
    with refused("settlement.documents.not_accepted"):
        c.review_settlement()
    c.clock.advance(days=3)
    c.hand_in("invoice", key="B-1-invoice-2")
    c.accept_document("invoice", key="B-1-invoice-2")
    with refused("settlement.reviewed_by.preparer", "settlement.due_on.terms"):
        c.review_settlement(reviewed_by="ma.li")
    c.review_settlement(due_on=c.today + 20 * DAY)
    with refused("document.settlement.closed"):
        c.hand_in("volumes", key="B-1-late")
    c.approve_settlement()
    with refused("settlement.day.ahead"):
        c.pay(paid_on=c.today + 2 * DAY)
    assert c.pay().state == "paid"


def test_4_3_1_only_what_a_signed_contract_agrees_is_settled_and_no_day_twice(c):
    start = c.running().starts_on
    c.settlement()
    c.add("contract", "C-9", supplier="S-1", title="Other", owner="wu", data_class="public", currency="USD")
    with refused("settlement.contract.not_signed", "settlement.currency.other", "settlement.period_to.before"):
        c.add("settlement", "B-9", **SUMS, contract="C-9", period_from=start, period_to=start)
    with refused("settlement.period.outside_term"):
        c.add("settlement", "B-9", **SUMS, contract="C-1", period_from=start - DAY, period_to=start)
    with refused("settlement.period.overlap", "settlement.step.later"):
        c.add("settlement", "B-9", **SUMS, contract="C-1", period_from=start, period_to=start + DAY, paid_on=start)
    c.rate("R-9", contract="C-9")
    line = {"settlement": "B-1", "volume": 1, "amount": Decimal("12.50")}
    with refused("settlement_line.rate.not_agreed"):
        c.add("settlement_line", "N-9", rate="R-9", **line)
    credit = {"settlement": "B-1", "kpi": "K1", "period": "first month", "amount": 5}
    with refused("service_credit.contract.other", "service_credit.step.later"):
        c.add("service_credit", "G-9", contract="C-9", waived_by="wu", **credit)


def test_4_3_1_a_draft_is_held_to_the_same_when_it_is_edited(c):
    start = c.running().starts_on
    c.settlement("B-0", period_from=start + 40 * DAY, period_to=start + 50 * DAY)
    draft = c.settlement()
    for fields, *codes in (
        ({"currency": "USD"}, "settlement.currency.other"),
        ({"period_to": start}, "settlement.period_to.before"),
        ({"period_to": start + 41 * DAY}, "settlement.period.overlap"),
        ({"period_from": start - DAY}, "settlement.period.outside_term"),
    ):
        with refused(*codes):
            c.registry.edit(draft, **fields)
    for item in ITEMS:
        c.hand_in(item)
    c.complete()
    with refused("settlement_line.settlement.not_draft"):
        c.registry.edit(c.get("settlement_line", "B-1-1"), volume=2000, amount=25_000)
    line = {"settlement": "B-1", "rate": "R-1", "volume": 1}
    with refused("settlement_line.settlement.not_draft", "settlement_line.amount.other"):
        c.add("settlement_line", "N-9", amount=13, **line)
    credit = {"settlement": "B-1", "contract": "C-1", "kpi": "K2", "period": "first month", "amount": 5}
    with refused("service_credit.settlement.not_draft"):
        c.add("service_credit", "G-9", **credit)
    c.authority("chen.bo", "approve_payment")
    with refused("service_credit.settlement.not_draft"):
        c.move("service_credit", "B-1-G", "waive", waived_by="chen.bo", waived_on=c.today, waiver="goodwill")
    with refused("settlement.round.last_answers"):
        c.move("settlement", "B-1", "return", reason="a call was counted twice")


def test_4_3_1_a_line_is_not_carried_into_a_period_for_which_its_rate_does_not_hold(c):
    contract = c.running()
    start = contract.starts_on
    c.change("V-1", effect_kpis="K1 up")
    c.authority("chen.bo", "approve_change")
    c.approve_change()
    c.effect()
    c.settlement()
    c.move("rate", "R-1", "expire", change="V-1", valid_until=start + 9 * DAY)
    c.registry.edit(c.get("settlement", "B-1"), period_from=start + 10 * DAY)
    for item in ITEMS:
        c.hand_in(item)
    with refused("settlement.lines.rate_not_agreed"):
        c.complete()
    c.registry.edit(c.get("settlement", "B-1"), period_from=start)
    assert c.complete().state == "documents_complete"
