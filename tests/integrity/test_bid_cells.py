"""Cells as arrays: ids, amounts, yes or no, moments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.integrity.bid_cells import Cells, is_empty


def cells(*values, dtype=None):
    return Cells(pd.DataFrame({"x": pd.Series(list(values), dtype=dtype)}), "bids")


def said(reader):
    return [(finding.code, finding.rows) for finding in reader.findings]


def test_ids_keep_their_zeros_and_na_is_a_name():
    codes, names = cells("00123", "NA", "123").ids(0)
    assert names == ("00123", "123", "NA")
    assert codes.tolist() == [0, 2, 1]


def test_spellings_of_one_id_are_one_and_the_order_of_rows_does_not_choose_among_them():
    for written in (["ａ1", "A1", "b"], ["A1", "b", "ａ1"]):
        assert cells(*written).ids(0)[1] == ("A1", "b")


def test_a_whole_number_is_its_digits_and_a_truth_value_is_no_id():
    assert cells(15.0, np.nan, 2.0).ids(0, filled=False)[1] == ("", "15", "2")
    reader = cells(15, True, 2.5, dtype=object)
    reader.ids(0)
    assert said(reader) == [("bid_table.not_an_id", (2, 3))]


@pytest.mark.parametrize("empty", [None, np.nan, "", "  ", pd.NaT, pd.NA, Decimal("NaN")])
def test_whatever_is_empty_is_missing(empty):
    assert is_empty(empty)
    reader = cells("a", empty, dtype=object)
    reader.ids(0)
    assert said(reader) == [("bid_table.missing", (2,))]


def test_every_bad_amount_is_named():
    reader = cells(1, 0, -2, np.inf, np.nan, 1e17, 1e-9)
    reader.money(0, filled=True)
    assert said(reader) == [
        ("bid_table.missing", (5,)),
        ("bid_table.infinite", (4,)),
        ("bid_table.not_positive", (2, 3)),
        ("bid_table.too_small", (7,)),
        ("bid_table.too_large", (6,)),
    ]


def test_what_calculating_left_in_the_last_bits_is_settled():
    figures = cells(0.1 + 0.2, 3_680_000.0, 2e9 + 0.01, 4e15 + 1).money(0, filled=True)
    assert figures.tolist() == [0.3, 3_680_000.0, 2e9 + 0.01, 4e15 + 1]


def test_text_in_a_column_of_amounts_is_not_called_missing():
    reader = cells("1,234", None, 5, Decimal("1.10"), True, dtype=object)
    figures = reader.money(0, filled=True)
    assert said(reader) == [("bid_table.not_a_number", (1, 5)), ("bid_table.missing", (2,))]
    assert figures[3] == 1.1


def test_nullable_columns_are_read():
    assert cells(1, pd.NA, dtype="Int64").money(0, filled=False)[0] == 1.0


def test_yes_and_no_in_their_spellings():
    reader = cells("是", "no", 1, 0.0, True, "maybe", None, dtype=object)
    assert reader.yes_no(0)[:5].tolist() == [True, False, True, False, True]
    assert said(reader) == [("bid_table.missing", (7,)), ("bid_table.not_yes_no", (6,))]


def test_moments_are_kept_in_utc_and_need_a_zone():
    reader = cells("2026-03-01 09:30 +08:00", pd.Timestamp("2026-03-01 01:30", tz="UTC"), None, dtype=object)
    found = reader.moments(0)
    assert found[0] == found[1] == np.datetime64("2026-03-01T01:30")
    assert np.isnat(found[2])
    reader = cells(pd.Timestamp("2026-03-01 01:30"), "3/4/2026", 7, dtype=object)
    reader.moments(0)
    assert sorted(said(reader)) == [
        ("bid_table.no_time_zone", (1,)),
        ("bid_table.not_a_date", (3,)),
        ("bid_table.two_readings", (2,)),
    ]


def test_days_as_written():
    found = cells("2026年3月1日", date(2026, 3, 2), pd.Timestamp("2026-03-03 23:00", tz="Asia/Shanghai"), dtype=object)
    assert found.days(0).tolist() == [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)]


def test_a_signalling_nan_of_the_decimal_module_is_an_empty_cell():
    assert is_empty(Decimal("sNaN"))
    reader = cells(Decimal("sNaN"), Decimal("2.5"), dtype=object)
    reader.money(0, filled=True)
    assert said(reader) == [("bid_table.missing", (1,))]
