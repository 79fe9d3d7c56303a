"""Days by which a contract is checked."""

from __future__ import annotations

from datetime import date

from registry_shelf import stored
from supplier_eval.registry.check_schedule import check_days, unplanned_checks

START, END = date(2026, 1, 31), date(2026, 12, 31)


def check(day, state="planned"):
    return stored("check", state, id=f"K{day}", contract="C1", purpose="contract", planned_on=day)


def test_a_contract_is_checked_every_so_many_months_and_at_its_end():
    days = (date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31), date(2026, 12, 31))
    assert check_days(START, END, 3) == days


def test_a_short_contract_is_checked_at_its_end():
    assert check_days(START, date(2026, 2, 15), 3) == (date(2026, 2, 15),)
    assert check_days(date(2026, 1, 1), date(2026, 4, 1), 3) == (date(2026, 4, 1),)


def test_a_term_of_no_days_has_no_schedule():
    assert check_days(END, START, 3) == ()
    assert check_days(START, END, 0) == ()


def test_an_interval_without_a_check_is_named_by_its_day():
    planned = [check("2026-04-30"), check("2026-05-01"), check("2026-12-01")]
    assert unplanned_checks(START, END, 3, planned) == (date(2026, 10, 31),)


def test_a_cancelled_check_is_none_and_one_that_was_done_counts():
    planned = [check("2026-02-10", "done"), check("2026-06-01", "cancelled")]
    assert unplanned_checks(START, END, 3, planned) == (date(2026, 7, 31), date(2026, 10, 31), END)
