"""Statements: which one counts, which contradict themselves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk.financial_statements import exact, read_statements

RATIOS = pd.DataFrame({"supplier": ["A"], "x1": [0.1], "x2": [0.2], "x3": [0.3], "x4": [0.4]})


def codes(frame, as_of=None):
    with pytest.raises(InvalidInput) as refused:
        read_statements(frame, "z_double_prime", as_of)
    return [f.code for f in refused.value.findings]


def test_ratios_are_taken_as_written():
    (one,) = read_statements(RATIOS, "z_double_prime", None)
    assert one.ratios == {"x1": Fraction(1, 10), "x2": Fraction(1, 5), "x3": Fraction(3, 10), "x4": Fraction(2, 5)}
    assert exact(0.1) == Fraction(1, 10)


def test_the_latest_statement_counts():
    two = pd.concat([RATIOS.assign(period_end=date(2024, 12, 31)), RATIOS.assign(x1=0.9, period_end="2025-12-31")])
    for given in (two, two.iloc[::-1]):
        (one,) = read_statements(given, "z_double_prime", None)
        assert (one.period_end, one.ratios["x1"]) == (date(2025, 12, 31), Fraction(9, 10))


def test_statements_that_cannot_be_told_apart_are_refused():
    assert codes(pd.concat([RATIOS, RATIOS.assign(supplier="ａ")])) == ["altman.undated_among_several"]
    assert codes(pd.concat([RATIOS, RATIOS]).assign(period_end="2025-12-31")) == ["altman.twice"]
    assert codes(RATIOS.assign(period_end="2026-12-31"), date(2026, 1, 1)) == ["altman.future"]


def test_a_ratio_beside_its_items_is_refused():
    assert codes(RATIOS.assign(ebit=30.0, total_assets=100.0)) == ["altman.both_given"]


def test_working_capital_is_formed_from_current_items_and_must_agree_with_them():
    current = RATIOS.drop(columns="x1").assign(total_assets=100.0, current_assets=50.0, current_liabilities=30.0)
    (one,) = read_statements(current, "z_double_prime", None)
    assert one.ratios["x1"] == Fraction(1, 5)
    assert codes(current.assign(working_capital=25.0)) == ["altman.working_capital"]
    read_statements(current.assign(working_capital=20.01), "z_double_prime", None)


def test_missing_items_are_named():
    (one,) = read_statements(RATIOS.drop(columns=["x3", "x4"]), "z_double_prime", None)
    assert (one.why, one.missing) == ("missing", ("ebit", "total_assets", "book_equity", "total_liabilities"))


def test_percent_are_not_taken_for_fractions():
    assert codes(RATIOS.assign(x1=10.0, x2=20.0)) == ["altman.percent"] * 2
    read_statements(RATIOS.assign(x4=30.0), "z_double_prime", None)  # equity thirty times the debts is real
