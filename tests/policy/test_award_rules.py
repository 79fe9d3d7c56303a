from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from strategies import policy_mapping
from supplier_eval.award.rules import RULE_KINDS
from supplier_eval.award.terms import FINEST_GRID, Terms
from supplier_eval.errors import InvalidPolicy
from supplier_eval.policy import Policy, award_rules
from supplier_eval.policy.award_rules import AWARD_KINDS, AllocationRule, AwardRule, stages_of
from supplier_eval.policy.frozen import FrozenDict

BEFORE_THE_KINDS_GREW = "sha256:2589566364b48d47559e923a0744b74f28b30e739ab8959b976c27d4fdcfce26"


def build(award):
    return Policy.from_mapping(policy_mapping(award=award))


def refused(award):
    with pytest.raises(InvalidPolicy) as error:
        build(award)
    return [(f.code, f.column, f.facts.get("why_en", "")) for f in error.value.findings if f.severity == "error"]


def test_policy_and_award_know_the_same_kinds_of_rules():
    assert len(AWARD_KINDS) == 21
    assert sorted(AWARD_KINDS) == sorted(RULE_KINDS)


def test_the_defaults_of_policy_and_award_agree():
    fields = {name: field.default for name, field in Terms.__dataclass_fields__.items()}
    assert AwardRule().cover == fields["cover"]
    assert AwardRule().grid == fields["grid"] == award_rules.FINEST_GRID == FINEST_GRID
    assert AwardRule().tie_keys == fields["tie_keys"]


def test_a_policy_in_the_older_words_keeps_its_fingerprint():
    """The figure was computed before set_aside, max_attr, groups and mixed objectives could be written."""
    rules = [
        {"id": "cap", "kind": "max_volume_share", "value": "0.60", "lots": ["1"]},
        {"id": "two", "kind": "min_winners", "value": 2, "hard": False, "penalty": "1000.0", "clause": "§3.2.5(2)"},
        {"id": "not", "kind": "exclude", "who": ["B2", "B1"]},
        {"id": "money", "kind": "budget", "value": 1000000},
    ]
    assert build({"objective": "cost", "candidates": 2, "rules": rules}).fingerprint == BEFORE_THE_KINDS_GREW


FULL = {
    "objective": ["cost", {"score": 2, "winners": Decimal("0.5")}],
    "cover": "at_most",
    "share_step": "0.0001",
    "tie_keys": ["score", "attr:quality"],
    "rules": [
        {"id": "small", "kind": "set_aside", "group": {"small_business": True}, "where": {"region": "north"}},
        {"id": "floor", "kind": "min_attr", "attribute": "quality", "value": "20.5"},
        {"id": "cap", "kind": "max_attr", "attribute": "risk", "value": 3, "group": {"class": 2}},
        {"id": "pair", "kind": "implies", "when": "B1", "then": "B2", "hard": False, "penalty": 500},
        {"id": "out", "kind": "exclude", "suppliers": ["B3"], "lots": ["1"], "clause": "§8.1"},
    ],
}


def test_everything_that_can_be_declared_is_read_and_written_back(tmp_path):
    policy = build(FULL)
    award = policy.award
    assert award.objective == ("cost", {"score": Decimal(2), "winners": Decimal("0.5")})
    assert (award.cover, award.grid, award.tie_keys) == ("at_most", 10_000, ("score", "attr:quality"))
    assert dict(award.rules[0].group) == {"small_business": True}
    assert award.rules[2].group == {"class": 2}
    assert award.rules[4].who == ("B3",)
    path = tmp_path / "policy.toml"
    path.write_text(policy.to_toml(), encoding="utf-8")
    again = Policy.load(path)
    assert again == policy and again.fingerprint == policy.fingerprint
    assert policy.replace(version="2").award == award


def test_two_ways_to_write_the_same_award_have_one_fingerprint():
    other = {key: value for key, value in FULL.items() if key != "share_step"} | {"grid": 10_000}
    other["rules"] = [*FULL["rules"][:4], {"id": "out", "kind": "exclude", "who": ["B3"], "lots": ["1"]}]
    other["rules"][4]["clause"] = "§8.1"
    other["objective"] = ["cost", {"winners": "0.50", "score": Decimal("2.0")}]
    assert build(other).fingerprint == build(FULL).fingerprint
    assert build({"objective": ["cost"]}).fingerprint == build({"objective": "cost"}).fingerprint


@pytest.mark.parametrize(
    "changed",
    [
        {"group": {"class": "2"}},
        {"group": {"class": 3}},
        {"group": {"class": True}},
        {"where": {"class": 2}, "group": {}},
        {"attribute": "quality"},
    ],
)
def test_every_change_of_a_rule_changes_the_fingerprint(changed):
    rules = [*FULL["rules"][:2], FULL["rules"][2] | changed, *FULL["rules"][3:]]
    assert build(FULL | {"rules": rules}).fingerprint != build(FULL).fingerprint


def test_a_declared_group_and_objective_cannot_be_changed():
    award = build(FULL).award
    for part in (award.rules[0].group, award.objective[1]):
        assert isinstance(part, FrozenDict)
        with pytest.raises(TypeError):
            part["region"] = "south"


def test_an_objective_is_a_measure_a_mix_or_stages():
    assert stages_of(AwardRule().objective) == ("score",)
    assert stages_of(build(FULL).award.objective)[0] == "cost"


@pytest.mark.parametrize("objective", [[], {}, 3, None, ["cost", 1], {"cost": "much"}, {"cost": Decimal("inf")}])
def test_an_objective_that_is_none_is_refused(objective):
    assert [(code, column) for code, column, _ in refused({"objective": objective})] == [
        ("policy.value.invalid", "award.objective")
    ]


@pytest.mark.parametrize(
    ("award", "column", "why"),
    [
        ({"share_step": "0.3"}, "award", "divide"),
        ({"share_step": 0}, "award", "divide"),
        ({"share_step": True}, "award", "divide"),
        ({"share_step": "1e-9"}, "award.grid", "1000000"),
        ({"share_step": "0.5", "grid": 2}, "award", "same"),
        ({"grid": 0}, "award.grid", "1 or above"),
        ({"cover": "twice"}, "award.cover", "exactly"),
        ({"rules": [{"id": "a", "kind": "min_price", "value": 1}]}, "award.rules[a].kind", "max_lots_per_bidder"),
        ({"rules": [{"id": "a", "kind": "exclude", "who": ["B"], "suppliers": ["B"]}]}, "award.rules[a]", "same"),
        ({"rules": [{"id": "a", "kind": "exclude", "group": {"x": 0.5}}]}, "award.rules[a].group.x", "equal"),
        ({"rules": [{"id": "a", "kind": "exclude", "group": {"x": float("nan")}}]}, "award.rules[a].group.x", "equal"),
        ({"rules": [{"id": "a", "kind": "budget", "value": 1, "hard": False, "penalty": 0}]}, None, "above"),
    ],
)
def test_a_malformed_award_section_is_a_finding(award, column, why):
    found = refused(award)
    assert len(found) == 1
    assert column in (None, found[0][1]) and why in found[0][2]


def test_a_soft_rule_has_a_price_and_a_hard_one_has_none():
    assert AllocationRule(id="a", kind="budget", value=Decimal(1), hard=False, penalty=Decimal(1)).penalty == 1
    for wrong in ({"hard": False}, {"penalty": 1}):
        with pytest.raises(ValidationError, match="soft rule"):
            AllocationRule.model_validate({"id": "a", "kind": "budget", "value": 1, **wrong})
