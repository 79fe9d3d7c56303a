"""What a what-if says of its changes: old and new figure, rounded, in both languages."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.whatif import what_if
from supplier_eval.robustness.whatif_words import formula_title, listed, plain
from supplier_eval.score.price import PRICE_FORMULAS

POLICY = Policy.from_mapping(policy_mapping())
TENDER = make_tender([flat("A", 90, "1000"), flat("B", 70, "600"), flat("C", 40, "550")], POLICY, ceiling=Decimal(1200))
SAID = {
    "a third": ({"weights": {"price": 100 / 3}}, "Weight of price within its parent: 40 becomes 33.33."),
    "price": ({"prices": {"A": 1234.5678}}, "Price of A: 1,000 becomes 1,234.57."),
    "formula": ({"formula": "share_of_ceiling"}, "price is scored by: discount on the ceiling."),
    "parameters": (
        {"formula": "linear_to_twice_lowest", "parameters": {"factor": 7 / 3}},
        "price is scored by: a straight line from the lowest price down (factor = 2.33).",
    ),
    "floor": ({"floors": {"quality": 200 / 3}}, "Floor of quality: 66.67."),
    "no floors": ({"floors": {}}, "No quality floors."),
    "mark": ({"marks": {("A", "quality", "E1"): 50}}, "Mark of E1 for A on quality: now 50."),
    "without": ({"without": ["C", "B"]}, "Left out: C, B."),
    "adding": ({"adding": {"D": {"like": "B"}}}, "Added D; what was not stated is as in B."),
    "policy": ({"policy": POLICY.replace(name="another")}, "Policy tried: another."),
    "nothing": ({}, "Exploratory: nothing was changed."),
}


@pytest.mark.parametrize("case", SAID)
def test_each_change_is_said_with_its_figures(case):
    changes, said = SAID[case]
    found = what_if(TENDER, **changes)
    assert said in found.explain()
    assert not re.search(r"\d\.\d{5}|-0\.0\b", found.explain() + found.explain("zh"))
    for english in (*found.changes, "formula", "becomes", "lowest", "weights"):
        assert english not in found.explain("zh").replace("price", "")


def test_many_marks_are_counted():
    marks = {(bid, "quality", f"E{e}"): 50 for bid in "ABC" for e in (1, 2, 3)}
    assert "Marks changed: 9." in what_if(TENDER, marks=marks).explain()


def test_nobody_left_is_said():
    said = what_if(TENDER, without=["A", "B", "C"]).explain()
    assert "Nobody is ranked after the change; before it the winner was B." in said


def test_thirds_add_up_where_all_are_named():
    found = what_if(TENDER, weights=dict.fromkeys(("quality", "capability", "emergency"), 100 / 3) | {"price": 0})
    assert sum(c.weight for c in found.new.tender.policy.criteria) == 100


@pytest.mark.parametrize("formula", PRICE_FORMULAS)
def test_every_formula_of_the_package_has_words(formula):
    assert formula_title(formula) != formula
    assert re.search(r"[\u4e00-\u9fff]", formula_title(formula, "zh"))


def test_a_formula_of_ones_own_keeps_its_name():
    assert formula_title("own", "zh") == "own"


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        *((100 / 3, "33.33"), (0, "0"), (Decimal("40.00"), "40"), (1234567.891, "1,234,567.89")),
        *((-0.0, "0"), (0.001, "0.001"), (100, "100"), (0.5, "0.5")),
    ],
)
def test_figures_are_said_plainly(figure, said):
    assert plain(figure) == said


def test_names_stand_one_after_the_other():
    assert listed(["a", "b"], "en") == "a, b"
    assert listed(["a", "b"], "zh") == "a、b"
