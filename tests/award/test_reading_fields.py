"""Columns are known, are attributes, or are refused with the nearest known name."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supplier_eval.award.reading_cells import TYPED, Marks
from supplier_eval.award.reading_fields import FIELDS, read_records
from supplier_eval.award.reading_tables import Reading, Table, table_of
from supplier_eval.intake.raw_table import RawTable


def read(rows, name="lots", marks=TYPED):
    reading = Reading(marks=marks)
    table = rows if isinstance(rows, Table) else table_of(rows, name, reading)
    records, gathered = read_records(table, reading)
    return records, gathered.findings()


def written(name, columns, *rows):
    return table_of(RawTable(name, "f", columns, rows, tuple(range(2, 2 + len(rows)))), name, Reading(marks=Marks()))


def codes(found):
    assert all(f.line("en") and f.line("zh") and "{" not in f.line("en") + f.line("zh") for f in found)
    return [(f.code.removeprefix("award."), f.column, f.rows) for f in found]


def test_known_columns_are_values_and_others_are_attributes():
    (record,), found = read([{"id": "L1", "demand": 5, "category": "it", "risk": 0.5, "x_mine": object()}])
    assert not found
    assert record.values == {"id": "L1", "demand": 5}
    assert record.attributes == {"category": "it", "risk": Fraction(1, 2)}


def test_attributes_stand_in_canonical_order_and_cannot_be_changed():
    (one, other), _ = read([{"id": "L1", "b": 1, "a": 2}, {"a": 2, "b": 1, "id": "L2"}])
    assert list(one.attributes) == list(other.attributes) == ["a", "b"]
    with pytest.raises(TypeError):
        one.attributes["a"] = 3


def test_attributes_may_stand_in_a_mapping_of_their_own():
    (record,), found = read([{"id": "L1", "attributes": {"regions": "x", "empty": None}, "attr:capacity": 3}])
    assert not found and record.attributes == {"capacity": 3, "regions": "x"}
    _, found = read([{"id": "L1", "attributes": 3}, {"id": "L2", "attributes": {"a": [1]}}])
    assert codes(found) == [("attributes_shape", "attributes", (1,)), ("attribute_shape", "attributes.a", (2,))]


@pytest.mark.parametrize(
    ("table", "column", "near"),
    [
        ("lots", "demnad", "demand"),
        ("lots", "regions", "region"),
        ("suppliers", "capcity", "capacity"),
        ("suppliers", "fixed-cost", "fixed_cost"),
        ("bids", "maxshare", "max_share"),
        ("bids", "min_quantity", "min_qty"),
        ("bundles", "lot", "lots"),
    ],
)
def test_a_column_that_is_almost_a_known_one_is_refused_with_it(table, column, near):
    row = dict.fromkeys((name for name, field in FIELDS[table].items() if field.required), "1")
    _, found = read([{**row, column: "1"}], table)
    assert codes(found) == [("column_near", column, ())]
    assert found[0].facts["near"] == near


@pytest.mark.parametrize(("table", "column"), [("lots", "price"), ("bids", "capacity"), ("suppliers", "max_share")])
def test_a_column_of_another_table_is_refused(table, column):
    row = dict.fromkeys((name for name, field in FIELDS[table].items() if field.required), "1")
    assert codes(read([{**row, column: 1}], table)[1]) == [("column_misplaced", column, ())]


def test_quality_risk_region_and_groups_are_attributes_of_suppliers():
    row = {"id": "A", "quality": 70, "risk": 0.2, "region": "R1", "sme": True, "small_business": False, "name": "x"}
    (record,), found = read([row], "suppliers")
    assert not found and set(record.attributes) == set(row) - {"id"}


def test_tiers_and_curves_have_no_attributes():
    row = {"supplier": "A", "kind": "all_units", "break": 0, "discount": 0, "colour": "red"}
    assert codes(read([row], "tiers")[1]) == [("column_unknown", "colour", ())]


def test_a_required_column_that_is_missing_is_named_once():
    _, found = read([{"lot": "L1", "suplier": "A", "price": 1}] * 3, "bids")
    assert codes(found) == [("column_near", "suplier", ()), ("column_missing", "supplier", ())]


def test_empty_cells_of_required_columns_are_named_with_their_rows():
    records, found = read([{"id": "L1", "demand": 1}, {"id": "", "demand": None}, {"demand": float("nan")}])
    assert codes(found) == [("cell_empty", "demand", (2, 3)), ("cell_empty", "id", (2, 3))]
    assert not records[1].lacks("id"), "what is said once is not said again"


def test_a_column_of_demand_may_be_left_out_as_a_whole():
    assert read([{"id": "L1"}, {"id": "L2"}])[1] == []


def test_bad_cells_are_gathered_by_column_and_reason():
    rows = [
        {"lot": "L", "supplier": "A", "price": price, "max_share": share}
        for price, share in ((-1, 1), ("x", 2), (3, 1), (-4, 0.5), ("12%", 1))
    ]
    records, found = read(rows, "bids")
    assert codes(found) == [
        ("negative", "price", (1, 4)),
        ("number.not_a_number", "price", (2,)),
        ("share", "max_share", (2,)),
        ("number.percent_sign", "price", (5,)),
    ]
    assert records[0].unread == ("price",) and records[1].unread == ("price", "max_share")


def test_written_tables_are_read_by_their_marks_and_row_numbers():
    table = written("suppliers", ("id", "capacity", "incumbent", "sme", "code"), ("A", "1,5", "是", "否", "01"))
    (record,), found = read(table, marks=Marks(",", "."))
    assert not found and record.values == {"id": "A", "capacity": Fraction(3, 2), "incumbent": True}
    assert record.attributes == {"code": "01", "sme": False}
    _, found = read(written("lots", ("id", "demand"), ("L1", "1"), ("L2", "many")))
    assert codes(found) == [("number.not_a_number", "demand", (3,))]
