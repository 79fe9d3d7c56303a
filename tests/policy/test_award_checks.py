from __future__ import annotations

import pytest

from strategies import policy_mapping
from supplier_eval.award.objective import goal_of, measure_of
from supplier_eval.award.rules import RULE_KINDS
from supplier_eval.errors import InvalidPolicy
from supplier_eval.policy import Policy, award_checks
from supplier_eval.policy.award_rules import AWARD_KINDS

WHOLE = {
    "value": 1,
    "who": ["B1"],
    "group": {"sme": True},
    "lots": ["1"],
    "where": {"region": "n"},
    "attribute": "quality",
    "when": "B1",
    "then": "B2",
}


def errors(**award):
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_mapping(policy_mapping(award=award))
    wrong = [f for f in refused.value.findings if f.severity == "error"]
    for finding in wrong:
        assert finding.remedy and finding.advise("zh") and "{" not in finding.line("en") + finding.line("zh")
    return [(f.code.removeprefix("policy.award."), f.column, f.value) for f in wrong]


def rule(kind, fields):
    return {"id": "r", "kind": kind} | {field: WHOLE[field] for field in fields}


@pytest.mark.parametrize("kind", AWARD_KINDS)
def test_policy_and_award_agree_on_what_a_kind_needs_and_which_values_are_shares(kind):
    words = {"who": "suppliers"}
    assert tuple(words.get(name, name) for name in award_checks.needs(kind)) == RULE_KINDS[kind].needs
    assert (kind in award_checks.SHARES) == RULE_KINDS[kind].share


@pytest.mark.parametrize("kind", AWARD_KINDS)
def test_a_rule_with_what_it_needs_and_all_that_it_reads_is_let_in(kind):
    for fields in (award_checks.needs(kind), award_checks.reads(kind)):
        policy = Policy.from_mapping(policy_mapping(award={"rules": [rule(kind, fields)]}))
        assert policy.award.rules[0].kind == kind


@pytest.mark.parametrize("kind", AWARD_KINDS)
def test_a_rule_without_what_it_needs_is_refused_field_by_field(kind):
    needed = award_checks.needs(kind)
    if needed:
        found = errors(rules=[{"id": "r", "kind": kind}])
        assert found == [("field_missing", f"award.rules[r].{field}", kind) for field in needed]
    else:
        assert kind == "one_supplier_per_region"


@pytest.mark.parametrize("kind", AWARD_KINDS)
def test_a_field_that_a_rule_would_pass_over_is_refused(kind):
    stray = [field for field in WHOLE if field not in award_checks.reads(kind)]
    assert stray
    assert errors(rules=[rule(kind, WHOLE)]) == [("field_not_read", f"award.rules[r].{name}", kind) for name in stray]


def test_a_group_names_somebody():
    group = {"id": "r", "kind": "set_aside", "group": {"small_business": True}}
    assert Policy.from_mapping(policy_mapping(award={"rules": [group]})).award.rules[0].who == ()


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("max_volume_share", "60", "share_range"),
        ("force_award", "-0.1", "share_range"),
        ("max_winners", "2.5", "count_range"),
        ("max_lots_per_bidder", "-1", "count_range"),
        ("budget", "-1", "budget_negative"),
    ],
)
def test_a_value_that_its_kind_cannot_mean_is_refused(kind, value, code):
    assert errors(rules=[{"id": "r", "kind": kind, "value": value}]) == [(code, "award.rules[r].value", value)]


def test_ids_of_rules_are_unique_whatever_their_case():
    rules = [{"id": name, "kind": "max_winners", "value": 2} for name in ("cap", "CAP")]
    assert [code for code, _, _ in errors(rules=rules)] == ["rule_duplicate"]


@pytest.mark.parametrize("name", [*award_checks.MEASURES, "max_attr:sla", "min_attr:risk"])
def test_policy_and_award_mean_the_same_by_a_measure(name):
    assert award_checks.measure_of(name) == measure_of(name)[0]
    assert goal_of(Policy.from_mapping(policy_mapping(award={"objective": name})).award.objective) == goal_of(name)


def test_an_attribute_says_which_way_is_better():
    """Read without a direction it would be minimised: points of a criterion as well."""
    assert errors(objective="attr:capability") == [("objective_undirected", "award.objective", "attr:capability")]
    assert errors(objective={"cost": 1, "attr:risk": 1}) == [("objective_undirected", "award.objective", "attr:risk")]


@pytest.mark.parametrize("name", ["speed", "max_attr:", "max_risk", ""])
def test_a_measure_that_does_not_exist_is_refused(name):
    assert errors(objective=name) == [("objective_unknown", "award.objective", name)]


def test_a_measure_stands_once_in_a_sum_and_weighs_something():
    assert errors(objective={"cost": 1, "min_cost": 2}) == [("objective_twice", "award.objective", "cost")]
    assert errors(objective={"max_attr:q": 1, "min_attr:q": 1}) == [("objective_twice", "award.objective", "attr:q")]
    assert errors(objective={"cost": 1, "score": -1}) == [("objective_weight", "award.objective.score", "-1")]
    assert errors(objective=["cost", {"score": 0}]) == [("objective_weight", "award.objective.score", "0")]


def test_tie_keys_are_known():
    assert errors(tie_keys=["cost", "price", "attr:"]) == [
        ("tie_key_unknown", "award.tie_keys", "price"),
        ("tie_key_unknown", "award.tie_keys", "attr:"),
    ]


def test_everything_that_is_wrong_comes_at_once():
    found = errors(
        objective="speed",
        tie_keys=["luck"],
        rules=[
            {"id": "a", "kind": "max_winners"},
            {"id": "a", "kind": "max_volume_share", "value": 60, "when": "B1"},
            {"id": "b", "kind": "min_avg", "value": 3},
        ],
    )
    assert [code for code, _, _ in found] == [
        "rule_duplicate",
        "field_missing",
        "field_not_read",
        "share_range",
        "field_missing",
        "objective_unknown",
        "tie_key_unknown",
    ]
