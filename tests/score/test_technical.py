"""Values before any price: facts, past evaluations, floors."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidTender
from supplier_eval.intake.tender import Fact, PastScore
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.score.technical import below_floors, leaf_weights, technical_values


def with_leaf(**leaf: object) -> Policy:
    mapping = policy_mapping({"quality": 20})
    mapping["criteria"].append({"id": "extra", "name": "extra", "weight": 10, **leaf})
    return Policy.from_mapping(mapping)


FACTS = {"source": "facts", "maximum": 50, "value": {"kind": "linear", "floor": 0, "target": 50}}


def test_a_fact_is_valued_on_its_declared_scale():
    tender = make_tender([flat("A", 80, "10")], with_leaf(**FACTS), facts={("A", "extra"): Fact(Decimal(20), "20")})
    technical = technical_values(tender, "1", ["A"])
    assert technical.values[-1, 0] == pytest.approx(40.0)
    assert technical.raw[-1, 0] == 20.0


@pytest.mark.parametrize(
    ("leaf", "value", "expected"),
    [
        ({"value": {"kind": "yes_no"}}, True, 100.0),
        ({"value": {"kind": "yes_no"}}, False, 0.0),
        ({"value": {"kind": "rubric", "levels": {"A": 90, "B": 40}}}, "B", 40.0),
    ],
)
def test_yes_no_and_rubric_facts(leaf, value, expected):
    tender = make_tender(
        [flat("A", 80, "10")], with_leaf(source="facts", **leaf), facts={("A", "extra"): Fact(value, str(value))}
    )
    assert technical_values(tender, "1", ["A"]).values[-1, 0] == expected


def test_a_missing_fact_is_a_finding_that_names_the_bids():
    with pytest.raises(InvalidTender) as refused:
        evaluate(make_tender([flat("A", 80, "10"), flat("B", 80, "10")], with_leaf(**FACTS)))
    (finding,) = refused.value.findings
    assert finding.code == "requirements.value.absent"
    assert "extra for 2 bids: A, B" in finding.message


def test_none_is_worth_what_the_policy_declared_beforehand_and_only_then():
    facts = {("A", "extra"): Fact("none", "none")}
    declared = make_tender([flat("A", 80, "10")], with_leaf(**FACTS, when_missing=30), facts=facts)
    technical = technical_values(declared, "1", ["A"])
    assert technical.values[-1, 0] == 30.0
    assert technical.declared == {("extra", "A"): 30.0}
    undeclared = make_tender([flat("A", 80, "10")], with_leaf(**FACTS), facts=facts)
    assert [f.code for f in technical_values(undeclared, "1", ["A"]).findings] == ["requirements.value.absent"]


def test_the_past_evaluation_of_the_bidder_is_scored():
    policy = with_leaf(source="past", when_missing=50)
    tender = make_tender([flat("A", 80, "10"), flat("B", 80, "10")], policy, past={"A": PastScore(Decimal(85), "2025")})
    assert technical_values(tender, "1", ["A", "B"]).values[-1].tolist() == [85.0, 50.0]


@pytest.mark.parametrize(
    ("unit", "minimum", "out"), [("value", 75, {"B"}), ("points", 18, {"B"}), ("value", 60, set())]
)
def test_a_bid_below_a_quality_floor_is_out_with_how_far(unit, minimum, out):
    floors = [{"criterion": "quality", "minimum": minimum, "unit": unit}]
    policy = Policy.from_mapping(policy_mapping({"quality": 30}, floors=floors))
    tender = make_tender([flat("A", 80, "10"), flat("B", 60, "1")], policy)
    fallen = below_floors(tender, "1", technical_values(tender, "1", ["A", "B"]))
    if unit == "points":
        assert fallen == {}  # 60 of 100 are 18 of 30 points: exactly on the floor
        return
    assert set(fallen) == out
    if out:
        assert "60 of 100" in fallen["B"][0].say("en")
        assert "15 short" in fallen["B"][0].say("en")


def test_a_floor_of_another_lot_says_nothing():
    policy = Policy.from_mapping(policy_mapping(floors=[{"criterion": "quality", "minimum": 99, "lot": "other"}]))
    tender = make_tender([flat("A", 80, "10")], policy)
    assert below_floors(tender, "1", technical_values(tender, "1", ["A"])) == {}


def test_a_bid_below_a_floor_does_not_set_the_lowest_price():
    policy = Policy.from_mapping(policy_mapping(floors=[{"criterion": "quality", "minimum": 50}]))
    ranking = evaluate(make_tender([flat("A", 80, "100"), flat("cheap", 40, "1")], policy)).ranking
    assert ranking.total_of("A") == pytest.approx(0.6 * 80 + 40)
    assert ranking.rank_of("cheap") == 0


def test_leaf_weights_multiply_through_the_tree():
    mapping = policy_mapping()
    mapping["criteria"][0] = {"id": "quality", "name": "quality", "weight": 30, "total": 4}
    for name, weight in (("q1", 1), ("q2", 3)):
        anchors = [{"mark": 0, "words": "-"}, {"mark": 100, "words": "+"}]
        leaf = {"id": name, "parent": "quality", "name": name, "weight": weight, "source": "marks", "anchors": anchors}
        mapping["criteria"].append(leaf)
    tender = replace(make_tender([flat("A", 80, "1")], Policy.from_mapping(policy_mapping())))
    tender = tender.with_policy(Policy.from_mapping(mapping))
    assert leaf_weights(tender) == pytest.approx([0.075, 0.225, 0.2, 0.1, 0.4])


def test_a_floor_names_its_lot_whatever_the_case():
    policy = Policy.from_mapping(policy_mapping(floors=[{"criterion": "quality", "minimum": 99, "lot": "l1"}]))
    tender = make_tender([flat("A", 80, "10")], policy)
    assert set(below_floors(tender, "L1", technical_values(tender, "1", ["A"]))) == {"A"}
