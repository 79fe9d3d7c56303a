"""Each kind of rule in the model against hand-counted awards."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import solve
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rules import Rule

PRICES = {"L1": (10, 12, 15), "L2": (11, 10, 9)}


def exact(fields):
    return {key: Fraction(value) if key in ("value", "penalty") else value for key, value in fields.items()}


def cost(*rules):
    lots = [
        Lot(id=key, demand=Fraction(1), indivisible=True, region=where) for key, where in zip(PRICES, "ns", strict=True)
    ]
    suppliers = [
        Supplier(id=key, attributes={"quality": Fraction(q), "sme": key == "B"})
        for key, q in zip("ABC", (60, 80, 70), strict=True)
    ]
    bids = [
        Bid(lot=lot, supplier=key, price=Fraction(price))
        for lot, row in PRICES.items()
        for key, price in zip("ABC", row, strict=True)
    ]
    made = [Rule(id=f"R{at}", kind=kind, **exact(rest)) for at, (kind, rest) in enumerate(rules)]
    outcome = solve(formulate(problem_of(lots, suppliers, bids, rules=made)).program, solver="scipy")
    return outcome.status if outcome.objective is None else round(outcome.objective, 6)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], 19),
        ([("max_winners", {"value": 1})], 21),
        ([("min_winners", {"value": 2})], 19),
        ([("min_winners", {"value": 3})], "infeasible"),
        ([("exclude", {"suppliers": ("C",)})], 20),
        ([("set_aside", {"group": {"sme": True}, "lots": ("L1",)})], 21),
        ([("force_award", {"suppliers": ("B",), "lots": ("L2",), "value": 1})], 20),
        ([("mutually_exclusive", {"suppliers": ("A", "C")})], 20),
        ([("implies", {"when": "A", "then": "B"})], 20),
        ([("max_lots_per_bidder", {"value": 1})], 19),
        ([("min_volume_share", {"group": {"sme": True}, "value": "1/2"})], 20),
        ([("max_volume_share", {"value": "1/2"})], 19),
        ([("max_spend_share", {"value": "1/2"})], 20),
        ([("budget", {"value": 18})], "infeasible"),
        ([("budget", {"value": 19})], 19),
        ([("min_avg", {"attribute": "quality", "value": 70})], 20),
        ([("min_attr", {"attribute": "quality", "value": 70})], 21),
        ([("max_attr", {"attribute": "quality", "value": 70})], 19),
        ([("max_winners", {"value": 1, "penalty": "1/2"})], 19.5),
        ([("max_winners", {"value": 1, "penalty": 5})], 21),
    ],
)
def test_the_cheapest_award_under_a_rule_is_the_one_found_by_hand(rules, expected):
    assert cost(*rules) == expected
