"""The tables of a rating: what is open, what counts, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from rating_tables_given import DELIVERY, FINDINGS, LEGAL, SUPPLIERS
from supplier_eval.errors import InvalidInput
from supplier_eval.risk.rating_records import (
    Refusals,
    read_delivery,
    read_legal,
    read_security,
    read_suppliers,
)

DAY = date(2026, 6, 30)
KNOWN = read_suppliers(SUPPLIERS, DAY)


def codes(read):
    with pytest.raises(InvalidInput) as refused:
        read()
    return [f.code for f in refused.value.findings]


def test_suppliers_come_in_canonical_order_with_missing_kept_missing():
    assert [one.supplier for one in KNOWN.values()] == ["STEADY", "WORRY", "无"]
    assert (KNOWN["worry"].single_source, KNOWN["无"].single_source, KNOWN["steady"].revenue_share * 5) == (3, None, 1)
    assert codes(lambda: read_suppliers(SUPPLIERS.assign(legal_checked="2027-01-01"), DAY)) == ["rating.future"]
    assert codes(lambda: read_suppliers(["A", "ａ"], DAY)) == ["risk_table.key_twice"]
    assert codes(lambda: read_suppliers([1], DAY)) == ["risk_table.not_text"]


@pytest.mark.parametrize("changes", [{"lower": [96.0, 50.0]}, {"upper": [None, 75.0]}])
def test_bounds_must_be_an_interval(changes):
    assert codes(lambda: read_delivery(DELIVERY.assign(**changes), KNOWN)) == ["rating.bounds"]


def test_bounds_under_two_names_must_agree():
    both = DELIVERY.assign(score_lower=[80.0, 51.0], score_upper=[95.0, 75.0])
    assert codes(lambda: read_delivery(both, KNOWN)) == ["rating.two_bounds"]


def test_a_finding_is_open_until_the_day_it_is_closed():
    def open_on(day):
        early = FINDINGS.assign(opened="2026-01-01")
        return [one.id for one in read_security(early, KNOWN, ["low", "high", "critical"], day).get("worry", [])]

    assert open_on(date(2026, 2, 28)) == ["f1", "f2", "f3"]
    assert open_on(date(2026, 3, 1)) == ["f1", "f2"]


def test_a_finding_is_overdue_after_its_due_day():
    def overdue(day):
        return [one.overdue for one in read_security(FINDINGS.iloc[:1], KNOWN, ["high"], day)["worry"]]

    assert (overdue(date(2026, 2, 1)), overdue(date(2026, 2, 2))) == ([False], [True])


def test_severities_and_days_that_do_not_hold():
    assert codes(lambda: read_security(FINDINGS, KNOWN, ["low"], DAY)) == ["rating.severity"] * 2
    closed = FINDINGS.assign(closed="2025-01-01")
    assert codes(lambda: read_security(closed, KNOWN, ["low", "high", "critical"], DAY)) == ["rating.closed_before"] * 3


def test_the_look_back_is_half_open():
    after = date(2025, 1, 1)
    severities = ["serious", "grave"]
    assert read_legal(LEGAL, KNOWN, severities, (after, DAY)) == {}
    found = read_legal(LEGAL, KNOWN, severities, (after - timedelta(days=1), DAY))
    assert [one.id for one in found["worry"]] == ["r1"]


def test_refusals_are_collected():
    refusals = Refusals()
    assert refusals.read(lambda: read_suppliers(pd.DataFrame(), DAY), {}) == {}
    assert [f.code for f in refusals.found] == ["risk_table.column_missing"]
