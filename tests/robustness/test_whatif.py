"""What if: each change gives what a tender with that change gives; mistakes are named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import supplier_eval as se
from strategies import flat, make_tender, offers, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.whatif import what_if

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
MADE = [flat("A", 90, "100"), flat("B", 70, "60"), flat("C", 40, "55")]


def policy(**rules: object) -> Policy:
    return Policy.from_mapping(policy_mapping(**rules))


@settings(max_examples=25, deadline=None)
@given(offers(fewest=2), st.integers(0, 100))
def test_other_weights_give_what_a_policy_with_them_gives(made, price):
    tender = make_tender(made, policy())
    found = what_if(tender, weights={"price": price})
    left = Decimal(100 - price)
    weights = {"price": price, "quality": left * 30 / 60, "capability": left * 20 / 60}
    weights["capability"] = round(weights["capability"], 12)
    weights["emergency"] = left - weights["quality"] - weights["capability"]
    ranking = se.evaluate(
        make_tender(made, policy(weights={k: str(w) for k, w in weights.items()}, adoption=None))
    ).ranking
    np.testing.assert_allclose(found.after.total, ranking.total, atol=1e-9)
    assert found.standing == "exploratory"
    assert found.new_fingerprint != found.policy_fingerprint


def test_old_and_new_stand_side_by_side():
    found = what_if(make_tender(MADE, policy()), weights={"price": 5})
    frame = found.to_frame()
    assert found.winners_before == ("B",) and found.winners_after == ("A",)
    assert list(frame["bid"]) == ["A", "B", "C"]
    row = frame.set_index("bid").loc["A"]
    assert row["rank_before"] == 2 and row["rank_after"] == 1
    assert row["change"] == pytest.approx(row["total_after"] - row["total_before"])
    assert "The winner changes from B to A." in found.explain()
    assert "第一名由 B 变为 A" in found.explain("zh")
    points = found.points_frame().groupby("bid")["after"].sum()
    np.testing.assert_allclose(points.loc[["A", "B", "C"]], found.after.total)


def test_another_formula_gives_what_a_policy_with_it_gives():
    tender = make_tender(MADE, policy(), ceiling=Decimal(120))
    found = what_if(tender, formula="linear_to_ceiling")
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = {"formula": "linear_to_ceiling"}
    ranking = se.evaluate(make_tender(MADE, Policy.from_mapping(mapping), ceiling=Decimal(120))).ranking
    np.testing.assert_array_equal(found.after.total, ranking.total)
    with pytest.raises(se.errors.UnknownName, match="linear_to_ceiling"):
        what_if(tender, formula="linear_to_ceilin")
    with pytest.raises(se.errors.UnknownName, match="price"):
        what_if(tender, formula={"quality": "min_max"})


def test_other_marks_prices_bids_and_floors():
    tender = make_tender(MADE, policy())
    lifted = {("C", c, e): 100.0 for c in ("quality", "capability", "emergency") for e in ("E1", "E2", "E3")}
    assert what_if(tender, marks=lifted).winners_after == ("C",)
    assert what_if(tender, prices={"A": 50}).winners_after == ("A",)
    assert what_if(tender, without=["B"]).winners_after == ("A",)
    assert what_if(tender, floors={"quality": 80}).winners_after == ("A",)
    added = what_if(tender, adding={"D": {"like": "B", "price": 30, "marks": {"quality": 0}}})
    other = make_tender([*MADE, replace(flat("D", 70, "30"), marks=_zero_quality())], policy())
    np.testing.assert_array_equal(added.after.total, se.evaluate(other).ranking.total)
    assert added.to_frame().set_index("bid").loc["D", "rank_before"] == 0


def _zero_quality():
    return {f"E{i}": {"quality": 0.0, "capability": 70.0, "emergency": 70.0} for i in (1, 2, 3)}


def test_a_floor_that_was_met_no_longer_takes_the_bid_out():
    found = what_if(make_tender(MADE, policy()), floors=[{"criterion": "quality", "minimum": 50}])
    frame = found.to_frame().set_index("bid")
    assert frame.loc["C", "rank_after"] == 0 and frame.loc["C", "total_after"] is pd.NA
    assert "C: had rank 3, now has none." in found.explain()
    back = what_if(make_tender(MADE, policy(floors=[{"criterion": "quality", "minimum": 50}])), floors={})
    assert back.to_frame().set_index("bid").loc["C", "rank_before"] == 0
    assert "C: now has rank 3." in back.explain()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"weights": {"price": 101}}, "101"),
        ({"weights": {"price": -1}}, "-1"),
        ({"weights": {"price": "much"}}, "much"),
        ({"weights": {"prize": 1}}, "price"),
        ({"weights": {"price": 40, "quality": 30, "capability": 20, "emergency": 9}}, "99"),
        ({"marks": {("A", "quality", "E9"): 1, ("A", "quality", "E1"): 101}}, "E9"),
        ({"prices": {"A": 0}}, "0"),
        ({"prices": {"Z": 1}}, "Z"),
        ({"without": ["Z"]}, "Z"),
        ({"adding": {"D": {"prize": 1}}}, "price"),
        ({"adding": {"D": {"like": "A", "marks": {"price": 1}}}}, "quality"),
        ({"weihgts": {}}, "weights"),
    ],
)
def test_a_mistake_is_named(change, said):
    with pytest.raises((se.InvalidInput, se.errors.UnknownName)) as refused:
        what_if(make_tender(MADE, policy()), **change)
    assert said in str(refused.value)


def test_nothing_that_was_given_is_changed():
    tender = make_tender(MADE, policy())
    before = tender.marks.copy()
    what_if(tender, marks={("C", "quality", "E1"): 100.0}, prices={"A": 50})
    assert tender.marks.equals(before)
    assert se.evaluate(tender).ranking.winners == ("B",)


def test_a_lot_of_a_sample_changes_alone():
    tender = se.read_tender(SAMPLES / "service-desk")
    with pytest.raises(se.errors.SeveralLots):
        what_if(tender, weights={"price": 30})
    lot = tender.lots[0]
    found = what_if(tender, lot=lot, weights={"price": 35})
    assert found.lot == lot
    assert len(repr(found).splitlines()) <= 3
    assert found.changes == ("weights",)
