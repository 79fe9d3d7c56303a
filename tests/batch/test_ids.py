"""The same id is the same number, whatever its case, width or dtype."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.batch.faults import Faults
from supplier_eval.batch.ids import folded, read_ids
from supplier_eval.intake.identifiers import id_key


def ids(cells: object, dtype: object = None):
    series = pd.Series(cells, dtype=dtype)
    faults = Faults(len(series))
    return read_ids(series, faults, "id"), faults


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category"])
def test_spellings_of_one_id_are_one_and_others_stay_apart(dtype):
    found, faults = ids(["A1", "a1", "Ａ１", "00123", "123", "NA", "A1"], dtype)
    keys = [id_key(found.label(code)) for code in found.codes]
    assert keys == ["a1", "a1", "a1", "00123", "123", "na", "a1"]
    assert found.n == 4
    assert not faults.found


def test_whole_numbers_stay_numbers_and_are_told_as_text():
    found, _ = ids([7, 7, 12, 7])
    assert [found.label(code) for code in found.codes] == ["7", "7", "12", "7"]
    far, _ = ids([10**17, -5, 10**17])
    assert [far.label(code) for code in far.codes] == [str(10**17), "-5", str(10**17)]
    assert ids([2**64 - 1, 2**64 - 1], "uint64")[0].label(0) == str(2**64 - 1)
    assert ids([15.0, np.nan, 15.0])[0].label(0) == "15"


def test_what_is_no_id_is_a_fault():
    assert [f.code for f in ids([1.5])[1].found] == ["batch.id.not_an_id"]
    assert [f.code for f in ids([True])[1].found] == ["batch.id.not_an_id"]
    assert [f.code for f in ids([1e17, 1.0])[1].found] == ["batch.id.not_an_id"]  # 10**17 + 1 would be the same float
    figures = (1.5, np.inf, 1e17, np.float32(0.5), Decimal("1.5"), Decimal("NaN"))
    for odd in (("a", "b"), True, pd.Timestamp("2026-01-01"), *figures):
        assert ids(["A", odd, None], object)[1].found[0].at.tolist() == [1]
    for missing in ([None, "A"], ["", "A"], ["\u200b", "A"], [np.nan, "A"]):
        found, faults = ids(missing, object)
        assert found.codes.tolist()[0] == -1
        assert [f.at.tolist() for f in faults.found] == [[0]]


def test_an_empty_column_has_no_ids():
    for dtype in (object, "str", "int64", "category"):
        assert ids([], dtype)[0].n == 0


def test_many_ids_are_folded_at_once_as_one_by_one():
    for labels in (["A b", " c ", "D"], ["x|y", "X|Y", "ß"], ["|~^`", "A"], ["é", "É"]):
        assert folded(labels) == [id_key(label) for label in labels]
