"""Flags open cases; only a ruling closes them."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from supplier_eval.flags import Flag, Reason, Ruling, rule_on


def ruling(word: str, bid: str = "A", case: str = "price.abnormal.below_share_of_mean") -> Ruling:
    return Ruling(bid, case, word, "the panel", date(2026, 3, 1), "because")


def flag() -> Flag:
    facts = {"price": "30", "reference": "76"}
    return Flag("price.abnormal.below_share_of_mean", "1", "A", figure=0.4, threshold=0.8, clause="§3.1.4", facts=facts)


def test_a_flag_says_itself_with_figure_threshold_and_clause():
    assert "30 is 0.4 of the mean of the eligible prices (76), below the line of 0.8" in flag().say()
    assert flag().say().endswith("(§3.1.4)")
    assert "0.4" in flag().say("zh")


@pytest.mark.parametrize(("word", "state"), [("accept", "accepted"), ("exclude", "excluded"), ("note", "noted")])
def test_a_ruling_on_its_case_and_bid_gives_its_state(word, state):
    assert flag().state == "open"
    assert flag().ruled((ruling(word),)).state == state


def test_a_ruling_on_another_bid_or_case_leaves_it_open():
    assert flag().ruled((ruling("accept", bid="B"), ruling("accept", case="other"))).state == "open"


def test_the_last_ruling_counts():
    assert flag().ruled((ruling("accept"), ruling("exclude"))).state == "excluded"


def test_a_reason_quotes_its_clause_and_the_words_of_the_language():
    facts = {"gate_en": "Licence", "gate_zh": "执照", "needed": "yes"}
    reason = Reason("qualify.incomplete", "§3.1.1", facts)
    assert reason.say("en") == "Incomplete: nothing was supplied for “Licence” (needed: yes). (§3.1.1)"
    assert "执照" in reason.say("zh")


def test_flags_and_reasons_survive_pickling():
    assert pickle.loads(pickle.dumps(flag())) == flag()
    reason = Reason("qualify.incomplete", "§3.1.1", {"needed": "yes"})
    assert pickle.loads(pickle.dumps(reason)) == reason


def test_a_ruling_that_fits_several_cases_closes_none_and_one_that_names_its_case_closes_that():
    cases = [Flag("panel.too_few", lot=lot, holds=True) for lot in ("L1", "L2")]
    bare = Ruling("", "panel.too_few", "accept", "the panel", date(2026, 3, 1), "because")
    assert [flag.state for flag in rule_on(cases, (bare,))] == ["open", "open"]
    named = Ruling("", "panel.too_few", "accept", "the panel", date(2026, 3, 1), "because", lot="L2")
    assert [flag.state for flag in rule_on(cases, (named,))] == ["open", "accepted"]
    assert [flag.state for flag in rule_on(cases[:1], (bare,))] == ["accepted"]


def test_a_list_of_cases_is_not_cut_as_a_whole():
    cases = ", ".join(f"price.abnormal.below_share_of_mean (bid-{i})" for i in range(5))
    assert Reason("standing.open_cases", facts={"n": 5, "cases": cases}).say("en").count("bid-") == 5
    one = Reason("standing.open_cases", facts={"n": 1, "cases": "x" * 300}).facts["cases"]
    assert len(str(one)) == 80
