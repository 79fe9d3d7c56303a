"""Weight stability with names on it: against an actual policy bisected, hierarchies, ties, degenerate sheets."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import Offer, flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.score.sheet import ScoreSheet

ANCHORS = [{"mark": 0, "words": "-"}, {"mark": 100, "words": "+"}]
FLAT = ("capability", "emergency", "price")
PLACES = Decimal("1e-12")  # what a policy's weights can hold
EDGE = 1e-11  # a policy takes no weight of 0


def table(values, weights):
    """Rows are bids B1, B2, …; columns are criteria c1, c2, …"""
    names = [f"c{i + 1}" for i in range(len(weights))]
    frame = pd.DataFrame(values, index=[f"B{b + 1}" for b in range(len(values))], columns=names)
    return ScoreSheet.from_frame(frame, dict(zip(names, weights, strict=True)))


def nested(top=(30, 20, 10, 40), parts=(1, 3), **changes):
    """Quality (system, plan), capability, emergency, price; the parts add up to 4."""
    names = ("quality", *FLAT)
    mapping = policy_mapping(dict(zip(names, top, strict=True)), **changes)
    mapping["criteria"][0] = {"id": "quality", "name": "quality", "weight": top[0], "total": 4}
    for name, weight in zip(("system", "plan"), parts, strict=True):
        leaf = {"id": name, "parent": "quality", "name": name, "weight": weight, "source": "marks", "anchors": ANCHORS}
        mapping["criteria"].append(leaf)
    return Policy.from_mapping(mapping)


def tender_of(marks, prices, policy):
    """One evaluator's marks of system, plan, capability, emergency for B1, B2, …"""
    names = ("system", "plan", "capability", "emergency")
    offers = [
        Offer(f"B{b + 1}", {"E1": dict(zip(names, map(float, given), strict=True))}, Decimal(price))
        for b, (given, price) in enumerate(zip(marks, prices, strict=True))
    ]
    return make_tender(offers, policy)


def moved(node, share):
    """The policy in which a node has that share of its parent, the others in proportion, to twelve decimals."""
    if node in ("system", "plan"):
        part = (Decimal(share) * 4).quantize(PLACES)
        return nested(parts=(part, 4 - part) if node == "system" else (4 - part, part))
    names = ("quality", *FLAT)
    points = dict(zip(names, map(Decimal, (30, 20, 10, 40)), strict=True))
    rest = 100 - points[node]
    points = {n: (p * (100 - 100 * Decimal(share)) / rest).quantize(PLACES) for n, p in points.items()}
    points[node] = Decimal(0)
    points[node] = 100 - sum(points.values())
    return nested(top=tuple(points[n] for n in names))


def bisected(holds, inside, outside):
    if holds(outside):
        return outside
    for _ in range(34):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if holds(middle) else (inside, middle)
    return inside


MARKS = ((90, 60, 40, 70), (40, 75, 80, 60), (70, 30, 90, 95), (20, 20, 30, 10))
PRICES = ("100", "110", "125", "90")


@pytest.mark.parametrize("node", ["quality", "capability", "emergency", "price", "system", "plan"])
def test_every_node_agrees_with_a_policy_that_is_rewritten_and_flattened_again(node):
    sheet = evaluate(tender_of(MARKS, PRICES, nested())).lots["1"].sheet
    stability = weight_stability(sheet)
    w = sheet.bids.index(stability.winner)

    def totals(share):
        weights = moved(node, share).tree().weights(Decimal(100))
        return np.array([weights[c] for c in sheet.criteria]) @ sheet.values

    now = totals(stability[node].node.share)
    ahead, behind = np.nonzero(now[:, np.newaxis] > now)
    first = lambda share: totals(share)[w] >= totals(share).max()  # noqa: E731
    same = lambda share: bool(np.all(totals(share)[ahead] >= totals(share)[behind]))  # noqa: E731
    line, share = stability[node], stability[node].node.share
    assert line.first.lower == pytest.approx(bisected(first, share, EDGE), abs=1e-9)
    assert line.first.upper == pytest.approx(bisected(first, share, 1 - EDGE), abs=1e-9)
    assert line.order.lower == pytest.approx(bisected(same, share, EDGE), abs=1e-9)
    assert line.order.upper == pytest.approx(bisected(same, share, 1 - EDGE), abs=1e-9)


def test_beyond_each_end_the_evaluation_itself_names_the_challenger():
    stability = weight_stability(evaluate(tender_of(MARKS, PRICES, nested())).lots["1"].sheet)
    ends = 0
    for line in stability.nodes:
        for end, step, names in (
            (line.first.lower, -1e-6, line.challengers_low),
            (line.first.upper, 1e-6, line.challengers_high),
        ):
            if names:
                ends += 1
                beyond = evaluate(tender_of(MARKS, PRICES, moved(line.node.id, end + step))).ranking
                assert beyond.order[0] == names[0]
                short = evaluate(tender_of(MARKS, PRICES, moved(line.node.id, end - step))).ranking
                assert short.order[0] == stability.winner
    assert ends >= 4, "the tender is chosen so that several weights decide"


def test_levels_and_points_are_those_of_the_whole():
    stability = weight_stability(evaluate(tender_of(MARKS, PRICES, nested())).lots["1"].sheet)
    plan = stability["plan"]
    assert (plan.level, stability["quality"].level) == (2, 1)
    assert plan.weight_points == pytest.approx(22.5)
    assert plan.points(1.0) == pytest.approx(30), "it can take all of quality and no more"
    assert plan.room_down == pytest.approx(22.5 - plan.points(plan.first.lower))
    assert plan.room_up == pytest.approx(plan.points(plan.first.upper) - 22.5)


def test_the_frame_of_the_published_case():
    """Worked case weight_interval_proportional, utilities × 100; tolerance 1e-5."""
    sheet = table([[100, 20, 50], [30, 100, 60], [60, 50, 100]], [0.5, 0.3, 0.2])
    stability = weight_stability(sheet)
    frame = stability.to_frame().set_index("node")
    assert frame["lower"].tolist() == pytest.approx([0.48717948717948717, 0, 0], abs=1e-12)
    assert frame["upper"].tolist() == pytest.approx([1, 0.32258064516129037, 0.21568627450980396], abs=1e-12)
    assert frame["challenger_low"].tolist() == ["B3", "", ""]
    assert frame["challenger_high"].tolist() == ["", "B3", "B3"]
    assert frame.loc["c1", "order_pair_low"] == "B3 > B1"
    assert frame.loc["c1", ["weight_points", "lower_points", "upper_points"]].tolist() == pytest.approx(
        [50, 48.717948717948717, 100]
    )
    assert not frame.isna().to_numpy().any()
    assert stability.tightest.node.id == "c1" and stability.tightest.room == pytest.approx(1.2820512820512820)
    assert [line.node.id for line in stability.by_room] == ["c1", "c3", "c2"]
    assert (stability.standing, stability.policy_fingerprint) == ("exploratory", "")
    assert len(repr(stability).splitlines()) <= 3


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.integers(1, 8))
def test_laws_of_any_table(seed, k, n):
    """The order's interval lies within the winner's; nothing depends on the order of rows or columns."""
    rng = np.random.default_rng(seed)
    parts = rng.integers(0, 5, k) + np.eye(k, dtype=int)[0]
    weights = [Decimal(int(p)) / Decimal(64) for p in parts]
    weights[0] += 1 - sum(weights)
    values = rng.integers(0, 20, (n, k)) * 5.0
    frame = pd.DataFrame(values, index=[f"B{b + 1}" for b in range(n)], columns=[f"c{i:02}" for i in range(k)])
    given_weights = dict(zip(frame.columns, map(float, weights), strict=True))
    found = weight_stability(ScoreSheet.from_frame(frame, given_weights))
    turned = frame.iloc[rng.permutation(n), rng.permutation(k)]
    again = weight_stability(ScoreSheet.from_frame(turned, given_weights))
    assert found.to_frame().set_index("node").loc[list(turned.columns)].equals(again.to_frame().set_index("node"))
    for line in found.nodes:
        assert 0 <= line.first.lower <= line.node.share <= line.first.upper <= 1
        assert line.first.holds_now and line.order.holds_now
        assert line.first.lower - 1e-12 <= line.order.lower <= line.order.upper <= line.first.upper + 1e-12
        assert all(under == found.winner for _, under in (*line.first.low, *line.first.high))
        assert not set(found.identical) & {over for over, _ in (*line.first.low, *line.first.high)}
        assert set(found.identical) <= set(line.tied)


def test_a_bid_identical_to_the_winner_never_overtakes_it():
    stability = weight_stability(table([[80, 40], [80, 40], [40, 70]], [0.5, 0.5]))
    assert stability.identical == ("B2",)
    assert stability["c1"].challengers_low == ("B3",)
    assert stability["c1"].tied == ("B2",)
    assert stability["c1"].order.low == (("B3", "B1"), ("B3", "B2"))


def test_twins_take_over_together():
    stability = weight_stability(table([[80, 40], [40, 70], [40, 70]], [0.5, 0.5]))
    assert stability["c1"].challengers_low == ("B2", "B3")


def test_a_winner_by_tie_key_stands_at_the_end_of_its_interval():
    """78 each (70 · 0.6 + 40 and 60 · 0.6 + …): the lower price wins; with less weight of the price it does not."""
    offers = [flat("A", 60, "80"), flat("B", 60 + 8 / 0.6, "100")]
    sheet = evaluate(make_tender(offers, Policy.from_mapping(policy_mapping()))).lots["1"].sheet
    stability = weight_stability(sheet)
    price = stability["price"]
    assert stability.winner == "A"
    assert price.first.holds_now
    assert price.first.lower == pytest.approx(0.4, abs=1e-9) and price.challengers_low == ("B",)
    assert price.first.upper == 1.0


def test_where_rounding_decided_the_interval_lies_elsewhere_and_says_so():
    """Totals 76.0 and 76.03, one decimal: the lower price wins though it is behind."""
    offers = [flat("A", 60, "80"), flat("B", 60 + 8.03 / 0.6, "100")]
    sheet = evaluate(make_tender(offers, Policy.from_mapping(policy_mapping(rounding={"total": 1})))).lots["1"].sheet
    stability = weight_stability(sheet)
    price = stability["price"]
    assert (stability.winner, stability.rounding_may_decide) == ("A", True)
    assert not price.first.holds_now and price.first.ever
    assert price.first.lower > 0.4 and price.challengers_low == ("B",)
    assert price.room_down < 0 < price.room_up
    assert not price.order.holds_now
    assert not stability["quality"].first.holds_now
    assert np.isfinite(stability.to_frame().select_dtypes("number").to_numpy()).all()


def test_a_dominated_bid_that_is_asked_about_is_never_first():
    stability = weight_stability(table([[80, 40], [70, 30]], [0.5, 0.5]), winner="B2")
    line = stability["c1"]
    assert not line.first.ever and not line.first.holds_now
    assert line.first.lower == line.first.upper == line.node.share
    assert line.order.holds_now, "the order is that of the sheet, whoever is asked about"


def test_one_bid_all_equal_and_a_constant_criterion_move_nothing():
    for values in ([[50, 60]], [[50, 60], [50, 60]], [[50, 60], [50, 60], [50, 60]]):
        stability = weight_stability(table(values, [0.5, 0.5]))
        assert stability.tightest is None
        assert {(line.first.lower, line.first.upper) for line in stability.nodes} == {(0.0, 1.0)}
    constant = weight_stability(table([[50, 60], [50, 30]], [0.5, 0.5]))
    assert (constant["c1"].first.lower, constant["c1"].first.upper) == (0.0, 1.0)
    assert constant.tightest is None, "at a weight of 1 they tie; nobody takes over"


def test_weights_of_zero_and_one_have_intervals_too():
    stability = weight_stability(table([[90, 10, 10], [40, 60, 80]], [1.0, 0.0, 0.0]))
    assert stability["c1"].first.lower == pytest.approx(60 / 110), "the others share equally: (10 + 10) / 2 and 70"
    assert stability["c2"].first.upper == pytest.approx(0.5) and stability["c2"].first.lower == 0.0


def test_an_only_child_cannot_move():
    stability = weight_stability(table([[50], [40]], [1.0]))
    (line,) = stability.nodes
    assert not line.movable
    assert (line.first.lower, line.first.upper, line.order.lower) == (1.0, 1.0, 1.0)
    assert stability.tightest is None


def test_nodes_can_be_chosen_and_unknown_names_are_refused():
    sheet = table([[50, 40, 30], [40, 60, 20]], [0.5, 0.3, 0.2])
    assert [line.node.id for line in weight_stability(sheet, nodes=["c3", "c1"]).nodes] == ["c1", "c3"]
    assert [line.node.id for line in weight_stability(sheet, nodes="c2").nodes] == ["c2"]
    with pytest.raises(UnknownName, match="criterion"):
        weight_stability(sheet, nodes=["c9"])
    with pytest.raises(UnknownName, match="ranked bid"):
        weight_stability(sheet, winner="B9")
    with pytest.raises(UnknownName, match="criterion"):
        weight_stability(sheet)["c9"]


def test_a_lot_without_an_order_is_refused():
    policy = Policy.from_mapping(policy_mapping(floors=[{"criterion": "quality", "minimum": 50}]))
    with pytest.raises(InvalidInput, match="no order"):
        weight_stability(evaluate(make_tender([flat("B1", 20, "100")], policy)).lots["1"].sheet)
