"""The verdict in words: level, rule, reasons, what was not examined."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.flags import Reason
from supplier_eval.robustness.verdict import verdict
from supplier_eval.robustness.verdict_figures import Room, Share, SmallestChange, VerdictFigures
from supplier_eval.robustness.verdict_rules import LEVELS, RULES, Thresholds

CLEAN = VerdictFigures(
    winner="A",
    runner_up="B",
    margin=6.0,
    rounding_step=0.01,
    rooms=(Room("price", 12.0, "B"),),
    smallest_change=SmallestChange(8.0, "B"),
    acceptability=Share(0.999, 0.001),
    acceptability_with_marks=Share(0.98, 0.004),
    ball=5.0,
    decided_by_one_evaluator=(),
    reversal=(),
)


def test_a_winner_against_whom_no_rule_speaks_is_firm():
    found = verdict(CLEAN)
    assert (found.level, found.rule, found.fired, found.not_examined) == ("firm", "verdict.none_fired", (), ())
    assert found.explain().startswith("Firm: A stays first while one weight alone moves by less than 5 points")
    wider = verdict(CLEAN, Thresholds(room=2.5, smallest_change=3, firm_share=0.9)).explain("zh")
    assert "2.5 分" in wider
    assert "居首比例不低于 90 %" in wider
    assert "No rule speaks against it." in found.explain()
    assert found.explain("zh").startswith("稳固")


def test_the_worst_rule_decides_and_all_are_listed_worst_first():
    figures = replace(CLEAN, rooms=(Room("price", 2.0, "B"),), decided_by_one_evaluator=("E1", "E4"), margin=0.001)
    found = verdict(figures)
    assert found.level == "fragile"
    assert found.rule == "verdict.rounding"
    assert [f.code for f in found.fired] == ["verdict.rounding", "verdict.evaluator", "verdict.room"]
    assert found.sensitive_to == ("B", "E1", "E4", "price")
    lines = found.explain().splitlines()
    assert lines[0].startswith("Fragile")
    assert "below the rounding step of 0.01" in lines[1]
    assert "without the marks of E1, E4 (each alone)" in lines[2]
    assert "E1、E4" in found.explain("zh")


def test_sensitive_to_a_named_criterion():
    found = verdict(replace(CLEAN, rooms=(Room("price", 2.0, "B"), Room("quality", 30.0, "C"))))
    assert found.level == "sensitive"
    assert found.sensitive_to == ("price",)
    assert "2.00 points more or less on price put B first" in found.explain()


def test_the_ball_and_the_error_stand_beside_a_share():
    said = verdict(replace(CLEAN, acceptability_with_marks=Share(0.7, 0.01))).explain()
    assert "70.0 % (standard error 1.0) of the weights within 5 points of the published ones" in said
    no_ball = verdict(replace(CLEAN, acceptability_with_marks=Share(0.7, 0.01), ball=None)).explain()
    assert "of the weights around the published ones" in no_ball


def test_what_was_not_examined_is_said_and_nobody_is_firm_without_a_look_at_the_weights():
    found = verdict(VerdictFigures("A", "B", 20.0))
    assert (found.level, found.rule) == ("sensitive", "verdict.unasked")
    assert "Not examined: the interval of each weight, " in found.explain()
    partly = verdict(replace(CLEAN, reversal=None))
    assert partly.level == "firm"
    assert "Not examined: leaving out one losing bid." in partly.explain()
    assert "未检验：去掉一份落选投标" in partly.explain("zh")


def test_a_lone_bid_is_firm_and_the_reason_is_named():
    found = verdict(VerdictFigures("A", None, math.inf))
    assert (found.level, found.rule) == ("firm", "verdict.alone")
    assert "only bid in the order" in found.explain()
    assert "Not examined" not in found.explain()


def test_open_issues_are_said_and_change_no_level():
    found = verdict(replace(CLEAN, open_issues=(Reason("study.values_move"),)))
    assert found.level == "firm"
    assert "depend on the weights themselves" in found.explain()


def test_the_frame_has_every_rule_with_its_figure_and_its_line():
    frame = verdict(replace(CLEAN, reversal=None, margin=0.004)).to_frame().set_index("rule")
    assert list(frame.index) == [rule.code for rule in RULES]
    assert frame.loc["verdict.rounding", ["level", "applies", "figure", "threshold"]].tolist() == [
        *("fragile", True, 0.004, 0.01)
    ]
    assert not frame.loc["verdict.room", "applies"]
    assert frame.loc["verdict.room", ["figure", "threshold"]].tolist() == [12.0, 5.0]
    assert pd.isna(frame.loc["verdict.reversal", "applies"])
    assert frame.loc["verdict.share_fragile", "figure"] == 0.999


def test_other_lines_stand_in_the_result():
    found = verdict(CLEAN, Thresholds(room=20.0), "abc")
    assert found.level == "sensitive"
    assert found.thresholds.room == 20.0
    assert found.policy_fingerprint == "abc"


def test_it_is_exploratory_and_short():
    found = verdict(CLEAN)
    assert found.standing == "exploratory"
    assert "changes nothing" in found.explain()
    assert repr(found) == "Verdict('A': firm, by verdict.none_fired; 0 rules apply)"


shares = st.none() | st.builds(Share, st.floats(0, 1), st.floats(0, 0.2))
names = st.none() | st.lists(st.sampled_from("CDE"), unique=True, max_size=2).map(tuple)
many_figures = st.builds(
    VerdictFigures,
    winner=st.just("A"),
    runner_up=st.just("B"),
    margin=st.floats(-1, 50),
    rounding_step=st.sampled_from((0.0, 0.01, 1.0)),
    rooms=st.none()
    | st.lists(st.builds(Room, st.sampled_from("xyz"), st.floats(0, 100), st.just("B")), max_size=3).map(tuple),
    smallest_change=st.none() | st.builds(SmallestChange, st.floats(0, 100), st.just("B")),
    acceptability=shares,
    acceptability_with_marks=shares,
    decided_by_one_evaluator=names,
    reversal=names,
)


@given(many_figures)
def test_the_level_is_the_worst_of_the_rules_and_every_verdict_speaks_both_languages(figures):
    found = verdict(figures)
    worst = min((LEVELS.index(f.level) for f in found.fired), default=LEVELS.index("firm"))
    assert found.level == LEVELS[worst]
    assert len(found.explain().splitlines()) == len(found.explain("zh").splitlines())
    assert len(found.to_frame()) == len(RULES)


@given(many_figures, st.floats(0, 0.2))
def test_a_larger_error_never_makes_a_verdict_firmer(figures, more):
    share = figures.acceptability
    if share is None:
        return
    wider = replace(figures, acceptability=Share(share.value, share.error + more))
    assert LEVELS.index(verdict(wider).level) <= LEVELS.index(verdict(figures).level)


def test_a_missing_margin_cannot_be_judged():
    with pytest.raises(ValueError, match="not missing"):
        replace(CLEAN, margin=math.nan)
