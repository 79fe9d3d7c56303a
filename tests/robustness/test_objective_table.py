"""Reading the table for data-driven weights: every finding at once, nothing filled in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.robustness.objective_table import weight_table
from supplier_eval.score.sheet import ScoreSheet

TABLE = pd.DataFrame({"speed": [3.0, 5.0], "cost": [70.0, 90.0]}, index=["A", "B"])


def codes(caught):
    return [(f.code, f.column) for f in caught.value.findings]


def test_a_table_is_turned_with_criteria_first():
    read = weight_table(TABLE, {"cost": "min", "speed": "max"}, None)
    assert read.table.tolist() == [[3.0, 5.0], [70.0, 90.0]]
    assert read.signs.tolist() == [1.0, -1.0]
    assert (read.bids, read.criteria) == (("A", "B"), ("speed", "cost"))


@pytest.mark.parametrize(
    "directions",
    [["max", "min"], ("max", "min"), [1, -1], np.array([1.0, -1.0]), pd.Series({"cost": "min", "speed": "max"})],
    ids=["list", "tuple", "signs", "array", "series"],
)
def test_directions_come_by_name_or_in_the_order_of_the_columns(directions):
    assert weight_table(TABLE, directions, None).signs.tolist() == [1.0, -1.0]


def test_only_the_eligible_bids_of_a_sheet_are_read():
    sheet = ScoreSheet(
        ("A", "B", "C"),
        ("q", "p"),
        np.array([[50.0, np.nan, 70.0], [10.0, np.nan, 30.0]]),
        np.array([0.5, 0.5]),
        np.array([True, False, True]),
    )
    read = weight_table(sheet, None, None)
    assert read.bids == ("A", "C")
    assert read.table.tolist() == [[50.0, 70.0], [10.0, 30.0]]
    with pytest.raises(InvalidInput) as caught:
        weight_table(sheet, ["max", "min"], None)
    assert codes(caught) == [("data_weights.direction.with_sheet", "direction")]


def test_all_findings_come_at_once():
    table = pd.DataFrame({"speed": [3.0, None], "cost": [0.0, 90.0], "x": ["?", 1.0]}, index=["A", "A"])
    with pytest.raises(InvalidInput) as caught:
        weight_table(table, {"speed": "up", "cost": "min", "z": "max"}, "positive")
    assert codes(caught) == [
        ("values.duplicate", "bid"),
        ("data_weights.direction.unknown", "speed"),
        ("data_weights.direction.absent", "x"),
        ("data_weights.direction.stray", "z"),
        ("data_weights.value.missing", "speed"),
        ("data_weights.value.positive", "cost"),
        ("data_weights.value.missing", "x"),
    ]
    assert "max or min" in str(caught.value)
    assert "max 或 min" in caught.value.report("zh")


def test_directions_are_never_guessed_where_they_are_needed():
    with pytest.raises(InvalidInput) as caught:
        weight_table(TABLE, None, None)
    assert codes(caught) == [("data_weights.direction.absent", "speed"), ("data_weights.direction.absent", "cost")]
    assert weight_table(TABLE, None, None, needs_directions=False).signs.tolist() == [1.0, 1.0]


def test_a_list_of_another_length_is_refused():
    with pytest.raises(InvalidInput) as caught:
        weight_table(TABLE, ["max"], None)
    assert codes(caught) == [("data_weights.direction.count", "")]


def test_an_empty_table_is_refused():
    with pytest.raises(InvalidInput) as caught:
        weight_table(TABLE.iloc[:0], None, None)
    assert codes(caught) == [("values.empty", "")]


def test_negative_figures_are_named_with_their_bids():
    table = TABLE.assign(cost=[70.0, -1.0])
    with pytest.raises(InvalidInput) as caught:
        weight_table(table, ["max", "min"], "not_negative")
    (finding,) = caught.value.findings
    assert finding.code == "data_weights.value.not_negative"
    assert finding.facts["bids"] == "B"
    assert weight_table(table, ["max", "min"], None).table[1].tolist() == [70.0, -1.0]


def test_an_array_is_read_as_bids_by_criteria():
    found = weight_table([[30.0, 1.0], [19.0, 2.0]], ["max", "min"], None)
    assert found.bids == ("B1", "B2") and found.criteria == ("C1", "C2")
    assert found.table.tolist() == [[30, 19], [1, 2]]
    for wrong in (None, [1, 2], 5, [[1, 2], [3]]):
        with pytest.raises(InvalidInput, match="values"):
            weight_table(wrong, None, None, needs_directions=False)
