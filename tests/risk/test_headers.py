"""Headers of tables in memory and of files are compared alike, and slips of the pen are named."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import RiskRegister, concentration
from supplier_eval.risk.headers import nearest, unread_columns

SPEND = pd.DataFrame({"supplier": ["A", "B"], "amount": [1.0, 2.0], "capacity": [9.0, 9.0], "category": ["x", "x"]})


def test_capitals_and_spaces_of_headers_change_nothing():
    written = SPEND.set_axis(["Supplier", " AMOUNT", "Ｃapacity", "Category"], axis=1)
    pd.testing.assert_frame_equal(concentration(written).to_frame(), concentration(SPEND).to_frame())


def test_a_misspelt_column_of_a_table_in_memory_is_warned_of_as_that_of_a_file_is():
    with pytest.warns(UserWarning, match=r"capactiy.*Did you mean capacity\?"):
        concentration(SPEND.rename(columns={"capacity": "capactiy"}))


def test_a_column_that_looks_like_nothing_is_left_alone():
    concentration(SPEND.assign(comment="x"))


def test_days_are_found_under_any_capitals():
    risks = pd.DataFrame({"Risk": ["R"], "Category": ["legal"], "Owner": ["W"], "Currency": ["CNY"],
                          "Identified": ["2026-01-01"]})  # fmt: skip
    assert list(RiskRegister.read({"risks": risks}, as_of="2026-02-01").risks) == ["R"]


def test_a_missing_column_names_the_header_that_looks_like_it():
    with pytest.raises(InvalidInput, match="Did you mean “amounts” to be it"):
        concentration(SPEND.rename(columns={"amount": "amounts"}))


def test_strangers_are_named_together_and_slips_one_by_one():
    found = list(unread_columns("spend", ["supplier", "capactiy", "a", "b"], ["supplier", "capacity"]))
    assert [(one.code, one.value) for one in found] == [
        ("risk_table.column_near", "capactiy"),
        ("risk_folder.column_unread", "a, b"),
    ]
    assert all(one.severity == "warning" and one.line("zh") for one in found)
    assert not nearest("x", ["capacity"])
