"""Why a method names another bid: by-hand cases, one a method."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.robustness.dissent import Dispute, largest_loss, reasons_for
from supplier_eval.robustness.method_rows import Way, ranked_by
from supplier_eval.robustness.scored import scored_bids
from supplier_eval.score.sheet import ScoreSheet


def dispute_between(winner, other, table, weights, way):
    scored = scored_bids(ScoreSheet.from_frame(pd.DataFrame(table, index=list("ABCD")[: len(table)]), weights))
    row = ranked_by(way, scored)
    return Dispute(scored, row, scored.position(winner), scored.position(other))


def way(name):
    return Way(name, "method", name)


LOPSIDED = [
    {"quality": 95.0, "capability": 10.0, "price": 90.0},
    {"quality": 70.0, "capability": 70.0, "price": 70.0},
]
WEIGHTS = {"quality": 50, "capability": 20, "price": 30}


def codes(dispute):
    return [reason.code for reason in reasons_for(dispute)]


def test_the_largest_loss_is_in_points_under_the_weights_of_the_policy():
    """B leads by 10 on quality (5 points at 50 %) and by 20 on capability (4 points at 20 %)."""
    table = [{"quality": 60.0, "capability": 50.0, "price": 90.0}, {"quality": 70.0, "capability": 70.0, "price": 10.0}]
    dispute = dispute_between("A", "B", table, WEIGHTS, way("topsis"))
    assert largest_loss(dispute) == 0
    (first, *_) = reasons_for(dispute)
    assert first.say() == "B leads A most on quality: 70.00 against 60.00, 5.00 points at a weight of 50.00 %."
    assert "B 在 quality 上领先 A 最多" in first.say("zh")


def test_among_equal_losses_the_name_decides_and_not_the_order_of_columns():
    table = pd.DataFrame([{"y": 50.0, "x": 50.0, "z": 100.0}, {"y": 60.0, "x": 60.0, "z": 0.0}], index=["A", "B"])
    said = set()
    for columns in (["y", "x", "z"], ["z", "x", "y"]):
        dispute = dispute_between(
            "A", "B", table[columns].to_dict("records"), {"x": 30, "y": 30, "z": 40}, way("vikor")
        )
        said.add(reasons_for(dispute)[0].say())
    assert said == {"B leads A most on x: 60.00 against 50.00, 3.00 points at a weight of 30.00 %."}


def test_a_bid_that_leads_nowhere_is_put_first_by_construction_alone():
    table = [{"q": 90.0, "p": 90.0}, {"q": 80.0, "p": 90.0}]
    dispute = dispute_between("A", "B", table, {"q": 50, "p": 50}, way("mabac"))
    assert largest_loss(dispute) is None
    assert codes(dispute) == ["methods.why.no_lead"]


def test_a_lead_on_a_criterion_of_weight_zero_is_named_when_there_is_no_other():
    table = [{"q": 90.0, "p": 10.0}, {"q": 80.0, "p": 90.0}]
    scored = scored_bids(
        ScoreSheet(("A", "B"), ("q", "p"), pd.DataFrame(table).to_numpy().T, np.array([1.0, 0.0]), np.ones(2, bool))
    )
    dispute = Dispute(scored, ranked_by(way("mabac"), scored), 0, 1)
    assert largest_loss(dispute) == 1


def test_a_product_punishes_the_low_value():
    dispute = dispute_between("A", "B", LOPSIDED, WEIGHTS, way("weighted_product"))
    assert dispute.row.ranks.tolist() == [2, 1]
    assert codes(dispute) == ["methods.why.lead", "methods.why.product"]
    assert reasons_for(dispute)[1].say() == "A product punishes the low value of A on capability: 10.00 against 70.00."


def test_a_product_names_the_zero():
    table = [LOPSIDED[0] | {"capability": 0.0}, LOPSIDED[1] | {"quality": 99.0}]
    dispute = dispute_between("A", "B", table, WEIGHTS, way("weighted_product"))
    assert "on capability: 0.00 against 70.00" in reasons_for(dispute)[1].say()


def test_topsis_shows_its_distances():
    dispute = dispute_between("A", "B", LOPSIDED, WEIGHTS, way("topsis"))
    figures = dispute.row.scores.figures
    reason = reasons_for(dispute)[1]
    assert reason.code == "methods.why.topsis"
    assert float(reason.facts["best_mine"]) == pytest.approx(figures["distance_best"][0], abs=5e-5)
    assert float(reason.facts["worst_theirs"]) == pytest.approx(figures["distance_worst"][1], abs=5e-5)


def test_vikor_names_the_largest_regret():
    """On three bids A is worst on capability: its regret there is the whole weight, 0.4; B's are at most 0.15."""
    table = [
        {"quality": 100.0, "capability": 10.0, "price": 90.0},
        {"quality": 75.0, "capability": 70.0, "price": 75.0},
        {"quality": 50.0, "capability": 90.0, "price": 50.0},
    ]
    dispute = dispute_between("A", "B", table, {"quality": 30, "capability": 40, "price": 30}, way("vikor"))
    reason = reasons_for(dispute)[1]
    assert reason.code == "methods.why.vikor"
    assert reason.say() == "The largest single regret of A is 0.4000 (on capability), that of B only 0.1500."


def test_vikor_is_silent_where_the_regret_does_not_explain_it():
    dispute = dispute_between("A", "B", LOPSIDED, WEIGHTS, way("vikor"))
    assert codes(dispute) == ["methods.why.lead"]


def test_promethee_counts_the_weight_on_each_side():
    table = [
        {"quality": 100.0, "capability": 60.0, "price": 60.0},
        {"quality": 60.0, "capability": 61.0, "price": 61.0},
    ]
    dispute = dispute_between("A", "B", table, {"quality": 40, "capability": 30, "price": 30}, way("promethee_ii"))
    assert dispute.row.ranks.tolist() == [2, 1]
    assert "60.00 % of the weight are for B, of 40.00 % for A" in reasons_for(dispute)[1].say()


def test_other_weights_name_the_criterion_that_moves_most():
    """Equal weights: quality falls from 50 % to 33.33 %, A's lead of 25 there loses 4.17; capability gains 8.00."""
    equal = Way("weighted_sum:equal", "weights", "weighted_sum", "equal")
    dispute = dispute_between("A", "B", LOPSIDED, WEIGHTS, equal)
    reason = reasons_for(dispute)[1]
    assert reason.say() == "capability weighs 33.33 % instead of 20.00 %, which moves 8.00 points to B."


def test_rescaling_names_the_criterion_that_counts_more():
    """min_max with two bids makes every lead a whole one: B's 60 on capability counts 20 points instead of 12."""
    scaled = Way("weighted_sum:min_max", "normalisation", "weighted_sum", "min_max")
    dispute = dispute_between("A", "B", LOPSIDED, WEIGHTS, scaled)
    reason = reasons_for(dispute)[1]
    assert reason.say() == (
        "Rescaled by min-max (place between the worst and the best bid), capability counts +20.00 points of 100 for B "
        "instead of +12.00."
    )


def test_a_winner_by_rounding_or_tie_rule_is_said_to_be_one():
    """A has 0.6·60 + 40 = 76, B 0.6·74 + 32 = 76.4: both round to 76, and the lower price puts A first."""
    policy = Policy.from_mapping(policy_mapping(rounding={"total": 0}))
    sheet = (
        evaluate(make_tender([flat("A", 60, "80"), flat("B", 74, "100"), flat("C", 10, "90")], policy)).lots["1"].sheet
    )
    scored = scored_bids(sheet)
    assert scored.winner == "A"
    dispute = Dispute(scored, ranked_by(way("spotis"), scored), 0, 1)
    assert dispute.row.ranks.tolist()[:2] == [2, 1]
    assert codes(dispute) == ["methods.why.lead", "methods.why.rounding"]
    assert "B ahead of A by 0.4000 points" in reasons_for(dispute)[1].say()
