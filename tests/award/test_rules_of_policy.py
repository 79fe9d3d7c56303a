from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

from strategies import policy_mapping
from supplier_eval.award.rules import Rule
from supplier_eval.award.rules_of_policy import concerns_only, named_suppliers, policy_rules, spelling
from supplier_eval.policy import Policy

RULES = [
    {"id": "cap", "kind": "max_spend_share", "value": "0.6", "who": ["b", "A"], "lots": ["l1", "L2"], "clause": "§9"},
    {"id": "small", "kind": "set_aside", "group": {"small_business": True, "class": 2}, "where": {"region": "north"}},
    {"id": "floor", "kind": "min_attr", "attribute": "quality", "value": "20.125"},
    {"id": "pair", "kind": "implies", "when": "a", "then": "X", "hard": False, "penalty": "0.5"},
]


def policy(rules=RULES):
    return Policy.from_mapping(policy_mapping(award={"rules": rules}))


def test_every_field_of_a_rule_is_carried_exactly():
    cap, small, floor, pair = policy_rules(policy(), ["A", "B"], ["L1", "L2"])
    assert cap == Rule(
        id="cap", kind="max_spend_share", value=Fraction(3, 5), suppliers=("B", "A"), lots=("L1", "L2"), clause="§9"
    )
    assert small.group == {"small_business": True, "class": Fraction(2)} and small.where == {"region": "north"}
    assert small.group["small_business"] is True and small.hard and small.clause == "§3.2.5"
    assert (floor.attribute, floor.value) == ("quality", Fraction(161, 8))
    assert (pair.when, pair.then, pair.penalty, pair.hard) == ("A", "X", Fraction(1, 2), False)


def test_no_field_of_a_rule_is_forgotten():
    stated = {field.name for rule in RULES for field in fields(Rule) if field.name in rule or field.name == "suppliers"}
    assert stated == {field.name for field in fields(Rule)}


def test_a_lot_that_is_left_out_leaves_the_rules_and_takes_with_it_what_concerns_it_alone():
    rules = [*RULES, {"id": "only", "kind": "max_winners", "value": 1, "lots": ["L2"]}]
    made = {rule.id: rule for rule in policy_rules(policy(rules), ["A", "B"], ["L1", "L2"], ["L2"])}
    assert made["cap"].lots == ("L1",)
    assert "only" not in made, "without its lots it would concern every lot"
    assert set(made) == {"cap", "small", "floor", "pair"}


def test_the_suppliers_that_rules_name_are_known_by_their_keys():
    assert named_suppliers(policy()) == {"b": "b", "a": "A", "x": "X"}


def test_ids_are_spelled_as_they_come_first():
    assert spelling(["A", "a", "Ｂ"]) == {"a": "A", "b": "Ｂ"}


def test_a_rule_without_lots_concerns_all():
    declared = policy().award.rules
    assert not concerns_only(declared[1], {"l1"}) and not concerns_only(declared[0], {"l1"})
    assert concerns_only(declared[0], {"l1", "l2"})
