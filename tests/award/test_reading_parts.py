"""Rows become parts in canonical order; ids that do not exist or stand twice are named with their rows."""

from __future__ import annotations

from fractions import Fraction

from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.reading_cells import TYPED
from supplier_eval.award.reading_parts import read_bids, read_bundles, read_lots, read_suppliers
from supplier_eval.award.reading_steps import read_curves, read_tiers
from supplier_eval.award.reading_tables import Reading, table_of

LOTS = {name: Lot(id=name) for name in ("L1", "L2")}
SUPPLIERS = {name: Supplier(id=name) for name in ("A", "B")}
SEGMENT = {"qlo": 0, "qhi": 9, "fixed": 0, "slope": 1}


def ask(read, name, rows, *given):
    reading = Reading(marks=TYPED)
    parts = read(table_of(rows, name, reading), *given, reading)
    assert all(f.line("en") and f.line("zh") for f in reading.findings)
    return parts, [(f.code.removeprefix("award."), f.column, f.rows, f.value) for f in reading.findings]


def bids(rows, curves=None, lots=LOTS, suppliers=SUPPLIERS):
    reading = Reading(marks=TYPED)
    parts = read_bids(table_of(rows, "bids", reading), read_curves(curves, reading), lots, suppliers, reading)
    return parts, [(f.code.removeprefix("award."), f.column, f.rows, f.value) for f in reading.findings]


def test_lots_have_their_defaults_and_the_common_price_of_what_stays_unserved():
    rows = [{"id": "b", "unserved_cost": 7}, {"id": "a", "region": "N", "incumbent": "A", "switching_cost": 2}]
    parts, found = ask(read_lots, "lots", rows, Fraction(50))
    assert not found and list(parts) == ["a", "b"]
    assert parts["b"] == Lot(id="b", unserved_cost=Fraction(7))
    assert parts["a"] == Lot(id="a", region="N", incumbent="A", switching_cost=Fraction(2), unserved_cost=Fraction(50))


def test_an_id_that_stands_twice_in_any_case_is_named_with_all_its_rows():
    rows = [{"id": "L1"}, {"id": "x"}, {"id": "l1"}, {"id": "Ｌ1"}]
    parts, found = ask(read_lots, "lots", rows, None)
    assert list(parts) == ["L1", "x"]
    assert found == [("id_twice", "id", (1, 3, 4), "L1")]


def test_suppliers_take_their_discounts_from_either_place_but_not_from_both():
    own = {"kind": "all_units", "breaks": [0], "discount": [0.1]}
    reading = Reading(marks=TYPED)
    tiers = read_tiers({"a": own, "B": own, "Z": own}, reading)
    rows = [{"id": "A"}, {"id": "B", "tiers": own}, {"id": "C", "tiers": own}]
    parts, found = ask(read_suppliers, "suppliers", rows, tiers)
    assert all(part.tiers.discount == (Fraction(1, 10),) for part in parts.values())
    assert found == [("tiers_twice", "tiers", (2,), "B"), ("unknown_supplier", "supplier", (3,), "Z")]


def test_a_bid_has_a_price_or_a_curve():
    rows = [
        {"lot": "l1", "supplier": "b", "price": 3, "max_share": 0.5},
        {"lot": "L1", "supplier": "A", "curve": [SEGMENT]},
        {"lot": "L2", "supplier": "A", "price": None},
    ]
    parts, found = bids(rows, [{"lot": "L2", "supplier": "A", **SEGMENT}])
    assert not found
    assert list(parts) == [("L1", "A", ""), ("L1", "B", ""), ("L2", "A", "")]
    assert parts["L1", "B", ""] == Bid(lot="L1", supplier="B", price=Fraction(3), max_share=Fraction(1, 2))
    assert parts["L1", "A", ""].curve == parts["L2", "A", ""].curve != ()
    assert parts["L2", "A", ""].price is None


def test_neither_price_nor_curve_both_and_curves_without_a_bid_are_refused():
    rows = [
        {"lot": "L1", "supplier": "A"},
        {"lot": "L1", "supplier": "B", "price": 1, "curve": [SEGMENT]},
        {"lot": "L2", "supplier": "A", "price": 1},
        {"lot": "L2", "supplier": "B", "curve": [SEGMENT]},
        {"lot": "L2", "supplier": "B", "alternate": "x", "price": "x"},
    ]
    apart = [{"lot": "L2", "supplier": name, **SEGMENT} for name in "ABC"]
    _, found = bids(rows, apart)
    assert found == [
        ("curve_without_bid", "lot", (3,), "L2|C"),
        ("number.not_a_number", "price", (5,), "x"),
        ("price_missing", "price", (1,), ""),
        ("price_and_curve", "price", (2, 3), ""),
        ("curve_twice", "curve", (4,), ""),
    ]


def test_unknown_ids_and_double_bids_are_named_once_with_their_rows():
    rows = [{"lot": lot, "supplier": "A", "price": 1} for lot in ("L1", "L9", "L1", "L9", "L2")]
    rows += [{"lot": "L1", "supplier": "AA", "price": 1}, {"lot": "L1", "supplier": "A", "alternate": "x", "price": 1}]
    parts, found = bids(rows)
    assert list(parts) == [("L1", "A", ""), ("L1", "A", "x"), ("L2", "A", "")]
    assert found == [
        ("unknown_lot", "lot", (2, 4), "L9"),
        ("bid_twice", "supplier", (1, 3), "L1|A"),
        ("unknown_supplier", "supplier", (6,), "AA"),
    ]


def test_a_least_share_above_the_most_is_refused_also_against_the_whole():
    rows = [{"lot": "L1", "supplier": "A", "price": 1, "min_share": 0.6, "max_share": 0.5}]
    assert bids(rows)[1] == [("share_order", "min_share", (1,), "0.6 > 0.5")]
    rows[0]["max_share"] = 0.6
    assert bids(rows)[1] == []


def test_what_is_said_of_a_table_is_not_said_again_of_each_reference_to_it():
    assert bids([{"lot": "L1", "supplier": "A", "price": 1}], lots={})[1] == []
    assert len(bids([{"lot": "L1", "supplier": "A", "price": 1}], suppliers={})[1]) == 1


def test_bundles_cover_known_lots_and_require_known_bundles():
    rows = [
        {"id": "b2", "supplier": "a", "lots": "L2|l1", "price": 5, "requires": ["b1"], "exclusive": "x"},
        {"id": "b1", "supplier": "B", "lots": ["L1", "L1"], "price": 4, "colour": "red"},
    ]
    parts, found = ask(read_bundles, "bundles", rows, LOTS, SUPPLIERS)
    assert not found and list(parts) == ["b1", "b2"]
    assert parts["b2"] == Bundle(
        id="b2", supplier="A", lots=("L1", "L2"), price=Fraction(5), exclusive="x", requires=("b1",)
    )
    assert parts["b1"].lots == ("L1",) and parts["b1"].attributes == {"colour": "red"}


def test_bundles_of_unknown_lots_suppliers_or_bundles_are_refused():
    rows = [
        {"id": "b1", "supplier": "Z", "lots": ["L1"], "price": 4},
        {"id": "b2", "supplier": "A", "lots": ["L1", "L7"], "price": 4, "requires": "b2|b9"},
        {"id": "b3", "supplier": "A", "lots": [], "price": -4},
    ]
    _, found = ask(read_bundles, "bundles", rows, LOTS, SUPPLIERS)
    assert found == [
        ("negative", "price", (3,), "-4"),
        ("unknown_supplier", "supplier", (1,), "Z"),
        ("unknown_lot", "lots", (2,), "L7"),
        ("unknown_bundle", "requires", (2,), "b9"),
        ("bundle_requires_itself", "requires", (2,), "b2"),
        ("cell_empty", "lots", (3,), ""),
    ]
