"""Rows of spend that are odd."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import concentration
from supplier_eval.risk.spend_rows import strangers


def notes(names, amounts):
    found = concentration(pd.DataFrame({"supplier": names, "amount": amounts})).notes
    assert all(one.severity == "warning" and one.line() and one.line("zh") for one in found)
    return [(one.code, one.rows, one.value) for one in found]


def test_rows_named_like_totals_are_warned_of():
    assert notes(["A", "B", "Total:", "合计"], [1.0, 2.0, 9.0, 9.5]) == [
        ("concentration.total_row", (4,), "Total:"),
        ("concentration.total_row", (5,), "合计"),
    ]


def test_an_amount_that_is_the_sum_of_the_others_is_warned_of():
    assert notes(["A", "B", "C"], [0.1, 0.2, 0.3]) == [("concentration.total_row_sum", (4,), "C")]
    assert notes(["A", "B"], [1.0, 1.0]) == notes(["A", "B", "C"], [1.0, 2.0, 4.0]) == []


def test_suppliers_with_spend_that_nobody_rates_are_named():
    (one,) = strangers(["a", "B", "C", "C"], ["A", "D"])
    assert (one.facts["n"], one.facts["names"]) == (2, "B, C")
    assert one.line("zh")
    assert strangers(["a"], ["A"]) == strangers(["a"], []) == ()


def test_a_total_without_a_category_is_refused_and_named_as_one():
    table = pd.DataFrame({"supplier": ["A", "Total"], "amount": [1.0, 2.0], "category": ["x", None]})
    with pytest.raises(InvalidInput) as refused:
        concentration(table)
    assert [one.code for one in refused.value.findings] == ["risk_table.cell_missing", "concentration.total_row"]
