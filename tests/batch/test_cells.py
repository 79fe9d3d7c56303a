"""Cells of any dtype are read alike, and what cannot be read is named."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.batch.cells import read_levels, read_numbers, read_yes_no, unique_texts
from supplier_eval.batch.faults import Faults


def read(cells: object, dtype: object = object, **options: object):
    series = pd.Series(cells, dtype=dtype)
    faults = Faults(len(series))
    return read_numbers(series, faults, "x", **options), faults  # type: ignore[arg-type]


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category"])
def test_text_is_read_with_a_decimal_point_and_every_bad_cell_is_named(dtype):
    figures, faults = read(["1.5", "1,234.5", "12万", " 7 ", "", None, "x"], dtype)
    np.testing.assert_array_equal(figures.values, [1.5, np.nan, np.nan, 7, np.nan, np.nan, np.nan])
    assert {f.code: f.at.tolist() for f in faults.found} == {
        "batch.number.separator": [1],
        "batch.number.scaled": [2],
        "batch.number.not_a_number": [6],
    }


def test_stored_numbers_keep_the_decimal_that_they_print_as():
    assert read([0.1, np.nan], "float32")[0].values[0] == 0.1
    assert read([Decimal("0.10"), 2, 0.3])[0].values.tolist() == [0.1, 2, 0.3]
    assert read([1, None], "Int64")[0].values.tolist()[0] == 1


def test_infinite_figures_truth_values_and_too_many_digits_are_faults():
    for cells, dtype, code in (
        ([np.inf], "float64", "batch.number.infinite"),
        ([True], "bool", "batch.number.truth_value"),
        ([2**60], "int64", "batch.number.too_precise"),
        (["0.1234567890123456789"], "object", "batch.number.too_precise"),
        ([True], "object", "batch.number.not_a_number"),
    ):
        assert [f.code for f in read(cells, dtype)[1].found] == [code]


def test_none_may_be_said_where_it_is_known():
    figures, faults = read(["none", "5", None], none_words=frozenset({"none"}))
    assert figures.none is not None
    assert figures.none.tolist() == [True, False, False]
    assert not faults.found
    assert read(["80%"], unit="%")[0].values.tolist() == [80]


@pytest.mark.parametrize("cells", [["yes", "No", "是", None], [1, 0, 1, None], [True, False, True, None]])
def test_yes_and_no_of_any_kind(cells):
    found = read_yes_no(pd.Series(cells, dtype=object), Faults(4), "x").values
    np.testing.assert_array_equal(found, [1, 0, 1, np.nan])
    faults = Faults(1)
    assert np.isnan(read_yes_no(pd.Series(["perhaps"]), faults, "x").values).all()
    assert faults.found[0].code == "batch.yes_no.not_yes_no"


def test_levels_are_read_by_folded_name():
    faults = Faults(4)
    read = read_levels(pd.Series(["优", "Ａ", None, "Z"]), {"优": 100.0, "a": 80.0}, faults, "x")
    np.testing.assert_array_equal(read.values, [100, 80, np.nan, np.nan])
    assert faults.findings(2)[0].line().endswith("[batch.level.not_a_level]")
    whole = read_levels(pd.Series([1.0, np.nan]), {"1": 50.0}, Faults(2), "x")
    np.testing.assert_array_equal(whole.values, [50, np.nan])


def test_each_text_stands_once_and_whole_figures_lose_their_point():
    codes, texts = unique_texts(pd.Series([15.0, np.nan, 15.0, 2.5]))
    assert [texts[c] if c >= 0 else None for c in codes] == ["15", None, "15", "2.5"]
    codes, texts = unique_texts(pd.Series(["a", " ", "a"], dtype="category"))
    assert codes.tolist()[1] == -1
    assert unique_texts(pd.Series([], dtype=object))[1] == []
