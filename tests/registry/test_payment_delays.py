"""Payments that are or were late."""

from __future__ import annotations

from datetime import date

from registry_shelf import stored
from supplier_eval.registry.payment_delays import late_payments

ON = date(2026, 6, 1)


def settlement(key, state, due, paid=None):
    given = {"contract": "C1", "period_from": "2026-04-01", "period_to": "2026-05-01", "prepared_by": "ming"}
    return stored("settlement", state, id=key, **given, gross=10, credits=0, net=10, due_on=due, paid_on=paid)


def test_a_payment_is_late_from_the_day_after_it_was_due():
    kept = [settlement("B1", "approved", "2026-06-01"), settlement("B2", "approved", "2026-05-31")]
    (late,) = late_payments(kept, ON).payments
    assert (late.settlement, late.days_late, late.paid_on) == ("B2", 1, None)


def test_what_was_paid_late_stays_on_the_list_with_its_days():
    kept = [settlement("B1", "paid", "2026-05-01", "2026-05-11"), settlement("B2", "paid", "2026-05-01", "2026-05-01")]
    (late,) = late_payments(kept, ON).payments
    assert (late.settlement, late.days_late) == ("B1", 10)
    assert late.explain() == (
        "Settlement B1 of contract C1: 10 CNY was due on 2026-05-01 and was paid on 2026-05-11, 10 days late."
    )


def test_the_longest_delay_comes_first_and_disputes_are_marked():
    kept = [settlement("B2", "approved", "2026-05-30"), settlement("B1", "disputed", "2026-05-02")]
    late = late_payments(kept, ON)
    assert [(payment.settlement, payment.disputed) for payment in late.payments] == [("B1", True), ("B2", False)]
    frame = late.to_frame()
    assert list(frame["days_late"]) == [30, 2]
    assert repr(late) == "LatePayments(on=2026-06-01, 2 late)"


def test_drafts_and_cancelled_settlements_owe_nothing():
    kept = [settlement("B1", "draft", "2026-05-02"), settlement("B2", "cancelled", "2026-05-02")]
    late = late_payments([*kept, settlement("B3", "reviewed", None)], ON)
    assert late.payments == ()
    assert late.explain() == "No payment was or is late on 2026-06-01."
    assert "没有逾期付款" in late.explain("zh")


def test_each_late_payment_is_said_on_its_line_in_both_languages():
    kept = [settlement("B1", "approved", "2026-05-30"), settlement("B2", "paid", "2026-05-01", "2026-05-03")]
    assert len(late_payments(kept, ON).explain().splitlines()) == 2
    assert "已逾期 2 天" in late_payments(kept, ON).explain("zh")
