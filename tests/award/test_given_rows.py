from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.award.given_rows import rows_by_id


def read(table):
    rows, found = rows_by_id(table, "suppliers")
    assert all(f.line("en") and f.line("zh") and f.remedy for f in found)
    return rows, [f.code.rsplit(".", 1)[-1] for f in found]


def test_a_frame_a_mapping_and_rows_say_the_same():
    expected = {"a": {"id": "A", "capacity": 2}, "b": {"id": "B", "risk": 3.5}}
    frame = pd.DataFrame({"capacity": [2, np.nan], "risk": [np.nan, 3.5]}, index=["A", "B"])
    rows = [{"id": "A", "capacity": 2}, {"id": "B", "risk": 3.5, "capacity": None}]
    for table in (frame, frame.reset_index(names="id"), {"A": {"capacity": 2}, "B": {"risk": 3.5}}, rows, tuple(rows)):
        assert read(table) == (expected, [])
    assert "id" not in frame.columns, "what was given is not changed"


def test_nothing_given_is_no_rows():
    assert read(None) == ({}, []) and read([]) == ({}, [])


def test_empty_cells_are_absent():
    frame = pd.DataFrame({"id": ["A"], "risk": pd.array([pd.NA], dtype="Int64"), "since": [pd.NaT], "x": [None]})
    assert read(frame) == ({"a": {"id": "A"}}, [])


@pytest.mark.parametrize("table", [3, "A", {"id": ["A", "B"]}, [1], ["A"]])
def test_something_that_is_no_table_is_a_finding(table):
    assert read(table)[1] == ["table_shape"]


def test_rows_without_id_and_ids_that_stand_twice_are_all_findings():
    rows, found = read([{"id": "A"}, {"risk": 1}, {"id": "a", "risk": 2}, {"id": " "}])
    assert rows == {"a": {"id": "A"}}
    assert found == ["id_missing", "id_twice", "id_missing"]
