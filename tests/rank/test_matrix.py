"""Any decision table and any score sheet, ranked by any method."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.rank.matrix import rank_matrix, rank_sheet
from supplier_eval.rank.methods import METHODS
from supplier_eval.score.sheet import ScoreSheet

FRAME = pd.DataFrame({"price": [100.0, 90.0, 120.0], "quality": [5.0, 6.0, 7.0]}, index=["a", "b", "c"])
WEIGHTS, DIRECTIONS = {"price": 3, "quality": 2}, {"price": "min", "quality": "max"}
VALUES = pd.DataFrame({"q": [90.0, 60.0, 0.0], "p": [20.0, 70.0, 100.0]}, index=["A", "B", "C"])


def lot_of(*offers, **changes):
    return evaluate(make_tender(list(offers), Policy.from_mapping(policy_mapping(**changes)))).lots["1"]


def test_topsis_is_what_is_asked_for_by_default():
    ranking = rank_matrix(FRAME, WEIGHTS, DIRECTIONS)
    assert ranking.method == "topsis"
    assert ranking.order == ("b", "a", "c")
    assert ranking.weights.tolist() == [0.6, 0.4]


def test_a_parameter_that_the_method_does_not_take_is_named_with_what_it_takes():
    with pytest.raises(UnknownName, match=r"parameter of waspas named 'lambda_'\. Did you mean 'lam'"):
        rank_matrix(FRAME, WEIGHTS, DIRECTIONS, "waspas", lambda_=0.5)
    with pytest.raises(UnknownName, match="There is: none"):
        rank_matrix(FRAME, WEIGHTS, DIRECTIONS, "moora", lam=0.5)


def test_a_parameter_out_of_range_is_a_finding():
    with pytest.raises(InvalidInput, match="lam is a share from 0 to 1, not 2"):
        rank_matrix(FRAME, WEIGHTS, DIRECTIONS, "waspas", lam=2)


def test_a_parameter_by_criterion_is_put_into_column_order():
    by_name = {"quality": (0, 10), "price": (50, 150)}
    named = rank_matrix(FRAME, WEIGHTS, DIRECTIONS, "spotis", bounds=by_name)
    listed = rank_matrix(FRAME, WEIGHTS, DIRECTIONS, "spotis", bounds=[(50, 150), (0, 10)])
    assert named.score.tolist() == listed.score.tolist()
    with pytest.raises(InvalidInput) as refused:
        rank_matrix(FRAME, WEIGHTS, DIRECTIONS, "spotis", bounds={"price": (50, 150), "speed": (0, 1)})
    assert [(f.code, f.value) for f in refused.value.findings] == [
        ("matrix.parameter.absent", "quality"),
        ("matrix.parameter.stray", "speed"),
    ]
    with pytest.raises(InvalidInput, match=r"matrix\.bounds\.shape"):
        rank_matrix(FRAME, WEIGHTS, DIRECTIONS, "spotis", bounds=[(50, 150)])


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_ranks_a_sheet_over_the_bids_that_are_in(method):
    """A bid that is out has no rank and no score, and moves nobody: the others rank as if it were not there."""
    floor = [{"criterion": "quality", "minimum": 50}]
    lot = lot_of(flat("A", 90, "120"), flat("B", 40, "10"), flat("C", 70, "100"), floors=floor)
    ranking = rank_sheet(lot.sheet, method)
    assert ranking.bids == ("A", "B", "C")
    assert ranking.rank_of("B") == 0
    assert np.isnan(ranking.score_of("B"))
    assert ranking.explain("B") == ""
    assert min(ranking.rank_of(bid) for bid in "AC") == 1
    without = rank_sheet(lot_of(flat("A", 90, "120"), flat("C", 70, "100")).sheet, method)
    assert [without.score_of(bid) for bid in "AC"] == [ranking.score_of(bid) for bid in "AC"]
    assert ranking.policy_fingerprint == lot.sheet.policy_fingerprint != ""


def test_a_stopped_sheet_has_no_order_and_says_why():
    lot = lot_of(flat("A", 90, "100"), procedure={"minimum_valid_bids": 3})
    ranking = rank_sheet(lot.sheet, "topsis")
    assert ranking.ranks.tolist() == [0]
    assert ranking.order == ranking.winners == ()
    assert ranking.stopped == lot.sheet.stopped is not None
    assert ranking.explain("A") == lot.sheet.stopped.say()
    assert "no order" in repr(ranking)
    assert ranking.to_frame()["rank"].tolist() == [0]


def test_a_sheet_in_which_nobody_is_left_has_no_order():
    sheet = ScoreSheet.from_frame(VALUES, {"q": 0.5, "p": 0.5})
    out = replace(sheet, eligible=np.zeros(3, bool))
    assert rank_sheet(out, "vikor").ranks.tolist() == [0, 0, 0]


def test_on_a_sheet_values_are_on_one_scale_and_bounds_are_those_of_the_scale():
    sheet = ScoreSheet.from_frame(VALUES, {"q": 0.5, "p": 0.5})
    assert rank_sheet(sheet, "weighted_sum").score == pytest.approx([55.0, 65.0, 50.0])
    assert rank_sheet(sheet, "spotis").score == pytest.approx([0.45, 0.35, 0.5])
    fixed = rank_sheet(sheet, "weighted_sum", normalisation="fixed")
    assert fixed.score == pytest.approx([0.55, 0.65, 0.5])


def test_a_node_rescaled_to_its_best_stretches_the_bounds_of_its_leaves():
    technical = {"criteria": ["quality", "capability", "emergency"], "rescale_to_best": True}
    uneven = flat("A", 50, "100")
    for marks in uneven.marks.values():
        marks["quality"] = 90.0
    sheet = lot_of(uneven, flat("B", 40, "100"), procedure={"technical": technical}).sheet
    assert sheet.factor == pytest.approx(100 / 70)
    assert sheet.values.max() > 100
    ranking = rank_sheet(sheet, "spotis")
    points = sheet.weights @ np.array([90.0, 50.0, 50.0, 0]) / 100 + 0.4 * 1.0
    assert ranking.score_of("A") == pytest.approx(1 - points)
    assert ranking.order == ("A", "B")
