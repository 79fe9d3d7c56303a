"""What robustness starts from: eligible bids, the winner by the policy, margins, nodes of the hierarchy."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from strategies import Offer, flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.robustness.scored import identical_to, scored_bids
from supplier_eval.score.sheet import ScoreSheet

ANCHORS = [{"mark": 0, "words": "-"}, {"mark": 100, "words": "+"}]


def sheet_of(offers, **changes):
    return evaluate(make_tender(offers, Policy.from_mapping(policy_mapping(**changes)))).lots["1"].sheet


def table(values, weights):
    bids = [f"B{b + 1}" for b in range(len(values))]
    names = [f"c{i + 1}" for i in range(len(weights))]
    frame = pd.DataFrame(values, index=bids, columns=names)
    return ScoreSheet.from_frame(frame, dict(zip(names, weights, strict=True)))


def tree_policy(quality=30, system=1, plan=3, **changes):
    """Quality with two sub-criteria of 1 and 3 parts of 4, capability, emergency and price."""
    mapping = policy_mapping(**changes)
    mapping["criteria"][0] = {"id": "quality", "name": "quality", "weight": quality, "total": 4}
    for name, weight in (("system", system), ("plan", plan)):
        leaf = {"id": name, "parent": "quality", "name": name, "weight": weight, "source": "marks", "anchors": ANCHORS}
        mapping["criteria"].append(leaf)
    return Policy.from_mapping(mapping)


def tree_sheet(marks, prices):
    """A real evaluation: bid → marks of system, plan, capability, emergency."""
    names = ("system", "plan", "capability", "emergency")
    offers = [
        Offer(bid, {"E1": dict(zip(names, map(float, given), strict=True))}, Decimal(prices[bid]))
        for bid, given in marks.items()
    ]
    return evaluate(make_tender(offers, tree_policy())).lots["1"].sheet


def test_only_eligible_bids_are_taken_in_canonical_order():
    sheet = sheet_of(
        [flat("B10", 80, "100"), flat("B2", 70, "100"), flat("B1", 20, "100")],
        floors=[{"criterion": "quality", "minimum": 50}],
    )
    scored = scored_bids(sheet)
    assert scored.bids == tuple(bid for bid in sheet.bids if bid != "B1")
    assert scored.values.shape == (4, 2)
    assert np.isfinite(scored.values).all()
    assert scored.totals == pytest.approx(scored.weights @ scored.values)
    assert scored.winner == "B10"
    assert scored.position("B10") == scored.bids.index("B10")
    with pytest.raises(UnknownName, match="ranked bid"):
        scored.position("B1")


def test_no_eligible_bid_is_no_order_to_question():
    sheet = sheet_of([flat("B1", 20, "100")], floors=[{"criterion": "quality", "minimum": 50}])
    with pytest.raises(InvalidInput) as refused:
        scored_bids(sheet)
    assert [finding.code for finding in refused.value.findings] == ["robustness.no_order"]


def test_the_margin_is_unrounded_and_says_whether_rounding_decides():
    close = scored_bids(sheet_of([flat("B1", 70.01, "100"), flat("B2", 70.02, "100")], rounding={"total": 1}))
    assert close.rounding_step == pytest.approx(0.1)
    assert close.winners == ("B1", "B2")
    assert close.margin == pytest.approx(-0.006)
    assert close.rounding_decides
    clear = scored_bids(sheet_of([flat("B1", 80, "100"), flat("B2", 70, "100")], rounding={"total": 1}))
    assert clear.margin == pytest.approx(6)
    assert not clear.rounding_decides
    both = scored_bids(sheet_of([flat("B1", 80, "100")], rounding={"criterion": 0, "total": 2}))
    assert both.rounding_step == 1.0, "the coarser one"
    assert both.margin == float("inf") and not both.rounding_decides


def test_an_exact_tie_is_no_matter_of_rounding_though_its_last_bits_differ():
    """0.1 · 3 + 0.9 · 2 and 0.1 · 12 + 0.9 · 1 are both 2.1 on paper."""
    scored = scored_bids(table([[3, 2], [12, 1]], [0.1, 0.9]))
    assert scored.margin == 0.0
    assert not scored.rounding_decides


def test_of_a_flat_list_every_criterion_is_a_node_and_the_others_keep_their_proportions():
    nodes = scored_bids(table([[1, 2, 3]], [0.5, 0.3, 0.2])).nodes
    assert [node.id for node in nodes] == ["c1", "c2", "c3"]
    assert nodes[0].inside.tolist() == [1, 0, 0]
    assert nodes[0].beside == pytest.approx([0, 0.6, 0.4])
    assert (nodes[0].share, nodes[0].parent_weight, nodes[0].parent) == (0.5, 1.0, "")


def test_siblings_without_weight_share_equally_and_an_only_child_has_none():
    nodes = scored_bids(table([[1, 2, 3]], [1.0, 0.0, 0.0])).nodes
    assert nodes[0].beside.tolist() == [0, 0.5, 0.5]
    assert nodes[1].beside.tolist() == [1, 0, 0]
    (only,) = scored_bids(table([[1]], [1.0])).nodes
    assert only.beside.tolist() == [0]


def test_the_order_of_the_criteria_does_not_reach_the_last_bit_of_a_node():
    weights = [0.1, 0.2, 0.3, 0.15, 0.25]
    frame = pd.DataFrame([[1.0, 2, 3, 4, 5]], index=["B1"], columns=list("abcde"))
    turned = list("dbeac")
    given = dict(zip("abcde", weights, strict=True))
    there = {n.id: n for n in scored_bids(ScoreSheet.from_frame(frame, given)).nodes}
    back = {n.id: n for n in scored_bids(ScoreSheet.from_frame(frame[turned], given)).nodes}
    for name in "abcde":
        assert [there[name].beside["abcde".index(c)] for c in turned] == back[name].beside.tolist()


def test_nodes_of_a_tree_stand_parents_first_and_rebuild_the_weights():
    scored = scored_bids(tree_sheet({"B1": (90, 20, 60, 70), "B2": (30, 80, 50, 60)}, {"B1": "110", "B2": "100"}))
    nodes = {node.id: node for node in scored.nodes}
    assert list(nodes) == ["quality", "system", "plan", "capability", "emergency", "price"]
    assert (nodes["plan"].parent, nodes["plan"].share, nodes["plan"].parent_weight) == ("quality", 0.75, 0.3)
    assert nodes["quality"].inside @ np.isin(scored.criteria, ["system", "plan"]) == pytest.approx(1)
    for node in scored.nodes:
        assert node.inside.sum() == pytest.approx(1)
        assert node.beside.sum() == pytest.approx(1)
        assert not np.any((node.inside > 0) & (node.beside > 0))
        within = node.share * node.inside + (1 - node.share) * node.beside
        moved = (node.inside > 0) | (node.beside > 0)
        assert node.parent_weight * within[moved] == pytest.approx(scored.weights[moved])


def test_labels_and_names_are_those_of_the_sheet():
    scored = scored_bids(table([[1, 2]], [0.5, 0.5]))
    assert (scored.label("c1"), scored.name("B1"), scored.policy_fingerprint) == ("c1", "B1", "")
    real = scored_bids(sheet_of([flat("B1", 80, "100")]))
    assert real.label("quality", "zh") == "quality"
    assert real.policy_fingerprint


def test_values_that_hang_on_the_weights_are_said():
    plain = scored_bids(sheet_of([flat("B1", 80, "100"), flat("B2", 70, "90")]))
    assert not plain.weights_move_values
    assert not scored_bids(table([[1, 2]], [0.5, 0.5])).weights_move_values
    stretch = {"technical": {"criteria": ["quality", "capability"], "rescale_to_best": True}}
    assert scored_bids(sheet_of([flat("B1", 80, "100"), flat("B2", 70, "90")], procedure=stretch)).weights_move_values
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = {"formula": "price_per_quality_point"}
    fed = evaluate(make_tender([flat("B1", 80, "100"), flat("B2", 70, "90")], Policy.from_mapping(mapping)))
    assert scored_bids(fed.lots["1"].sheet).weights_move_values


def test_identical_columns_point_to_the_first_of_them():
    assert identical_to([[1.0, 2.0, 1.0, -0.0, 0.0], [3.0, 3.0, 3.0, 0.0, 0.0]]).tolist() == [0, 1, 0, 3, 3]


def test_the_declared_ball_is_the_policys_or_five_points():
    declared = scored_bids(sheet_of([flat("A", 90, "100")], robustness={"radius": "0.1", "norm": "sum"}))
    assert declared.declared_ball == {"ball": 0.1, "norm": "sum"}
    assert scored_bids(table([[1, 2]], [0.5, 0.5])).declared_ball == {"ball": 0.05, "norm": "max"}
