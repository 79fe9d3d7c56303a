"""The review of one period as a result."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from monitor_review_parts import figures, frame, review_plan
from supplier_eval.errors import UnknownName
from supplier_eval.messages import UnknownLanguageError
from supplier_eval.monitor.period_review import COLUMNS
from supplier_eval.monitor.reviewing import review_period

PLAN = review_plan()
ROWS = (figures("S1"), figures("b2", csat=(3.9, 12)), figures("S3", ontime=None, csat=None))
REVIEW = review_period(frame(*ROWS), PLAN, "2026-01")


def test_the_table_has_one_row_a_supplier_and_says_its_bases():
    table = REVIEW.to_frame()
    assert table["supplier"].tolist() == ["b2", "S1", "S3"]
    assert set(table["score_basis"]) == {"raw, contract"}
    assert set(table["comparison_basis"]) == {"shrunken, comparison"}
    assert table["rated"].tolist() == [True, True, False]
    assert table["score"].isna().tolist() == [False, False, True]
    assert table["rank"].isna().tolist() == [False, False, True]
    assert str(table["rank"].dtype) == "Int64"
    assert not table["standing"].isna().any()


def test_scorecards_are_found_whatever_the_case_of_the_id():
    assert REVIEW["B2"].supplier == "b2"
    assert REVIEW.scorecards["S1"].score == REVIEW["S1"].score
    with pytest.raises(UnknownName, match="S1"):
        REVIEW["S9"]
    with pytest.raises(UnknownName):
        REVIEW.explain("S9")


def test_frames_of_lines_proposals_and_grades():
    assert len(REVIEW.lines_frame()) == 12
    proposals = REVIEW.proposals_frame("zh")
    assert proposals["status"].tolist() == ["proposed"] * 3
    assert proposals["basis"].tolist() == ["raw, contract"] * 3
    assert proposals.loc[2, "reason"].startswith("不评级")
    assert REVIEW.grades["supplier"].tolist() == ["b2", "S1", "S3"]
    assert REVIEW.grades["grade"].tolist()[2] == ""


def test_it_is_frozen_short_and_says_its_standing():
    with pytest.raises(dataclasses.FrozenInstanceError):
        REVIEW.seed = 1
    assert repr(REVIEW) == "PeriodReview(2026-01: 2 of 3 suppliers rated; exploratory)"
    assert "nobody has adopted the plan" in REVIEW.standing_words()
    assert "仅供探讨" in REVIEW.standing_words("zh")
    assert REVIEW.policy_fingerprint == PLAN.fingerprint


def test_frames_do_not_share_their_cells_with_the_result():
    table = REVIEW.to_frame()
    table.loc[0, "score"] = 0.0
    pd.testing.assert_frame_equal(REVIEW.to_frame(), review_period(frame(*ROWS), PLAN, "2026-01").to_frame())


def test_no_supplier_at_all_is_an_empty_review():
    none = review_period(
        frame([row | {"status": "not_applicable", "value": None} for row in figures("S1")]), PLAN, "2026-01"
    )
    assert none.suppliers == ()
    assert none.to_frame().empty
    assert list(none.to_frame().columns) == list(REVIEW.to_frame().columns) == list(COLUMNS)
    assert list(none.lines_frame().columns) == list(REVIEW.lines_frame().columns)
    assert none.past_table().empty


def test_cards_and_proposals_have_the_standing_of_their_review_and_say_a_language_that_does_not_exist():
    assert REVIEW.standing == "exploratory"
    assert {card.standing for card in REVIEW.cards} == {one.standing for one in REVIEW.proposals} == {"exploratory"}
    for say in (REVIEW["S1"].explain, REVIEW.proposals[0].explain, REVIEW.standing_words):
        with pytest.raises(UnknownLanguageError, match="language"):
            say("fr")
    with pytest.raises(UnknownLanguageError, match="language"):
        REVIEW.explain("S1", "fr")
