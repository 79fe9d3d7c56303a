"""Price formulas against the policy and the tender."""

from __future__ import annotations

from decimal import Decimal

import pytest

from strategies import policy_mapping
from supplier_eval.intake.notice import Item, Lot, Notice
from supplier_eval.policy import Policy
from supplier_eval.score.readiness import formula_findings, leaf_parameters, tender_findings


def policy(**price: object) -> Policy:
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = price
    return Policy.from_mapping(mapping)


def notice(**changes: object) -> Notice:
    return Notice.model_validate({"id": "t", "title": "t", "policy": "p", **changes})


def codes(chosen: Policy, published: Notice) -> list[str]:
    found = tender_findings(chosen, chosen.tree(), published, "1")
    assert all(f.remedy and not f.say("zh").isascii() and f.advise("zh") for f in found)
    return [f.code for f in found]


def test_an_unknown_formula_and_a_wrong_parameter_are_errors():
    assert [f.code for f in formula_findings(policy(formula="cheapest"))] == ["policy.price.formula_unknown"]
    (finding,) = formula_findings(policy(formula="lowest_price"))
    assert "Did you mean lowest_over_price" in finding.say("en")
    found = formula_findings(policy(formula="power_discount", parameters={"alpha": -1, "beta": 2}))
    assert [f.code for f in found if f.severity == "error"] == ["policy.price.parameter"] * 2


@pytest.mark.parametrize(
    ("formula", "parameters", "expected"),
    [
        ("mean_ratio", {}, {"policy.price.not_monotone", "policy.price.relative"}),
        ("lowest_over_price", {}, {"policy.price.relative"}),
        ("share_of_ceiling", {"ceiling": 100}, set()),
    ],
)
def test_surprising_formulas_are_warned_of(formula, parameters, expected):
    found = formula_findings(policy(formula=formula, parameters=parameters))
    assert {f.code for f in found if f.severity == "warning"} == expected


def test_a_ceiling_comes_from_the_lot_and_is_missed_without_one():
    chosen = policy(formula="share_of_ceiling")
    assert codes(chosen, notice(lots=[{"id": "1", "ceiling": 200}])) == []
    assert codes(chosen, notice()) == ["policy.price.parameter"]


def test_items_quoted_as_discounts_have_their_base_as_ceiling():
    leaf = policy(formula="bilinear", parameters={"x": "0.9"}, items=["p1"]).tree()["price"]
    items = {"p1": Item(id="p1", quote="discount", base=Decimal(500))}
    assert leaf_parameters(leaf, items, Lot(id="1"), {}) == {"ceiling": 500.0, "x": 0.9}
    items = {"p1": Item(id="p1", quote="discount")}
    assert leaf_parameters(leaf, items, Lot(id="1"), {})["ceiling"] == 100.0


def test_a_figure_drawn_at_the_opening_is_used():
    leaf = policy(formula="trimmed_mean_benchmark", parameters={"e1": 1, "e2": 1}).tree()["price"]
    assert leaf_parameters(leaf, {}, Lot(id="1"), {"K": Decimal("0.97")})["k"] == 0.97
    assert "k" not in leaf_parameters(leaf, {}, Lot(id="1"), {"K": Decimal("0.97")}, draws=False)


def test_nothing_but_k_is_ever_drawn():
    leaf = policy(formula="trimmed_mean_benchmark", parameters={"e1": 1}).tree()["price"]
    drawn = {"k": Decimal("0.97"), "e1": Decimal(9), "e2": Decimal(9), "ceiling": Decimal(9)}
    assert leaf_parameters(leaf, {}, Lot(id="1"), drawn) == {"k": 0.97, "e1": 1.0}
    ceiling = policy(formula="share_of_ceiling").tree()["price"]
    assert leaf_parameters(ceiling, {}, Lot(id="1", ceiling=Decimal(200)), drawn) == {"ceiling": 200.0}


def test_a_factor_that_was_to_be_drawn_is_missed_once_prices_may_open():
    mapping = policy_mapping(price={"draw_benchmark": True, **policy_mapping()["price"]})
    mapping["criteria"][-1]["price"] = {"formula": "trimmed_mean_benchmark", "parameters": {"e1": 1, "e2": 1}}
    chosen = Policy.from_mapping(mapping)
    assert codes(chosen, notice()) == ["tender.drawn.missing"]
    assert codes(chosen, notice(drawn={"k": "0.97"})) == []
    two = Policy.from_mapping({**mapping, "procedure": {"envelopes": 2}})
    assert codes(two, notice()) == []
    assert codes(two, notice(technical_locked="2026-03-01T00:00Z")) == ["tender.drawn.missing"]
    undrawn = chosen.replace(price={**mapping["price"], "draw_benchmark": False})
    assert codes(undrawn, notice()) == []  # k is 1 unless stated
    assert codes(undrawn, notice(drawn={"k": "0.97"})) == ["tender.drawn.not_expected"]


def test_an_item_that_the_lot_does_not_have_is_named():
    chosen = policy(formula="lowest_over_price", items=["p1", "p9"])
    assert codes(chosen, notice(items=[{"id": "p1"}])) == ["policy.price.item_unknown"]


@pytest.mark.parametrize(
    ("covered", "expected"),
    [
        ([["p1"], ["p2"]], []),
        ([[], []], []),
        ([["p1"], ["p1"]], ["policy.price.item_twice", "policy.price.item_unscored"]),
        ([["p1"], ["p2", "p1"]], ["policy.price.item_twice"]),
        ([["p1", "p1"], ["p2"]], ["policy.price.item_twice"]),
        ([["p1"], []], ["policy.price.item_twice"]),
    ],
)
def test_every_item_is_scored_by_exactly_one_criterion(covered, expected):
    """An item that nobody scores could cost anything: a bidder moves the money there."""
    mapping = policy_mapping({"price": 20})
    first = mapping["criteria"].pop()
    mapping["criteria"] += [
        {**first, "id": f"price{i}", "price": {"formula": "lowest_over_price", "items": items}}
        for i, items in enumerate(covered)
    ]
    chosen = Policy.from_mapping(mapping)
    assert codes(chosen, notice(items=[{"id": "p1"}, {"id": "p2"}])) == expected


def test_an_item_of_another_lot_need_not_be_scored_here():
    chosen = policy(formula="lowest_over_price", items=["p1"])
    published = notice(lots=[{"id": "1"}, {"id": "2"}], items=[{"id": "p1"}, {"id": "p2", "lot": "2"}])
    assert codes(chosen, published) == []
