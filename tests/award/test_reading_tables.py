"""A table is the same table in every form."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from supplier_eval.award.parts import Bid, Lot
from supplier_eval.award.reading_cells import TYPED, is_blank
from supplier_eval.award.reading_tables import Gathered, Ids, Reading, Table, nearest, suppliers_named, table_of
from supplier_eval.intake.raw_table import RawTable

ROWS = [{"id": "L1", "demand": 2}, {"id": "L2", "demand": 3}]


def taken(given, name="lots"):
    reading = Reading(marks=TYPED)
    return table_of(given, name, reading), reading.findings


@pytest.mark.parametrize(
    "given",
    [
        ROWS,
        tuple(ROWS),
        iter(ROWS),
        pd.DataFrame(ROWS),
        pd.DataFrame(ROWS).set_index("id"),
        {"L1": {"demand": 2}, "L2": {"demand": 3}},
    ],
    ids=["list", "tuple", "iterator", "frame", "index", "mapping"],
)
def test_every_form_gives_the_same_rows(given):
    table, found = taken(given)
    assert not found and not table.written
    assert [dict(row) for row in table.rows] == ROWS and list(table.numbers) == [1, 2]


def test_a_file_keeps_its_row_numbers_and_is_text():
    raw = RawTable("lots", "lots.csv", ("id", "demand"), (("L1", "2"), ("L2", "")), (2, 5))
    table, _ = taken(raw)
    assert table.written and list(table.numbers) == [2, 5]
    assert table.rows[1] == {"id": "L2", "demand": ""}


def test_parts_are_rows_and_a_mapping_of_them_too():
    lot, bid = Lot(id="L1", demand=Fraction(2)), Bid(lot="L1", supplier="A", price=Fraction(1))
    assert taken([lot])[0].rows[0]["demand"] == 2
    assert "id" not in taken({bid.key: bid}, "bids")[0].rows[0]


def test_nothing_is_an_empty_table():
    assert taken(None) == (Table("lots", [], range(1, 1)), [])


@pytest.mark.parametrize("given", ["lots.csv", 3, b"x"])
def test_what_is_no_table_is_a_finding(given):
    table, found = taken(given)
    assert [f.code for f in found] == ["award.table_shape"] and not table.rows


def test_rows_that_are_none_are_named_and_the_others_are_read():
    table, found = taken([ROWS[0], "L2", ROWS[1], None])
    assert [(f.code, f.rows) for f in found] == [("award.row_shape", (2, 4))]
    assert list(table.numbers) == [1, 3]


def test_a_frame_with_a_column_twice_is_a_finding():
    _, found = taken(pd.DataFrame([["L1", 1, 2]], columns=["id", "demand", "demand"]))
    assert [(f.code, f.column) for f in found] == [("award.column_twice", "demand")]


def test_missing_cells_of_a_frame_are_blank():
    table, _ = taken(pd.DataFrame({"id": ["L1", "L2"], "demand": [1.0, None]}))
    assert is_blank(table.rows[1]["demand"])


def test_ids_that_differ_in_case_or_width_are_spelled_like_the_table():
    ids = Ids(["L1", "lot-b"])
    assert [ids.spelled(name) for name in ("L1", "l1", "Ｌ1", "LOT-B", "L3")] == ["L1", "L1", "L1", "lot-b", None]
    assert ids.near("lot_b") == "lot-b" and ids.near("zzz") == "-"


def test_only_the_first_unknown_ids_are_searched_for_their_nearest():
    ids = Ids(["lot-a"])
    assert [ids.near(f"lot-a{n}") for n in range(40)] == ["lot-a"] * 30 + ["-"] * 10


def test_findings_of_one_kind_are_gathered_with_their_rows_and_told_apart_where_asked():
    gathered = Gathered("bids")
    for row in (7, 3, 3):
        gathered.note("award.negative", "price", row, -row)
    gathered.note("award.unknown_lot", "lot", 4, "X", "X", near="-")
    gathered.note("award.unknown_lot", "lot", 5, "Y", "Y", near="-")
    assert [(f.rows, f.value) for f in gathered.findings()] == [((3, 7), "-7"), ((4,), "X"), ((5,), "Y")]


def test_suppliers_are_those_who_offer_something_in_any_order():
    bids, bundles = [{"supplier": "b"}, {"supplier": "A"}], [{"supplier": "B"}, {"supplier": None}, {}]
    for rows in (bids, bids[::-1]):
        table = suppliers_named(taken(rows, "bids")[0], taken(bundles, "bundles")[0])
        assert [row["id"] for row in table.rows] == ["A", "B"]


def test_the_nearest_name_is_told_or_a_dash():
    assert nearest("max_winer", ["max_winners", "budget"]) == "max_winners"
    assert nearest("zzz", ["max_winners"]) == "-"
