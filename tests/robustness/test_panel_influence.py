"""Who of the panel decides: one left out, two left out, levelled panels."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

import supplier_eval as se
from strategies import Offer, flat, make_tender, offers, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.panel_influence import leave_one_evaluator_out

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def marked(bid: str, price: str, **by: float) -> Offer:
    """An offer to which each member gives one mark throughout."""
    names = ("quality", "capability", "emergency")
    return Offer(bid, {who: dict.fromkeys(names, mark) for who, mark in by.items()}, Decimal(price))


ONE_DECIDES = [marked("A", "100", E1=100, E2=70, E3=70), marked("B", "100", E1=40, E2=80, E3=80)]


def policy(**rules: object) -> Policy:
    return Policy.from_mapping(policy_mapping(**rules))


def test_the_one_who_decides_is_named_and_what_would_come_without_them():
    found = leave_one_evaluator_out(make_tender(ONE_DECIDES, policy()))
    assert found.winners == ("A",)
    assert found.deciders == ("E1",)
    without = next(v for v in found.variations if v.left_out == ("E1",))
    assert without.winners == ("B",)
    assert without.lead == pytest.approx(-6.0)  # 60 points of weight, 70 against 80
    assert found.explain().startswith("Without evaluator E1 the winner would be B.")
    assert "E1" in found.explain("zh")


def test_nobody_decides_where_all_agree():
    found = leave_one_evaluator_out(make_tender([flat("A", 90, "100"), flat("B", 60, "100")], policy()))
    assert found.deciders == () and found.deciding_pairs == ()
    assert all(v.same_order and not v.changed for v in found.variations)
    assert "No single evaluator decides" in found.explain()
    assert found.standing == "exploratory"


def test_a_pair_is_named_only_where_neither_decides_alone():
    made = [
        marked("A", "100", E1=92, E2=92, E3=61, E4=61, E5=61),
        marked("B", "100", E1=60, E2=60, E3=70, E4=70, E5=70),
    ]
    found = leave_one_evaluator_out(make_tender(made, policy()))
    assert found.winners == ("A",)
    assert found.deciders == ()
    assert found.deciding_pairs == (("E1", "E2"),)
    assert "E1 and E2 together" in found.explain()


@settings(max_examples=20, deadline=None)
@given(offers(fewest=2))
def test_each_row_is_the_evaluation_of_a_panel_without_them(made):
    found = leave_one_evaluator_out(make_tender(made, policy()))
    for variation in found.variations:
        if variation.kind in {"severity", "spread"}:
            continue
        fewer = [replace(o, marks={e: m for e, m in o.marks.items() if e not in variation.left_out}) for o in made]
        ranking = se.evaluate(make_tender(fewer, policy())).ranking
        assert variation.winners == ranking.winners


@settings(max_examples=20, deadline=None)
@given(offers(fewest=2))
def test_levelling_severity_leaves_the_means_of_a_complete_panel_alone(made):
    """Everybody marks every bid: an additive severity falls on all alike, unless a mark meets the end of the scale."""
    inside = [
        replace(o, marks={e: {c: 50 + (m - 50) / 4 for c, m in given.items()} for e, given in o.marks.items()})
        for o in made
    ]
    found = leave_one_evaluator_out(make_tender(inside, policy()))
    levelled = next(v for v in found.variations if v.kind == "severity")
    assert not levelled.changed


def test_spread_levelled_takes_the_weight_from_who_marks_widely():
    made = [marked("A", "100", E1=95, E2=48, E3=48), marked("B", "100", E1=5, E2=52, E3=52)]
    found = leave_one_evaluator_out(make_tender(made, policy()))
    assert found.winners == ("A",)
    levelled = next(v for v in found.variations if v.kind == "spread")
    assert levelled.winners == ("B",)
    assert "With severity and spread levelled the winner would be B" in found.explain()


def test_too_few_marks_to_trim_is_said_and_not_computed():
    found = leave_one_evaluator_out(make_tender(ONE_DECIDES, policy(panel={"aggregation": "trimmed_mean"})))
    assert {v.not_asked for v in found.variations if v.kind == "without_one"} == {"too_few_marks"}
    assert "too few marks to trim" in found.explain()


def test_marks_agreed_as_one_cannot_be_left_out():
    tender = se.read_tender(SAMPLES / "museum-services")
    found = leave_one_evaluator_out(tender)
    assert found.deciders == ()
    assert all(v.not_asked for v in found.variations)
    assert "nobody can be left out" in found.explain()


def test_one_bid_stays_first_and_has_no_lead():
    found = leave_one_evaluator_out(make_tender([flat("A", 50, "10")], policy()))
    assert all(v.winners in {("A",), ()} and v.lead is None for v in found.variations)
    frame = found.to_frame()
    assert list(frame.columns) == ["kind", "left_out", "winners", "lead", "same_order", "changed", "not_asked"]
    assert len(frame) == 3 + 3 + 2


def test_a_member_who_lifts_a_bid_over_the_floor_decides():
    made = [marked("A", "100", E1=100, E2=50, E3=50), marked("B", "100", E1=61, E2=61, E3=61)]
    rules = {"floors": [{"criterion": "quality", "minimum": 60}]}
    found = leave_one_evaluator_out(make_tender(made, policy(**rules)))
    without = next(v for v in found.variations if v.left_out == ("E1",))
    assert without.winners == ("B",) and without.lead is None


def test_it_says_itself_in_three_lines_at_most():
    found = leave_one_evaluator_out(make_tender(ONE_DECIDES, policy()))
    assert repr(found) == "PanelInfluence(lot '1': 3 members; decides: E1)"
    assert np.isfinite(found.to_frame()["lead"]).all()
