from __future__ import annotations

import json
import pickle
import re
import tomllib
from decimal import Decimal, localcontext
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import policy_mapping
from supplier_eval.errors import InvalidPolicy, UnknownName
from supplier_eval.policy import Policy, criteria, profile_names, rules
from supplier_eval.policy.criteria import Declared
from supplier_eval.policy.rules import PanelRule

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"
PINS = Path(__file__).parents[1] / "fixtures" / "policy_defaults_1.json"


def turned_round(data):
    """The same data with every table's keys in reverse."""
    if isinstance(data, dict):
        return {key: turned_round(value) for key, value in reversed(data.items())}
    return [turned_round(value) for value in data] if isinstance(data, list) else data


def respelled(data):
    """The same numbers written otherwise: 30 as 30.00."""
    if isinstance(data, dict):
        return {key: respelled(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [respelled(value) for value in data]
    return Decimal(f"{data}.00") if isinstance(data, int) and not isinstance(data, bool) else data


def decimals_only(data):
    """Whole numbers of weights respelled; counts (members, places) stay whole."""
    criteria = [{**c, "weight": respelled(c["weight"])} for c in data["criteria"]]
    return {**data, "criteria": criteria}


@pytest.mark.parametrize("name", profile_names())
def test_a_policy_written_as_toml_reads_back_equal(name, tmp_path):
    policy = Policy.profile(name)
    path = tmp_path / "policy.toml"
    path.write_text(policy.to_toml(), encoding="utf-8")
    again = Policy.load(path)
    assert again == policy
    assert again.fingerprint == policy.fingerprint
    assert again.to_toml() == policy.to_toml()


@pytest.mark.parametrize("name", profile_names())
def test_the_fingerprint_does_not_depend_on_the_order_of_keys_and_criteria(name):
    policy = Policy.profile(name)
    data = tomllib.loads(policy.to_toml(), parse_float=Decimal)
    assert Policy.from_mapping(turned_round(data)).fingerprint == policy.fingerprint
    data["criteria"].reverse()
    assert Policy.from_mapping(data).fingerprint == policy.fingerprint


def test_the_fingerprint_does_not_depend_on_how_a_number_is_written():
    data = policy_mapping()
    assert Policy.from_mapping(decimals_only(data)).fingerprint == Policy.from_mapping(data).fingerprint
    plus, minus = policy_mapping(), policy_mapping()
    plus["criteria"][0]["minimum"], minus["criteria"][0]["minimum"] = Decimal("0"), Decimal("-0.0")
    assert Policy.from_mapping(plus).fingerprint == Policy.from_mapping(minus).fingerprint


def test_the_fingerprint_does_not_depend_on_the_decimal_context_of_the_caller():
    plain = Policy.from_mapping(policy_mapping({"quality": "30.123456", "price": "39.876544"}))
    with localcontext() as rough:
        rough.prec = 3
        again = Policy.from_mapping(policy_mapping({"quality": "30.123456", "price": "39.876544"}))
        assert again.fingerprint == plain.fingerprint
        assert again.to_toml() == plain.to_toml()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 59),
    st.integers(1, 9),
    st.sampled_from(["mean", "median", "moderated"]),
    st.booleans(),
    st.permutations(range(4)),
)
def test_equal_fingerprint_means_equal_content(quality, members, aggregation, odd, order):
    """Whatever is drawn: same content in any order, same fingerprint; one step elsewhere, another one."""
    panel = {"aggregation": aggregation, "minimum_members": members, "odd": odd}
    data = policy_mapping({"quality": quality, "price": 70 - quality}, panel=panel)
    policy = Policy.from_mapping(data)
    shuffled = {**data, "criteria": [data["criteria"][i] for i in order]}
    assert Policy.from_mapping(shuffled).fingerprint == policy.fingerprint
    moved = policy_mapping({"quality": quality + 1, "price": 69 - quality}, panel=panel)
    assert Policy.from_mapping(moved).fingerprint != policy.fingerprint
    assert policy.replace(panel={**panel, "minimum_members": members + 1}).fingerprint != policy.fingerprint
    assert policy.replace(panel={**panel, "odd": not odd}).fingerprint != policy.fingerprint


CHANGES = {
    "name": "other",
    "version": "2",
    "title": "T",
    "currency": "EUR",
    "minor_units": 0,
    "gates": [{"id": "g", "name": "G", "kind": "yes"}],
    "floors": [{"criterion": "quality", "minimum": 60}],
    "procedure": {"minimum_valid_bids": 2},
    "panel": {"trim": 2},
    "ties": {"keys": ["higher:quality"]},
    "rounding": {"total": 3},
    "disclosure": {"standstill_days": 9},
    "grades": {"bands": [{"grade": "A", "lower": 0}]},
    "approval": {"value_from": 1},
    "award": {"candidates": 1},
    "adoption": {"by": "the board", "on": "2026-01-02"},
    "categories": ["ITO"],
}


@pytest.mark.parametrize("key", CHANGES)
def test_every_change_of_content_changes_the_fingerprint(key):
    policy = Policy.from_mapping(policy_mapping())
    changed = policy.replace(**{key: CHANGES[key]})
    assert changed.fingerprint != policy.fingerprint
    assert changed != policy


def test_the_words_of_an_anchor_are_part_of_what_was_published():
    data = policy_mapping()
    data["criteria"][0]["anchors"][1]["words"] = "brilliant"
    assert Policy.from_mapping(data).fingerprint != Policy.from_mapping(policy_mapping()).fingerprint


def test_replace_leaves_the_old_policy_unchanged():
    policy = Policy.from_mapping(policy_mapping())
    before = policy.fingerprint, policy.to_toml()
    changed = policy.replace(panel=PanelRule(minimum_members=3), weights={"price": 50, "quality": 20})
    assert (policy.fingerprint, policy.to_toml()) == before
    assert changed.panel.minimum_members == 3
    assert changed.weights()["price"] == 0.5 and policy.weights()["price"] == 0.4


def test_replace_takes_declared_parts_also_in_lists_together_with_weights():
    policy = Policy.from_mapping(policy_mapping())
    changed = policy.replace(criteria=list(policy.criteria), weights={"price": 45.5, "quality": 24.5})
    assert changed.weights()["price"] == 0.455


@pytest.mark.parametrize(
    "change",
    [
        {"weights": {"price": 50}},
        {"weights": {"prise": 50}},
        {"weights": {"price": "dear"}},
        {"currency": "Yuan"},
        {"colour": "red"},
        {"criteria": ()},
    ],
)
def test_what_replace_gives_is_checked_like_the_first(change):
    with pytest.raises(InvalidPolicy):
        Policy.from_mapping(policy_mapping()).replace(**change)


def test_a_copy_with_changes_is_checked_and_has_its_own_fingerprint():
    """Pydantic's own `model_copy` would keep the published fingerprint on another policy."""
    policy = Policy.from_mapping(policy_mapping())
    assert policy.fingerprint
    copy = policy.model_copy(update={"version": "2"})
    assert copy.version == "2" and copy.fingerprint != policy.fingerprint
    assert policy.model_copy() == policy
    with pytest.raises(InvalidPolicy):
        policy.model_copy(update={"currency": "Yuan"})


def test_a_policy_is_frozen_to_its_depth():
    policy = Policy.default()
    with pytest.raises(ValueError, match="frozen"):
        policy.name = "other"
    with pytest.raises(TypeError):
        policy.tree("ITO")["tax_credit"].value.levels["D"] = 100


def test_a_policy_travels_to_other_processes():
    policy = Policy.default()
    again = pickle.loads(pickle.dumps(policy))
    assert again == policy and again.fingerprint == policy.fingerprint and hash(again) == hash(policy)


def test_weights_of_every_category_add_up_and_an_unknown_category_is_refused():
    policy = Policy.default()
    for category in policy.categories:
        assert sum(policy.weights(category).values()) == pytest.approx(1, abs=1e-12)
    assert "recovery_time" in policy.weights("ITO") and "recovery_time" not in policy.weights("BPO")
    for name in ("", "LPO"):
        with pytest.raises(UnknownName):
            policy.weights(name)


def test_a_profile_that_does_not_exist_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'cn-order-87'"):
        Policy.profile("cn-order-78")


def test_a_policy_shows_itself_in_one_line():
    policy = Policy.default()
    assert str(policy) == repr(policy)
    assert "service-outsourcing" in repr(policy) and policy.fingerprint[:19] in repr(policy)
    assert policy.rules_of_regime.title.zh == "服务外包，公司默认方案"


def declared(model):
    """Every part that a policy file can hold, with its keys."""
    seen = {}
    waiting = [model]
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen[part] = set(part.model_fields)
        for field in part.model_fields.values():
            waiting += parts_in(field.annotation)
    return seen


def parts_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts_in(inner)]


def test_the_page_of_the_policy_file_tells_of_every_key():
    parts = declared(Policy)
    assert len(parts) > 20
    keys = {key for names in parts.values() for key in names} | {"base", "changes", "weights", "drop"}
    page = PAGE.read_text(encoding="utf-8")
    assert not sorted(key for key in keys if f"`{key}`" not in page)


def test_the_examples_of_the_page_are_policies(tmp_path):
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 2
    for block in blocks:
        path = tmp_path / "policy.toml"
        path.write_text(block, encoding="utf-8")
        assert Policy.load(path).adoption is not None


def test_every_refusal_that_the_page_lists_has_its_code_and_the_other_way_round():
    rows = re.findall(r"^\| `(policy\.[a-z_.]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    own = files("supplier_eval.messages") / "policy.toml"
    assert sorted(rows) == sorted(tomllib.loads(own.read_text(encoding="utf-8")))


def declared_defaults():
    """Class → field → default, as text."""
    found = [cls for room in (criteria, rules) for cls in vars(room).values() if isinstance(cls, type)]
    declared = [cls for cls in found if issubclass(cls, Declared) and cls is not Declared]
    return {
        cls.__name__: {
            name: str(field.get_default(call_default_factory=True))
            for name, field in cls.model_fields.items()
            if not field.is_required()
        }
        for cls in (*declared, Policy)
    }


def test_the_defaults_of_a_format_never_change():
    """The fingerprint leaves defaults out: a changed default would change a published policy in silence."""
    pinned = json.loads(PINS.read_text(encoding="utf-8"))
    now = declared_defaults()
    for name, fields in pinned.items():
        assert {key: now[name][key] for key in fields} == fields, name
    new = {name: sorted(set(fields) - set(pinned.get(name, {}))) for name, fields in now.items()}
    assert not any(new.values()), f"pin the defaults of {new} in {PINS.name}"


def test_a_rule_that_is_left_at_its_default_leaves_the_fingerprint_alone():
    plain = Policy.from_mapping(policy_mapping())
    said = Policy.from_mapping(policy_mapping(robustness={"radius": "0.050", "norm": "max"}))
    other = Policy.from_mapping(policy_mapping(robustness={"radius": "0.06"}))
    assert plain.fingerprint == said.fingerprint != other.fingerprint
