from __future__ import annotations

import time

import pytest

from supplier_eval.errors import InvalidPolicy
from supplier_eval.policy import Policy
from supplier_eval.policy.reading import LARGEST_FILE, read_toml, resolve

SMALL = """
name = "small"
categories = []
[[criteria]]
id = "quality"
name = "Quality"
weight = 60
source = "marks"
anchors = [{mark = 0, words = "absent"}, {mark = 100, words = "complete"}]
[[criteria]]
id = "price"
name = {en = "Price", zh = "价格"}
weight = 40
source = "price"
price = {formula = "lowest_over_price"}
[[price.abnormal]]
kind = "below_share_of_mean"
limit = 0.8
"""


@pytest.fixture
def written(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "policy.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def refused(act):
    """(code, column, value) of every finding; each can say itself in both languages."""
    with pytest.raises(InvalidPolicy) as error:
        act()
    assert error.value.report("zh") and error.value.report("en")
    return [(f.code, f.column, f.value) for f in error.value.findings if f.severity == "error"]


def test_a_file_is_read_with_and_without_byte_order_mark(written):
    plain = Policy.load(written(SMALL))
    assert Policy.load(written(SMALL, "utf-8-sig")) == plain
    assert Policy.load(written(SMALL.replace("\n", "\r\n"))).fingerprint == plain.fingerprint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SMALL.encode("gb18030"), "policy.file.not_toml"),
        (b"\xff\xfe\x00", "policy.file.not_toml"),
        ("name = ", "policy.file.not_toml"),
        ("name = 'a'\nname = 'b'", "policy.file.not_toml"),
        ("x = " + "[" * 9000 + "]" * 9000, "policy.file.not_toml"),
        ("x" + ".x" * 400_000 + " = 1", "policy.file.not_toml"),
        ("# " + "padding\n" * (LARGEST_FILE // 8 + 1), "policy.file.too_large"),
    ],
    ids=["gb18030", "utf-16", "cut short", "key twice", "deep nesting", "long dotted key", "huge"],
)
def test_a_file_that_is_no_policy_is_refused_in_time(written, text, code):
    path = written(text)
    begun = time.perf_counter()
    assert [found[0] for found in refused(lambda: Policy.load(path))] == [code]
    assert time.perf_counter() - begun < 2


def test_a_file_that_cannot_be_read_says_why(tmp_path):
    assert refused(lambda: read_toml(tmp_path / "nowhere.toml"))[0][0] == "policy.file.unreadable"
    with pytest.raises(InvalidPolicy, match="it is a folder"):
        read_toml(tmp_path)


def test_a_profile_is_laid_under_and_tables_are_merged_key_by_key():
    under = Policy.default()
    over = Policy.from_mapping({"base": "service-outsourcing", "name": "ours", "panel": {"minimum_members": 7}})
    assert over.panel.minimum_members == 7
    assert over.panel.odd is under.panel.odd is True
    assert over.criteria == under.criteria
    assert over.name == "ours" and over.fingerprint != under.fingerprint


def test_lists_are_replaced_not_merged():
    policy = Policy.from_mapping({"base": "service-outsourcing", "gates": [], "floors": []})
    assert policy.gates == () and policy.floors == ()


def test_weights_are_set_by_id_and_must_still_add_up():
    policy = Policy.from_mapping({"base": "service-outsourcing", "weights": {"price": 35, "quality": 20}})
    assert policy.weights("ITO")["price"] == 0.35
    found = refused(lambda: Policy.from_mapping({"base": "service-outsourcing", "weights": {"price": 35}}))
    assert found == [("policy.criteria.weight_sum", "criteria", "total")]


def test_single_keys_of_a_criterion_are_changed():
    change = {"price": {"price": {"formula": "bilinear", "parameters": {"x": "0.8"}}}}
    policy = Policy.from_mapping({"base": "service-outsourcing", "changes": change})
    leaf = policy.tree("ITO")["price"]
    assert leaf.price.formula == "bilinear" and str(leaf.price.parameters["x"]) == "0.8"
    assert leaf.weight == 25 and leaf.name.zh == "价格"


def test_a_dropped_node_takes_its_branch_with_it():
    data = resolve({"base": "service-outsourcing", "changes": {"quality": {"drop": True}}}, "")
    ids = {c["id"] for c in data["criteria"]}
    assert "quality" not in ids and "past" not in ids and "availability" not in ids
    assert {"price", "team", "emergency"} <= ids


def test_reading_a_policy_leaves_data_and_profile_as_they_were():
    given = {
        "base": "service-outsourcing",
        "weights": {"price": 35, "quality": 20},
        "changes": {"team": {"weight": 25}},
    }
    kept = {key: dict(value) if isinstance(value, dict) else value for key, value in given.items()}
    before = Policy.default().fingerprint
    Policy.from_mapping(given)
    assert given == kept
    assert Policy.default().fingerprint == before


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"base": "our-own"}, ("policy.base.unknown", "base", "our-own")),
        ({"base": ["lpta"]}, ("policy.base.unknown", "base", "['lpta']")),
        ({"weights": 40}, ("policy.weights.not_a_table", "weights", "")),
        ({"weights": {"prise": 40}}, ("policy.weights.unknown", "weights", "prise")),
        ({"changes": []}, ("policy.changes.not_a_table", "changes", "")),
        ({"changes": {"team": 3}}, ("policy.changes.not_a_table", "changes.team", "")),
        ({"changes": {"prise": {"weight": 3}}}, ("policy.changes.unknown", "changes", "prise")),
        ({"changes": {"team": {"wait": 3}}}, ("policy.key.unknown", "criteria[team].wait", "3")),
        ({"changes": {"team": {"drop": "yes"}}}, ("policy.key.unknown", "criteria[team].drop", "yes")),
        ({"weights": {"price": "forty"}}, ("policy.value.invalid", "criteria[price].weight", "forty")),
        ({"weights": {"price": True}}, ("policy.value.invalid", "criteria[price].weight", "True")),
        ({"criteria": 5, "weights": {"price": 1}}, ("policy.value.invalid", "criteria", "5")),
        ({"criteria": [5], "weights": {}}, ("policy.value.invalid", "criteria[0]", "5")),
        ({"criteria": [{"id": ["a"]}], "weights": {"a": 1}}, ("policy.weights.unknown", "weights", "a")),
        ({"colour": "red"}, ("policy.key.unknown", "colour", "red")),
        ({"panel": {"odds": True}}, ("policy.key.unknown", "panel.odds", "True")),
        ({"panel": {"odd": "perhaps"}}, ("policy.value.invalid", "panel.odd", "perhaps")),
        ({"procedure": {"technical": {"x": 1}}}, ("policy.key.unknown", "procedure.technical.x", "1")),
        ({"currency": "yuan"}, ("policy.value.invalid", "currency", "yuan")),
        (
            {"changes": {"projects": {"value": {"kind": "step", "steps": [[2, 1], [1, 2]]}}}},
            ("policy.key.unknown", "criteria[projects].value.knots", ""),
        ),
        (
            {"changes": {"availability": {"value": {"kind": "spline"}}}},
            ("policy.value.invalid", "criteria[availability].value", ""),
        ),
        ({"criteria": []}, ("policy.value.invalid", "criteria", "")),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(data, found):
    assert found in refused(lambda: Policy.from_mapping({"base": "service-outsourcing", **data}))


def test_a_missing_key_is_named_by_the_id_of_its_entry(written):
    text = SMALL.replace("weight = 60\n", "").replace('formula = "lowest_over_price"', "")
    assert refused(lambda: Policy.load(written(text))) == [
        ("policy.key.missing", "criteria[quality].weight", ""),
        ("policy.key.missing", "criteria[price].price.formula", ""),
    ]


def test_the_known_ids_are_listed_in_the_same_order_every_time():
    with pytest.raises(InvalidPolicy) as error:
        Policy.from_mapping({"base": "lpta", "weights": {"x": 1}})
    assert str(error.value.findings[0].facts["known"]) == "acceptability, approach, experience, price"
