"""Discount tiers and cost curves are read in both their forms, and what does not hold together is refused."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from supplier_eval.award.parts import Segment, Tiers
from supplier_eval.award.reading_cells import TYPED
from supplier_eval.award.reading_steps import curve_of, read_curves, read_tiers, tiers_of
from supplier_eval.award.reading_tables import Gathered, Reading

GOOD = {"kind": "all_units", "basis": "spend", "breaks": [0, 1000, 5000], "discount": [0, 0.02, 0.05]}
TIERS = Tiers(
    kind="all_units",
    basis="spend",
    breaks=(Fraction(0), Fraction(1000), Fraction(5000)),
    discount=(Fraction(0), Fraction(1, 50), Fraction(1, 20)),
)
SEGMENTS = [{"qlo": 0, "qhi": 100, "fixed": 0, "slope": 9.2}, {"qlo": 100, "qhi": 200, "fixed": 20, "slope": 9}]


def codes(found):
    assert all(f.line("en") and f.line("zh") and "{" not in f.line("en") + f.line("zh") for f in found)
    return [f.code.removeprefix("award.") for f in found]


def nested(given):
    gathered = Gathered("suppliers")
    return tiers_of(given, gathered, "A", 3), codes(gathered.findings())


def curve(given):
    gathered = Gathered("bids")
    return curve_of(given, gathered, 3), codes(gathered.findings())


def table(rows, read=read_tiers):
    reading = Reading(marks=TYPED)
    return read(rows, reading), reading.findings


def tier_rows(supplier="A"):
    steps = zip(GOOD["breaks"], ("0", "2%", 0.05), strict=True)
    return [{"supplier": supplier, "kind": "all_units", "break": low, "discount": rate} for low, rate in steps]


def test_tiers_read_alike_as_mapping_as_part_and_as_rows_in_any_order():
    assert nested(GOOD) == nested(TIERS) == (TIERS, [])
    assert nested({key: value for key, value in GOOD.items() if key != "basis"}) == (TIERS, [])
    for rows in (tier_rows(), tier_rows()[::-1], pd.DataFrame(tier_rows())):
        told, found = table(rows)
        assert not found
        assert told["a"][:2] == ("A", TIERS)
    assert table({"A": GOOD})[0] == {"a": ("A", TIERS, 1)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"kind": "allunits"}, ["tiers_kind"]),
        ({"basis": "money"}, ["tiers_basis"]),
        ({"kind": "incremental", "basis": "volume"}, ["tiers_incremental_volume"]),
        ({"breaks": [0, 5000, 1000]}, ["tiers_order"]),
        ({"breaks": [0, 1000, 1000]}, ["tiers_order"]),
        ({"breaks": [5, 1000, 5000]}, ["tiers_start"]),
        ({"breaks": [0, 1000]}, ["tiers_length"]),
        ({"breaks": [], "discount": []}, ["tiers_start"]),
        ({"discount": [0, 0.1, 1]}, ["tiers_discount"]),
        ({"discount": [0, 2, 5]}, ["share"]),
        ({"breaks": [0, -5, "x"]}, ["negative", "number.not_a_number"]),
        ({"breaks": [0, None, 7]}, ["number.empty"]),
        ({"breaks": 0}, ["steps_shape"]),
        ({"kind": None}, ["step_key_missing"]),
        ({"brakes": [0]}, ["step_key_unknown"]),
        (
            {"kind": "x", "breaks": [7, 5, 9], "discount": [0, 0]},
            ["tiers_kind", "tiers_length", "tiers_start", "tiers_order"],
        ),
    ],
)
def test_tiers_that_mean_nothing_are_refused_with_every_reason(changed, expected):
    assert nested(GOOD | changed) == (None, expected)


def test_discounts_that_are_no_mapping_are_refused():
    assert nested("5 %") == (None, ["tiers_shape"])


def test_rows_of_one_supplier_have_to_agree():
    rows = [*tier_rows(), *tier_rows("B")]
    rows[1]["kind"] = "incremental"
    rows[3]["break"] = None
    told, found = table(rows)
    assert codes(found) == ["cell_empty", "tiers_mixed"]
    assert told["b"][1] is None


def test_a_curve_is_read_in_any_order_of_its_segments():
    expected = tuple(Segment(**{key: Fraction(str(value)) for key, value in one.items()}) for one in SEGMENTS)
    assert curve(SEGMENTS) == curve(SEGMENTS[::-1]) == curve(expected) == (expected, [])
    rows = [{"lot": "L", "supplier": "A", **one} for one in SEGMENTS]
    for given in (rows, rows[::-1], pd.DataFrame(rows)):
        curves, found = table(given, read_curves)
        assert not found
        assert curves["l", "a", ""][0] == expected


@pytest.mark.parametrize(
    ("at", "changed", "expected"),
    [
        (1, {"qlo": 90}, ["curve_overlap"]),
        (1, {"qlo": 110}, ["curve_gap"]),
        (0, {"qhi": 0}, ["curve_segment", "curve_gap"]),
        (0, {"fixed": -1}, ["curve_negative"]),
        (1, {"slope": -1}, ["curve_negative"]),
        (0, {"qlo": -1}, ["negative"]),
        (0, {"slope": "x"}, ["number.not_a_number"]),
        (0, {"slope": None}, ["step_key_missing"]),
        (0, {"slop": 3}, ["step_key_unknown"]),
    ],
)
def test_segments_that_do_not_join_are_refused(at, changed, expected):
    segments = [dict(one) for one in SEGMENTS]
    segments[at] |= changed
    assert curve(segments) == ((), expected)


@pytest.mark.parametrize("given", ["0-100", {"qlo": 0}, [3], 5])
def test_what_is_no_list_of_segments_is_refused(given):
    assert curve(given) == ((), ["curve_shape"])


def test_a_falling_fixed_part_is_read_where_no_quantity_costs_less_than_nothing():
    segments = [{"qlo": 0, "qhi": 10, "fixed": 0, "slope": 5}, {"qlo": 10, "qhi": 20, "fixed": 50, "slope": 0}]
    segments += [{"qlo": 20, "qhi": 30, "fixed": -50, "slope": 5}]
    assert curve(segments)[1] == []


def test_rows_of_curves_name_the_segment_that_does_not_join():
    rows = [{"lot": "L", "supplier": s, **one} for s in "AB" for one in SEGMENTS]
    rows[1]["qlo"], rows[3]["qlo"] = 50, 150
    curves, found = table(rows, read_curves)
    assert [(f.code, f.rows) for f in found] == [("award.curve_overlap", (2,)), ("award.curve_gap", (4,))]
    assert curves["l", "a", ""][0] == ()
