"""Figures by supplier, in one order."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.monitor.labelled_figures import labelled


def codes(given, group=None):
    found = []
    labelled(given, group, found)
    return [finding.code for finding in found]


def test_suppliers_stand_in_the_order_of_their_ids_whatever_the_order_of_the_rows():
    found = []
    data = labelled({"events": {"b": 1, "A": 2}, "n": pd.Series({"A": 5, "b": 4})}, {"A": "x", "b": "y"}, found)
    assert not found
    assert data.suppliers == ("A", "b")
    assert data.columns["n"].tolist() == [5, 4]
    assert data.groups == ("x", "y")


def test_a_list_keeps_its_order():
    data = labelled({"n": list(range(11))}, None, [])
    assert data.suppliers[0] == "01"
    assert data.columns["n"].tolist() == list(range(11))


def test_a_number_as_id_stays_what_it_is():
    assert labelled({"n": {"00123": 1, 7: 2}}, None, []).suppliers == ("00123", "7")


@pytest.mark.parametrize(
    ("given", "group", "expected"),
    [
        ({"n": {"A": 1, "a": 2}}, None, ["estimates.supplier.twice"]),
        ({"n": {"A": 1}, "events": {"B": 1}}, None, ["estimates.suppliers.differ"]),
        ({"n": 5}, None, ["estimates.figures.by_supplier"]),
        ({"n": "abc"}, None, ["estimates.figures.by_supplier"]),
        ({"n": {"A": "x"}}, None, ["estimates.figures.not_numbers"]),
        ({"n": {"A": np.nan}}, None, ["estimates.figures.missing"]),
        ({"n": {"A": 1}}, {"A": ""}, ["estimates.group.missing"]),
        ({"n": {"A": 1}}, {"B": "x"}, ["estimates.suppliers.differ"]),
        ({"n": pd.Series([1], index=[None])}, None, ["estimates.supplier.id"]),
    ],
)
def test_what_is_wrong_is_found(given, group, expected):
    assert codes(given, group) == expected
