"""Each condition of a problem, kept exactly and broken by one unit; and against the naive reading."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award_naive import read_naively
from award_problems import any_awards, problem_of, small_problems
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier
from supplier_eval.award.structure_checks import structure_breaches
from supplier_eval.award.tally import tally_of

TEN = Fraction(10)


def broken(problem, units, bundles=(), grid=10):
    """What is broken, with the amount and the place."""
    award = Award(grid, {("L", *key.split(".")): n for key, n in units.items()}, frozenset(bundles))
    found = structure_breaches(problem, award, tally_of(problem, award))
    assert all(breach.hard and breach.penalty == 0 and breach.kind == "" for breach in found)
    return [(breach.what, breach.amount, breach.where) for breach in found]


def one_lot(bid=None, supplier=None, lot=None, bundles=(), **terms):
    bid = {"price": Fraction(1)} | (bid or {})
    offers = [Bid(lot="L", supplier="A", **bid), Bid(lot="L", supplier="A", alternate="x", **bid)]
    return problem_of(
        [Lot(id="L", demand=TEN, **(lot or {})), Lot(id="M", demand=TEN, unserved_cost=Fraction(0))],
        [Supplier(id="A", **(supplier or {})), Supplier(id="B")],
        [*offers, Bid(lot="L", supplier="B", price=Fraction(1))],
        bundles,
        grid=10,
        **terms,
    )


@pytest.mark.parametrize(
    ("cover", "unserved", "allowed"),
    [
        ("exactly", None, {10}),
        ("exactly", Fraction(2), {0, 9, 10}),
        ("at_most", None, {0, 9, 10}),
        ("at_most", Fraction(2), {0, 9, 10}),
        ("free_disposal", None, {10, 11}),
        ("free_disposal", Fraction(2), {0, 9, 10, 11}),
    ],
)
def test_cover(cover, unserved, allowed):
    problem = one_lot(lot={"unserved_cost": unserved}, cover=cover)
    for units in (0, 9, 10, 11):
        parts = {"A.": min(units, 5), "B.": units - min(units, 5)}
        expected = [] if units in allowed else [("cover", Fraction(abs(units - 10), 10), ("L",))]
        assert broken(problem, parts) == expected


def test_a_bundle_and_a_bid_that_cover_the_same_lot_are_too_much():
    bundle = Bundle(id="b", supplier="A", lots=("L", "M"), price=Fraction(1))
    problem = one_lot(bundles=[bundle])
    assert broken(problem, {}, ["b"]) == []
    assert broken(problem, {"B.": 1}, ["b"]) == [("cover", Fraction(1, 10), ("L",))]


def test_shares_stay_between_least_and_most():
    problem = one_lot({"min_share": Fraction(3, 10), "max_share": Fraction(6, 10)})
    assert broken(problem, {"A.": 3, "B.": 7}) == broken(problem, {"A.": 6, "B.": 4}) == []
    assert broken(problem, {"A.": 2, "B.": 8}) == [("share", Fraction(1, 10), ("L", "A"))]
    assert broken(problem, {"A.": 7, "B.": 3}) == [("share", Fraction(1, 10), ("L", "A"))]


def test_units_below_nothing_are_a_breach_and_count_as_nothing():
    assert broken(one_lot(), {"A.": -2, "B.": 10}) == [("share", Fraction(2, 10), ("L", "A"))]


def test_a_lot_that_cannot_be_divided_goes_whole():
    problem = one_lot(lot={"indivisible": True})
    assert broken(problem, {"A.": 10}) == []
    split = [("indivisible", Fraction(3, 10), ("L", "A")), ("indivisible", Fraction(3, 10), ("L", "B"))]
    assert broken(problem, {"A.": 3, "B.": 7}) == split


def test_the_least_quantity_of_a_bid():
    problem = one_lot({"min_qty": Fraction(4)})
    assert broken(problem, {"A.": 4, "B.": 6}) == []
    assert broken(problem, {"A.": 3, "B.": 7}) == [("min_qty", 1, ("L", "A"))]


def test_a_quantity_stays_on_its_curve_both_ends_included():
    curve = (Segment(qlo=Fraction(2), qhi=Fraction(8), fixed=Fraction(0), slope=Fraction(1)),)
    problem = one_lot({"price": None, "curve": curve})
    assert broken(problem, {"A.": 2, "B.": 8}) == broken(problem, {"A.": 8, "B.": 2}) == []
    assert broken(problem, {"A.": 1, "B.": 9}) == [("curve", 1, ("L", "A"))]
    assert broken(problem, {"A.": 10}) == [("curve", 2, ("L", "A"))]


def test_one_offer_of_a_supplier_a_lot():
    assert broken(one_lot(), {"A.x": 10}) == []
    assert broken(one_lot(), {"A.": 4, "A.x": 6}) == [("alternates", 1, ("L", "A"))]


def test_capacity_counts_the_use_of_bids_and_the_demand_of_bundles():
    bundle = Bundle(id="b", supplier="A", lots=("M",), price=Fraction(1))
    problem = one_lot({"use": Fraction(20)}, {"capacity": Fraction(20)}, bundles=[bundle])
    assert broken(problem, {"A.": 10}) == broken(problem, {"A.": 5, "B.": 5}, ["b"]) == []
    assert broken(problem, {"A.": 6, "B.": 4}, ["b"]) == [("capacity", 2, ("A",))]


def test_a_winner_reaches_its_minimum_or_wins_nothing():
    problem = one_lot(supplier={"min_volume": Fraction(5)})
    assert broken(problem, {"B.": 10}) == broken(problem, {"A.": 5, "B.": 5}) == []
    assert broken(problem, {"A.": 4, "B.": 6}) == [("min_volume", 1, ("A",))]


def test_bundles_bring_what_they_require_and_exclude_their_rivals():
    def bundle(name, supplier, **more):
        return Bundle(id=name, supplier=supplier, lots=("M",), price=Fraction(1), **more)

    bundles = [
        bundle("b1", "A", exclusive="xor"),
        bundle("b2", "A", exclusive="xor", requires=("b3",)),
        bundle("b3", "A"),
        bundle("b4", "B", exclusive="xor"),
    ]
    problem = one_lot(bundles=bundles, cover="free_disposal")
    assert broken(problem, {"A.": 10}, ["b1", "b4"]) == broken(problem, {"A.": 10}, ["b2", "b3"]) == []
    assert broken(problem, {"A.": 10}, ["b2"]) == [("bundle", 1, ("b2", "b3"))]
    assert broken(problem, {"A.": 10}, ["b1", "b2", "b3"]) == [("bundle", 1, ("b1", "b2"))]


def test_a_coarser_grid_that_divides_the_contract_grid_will_do_and_no_other():
    problem = one_lot()
    assert broken(problem, {"A.": 5}, grid=5) == []
    assert broken(problem, {"A.": 20}, grid=20) == [("grid", 20, ())]
    assert broken(problem, {"A.": 3}, grid=3) == [("grid", 3, ())]


@settings(max_examples=80)
@given(st.data())
def test_the_naive_reading_breaks_the_same_conditions(data):
    problem = data.draw(small_problems(most_rules=0))
    for _ in range(4):
        award = data.draw(any_awards(problem))
        found = structure_breaches(problem, award, tally_of(problem, award))
        assert {breach.what for breach in found} == read_naively(problem, award).unsound
        assert all(breach.amount > 0 for breach in found)
