"""Credits of earlier periods."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from supplier_eval.monitor.credit_history import PastCredit, credited_in_year, earned_back, follows, past_credits
from supplier_eval.monitor.credit_parts import CreditKpi, CreditTier, EarnBack
from supplier_eval.monitor.credit_terms import CreditTerms

RULE = EarnBack("99.9", 3, 100)
KPI = CreditKpi("availability", "99.5", (CreditTier("99.5", 10),), earn_back=RULE)
TERMS = CreditTerms("c", "s", "CNY", (KPI,))
GOOD = Decimal("99.95")


def row(period, value="99.95", credit=0, back=0):
    return PastCredit(period, None if value is None else Decimal(value), credit, back)


def test_a_run_of_good_periods_after_the_credit_gives_it_back():
    past = (row("2026-01", "99.0", 500), row("2026-02"), row("2026-03"))
    assert earned_back(KPI, GOOD, "2026-04", past, TERMS) == 500
    assert earned_back(KPI, GOOD, "2026-03", past[:2], TERMS) == 0  # two good periods only
    assert earned_back(KPI, Decimal("99.8"), "2026-04", past, TERMS) == 0


def test_a_gap_in_time_or_in_the_figures_breaks_the_run():
    assert earned_back(KPI, GOOD, "2026-05", (row("2026-01", "99", 500), row("2026-02"), row("2026-03")), TERMS) == 0
    assert (
        earned_back(KPI, GOOD, "2026-04", (row("2026-01", "99", 500), row("2026-02"), row("2026-03", None)), TERMS) == 0
    )


def test_nothing_is_given_back_twice():
    past = (row("2026-01", "99", 500), row("2026-02"), row("2026-03"), row("2026-04", back=500))
    assert earned_back(KPI, GOOD, "2026-05", past, TERMS) == 0
    half = CreditKpi("a", "99.5", (CreditTier("99.5", 10),), earn_back=EarnBack("99.9", 3, 50, "2.00"))
    assert earned_back(half, GOOD, "2026-04", (row("2026-01", "99", 301), row("2026-02"), row("2026-03")), TERMS) == 151
    assert earned_back(half, GOOD, "2026-04", (row("2026-01", "99", 901), row("2026-02"), row("2026-03")), TERMS) == 200
    again = (row("2026-01", "99", 300), row("2026-02"), row("2026-03"), row("2026-04", back=150), row("2026-05"))
    assert earned_back(half, GOOD, "2026-06", again, TERMS) == 0  # a new run begins after each giving back


@pytest.mark.parametrize(
    ("earlier", "later", "answer"),
    [
        ("2025-12", "2026-01", True),
        ("2026-01", "2026-03", False),
        ("2025Q4", "2026Q1", True),
        ("2026Q1", "2026Q3", False),
        ("2025", "2026", True),
        ("2025Q4", "2026-01", False),
        ("P1", "P9", True),
    ],
)
def test_which_period_follows_which(earlier, later, answer):
    assert follows(earlier, later) is answer


def test_the_table_is_read_with_all_its_faults():
    frame = pd.DataFrame(
        {
            "period": ["2026-02", "2026-01", "2026-01", "2026-05"],
            "kpi": ["availability"] * 4,
            "value": [99.9, None, 98, 99],
            "credit": ["1.50", 0, "x", 0],
            "earned_back": [0, 0, 0, 0],
        }
    )
    found = []
    past = past_credits(frame, TERMS, "2026-04", found)
    assert [f.code for f in found] == ["credits.history_twice", "credits.money", "credits.history_later"]
    assert past["availability"][1].credit == 150
    assert credited_in_year(past, "2026-04") == 150
    assert credited_in_year(past, "2027-01") == 0
    other = frame.iloc[:2].assign(supplier=["s", "t"])
    assert [one.period for one in past_credits(other, TERMS, "2026-04", found)["availability"]] == ["2026-02"]
    assert past_credits(None, TERMS, "2026-04", []) == {}
    missing = []
    past_credits(frame.drop(columns="credit"), TERMS, "2026-04", missing)
    assert [f.code for f in missing] == ["series.column"]


def test_what_is_earned_back_of_last_year_leaves_no_more_room_under_this_years_cap():
    past = {"a": (row("2025-12", credit=500), row("2026-02", back=500))}
    assert credited_in_year(past, "2026-03") == 0
    assert credited_in_year({**past, "b": (row("2026-01", credit=200),)}, "2026-03") == 200
    # oldest first: 500 of last year and 100 of this one came back
    assert (
        credited_in_year(
            {"a": (row("2025-12", credit=500), row("2026-01", credit=300), row("2026-04", back=600))}, "2026-05"
        )
        == 200
    )
