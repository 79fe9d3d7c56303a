"""What a scenario may say, and what is wrong with it, all at once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.rules import Rule
from supplier_eval.award.scenario_keys import ALL, KEYS, read_change
from supplier_eval.messages import catalogue

F = Fraction


@pytest.fixture
def problem():
    lots = [Lot(id="L1"), Lot(id="L2")]
    bids = [Bid(lot=lot.id, supplier=key, price=F(1)) for lot in lots for key in ("Ada", "Bee")]
    bids.append(Bid(lot="L1", supplier="Ada", alternate="green", price=F(1)))
    rules = [
        Rule(id="R1", kind="max_winners", value=F(1)),
        Rule(id="R2", kind="one_supplier_per_region"),
    ]
    bundles = [Bundle(id="pack", supplier="Ada", lots=("L1", "L2"), price=F(1))]
    return problem_of(lots, [Supplier(id="Ada"), Supplier(id="Bee")], bids, bundles, rules)


def test_everything_that_may_be_said(problem):
    asked, findings = read_change(
        problem,
        "all of it",
        {
            "objective": "winners",
            "rules": [],
            "without_rules": "r2",
            "limits": {"R1": 2},
            "without_suppliers": ["BEE"],
            "without_bids": ["L1|Ada", ("L1", "Ada", "green"), "bundle:pack"],
            "prices": {"Ada": "1.05", ("L2", "Bee"): 0.9, "bundle:pack": 2},
            "demand": 1.5,
        },
    )
    assert findings == []
    assert asked.terms == {"objective": "winners"}
    assert asked.without_rules == {"R2"} and asked.limits == {"R1": 2}
    assert asked.without_suppliers == {"Bee"}
    assert asked.without_bids == {("L1", "Ada", ""), ("L1", "Ada", "green")} and asked.without_bundles == {"pack"}
    assert asked.prices == {"Ada": F(21, 20), ("L2", "Bee", ""): F(9, 10), "bundle:pack": 2}
    assert asked.demand == {ALL: F(3, 2)}


@pytest.mark.parametrize("given", [("L1", "Ada"), "L1|Ada", [("L1", "Ada")], ["L1|Ada"]])
def test_one_bid_needs_no_list(problem, given):
    assert read_change(problem, "x", {"without_bids": given})[0].without_bids == {("L1", "Ada", "")}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"price": 1.1}, ["key"]),
        ({3: 1}, ["key"]),
        ({"without_rules": ["R9"]}, ["rule"]),
        ({"without_rules": 4}, ["list"]),
        ({"without_suppliers": {"Ada": 1}}, ["list"]),
        ({"limits": {"R2": 1}}, ["limit"]),
        ({"limits": {"R8": 1}}, ["rule"]),
        ({"limits": 1}, ["mapping"]),
        ({"without_bids": ["L1|Cy"]}, ["bid"]),
        ({"without_bids": ("L1", "Cy")}, ["bid"]),
        ({"without_bids": ["bundle:sack"]}, ["bid"]),
        ({"without_bids": 5}, ["list"]),
        ({"prices": 0}, ["factor"]),
        ({"prices": "much"}, ["factor"]),
        ({"prices": float("nan")}, ["factor"]),
        ({"prices": {"Cy": 2}}, ["priced"]),
        ({"prices": {("L9", "Ada"): 2}}, ["priced"]),
        ({"demand": {"L9": -2}}, ["lot", "factor"]),
        ({"demand": True}, ["factor"]),
    ],
)
def test_what_is_wrong_is_named(problem, change, codes):
    _, findings = read_change(problem, "mine", change)
    found = sorted({finding.code.removeprefix("scenarios.") for finding in findings})
    assert found == sorted(set(codes))
    assert {finding.where() for finding in findings} == {"scenarios.mine"}
    assert all(finding.say(lang) and finding.advise(lang) for finding in findings for lang in ("en", "zh"))


def test_two_slips_of_one_kind_are_two_findings(problem):
    _, findings = read_change(problem, "x", {"without_rules": ["R8", "R9", "R9"], "prices": {"Ad": 1, "Bee": -1}})
    assert [finding.value for finding in findings] == ["R8", "R9", "Ad", "-1"]
    assert findings[2].facts["near"] == "Ada"


def test_every_key_is_a_plain_word():
    assert len(set(KEYS)) == len(KEYS) == 12
    assert "scenarios.key" in catalogue()
