"""Readings from a table: wrong ones are refused all at once."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_indicators import day, defined, history
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import watch_indicators


def codes(table, answers=None, as_of="2026-03-01"):
    with pytest.raises(InvalidInput) as refused:
        watch_indicators(table, [defined()], as_of=as_of, acknowledgements=answers)
    assert all(f.say("zh") and f.advise("zh") for f in refused.value.findings)
    return sorted(f.code for f in refused.value.findings)


def test_two_readings_of_a_day_an_unknown_indicator_and_a_wrong_day_are_said_together():
    rows = [("open", "2026-01-01", 1.0), ("OPEN", "2026/1/1", 2.0), ("odd", "2026-01-02", 1.0), ("open", "soon", 1.0)]
    table = pd.DataFrame(rows, columns=["indicator", "on", "value"])
    assert codes(table, as_of=None) == ["indicator.day", "indicator.reading_twice", "indicator.unknown",
                                        "risk_table.not_day"]  # fmt: skip


def test_tables_that_are_none_lack_columns_or_hold_text():
    assert codes("x.csv") == ["asked.frame"]
    assert codes(pd.DataFrame({"value": ["5"]})) == [
        *["risk_table.column_missing"] * 2, "risk_table.not_number",
    ]  # fmt: skip


def test_answers_that_fit_no_warning():
    answers = pd.DataFrame(
        [("open", day(0), day(-1), "a"), ("open", day(0), day(1), "b"), ("odd", day(0), day(1), "c")],
        columns=["indicator", "raised", "on", "by"],
    )
    assert codes(history([5]), answers) == ["indicator.answer_before", "indicator.answer_twice", "indicator.unknown"]
    stray = pd.DataFrame({"indicator": ["open"], "raised": [day(1)], "on": [day(2)], "by": ["a"]})
    assert codes(history([5]), stray) == ["indicator.answer_stray"]
