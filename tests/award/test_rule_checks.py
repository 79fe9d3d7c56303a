"""Each kind of rule on one small award, by hand; and on random awards against the naive reading."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award_enumeration import sound_awards
from award_naive import Naive
from award_problems import any_awards, problem_of, small_problems
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.rule_checks import CHECKS, breach_of, breaches_by_place
from supplier_eval.award.rules import RULE_KINDS, Rule
from supplier_eval.award.tally import tally_of

# Lot   demand  region  awarded                                   volume   base spend
# L1    100     north   Ann 0.7 (quality 9), Bob 0.3 (quality 5)  70, 30   140, 90
# L2    100     north   Bob 1 (his offer has quality 4)           100      200
# L3    50      south   bundle of Cat (quality 8)                 50       120
# L4    10              nobody
SUPPLIERS = [
    Supplier(id="Ann", incumbent=True, attributes={"quality": Fraction(9), "sme": True}),
    Supplier(id="Bob", fixed_cost=Fraction(50), attributes={"quality": Fraction(5), "sme": False}),
    Supplier(id="Cat", attributes={"quality": Fraction(8), "sme": True}),
    Supplier(id="Dan", attributes={"quality": Fraction(1), "sme": False}),
]
LOTS = [
    Lot(id="L1", demand=Fraction(100), region="north", attributes={"category": "it"}),
    Lot(id="L2", demand=Fraction(100), region="north", attributes={"category": "it"}),
    Lot(id="L3", demand=Fraction(50), region="south"),
    Lot(id="L4", demand=Fraction(10), unserved_cost=Fraction(1)),
]
BIDS = [
    Bid(lot="L1", supplier="Ann", price=Fraction(2)),
    Bid(lot="L1", supplier="Bob", price=Fraction(3)),
    Bid(lot="L2", supplier="Bob", price=Fraction(2), attributes={"quality": Fraction(4)}),
]
PROBLEM = problem_of(
    LOTS, SUPPLIERS, BIDS, [Bundle(id="b", supplier="Cat", lots=("L3",), price=Fraction(120))], grid=10
)
AWARD = Award(10, {("L1", "Ann", ""): 7, ("L1", "Bob", ""): 3, ("L2", "Bob", ""): 10}, frozenset({"b"}))
NORTH, SME = {"region": "north"}, {"sme": True}
COST = 140 + 90 + 200 + 120 + 50 + 10


@pytest.mark.parametrize(
    ("kind", "value", "whom", "expected"),
    [
        ("max_winners", 3, {}, 0),
        ("max_winners", 1, {}, 2),
        ("max_winners", 1, {"where": NORTH}, 1),
        ("max_winners", 1, {"group": SME, "lots": ("L1", "L2")}, 0),
        ("min_winners", 3, {}, 0),
        ("min_winners", 4, {}, 1),
        ("min_winners", 2, {"suppliers": ("Dan",), "group": {"incumbent": True}}, 1),
        ("max_winners_per_lot", 1, {}, 1),
        ("max_winners_per_lot", 1, {"group": SME}, 0),
        ("min_winners_per_lot", 1, {"where": NORTH}, 0),
        ("min_winners_per_lot", 2, {}, 0 + 1 + 1 + 2),
        ("max_lots_per_bidder", 1, {}, 1),
        ("max_lots_per_bidder", 1, {"lots": ("L2", "L3")}, 0),
        ("min_share_if_awarded", "3/10", {}, 0),
        ("min_share_if_awarded", "4/5", {}, Fraction(1, 10) + Fraction(5, 10)),
        ("max_volume_share", "52/100", {}, 0),
        ("max_volume_share", "50/100", {}, 130 - 125),
        ("max_volume_share", "1/10", {}, (70 - 25) + (130 - 25) + (50 - 25)),
        ("max_volume_share", "1/10", {"group": SME}, 120 - 25),
        ("min_volume_share", "1/2", {"group": SME}, 125 - 120),
        ("min_volume_share", "1/2", {"suppliers": ("Dan",)}, 125),
        ("min_volume_share", "1/10", {}, 25),  # only Dan, who wins nothing, is below
        ("max_volume_share", "1/2", {"suppliers": ("Bob",), "where": NORTH}, 130 - 100),
        ("max_spend_share", "1/2", {"suppliers": ("Bob",)}, 290 - 275),
        ("max_spend_share", "1/2", {"suppliers": ("Bob",), "lots": ("L1", "L2")}, 290 - 215),
        ("min_spend_share", "1/2", {"group": SME}, 275 - 260),
        ("budget", COST, {}, 0),
        ("budget", COST - 1, {}, 1),
        ("exclude", None, {"suppliers": ("Bob",)}, Fraction(13, 10)),
        ("exclude", None, {"suppliers": ("Cat",), "lots": ("L1",)}, 0),
        ("set_aside", None, {"group": SME, "lots": ("L1", "L3")}, Fraction(3, 10)),
        ("force_award", "1/2", {"suppliers": ("Bob",), "where": NORTH}, Fraction(2, 10)),
        ("force_award", "1", {"suppliers": ("Ann", "Bob"), "lots": ("L1", "L4")}, 1),
        ("mutually_exclusive", None, {"suppliers": ("Ann", "Bob", "Dan")}, 1),
        ("mutually_exclusive", None, {"suppliers": ("Ann", "Bob"), "lots": ("L2",)}, 0),
        ("implies", None, {"when": "Ann", "then": "Bob"}, 0),
        ("implies", None, {"when": "Ann", "then": "Dan"}, 1),
        ("implies", None, {"when": "Dan", "then": "Ann"}, 0),
        ("implies", None, {"when": "Bob", "then": "Ann", "lots": ("L2",)}, 1),
        ("one_supplier_per_region", None, {}, 1),
        ("one_supplier_per_region", None, {"lots": ("L2", "L3", "L4")}, 0),
        ("min_avg", 6, {"attribute": "quality"}, 0),  # 630 + 150 + 400 + 400 on a volume of 250
        ("min_avg", 7, {"attribute": "quality"}, 1750 - 1580),
        ("max_avg", 6, {"attribute": "quality"}, 1580 - 1500),
        ("max_avg", 6, {"attribute": "quality", "lots": ("L2",)}, 0),
        ("min_attr", 5, {"attribute": "quality"}, 1),  # Bob's own offer for L2 goes before his 5
        ("min_attr", 6, {"attribute": "quality"}, Fraction(13, 10)),
        ("max_attr", 8, {"attribute": "quality"}, Fraction(7, 10)),
        ("max_attr", 7, {"attribute": "quality", "suppliers": ("Cat",)}, 1),
    ],
)
def test_by_how_much_each_kind_of_rule_is_broken(kind, value, whom, expected):
    rule = Rule(id="R", kind=kind, value=None if value is None else Fraction(value), **whom)
    assert breach_of(PROBLEM, rule, tally_of(PROBLEM, AWARD)) == expected


@pytest.mark.parametrize(
    ("kind", "value", "whom", "places"),
    [
        ("max_winners_per_lot", 1, {}, {("L1",): 1}),
        ("min_winners_per_lot", 2, {}, {("L2",): 1, ("L3",): 1, ("L4",): 2}),
        ("max_lots_per_bidder", 1, {}, {("Bob",): 1}),
        ("exclude", None, {"suppliers": ("Bob",)}, {("L1", "Bob"): Fraction(3, 10), ("L2", "Bob"): 1}),
        ("one_supplier_per_region", None, {}, {("north", "Ann", "Bob"): 1}),
        ("min_attr", 9, {"attribute": "quality", "group": SME}, {("L3", "b"): 1}),
        ("max_volume_share", "1/2", {}, {("Bob",): 5}),
    ],
)
def test_a_broken_rule_tells_where(kind, value, whom, places):
    rule = Rule(id="R", kind=kind, value=None if value is None else Fraction(value), **whom)
    assert dict(breaches_by_place(PROBLEM, rule, tally_of(PROBLEM, AWARD))) == places


def test_a_bundle_counts_in_each_of_its_lots_that_the_rule_concerns():
    bundle = Bundle(id="b", supplier="Cat", lots=("L1", "L2", "L3"), price=Fraction(500))
    problem = problem_of(LOTS, SUPPLIERS, [], [bundle])
    tally = tally_of(problem, Award(1, {}, frozenset({"b"})))

    def breach(kind, value=None, **whom):
        rule = Rule(id="R", kind=kind, value=None if value is None else Fraction(value), **whom)
        return breach_of(problem, rule, tally)

    assert breach("exclude", suppliers=("Cat",), where=NORTH) == 2
    assert breach("max_attr", 7, attribute="quality", where=NORTH) == 2
    assert breach("max_avg", 7, attribute="quality", lots=("L2", "L3")) == 150
    assert breach("max_lots_per_bidder", 1) == 2
    assert breach("min_share_if_awarded", 1) == 0
    assert breach("max_spend_share", "1/2") == 250


def test_nothing_awarded_breaks_minima_by_all_they_ask_and_no_share_of_the_whole():
    tally = tally_of(PROBLEM, Award(10))

    def breach(kind, value, **whom):
        return breach_of(PROBLEM, Rule(id="R", kind=kind, value=Fraction(value), **whom), tally)

    assert breach("min_winners", 2) == 2
    assert breach("min_winners_per_lot", 2) == 8
    assert breach("force_award", "1/2", suppliers=("Ann",)) == 2
    assert breach("min_volume_share", "1/2", group=SME) == breach("min_avg", 5, attribute="quality") == 0


def test_there_is_a_check_for_every_kind_of_rule():
    assert set(CHECKS) == set(RULE_KINDS)


@pytest.mark.parametrize("kind", RULE_KINDS)
@settings(max_examples=10)
@given(data=st.data())
def test_the_naive_reading_finds_the_same_breach(kind, data):
    problem = data.draw(small_problems(kinds=(kind,), least_rules=1, most=60))
    for award in [*sound_awards(problem), *(data.draw(any_awards(problem)) for _ in range(2))]:
        tally, naive = tally_of(problem, award), Naive(problem, award)
        for rule in problem.rules.values():
            assert breach_of(problem, rule, tally) == naive.breach(rule)
