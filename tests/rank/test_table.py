"""Reading a decision table."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.rank.table import by_criterion, read_bid_table

FRAME = pd.DataFrame({"price": [10.0, 20.0], "quality": [3, 4]}, index=["b", "a"])


def test_names_weights_and_directions_meet_whatever_they_come_as():
    for weights in ({"quality": 1, "price": 3}, pd.Series({"quality": 1, "price": 3}), [3, 1], np.array([0.75, 0.25])):
        for directions in ({"quality": "max", "price": "min"}, ["min", "max"], np.array([-1, 1]), (-1.0, 1.0)):
            table = read_bid_table(FRAME, weights, directions)
            assert table.weights.tolist() == [0.75, 0.25]
            assert table.directions.tolist() == [-1.0, 1.0]
    assert table.bids == ("b", "a")
    assert table.criteria == ("price", "quality")
    assert table.values.tolist() == [[10.0, 20.0], [3.0, 4.0]]
    assert repr(table) == "BidTable(2 bids × 2 criteria)"


def test_a_table_without_names_gets_some():
    table = read_bid_table([[1, 2], [3, 4], [5, 6]], [1, 1], [1, 1])
    assert table.bids == ("B1", "B2", "B3")
    assert table.criteria == ("C1", "C2")


def test_ids_and_names_are_text_and_decimals_are_numbers():
    frame = pd.DataFrame({1: [Decimal("1.5"), Decimal("2.5")]}, index=[7, 8])
    table = read_bid_table(frame, {1: 1}, {1: "max"})
    assert table.bids == ("7", "8")
    assert table.criteria == ("1",)
    assert table.values.tolist() == [[1.5, 2.5]]


def test_what_was_given_can_change_later_without_reaching_the_table():
    frame, array = FRAME.copy(), np.array([[1.0, 2.0], [3.0, 4.0]])
    tables = read_bid_table(frame, [1, 1], [1, 1]), read_bid_table(array, [1, 1], [1, 1])
    frame.iloc[0, 0] = 99.0
    array[0, 0] = 99.0
    assert tables[0].values[0, 0] == 10.0
    assert tables[1].values[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        tables[0].values[0, 0] = 5.0


def test_bids_that_read_the_same_are_one_name_twice():
    mixed = pd.DataFrame({"q": [1.0, 2.0]}, index=pd.Index([1, "1"], dtype=object))
    with pytest.raises(InvalidInput, match="more than once"):
        read_bid_table(mixed, [1], [1])


def test_a_name_too_many_or_too_few_is_no_order():
    assert by_criterion({"b": 2, "a": 1}, ("a", "b")) == [1, 2]
    for wrong in ({"a": 1}, {"a": 1, "c": 2}, {"a": 1, "b": 2, "c": 3}):
        with pytest.raises(KeyError):
            by_criterion(wrong, ("a", "b"))
