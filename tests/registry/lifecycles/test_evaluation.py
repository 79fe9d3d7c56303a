"""Moves of results, draws, publications, objections and awards, as a graph."""

from __future__ import annotations

import pytest

from supplier_eval.registry.lifecycles.evaluation import AWARD, DISSENT, DRAW, OBJECTION, PUBLICATION, RESULT


def test_a_result_is_edited_as_a_draft_only_and_approved_only_when_locked():
    assert set(RESULT.editable) == {"draft"}
    assert {move.source for move in RESULT.moves if move.target == "approved"} == {"locked"}
    assert RESULT.events("annulled") == ()


def test_an_approved_result_has_one_way_out_and_that_is_guarded():
    assert RESULT.events("approved") == ("annul",)
    assert {guard.code for guard in RESULT.move("approved", "annul").guards} == {
        "result.id.no_upheld_objection",
        "result.id.award_stands",
    }


@pytest.mark.parametrize("state", ["proposed", "approved", "notified"])
def test_an_award_is_withdrawn_with_day_side_and_reasons(state):
    assert AWARD.move(state, "withdraw").needs == ("withdrawn_on", "withdrawn_by", "withdrawal_reasons")


def test_nobody_is_notified_before_the_award_is_approved():
    assert {move.source for move in AWARD.moves if move.event == "notify"} == {"approved"}


def test_an_objection_ends_answered_or_withdrawn_and_never_otherwise():
    assert set(OBJECTION.closed) == {"answered", "withdrawn"}
    assert OBJECTION.move("received", "answer").needs == ("answer", "answered_on", "answered_by", "decision")


def test_draws_and_dissents_stand_once_they_are_recorded():
    assert DRAW.events("recorded") == DISSENT.events("recorded") == ()
    assert not DRAW.editable and not DISSENT.editable


def test_a_publication_ends_only_by_its_guarded_event():
    assert PUBLICATION.events("published") == ("end", "withdraw")
    assert all(PUBLICATION.move("published", event).guards for event in ("end", "withdraw"))
