"""Potential optimality of score sheets: who can be first, at which weights, who dominates whom."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.robustness.optimality_front import potential_optimality
from supplier_eval.score.sheet import ScoreSheet


def made_sheet(rows, weights):
    names = [f"c{i + 1}" for i in range(len(weights))]
    bids = [chr(ord("A") + b) for b in range(len(rows))]
    frame = pd.DataFrame(np.asarray(rows, dtype=float), index=bids, columns=names)
    return ScoreSheet.from_frame(frame, dict(zip(names, weights, strict=True)))


LINE = made_sheet([[100, 0], [0, 100], [50, 50], [48, 48], [50, 40]], [60, 40])


def test_bids_are_first_alone_in_ties_or_never():
    found = potential_optimality(LINE)
    assert [found.can(bid) for bid in found.bids] == ["alone", "alone", "tie", "never", "never"]
    assert found.potentially_optimal == ("A", "B", "C")
    np.testing.assert_allclose(found.lead, [50, 50, 0, -2, -5], atol=1e-9)
    assert found.weights_of("A") == pytest.approx({"c1": 1, "c2": 0}, abs=1e-9)


def test_dominators_are_named_and_strict_ones_apart():
    found = potential_optimality(LINE)
    assert found.dominated_by("D") == ("C",) and found.strictly_dominated_by("D") == ("C",)
    assert found.dominated_by("E") == ("C",) and found.strictly_dominated_by("E") == ()
    assert found.dominated_by("A") == ()
    text = found.explain()
    assert "C: better on every criterion" in text and "C: nowhere worse and somewhere better" in text
    assert "2.0000 points behind" in text
    assert "C 各项均不差" in found.explain("zh")


def test_within_the_declared_ball_fewer_bids_can_be_first():
    assert potential_optimality(LINE, "ball").potentially_optimal == ("A",)
    assert potential_optimality(LINE, {"ball": 0.2}).potentially_optimal == ("A", "B", "C")


def test_a_euclidean_ball_is_answered_by_least_distances():
    """A leads C by 100 w1 - 50 = 10 + 100 (w1 - 0.6); a radius of 0.1 moves w1 by 0.1 / sqrt 2 at most."""
    found = potential_optimality(LINE, {"ball": 0.1, "norm": "euclidean"})
    assert found.lead[0] == pytest.approx(10 + 10 / 2**0.5, abs=1e-7)
    assert found.can("C") == "never"
    assert "Euclidean" in found.explain()


def test_twelve_criteria_are_answered():
    rows = np.random.default_rng(4).uniform(0, 100, (6, 12))
    found = potential_optimality(made_sheet(rows, [8] * 11 + [12]))
    assert {"ABCDEF"[b] for b in rows.argmax(axis=0)} <= set(found.potentially_optimal)


@pytest.mark.parametrize("rows", [[[50, 60]], [[50, 60], [50, 60]]], ids=["one bid", "two identical"])
def test_without_a_different_bid_everybody_is_first(rows):
    found = potential_optimality(made_sheet(rows, [50, 50]))
    assert np.isinf(found.lead).all()
    assert set(found.potentially_optimal) == set(found.bids)
    assert "first throughout" in found.explain() and "始终第一" in found.explain("zh")
    assert found.sharing("A") == found.bids[1:]


def test_the_frame_has_the_documented_columns():
    frame = potential_optimality(LINE).to_frame()
    head = ["bid", "name", "can", "potentially_optimal", "lead", "dominated_by", "strictly_dominated_by", "same_as"]
    assert list(frame.columns) == [*head, "weight_c1", "weight_c2"]
    assert frame["potentially_optimal"].dtype == bool
    np.testing.assert_allclose(frame["weight_c1"] + frame["weight_c2"], 1, atol=1e-9)
    assert not frame.isna().any(axis=None)


def test_the_order_of_bids_and_criteria_changes_no_bit():
    frame = pd.DataFrame(np.random.default_rng(1).uniform(0, 100, (5, 4)), index=list("ABCDE"), columns=list("wxyz"))
    weights = {"w": 40, "x": 30, "y": 20, "z": 10}
    one = potential_optimality(ScoreSheet.from_frame(frame, weights))
    two = potential_optimality(ScoreSheet.from_frame(frame.iloc[::-1, [2, 0, 3, 1]], weights))
    assert (one.lead == two.lead).all()
    assert all(one.weights_of(bid) == two.weights_of(bid) for bid in "ABCDE")


def test_the_result_is_frozen_exploratory_and_short():
    found = potential_optimality(LINE)
    assert found.standing == "exploratory" and len(repr(found).splitlines()) <= 3
    with pytest.raises(FrozenInstanceError):
        found.region = None
    with pytest.raises(UnknownName):
        found.can("Z")
    with pytest.raises(InvalidInput):
        potential_optimality(LINE, {"ball": -1})


def test_a_lead_over_nobody_is_missing_in_the_frame_and_has_its_reason_in_words():
    found = potential_optimality(made_sheet([[50, 60], [50, 60]], [50, 50]))
    lead = found.to_frame()["lead"]
    assert str(lead.dtype) == "Float64"
    assert lead.isna().all()
    assert "there is no bid with another total" in found.explain()


def test_only_the_weights_that_are_some_are_named():
    found = potential_optimality(LINE)
    assert "at the weights c1 100.00 %, the others nothing." in found.explain()
    assert "此时权重为 c1 100.00 %，其余为零" in found.explain("zh")
    assert "at the weights c1 50.00 %, c2 50.00 %," in found.explain()
