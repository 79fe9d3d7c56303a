"""A document in which anything may be of the wrong kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intake.made_releases import node
from supplier_eval.intake.cell_values import Figure
from supplier_eval.intake.json_walk import cell, figure


def codes(walked):
    return [(f.code, f.column, f.rows) for f in walked.found.findings()]


def test_what_is_absent_or_null_is_empty_and_no_finding():
    top = node({"a": None})
    assert top.object("a").value == top.object("b").value == {}
    assert top.objects("a") == top.entries("b") == []
    assert top.text("a") == top.identifier("b") == ""
    assert codes(top) == []


def test_every_wrong_kind_is_a_finding_with_its_path_and_place():
    top = node({"bids": {"details": [{"value": 3}, "x", {"id": 1.5, "date": 4, "tenderers": {}}]}, "tender": []})
    details = top.object("bids").objects("details")
    assert [entry.row for entry in details] == [1, 3]
    details[0].object("value")
    assert details[1].identifier("id") == details[1].text("date") == ""
    assert details[1].objects("tenderers") == []
    top.object("tender")
    assert codes(top) == [
        ("ocds.not_an_object", "bids.details", (2,)),
        ("ocds.not_an_object", "bids.details.value", (1,)),
        ("ocds.not_an_id", "bids.details.id", (3,)),
        ("ocds.not_a_text", "bids.details.date", (3,)),
        ("ocds.not_a_list", "bids.details.tenderers", (3,)),
        ("ocds.not_an_object", "tender", ()),
    ]


def test_entries_of_inner_lists_keep_the_place_of_the_outer_entry():
    (outer,) = node({"a": [{"b": [{}, {"c": 1}]}]}).objects("a")
    assert [inner.row for inner in outer.objects("b")] == [1, 1]
    assert outer.objects("b")[1].path == "a.b"


def test_an_id_may_be_a_whole_number_and_never_true():
    top = node({"a": 7, "b": True, "c": " 007 "})
    assert [top.identifier(key) for key in "abc"] == ["7", "", "007"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        ("1.234", "1.234"),
        (5, "5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.50"), "0.5"),
        ([1], "[1]"),
    ],
)
def test_a_value_becomes_a_cell(value, text):
    assert cell(value) == text


def test_numbers_of_the_file_are_figures_and_texts_are_not():
    assert isinstance(cell(Decimal("1.234")), Figure)
    assert not isinstance(cell("1.234"), Figure)


@pytest.mark.parametrize("huge", ["1E+999999", "1E-999999"])
def test_a_huge_exponent_is_not_written_out(huge):
    assert figure(Decimal(huge)) == huge
