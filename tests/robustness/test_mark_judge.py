"""The lot scored again for any number of values of one mark: as the block with that mark."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import flat, make_tender, offers, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.mark_judge import PANEL, MarkJudge, MarkQuestion, levels_of, moves_one_way

RULES = [
    {},
    {"panel": {"aggregation": "trimmed_mean"}, "rounding": {"mark": 1}},
    {"panel": {"aggregation": "median"}, "floors": [{"criterion": "quality", "minimum": 40}]},
    {"procedure": {"technical": {"criteria": ["quality", "capability"], "rescale_to_best": True}}},
]


def with_leaf(value=None, price=None, **rules):
    """The small policy with another value function of `quality`, or another price formula."""
    mapping = policy_mapping(**rules)
    if value is not None:
        mapping["criteria"][0] = {**mapping["criteria"][0], "value": value, "anchors": []}
    if price is not None:
        mapping["criteria"][-1]["price"] = price
    return Policy.from_mapping(mapping)


@settings(max_examples=30, deadline=None)
@given(offers(fewest=2, most=4), st.sampled_from(RULES), st.integers(-1, 2), st.integers(0, 2), st.data())
def test_a_mark_is_scored_as_the_block_with_that_mark(made, rules, member, at, data):
    tender = make_tender(made, with_leaf(**rules))
    try:
        block = lot_block(tender)
    except ValueError:  # everybody below the floor
        return
    own = data.draw(st.integers(0, len(block.bids) - 1))
    x = np.array([0.0, 12.5, 50.0, 99.9, 100.0])
    marks = np.repeat(block.marks[..., np.newaxis], x.size, axis=-1)
    marks[slice(None) if member == PANEL else member, at, own] = x
    wanted = block.score(marks=marks)
    judge = MarkJudge(block, [MarkQuestion(own, at, member)])
    every = np.zeros(x.size, dtype=np.int64)
    alone = (wanted.ranks == 1).sum(axis=0) == 1
    verdict = np.where(wanted.ranks[own] != 1, -1, np.where(alone, 1, 0))
    assert judge.outcome(every, x).tolist() == verdict.tolist()
    others = np.delete(wanted.unrounded, own, axis=0)
    ahead = np.where(np.isnan(others), np.inf, wanted.unrounded[own] - others).min(axis=0, initial=np.inf)
    ahead = np.where(np.isnan(wanted.unrounded[own]), -np.inf, ahead)
    np.testing.assert_array_equal(judge.lead(every, x), ahead)


def test_the_mark_given_and_the_scale_are_those_of_the_tender():
    block = lot_block(make_tender([flat("A", 70, "100"), flat("B", 60, "90")], with_leaf()))
    judge = MarkJudge(block, [MarkQuestion(1, 0, 2), MarkQuestion(0, 1, PANEL)])
    assert [judge.now(q) for q in (0, 1)] == [60.0, 70.0]
    assert judge.scale(0) == (0.0, 100.0)
    assert judge.leaf(0).id == "quality"
    assert levels_of(judge.leaf(0)) == ()
    assert judge.kinks(0).tolist() == [60.0, 60.0, 60.0]


def test_only_the_levels_of_a_rubric_can_be_given():
    rubric = {"kind": "rubric", "levels": {"A": 100, "B": 60, "C": 0, "D": 60}}
    block = lot_block(make_tender([flat("A", 60, "100"), flat("B", 100, "90")], with_leaf(rubric)))
    judge = MarkJudge(block, [MarkQuestion(0, 0, 1)])
    assert judge.levels(0) == (0.0, 60.0, 100.0)
    assert judge.scale(0) == (0.0, 100.0)


def test_between_yes_and_no_a_mark_must_leave_the_panel_a_yes_or_a_no():
    block = lot_block(make_tender([flat("A", 1, "100"), flat("B", 0, "90")], with_leaf({"kind": "yes_no"})))
    judge = MarkJudge(block, [MarkQuestion(0, 0, 1), MarkQuestion(0, 0, PANEL)])
    assert judge.levels(0) == (1.0,)  # a single no would make the mean two thirds
    assert judge.levels(1) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        (with_leaf(), True),
        (with_leaf(**RULES[3]), True),
        (with_leaf(**RULES[3], rounding={"criterion": 2}), False),
        (with_leaf(**RULES[3], ties={"keys": ["higher:quality"]}), False),
        (with_leaf(price={"formula": "price_per_quality_point"}), True),
        (with_leaf(price={"formula": "reduced_price", "parameters": {"features_max": "0.3"}}), True),
        (with_leaf(price={"formula": "performance_per_price", "parameters": {"corridor": "0.1"}}), False),
    ],
)
def test_one_way_is_claimed_only_where_it_is_proved(policy, wanted):
    block = lot_block(make_tender([flat("A", 70, "100"), flat("B", 60, "90")], policy))
    assert moves_one_way(block) == wanted


def test_knots_floors_and_leaders_are_announced_as_switches():
    knots = {"kind": "piecewise_linear", "knots": [[0, 0], [50, 80], [100, 100]]}
    rules = {"floors": [{"criterion": "quality", "minimum": 40}], **RULES[3]}
    made = [flat("A", 70, "100"), flat("B", 60, "90")]
    block = lot_block(make_tender(made, with_leaf(knots, **rules)))
    judge = MarkJudge(block, [MarkQuestion(0, 0, PANEL)])
    found = judge.switches(0, np.array([25.0, 50.0, 60.0]))
    assert found.shape[0] == 3 + 1 + 1  # knots, the floor, the other bid in the rescaled node
    assert found[1].tolist() == [-25.0, 0.0, 10.0]
    assert found[3, 0] == pytest.approx(0.0)  # a mark of 25 is worth 40, the floor
    assert judge.slack == 0.0
    assert judge.steps(0, np.array([25.0])).shape == (0, 1)


def test_rounded_marks_step_where_the_panels_mark_does():
    block = lot_block(make_tender([flat("A", 70, "100"), flat("B", 60, "90")], with_leaf(rounding={"mark": 1})))
    judge = MarkJudge(block, [MarkQuestion(0, 0, 1)])
    assert judge.slack == float("inf")
    np.testing.assert_allclose(judge.steps(0, np.array([70.0, 73.0])), [[700.0, 710.0]])
