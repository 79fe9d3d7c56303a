from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import supplier_eval as se
from strategies import policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy, alternative_priorities, leaf_weights, policy_points
from supplier_eval.policy.hierarchy import tree_of

PARENTS = {"quality": "", "price": "", "plan": "quality", "team": "quality", "cv": "team", "size": "team"}
CRITERIA = [[1, 1, 5, 3], [1, 1, 5, 3], ["1/5", "1/5", 1, "1/3"], ["1/3", "1/3", 3, 1]]
ALTERNATIVES = [  # upper triangles, row by row
    [5, 1, 1, "1/3", 3, "1/3", "1/5", "1/7", 1, "1/3", "1/5", 1, "1/3", 3, 7],
    [7, 3, "1/3", "1/3", "1/3", "1/3", "1/7", "1/9", "1/7", "1/5", "1/5", "1/5", 1, 1, 1],
    ["1/9", "1/7", "1/9", 1, "1/5", 1, 1, 5, 3, 1, 5, 1, 7, 3, "1/3"],
    ["1/5", "1/5", "1/3", "1/7", "1/5", 1, 3, "1/3", 1, 1, "1/3", 1, "1/7", 1, 5],
]


def upper(figures, names="ABCDEF"):
    pairs = [(x, y) for i, x in enumerate(names) for y in names[i + 1 :]]
    return dict(zip(pairs, figures, strict=True))


def refused(function, *given, **keys):
    with pytest.raises(InvalidInput) as caught:
        function(*given, **keys)
    assert all(f.line("en") and f.line("zh") for f in caught.value.findings)
    return [(f.code.removeprefix("weighting."), f.column) for f in caught.value.findings]


def test_full_ahp_reproduces_papathanasiou_2018():
    """Papathanasiou & Ploskas 2018, Multiple Criteria Decision Aid, ch. AHP: .117 .071 .095 .212 .350 .155."""
    under = {str(i + 1): upper(figures) for i, figures in enumerate(ALTERNATIVES)}
    found = alternative_priorities(se.policy.ahp(CRITERIA), under)
    assert found.names == tuple("ABCDEF")
    assert found.values == pytest.approx([0.117, 0.071, 0.095, 0.212, 0.350, 0.155], abs=6e-4)
    assert set(found.parts) == {"", "1", "2", "3", "4"}
    assert alternative_priorities(CRITERIA, under).by_name == found.by_name
    turned = alternative_priorities(CRITERIA, dict(reversed(under.items())))
    assert turned.by_name == found.by_name


def test_shares_multiply_from_the_top_to_the_leaves():
    found = leaf_weights(
        {
            "": se.policy.swing({"price": 60, "quality": 40}),
            "quality": se.policy.rank_sum(["team", "plan"]),
            "team": {("cv", "size"): 3},
        },
        PARENTS,
    )
    assert found.names == ("plan", "cv", "size", "price")
    assert found.values == pytest.approx([0.4 / 3, 0.8 / 3 * 0.75, 0.8 / 3 * 0.25, 0.6])
    assert found.parts["team"].method == "ahp" and found.method == "hierarchy"


def test_a_policy_is_a_hierarchy_and_takes_the_points_back():
    data = policy_mapping({"quality": 50, "capability": 0, "emergency": 10})
    data["criteria"] = [c for c in data["criteria"] if c["id"] != "capability"]
    data["criteria"][0] = {"id": "quality", "name": "quality", "weight": 50, "total": 10}
    for name, weight in (("plan", 4), ("system", 6)):
        leaf = {"id": name, "name": name, "parent": "quality", "weight": weight, "source": "marks"}
        data["criteria"].append(leaf | {"anchors": data["criteria"][1]["anchors"]})
    policy = se.Policy.from_mapping(data)
    judged = {"": {("quality", "price"): 2, ("price", "emergency"): 3}, "quality": {("plan", "system"): 2}}
    found = leaf_weights(judged, policy)
    assert leaf_weights(judged, policy.tree()).by_name == found.by_name
    assert found.by_name == pytest.approx({"plan": 0.4, "system": 0.2, "price": 0.3, "emergency": 0.1})
    points = policy_points(found, policy)
    assert points["plan"] + points["system"] == 10 and points["quality"] == 60
    taken = policy.replace(weights=points)
    assert taken.weights() == pytest.approx(found.by_name, abs=1e-3)
    assert policy_points(found.parts[""], policy) == {n: points[n] for n in ("quality", "price", "emergency")}
    assert refused(policy_points, se.policy.swing({"price": 1, "other": 1}), policy) == [("node.names", "(top)")]


def test_a_groups_weights_are_those_of_the_top_and_not_of_its_members():
    policy = se.Policy.from_mapping(policy_mapping())
    pairs = {("quality", "price"): 1, ("capability", "price"): 1, ("emergency", "price"): 1}
    group = se.policy.group_ahp({"Ann": pairs, "Bob": pairs})
    assert policy_points(group, policy) == dict.fromkeys(("quality", "price", "capability", "emergency"), Decimal(25))


def test_an_only_child_needs_no_judgement():
    found = leaf_weights({"": {("a", "b"): 1}}, {"a": "", "b": "", "only": "a"})
    assert found.by_name == pytest.approx({"only": 0.5, "b": 0.5})
    assert found.parts["only" if "only" in found.parts else "a"].method == "only_child"


def test_intervals_of_the_nodes_multiply():
    wide = se.policy.best_worst([2, 1, 4, 3, 8], [4, 8, 4, 2, 1], names=list("abcde"))
    found = leaf_weights({"": {("x", "y"): 1}, "x": wide}, {"x": "", "y": "", **dict.fromkeys("abcde", "x")})
    assert found.lower == pytest.approx([*(wide.lower / 2), 0.5])
    assert found.upper == pytest.approx([*(wide.upper / 2), 0.5])


def test_warnings_of_a_node_name_the_node():
    odd = {("cv", "size"): 12}
    found = leaf_weights({"": {("quality", "price"): 1}, "quality": {("plan", "team"): 1}, "team": odd}, PARENTS)
    assert [(f.code, f.column) for f in found.findings] == [("weighting.pair.beyond_scale", "team.cv / size")]
    assert "12" in found.explain() and "12" in found.explain("zh")


def test_everything_that_is_wrong_with_the_judgements_is_said_at_once():
    judged = {"": {("quality", "price"): 0}, "team": {("cv", "other"): 1}, "attic": {}}
    assert refused(leaf_weights, judged, PARENTS) == [
        ("node.unknown", "attic"),
        ("pair.not_positive", "(top).quality / price"),
        ("node.missing", "quality"),
        ("node.names", "team"),
    ]


def test_a_hierarchy_in_a_circle_or_in_the_air_is_refused():
    assert refused(leaf_weights, {}, {"a": "b", "b": "a", "c": ""}) == [("node.loose", "")]
    assert refused(leaf_weights, {}, {"a": "gone"}) == [("node.loose", "")]
    assert refused(leaf_weights, {}, {}) == [("node.loose", "")]
    with pytest.raises(UnknownName, match="weighting"):
        leaf_weights({"": {("a", "b"): 1}}, {"a": "", "b": ""}, method="anp")
    with pytest.raises(UnknownName, match="There is: ITO, BPO, KPO"):
        leaf_weights({}, se.Policy.default())


def test_every_criterion_must_compare_the_same_alternatives():
    judged = {"x": {("A", "B"): 2}, "y": {("A", "C"): 2}, "q": {("A", "B"): 1}}
    assert refused(alternative_priorities, {("x", "y"): 1, ("y", "z"): 1}, judged) == [
        ("node.unknown", "q"),
        ("node.missing", "z"),
        ("node.names", "y"),
    ]
    assert refused(alternative_priorities, {("x", "y"): 1}, {"x": {("A", "B"): 0}, "y": {("A", "B"): 1}}) == [
        ("pair.not_positive", "x.A / B")
    ]


def test_weights_sum_to_one_whatever_the_depth():
    parents = {f"n{d}{i}": f"n{d - 1}0" if d else "" for d in range(6) for i in range(3)}
    judged = {p: se.policy.rank_order_centroid([c for c in parents if parents[c] == p]) for p in set(parents.values())}
    found = leaf_weights(judged, parents)
    assert len(found.names) == 13
    assert found.values.sum() == pytest.approx(1, abs=1e-14) and np.all(found.values > 0)


def test_the_only_service_category_need_not_be_named():
    policy = Policy.load(Path(__file__).parents[2] / "data" / "samples" / "service-desk" / "policy.toml")
    assert policy.categories == ("ITO",)
    assert tree_of(policy, "").criteria == tree_of(policy, "ITO").criteria
    with pytest.raises(UnknownName, match="BPO"):
        tree_of(policy, "BPO")
