"""Moves of needs, assessments, decisions, as a graph."""

from __future__ import annotations

from supplier_eval.registry.lifecycles.planning import ASSESSMENT, DECISION, NEED


def test_a_decision_is_taken_only_after_it_was_submitted():
    sources = {move.source for move in DECISION.moves if move.target in {"approved", "rejected", "returned"}}
    assert sources == {"submitted"}


def test_a_decision_that_is_taken_has_no_way_back():
    for state in ("approved", "rejected", "withdrawn"):
        assert DECISION.events(state) == ()
        assert state not in DECISION.editable


def test_a_need_is_reviewed_while_it_is_listed_and_after_it_was_decided():
    assert NEED.move("listed", "review").target == "listed"
    assert NEED.move("decided", "review").target == "decided"
    assert NEED.events("closed") == ()


def test_a_mark_is_withdrawn_and_never_overwritten():
    assert not ASSESSMENT.editable
    assert ASSESSMENT.events("given") == ("withdraw",)
