"""What a weight stability says, in both languages."""

from __future__ import annotations

import pandas as pd

from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.robustness.scored import scored_bids
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.stability_words import caveats, listed
from supplier_eval.score.sheet import ScoreSheet


def table(values, weights):
    names = [f"c{i + 1}" for i in range(len(weights))]
    frame = pd.DataFrame(values, index=[f"B{b + 1}" for b in range(len(values))], columns=names)
    return ScoreSheet.from_frame(frame, dict(zip(names, weights, strict=True)))


def test_the_tightest_criterion_comes_first_and_names_who_wins_beyond():
    """Published case weight_interval_proportional: c1 has 1.28 points of room, c3 1.57, c2 2.26."""
    said = weight_stability(table([[100, 20, 50], [30, 100, 60], [60, 50, 100]], [0.5, 0.3, 0.2])).explain()
    lines = said.splitlines()
    assert lines[1] == "c1 may weigh 48.72 points or more (now 50.00); below it the first place goes to B3."
    assert lines[2] == "c3 may weigh 21.57 points or less (now 20.00); above it the first place goes to B3."
    assert lines[3] == "c2 may weigh 32.26 points or less (now 30.00); above it the first place goes to B3."
    assert "while c1 weighs between 48.72 and 100.00 points; below it B3 overtakes B1." in said


def test_both_ends_are_said_where_both_have_a_challenger():
    stability = weight_stability(table([[60, 60], [100, 10], [10, 100]], [0.5, 0.5]))
    assert (
        "c1 may weigh between 44.44 and 55.56 points (now 50.00); below it the first place goes to B3, above it to B2."
        in stability.explain()
    )
    assert "低于此区间由 B3 胜出，高于此区间由 B2 胜出" in stability.explain("zh")


def test_criteria_that_decide_nothing_share_a_sentence():
    stability = weight_stability(table([[80, 80], [40, 70]], [0.5, 0.5]))
    assert "B1 stays first whatever the weight of any one of these is: c1; c2." in stability.explain()
    assert "B1 均保持第一：c1、c2。" in stability.explain("zh")
    assert "The whole order stays whatever" in stability.explain()


def test_a_lone_bid_a_lone_criterion_and_twins_are_said():
    assert "stands alone" in weight_stability(table([[80, 80]], [0.5, 0.5])).explain()
    assert "cannot move by themselves: c1" in weight_stability(table([[80], [40]], [1.0])).explain()
    assert "B2: identical values to B1" in weight_stability(table([[80, 40], [80, 40]], [0.5, 0.5])).explain()


def test_a_bid_that_is_not_first_is_told_where_it_would_be_or_that_it_never_is():
    behind = weight_stability(table([[80, 40], [40, 70]], [0.5, 0.5]), winner="B2").explain()
    assert "By unrounded totals B2 is not first at the present weights." in behind
    assert "c1 would have to weigh between 0.00 and 42.86 points (now 50.00) for B2 to be first." in behind
    never = weight_stability(table([[80, 40], [70, 30]], [0.5, 0.5]), winner="B2").explain()
    assert "No weight of c1 (now 50.00) makes B2 first." in never
    assert "B2 均非第一" in weight_stability(table([[80, 40], [70, 30]], [0.5, 0.5]), winner="B2").explain("zh")


def test_rounding_that_decided_or_may_decide_is_said():
    def sheet(marks, **changes):
        offers = [flat(bid, mark, price) for bid, mark, price in marks]
        return evaluate(make_tender(offers, Policy.from_mapping(policy_mapping(**changes)))).lots["1"].sheet

    decided = weight_stability(sheet([("A", 60, "80"), ("B", 60 + 8.03 / 0.6, "100")], rounding={"total": 1}))
    assert "the winner is 0.03 points behind: rounding or a tie key decided for it" in decided.explain()
    assert "The whole order is not that of the unrounded totals" in decided.explain()
    close = weight_stability(sheet([("A", 70.1, "100"), ("B", 70, "100")], rounding={"total": 1}))
    assert "leads by 0.06 unrounded points, less than the rounding step of 0.1" in close.explain()
    assert caveats(scored_bids(sheet([("A", 90, "100"), ("B", 70, "100")], rounding={"total": 1}))) == []


def test_values_that_would_move_with_the_weights_are_said():
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = {"formula": "price_per_quality_point"}
    fed = evaluate(make_tender([flat("A", 80, "100"), flat("B", 70, "90")], Policy.from_mapping(mapping)))
    stability = weight_stability(fed.lots["1"].sheet)
    assert stability.values_move
    assert "Some values depend on the weights themselves" in stability.explain()
    assert "部分得分本身取决于权重" in stability.explain("zh")


def test_names_are_listed_as_each_language_does():
    assert listed(["B1", "B2"], "en") == "B1, B2"
    assert listed(["B1", "B2"], "zh") == "B1、B2"
