"""Winning values of single marks: against dense grids for every way of aggregating and every value function."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from strategies import Offer, flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.breakeven_mark import mark_ranges
from supplier_eval.robustness.lay_out import lot_block

NAMES = ("quality", "capability", "emergency")
STEPS = {"kind": "step", "steps": [[20, 30], [50, 60], [80, 100]]}
KNOTS = {"kind": "piecewise_linear", "knots": [[10, 0], [40, 70], [90, 100]]}
CURVE = {"kind": "exponential", "floor": 0, "target": 100, "curvature": 3}
LESS = {"kind": "linear", "floor": 100, "target": 0}


def policy_of(value=None, price=None, direction="max", **rules):
    mapping = policy_mapping(**rules)
    for name in NAMES if value is not None else ():
        at = NAMES.index(name)
        mapping["criteria"][at] = {**mapping["criteria"][at], "value": value, "anchors": [], "direction": direction}
    if price is not None:
        mapping["criteria"][-1]["price"] = price
    return Policy.from_mapping(mapping)


def made_block(seed, policy, n=4, members=5):
    rng = np.random.default_rng(seed)
    made = [
        Offer(
            f"B{i}",
            {f"E{e}": {name: float(rng.integers(60, 160)) / 2 for name in NAMES} for e in range(members)},
            Decimal(int(rng.integers(9_000, 11_000))) / 100,
        )
        for i in range(n)
    ]
    return lot_block(make_tender(made, policy))


def by_block(block, one, x):
    """The verdict by scoring the block with that mark, with nothing of the search in between."""
    own, at = block.position(one.bid), block.criteria.index(one.criterion)
    marks = np.repeat(block.marks[..., np.newaxis], x.size, axis=-1)
    marks[block.members.index(one.evaluator) if one.evaluator else slice(None), block.marked.index(at), own] = x
    ranks = block.score(marks=marks).ranks
    return np.where(ranks[own] != 1, -1, np.where((ranks == 1).sum(axis=0) > 1, 0, 1))


def inside(wins, x):
    return np.array([any(one.holds(v) for one in wins) for v in x.tolist()])


CASES = {
    "mean": policy_of(),
    "median": policy_of(panel={"aggregation": "median"}),
    "trimmed mean": policy_of(panel={"aggregation": "trimmed_mean"}),
    "rounded marks": policy_of(rounding={"mark": 1}),
    "rounded totals": policy_of(rounding={"mark": 2, "criterion": 1, "total": 0}),
    "steps": policy_of(STEPS),
    "steps of a median": policy_of(STEPS, panel={"aggregation": "median"}),
    "knots": policy_of(KNOTS),
    "curve": policy_of(CURVE),
    "less is better": policy_of(LESS, direction="min"),
    "floors": policy_of(floors=[{"criterion": "quality", "minimum": 55}]),
    "rescaled": policy_of(procedure={"technical": {"criteria": ["quality", "capability"], "rescale_to_best": True}}),
    "rescaled, rounded": policy_of(
        procedure={"technical": {"criteria": ["quality", "capability"], "rescale_to_best": True}},
        rounding={"criterion": 1},
    ),
    "corridor": policy_of(
        price={"formula": "performance_per_price", "parameters": {"corridor": "0.1"}}, rounding={"total": 1}
    ),
    "corridor, rounded marks": policy_of(
        price={"formula": "performance_per_price", "parameters": {"corridor": "0.1"}}, rounding={"mark": 0}
    ),
    "price per quality": policy_of(price={"formula": "price_per_quality_point"}),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_inside_the_intervals_a_bid_wins_and_outside_it_does_not(case):
    block = made_block(5, CASES[case])
    for found in mark_ranges(block, block.bids[:1] if "corridor" in case else block.bids[:3]).values():
        for one in found:
            ends = np.array([end for interval in one.wins for end in interval[:2]])
            beside = (ends[:, np.newaxis] + np.array([-1e-4, 1e-4, -1e-6, 1e-6, 0.0])).ravel()
            x = np.concatenate([np.linspace(0, 100, 401), beside])
            x = x[(x >= 0) & (x <= 100)]
            assert np.array_equal(inside(one.wins, x), by_block(block, one, x) == 1), one
            assert one.complete


def test_every_mark_of_every_evaluator_is_asked_and_the_panel_as_a_whole():
    block = made_block(1, policy_of(), n=2, members=3)
    found = mark_ranges(block, ["B0"])["B0"]
    assert [(one.criterion, one.evaluator) for one in found[:5]] == [
        ("quality", "E0"),
        ("quality", "E1"),
        ("quality", "E2"),
        ("quality", ""),
        ("capability", "E0"),
    ]
    assert len(found) == 12


def test_the_mark_that_is_needed_can_be_worked_out_by_hand():
    # quality 30 points, three evaluators: a mark of one of them moves 0.1 points; B is 6 - 4 = 2 points behind
    made = [flat("A", 80, "100"), flat("B", 70, "90")]
    block = lot_block(make_tender(made, policy_of()))
    found = {(one.criterion, one.evaluator): one for one in mark_ranges(block, ["B"])["B"]}
    one = found["quality", "E1"]
    assert one.target == pytest.approx(70 + 20, rel=1e-12)
    assert one.change == pytest.approx(20)
    assert one.change_share == pytest.approx(0.2)
    assert one.wins[0].lower_closed  # at 90 the totals meet, and B's price is lower
    assert found["quality", ""].target == pytest.approx(70 + 20 / 3, rel=1e-12)
    assert found["emergency", "E2"].kind == "never"  # would need 70 + 60


def test_a_winner_is_told_where_it_stops_winning():
    made = [flat("A", 80, "100"), flat("B", 70, "90")]
    block = lot_block(make_tender(made, policy_of()))
    one = mark_ranges(block, ["A"])["A"][0]
    assert one.winner
    assert one.wins_now
    assert one.target == pytest.approx(60)
    assert one.change == pytest.approx(-20)
    assert (one.wins[0].lower_end, one.wins[0].lower_closed) == ("tie", False)


def test_a_mark_can_lift_a_bid_above_a_floor():
    rules = {"floors": [{"criterion": "quality", "minimum": 60}]}
    made = [flat("A", 70, "100"), flat("B", 59, "60")]
    block = lot_block(make_tender(made, policy_of(**rules)))
    one = mark_ranges(block, ["B"])["B"][0]
    assert one.kind == "threshold"
    assert one.wins[0].lower == pytest.approx(62, abs=1e-7)  # three marks, 59 59 and 62, reach 60
    assert (one.wins[0].lower_end, one.wins[0].lower_closed) == ("jump", True)
    assert (one.not_asked, one.mark) == ("", 59.0)


def test_levels_are_tried_one_by_one():
    rubric = {"kind": "rubric", "levels": {"A": 100, "B": 80, "C": 40, "D": 0}}
    made = [flat("A", 80, "100"), flat("B", 80, "99")]
    block = lot_block(make_tender(made, policy_of(rubric)))
    winner, loser = mark_ranges(block, ["B"])["B"][0], mark_ranges(block, ["A"])["A"][0]
    assert loser.levels == (0.0, 40.0, 80.0, 100.0)
    assert (loser.kind, loser.target) == ("levels", 100.0)
    assert [one.lower for one in loser.wins] == [100.0]
    assert (winner.kind, winner.target, winner.change) == ("levels", 40.0, -40.0)


def test_a_recused_evaluator_is_not_asked():
    made = [
        Offer("A", {"E1": dict.fromkeys(NAMES, 70.0), "E2": dict.fromkeys(NAMES, 80.0)}, Decimal(100)),
        Offer("B", {"E1": dict.fromkeys(NAMES, 60.0), "E2": dict.fromkeys(NAMES, 90.0)}, Decimal(90)),
    ]
    block = lot_block(make_tender(made, policy_of()))
    marks = block.marks.copy()
    marks[1, :, block.position("B")] = np.nan
    found = mark_ranges(replace(block, marks=marks), ["B"])["B"]
    assert {one.evaluator for one in found} == {"E1"}  # and the panel as a whole is that one


def test_one_bid_wins_with_every_mark():
    found = mark_ranges(lot_block(make_tender([flat("A", 50, "100")], policy_of())), ["A"])["A"]
    assert {one.kind for one in found} == {"always"}
    assert {one.target for one in found} == {None}


def test_identical_bids_need_a_breath_more_and_share_rank_one_where_they_stand():
    made = [flat("A", 80, "100"), flat("B", 80, "100")]
    block = lot_block(make_tender(made, policy_of()))
    for bid in ("A", "B"):
        one = mark_ranges(block, [bid])[bid][0]
        assert one.target == 80.0
        assert not one.wins_now
        assert not one.wins[0].lower_closed
        assert one.ties == ((80.0, 80.0),)
