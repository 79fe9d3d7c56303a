"""A criterion takes or gives, those beside it share the rest, and the order is the one that Python counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import supplier_eval as se
from supplier_eval.errors import InvalidInput, SeveralLots, UnknownName
from supplier_eval.report.moved_weights import moved_weights, recount_of
from supplier_eval.robustness import what_if
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.scored import scored_bids

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
TENDERS = {name: se.evaluate(se.read_tender(SAMPLES / name)) for name in ("service-desk", "museum-services")}
LOTS = [(name, lot) for name, evaluation in TENDERS.items() for lot in evaluation.lots]


def small():
    table = pd.DataFrame({"a": [80.0, 60.0], "b": [40.0, 90.0], "c": [50.0, 50.0]}, index=["L", "W"])
    return se.ScoreSheet.from_frame(table, {"a": 50, "b": 30, "c": 20})


def test_those_beside_move_in_proportion():
    moved = moved_weights(scored_bids(small())).move("a", 20.0)
    assert [moved.points(name) for name in "abc"] == pytest.approx([20.0, 48.0, 32.0], abs=1e-12)
    assert not moved.as_published


def test_a_weight_stops_at_nothing_and_at_all_that_there_is():
    moved = moved_weights(scored_bids(small()))
    assert moved.move("a", -3.0).points("a") == 0.0
    assert moved.move("a", 130.0).weights.tolist() == [1.0, 0.0, 0.0]


def test_where_all_others_weigh_nothing_they_come_back_as_published():
    back = moved_weights(scored_bids(small())).move("a", 100.0).move("a", 50.0)
    assert back.as_published
    assert back.weights is back.published


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100)), max_size=8))
@example([("a", 1e-310), ("c", 100.0), ("c", 0.0)])
@settings(max_examples=60, deadline=None)
def test_weights_add_up_whatever_is_moved(moves):
    moved = moved_weights(scored_bids(small()))
    for name, points in moves:
        moved = moved.move(name, points)
        assert moved.points(name) == pytest.approx(points, abs=1e-9)
    assert moved.weights.sum() == pytest.approx(1.0, abs=1e-9)
    assert (moved.weights >= 0).all()
    assert moved.reset().as_published


def test_what_is_left_next_to_nothing_comes_back_too():
    moved = moved_weights(scored_bids(small())).move("a", 100 - 1e-300).move("b", 1e-310).move("a", 0.0)
    assert moved.weights.sum() == pytest.approx(1.0)
    assert np.isfinite(moved.weights).all()


def test_a_criterion_inside_a_group_takes_from_its_group_only():
    moved = moved_weights(scored_bids(TENDERS["service-desk"].lots["L1"].sheet))
    inside = next(node for node in moved.nodes.values() if node.parent)
    after = moved.move(inside.id, moved.most(inside.id) * 0.9)
    assert after.points(inside.parent) == pytest.approx(moved.points(inside.parent), abs=1e-9)
    roots = [node.id for node in moved.nodes.values() if not node.parent]
    assert [after.points(name) for name in roots] == pytest.approx([moved.points(name) for name in roots], abs=1e-9)


@pytest.mark.parametrize(("name", "lot"), LOTS)
def test_the_published_weights_give_the_evaluated_order(name, lot):
    evaluation = TENDERS[name]
    recount = recount_of(evaluation, lot)
    ranking = evaluation.lots[lot].ranking
    order = recount.again(moved_weights(recount.scored).published)
    assert [order.bids[b] for b in order.best_first] == list(ranking.order)
    for b in order.best_first:
        assert order.totals[b] == ranking.total_of(order.bids[b])
        assert order.ranks[b] == ranking.rank_of(order.bids[b])
    assert recount.standing == ranking.standing


@pytest.mark.parametrize(("name", "lot"), LOTS)
@pytest.mark.parametrize("share", [0.12, 0.37, 0.61])
def test_moved_weights_give_what_a_changed_policy_gives(name, lot, share):
    """Every top criterion, against the whole procedure with another policy; floors stay where they were published."""
    evaluation = TENDERS[name]
    recount = recount_of(evaluation, lot)
    moved = moved_weights(recount.scored)
    total = float(evaluation.tender.policy.total)
    floors = {floor.criterion: floor.minimum / floor.full * 100 for floor in lot_block(evaluation.tender, lot).floors}
    for node in [n for n in moved.nodes.values() if not n.parent]:
        order = recount.again(moved.move(node.id, share * 100).weights)
        changed = what_if(evaluation.tender, lot=lot, weights={node.id: share * total}, floors=floors)
        frame = changed.to_frame().set_index("bid")
        for b, bid in enumerate(order.bids):
            assert order.ranks[b] == frame.loc[bid, "rank_after"]
            if order.ranks[b]:
                assert order.totals[b] == pytest.approx(frame.loc[bid, "total_after"], abs=1e-9)


def test_points_add_up_to_the_unrounded_total():
    recount = recount_of(TENDERS["service-desk"], "L1")
    weights = moved_weights(recount.scored).move("price", 55.0).weights
    order = recount.again(weights)
    ranked = list(order.best_first)
    assert order.points[:, ranked].sum(axis=0) == pytest.approx(order.totals[ranked], abs=0.006)


def test_a_sheet_is_ranked_with_its_values_as_they_are():
    recount = recount_of(small())
    order = recount.again(np.array([0.2, 0.48, 0.32]))
    assert order.totals == pytest.approx([80 * 0.2 + 40 * 0.48 + 50 * 0.32, 60 * 0.2 + 90 * 0.48 + 50 * 0.32])
    assert order.ranks.tolist() == [2, 1]
    assert recount.standing == "exploratory"


def test_what_cannot_be_asked_is_refused():
    desk = TENDERS["service-desk"]
    with pytest.raises(SeveralLots):
        recount_of(desk)
    with pytest.raises(UnknownName, match="L9"):
        recount_of(desk, "L9")
    with pytest.raises(InvalidInput):
        recount_of({"a": 1})
    moved = moved_weights(scored_bids(small()))
    with pytest.raises(UnknownName, match="nobody"):
        moved.move("nobody", 3.0)


NO_POINTS = (100.1, -0.001, "abc", float("nan"), float("-inf"), True, None, 10**400, Decimal("sNaN"), [1.0])


@pytest.mark.parametrize("points", NO_POINTS, ids=lambda points: type(points).__name__ + str(points)[:6])
def test_points_that_nobody_can_give_are_one_finding_with_the_range(points):
    moved = moved_weights(scored_bids(small()))
    with pytest.raises(InvalidInput, match="a number of points from 0 to 100 is asked for") as refused:
        moved.asked("a", points)
    (finding,) = refused.value.findings
    assert (finding.code, finding.column) == ("asked.points", "points")
    assert "0 至 100 之间的数字" in finding.say("zh")


def test_points_within_the_range_are_taken_as_they_are_and_told_without_the_rounding_of_sums():
    moved = moved_weights(scored_bids(small()))
    assert [moved.asked("a", p) for p in (0, 100, Decimal("33.3"), np.float64(12.5))] == [0.0, 100.0, 33.3, 12.5]
    desk = moved_weights(recount_of(TENDERS["service-desk"], "L1").scored)
    assert desk.most("price") == desk.move("price", 100.0).points("price") == 100.0
    assert desk.most("team") == 25.0
    with pytest.raises(InvalidInput, match="from 0 to 25 "):
        desk.asked("team", 26)
