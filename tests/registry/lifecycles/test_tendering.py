"""Moves of tenders, bids, openings and the panel, as a graph."""

from __future__ import annotations

import pytest

from supplier_eval.registry.lifecycle import LifeCycle
from supplier_eval.registry.lifecycles.tendering import ADDENDUM, BID, CHANNEL, EVALUATOR, LIFE_CYCLES, OPENING, TENDER

ONE = ("publish", "close", "open", "lock_marks", "evaluate", "publish_candidates", "award")
TWO = (*ONE[:2], "open_technical", "lock_marks", "open_prices", *ONE[4:])


def walk(cycle: LifeCycle, state: str, events: tuple[str, ...]) -> list[str]:
    states = []
    for event in events:
        state = cycle.move(state, event).target
        states.append(state)
    return states


def reached(cycle: LifeCycle, state: str) -> set[str]:
    found, new = set(), {state}
    while new:
        found |= new
        new = {move.target for move in cycle.moves if move.source in new} - found
    return found


def test_with_one_envelope_a_tender_goes_from_opened_to_marks_locked():
    assert walk(TENDER, "draft", ONE)[1:5] == ["closed", "opened", "marks_locked", "evaluated"]
    assert walk(TENDER, "draft", ONE)[-1] == "awarded"


def test_with_two_envelopes_the_marks_are_locked_between_the_openings():
    states = walk(TENDER, "draft", TWO)
    assert states[1:6] == ["closed", "technical_opened", "marks_locked", "prices_opened", "evaluated"]


def test_nothing_of_a_tender_is_edited_after_its_draft():
    assert set(TENDER.editable) == {"draft"}
    assert TENDER.events("cancelled") == TENDER.events("failed") == ()


@pytest.mark.parametrize("state", [s for s in TENDER.states if s not in TENDER.closed])
def test_a_running_tender_can_be_cancelled_with_reasons(state):
    move = TENDER.move(state, "cancel")
    assert {"outcome_reasons", "outcome_by"} <= set(move.needs)


def test_a_late_bid_never_takes_part():
    assert reached(BID, "late") == {"late", "rejected"}


def test_no_bid_disappears():
    ends = {"rejected", "withdrawn", "qualified", "late"}
    assert all(reached(BID, state) & ends for state in BID.states)
    assert not BID.editable


def test_no_bid_qualifies_that_was_not_received():
    assert {move.source for move in BID.moves if move.target == "qualified"} == {"received", "qualified"}


@pytest.mark.parametrize("cycle, state", [(OPENING, "signed"), (ADDENDUM, "issued"), (CHANNEL, "published")])
def test_what_is_signed_issued_or_published_stands(cycle, state):
    assert cycle.events(state) == ()
    assert state not in cycle.editable


def test_who_is_released_does_not_come_back():
    assert reached(EVALUATOR, "released") == {"released"}


def test_every_refusal_and_withdrawal_gives_a_reason():
    bare = [
        (cycle.kind, move.source, move.event)
        for cycle in LIFE_CYCLES
        for move in cycle.moves
        if move.event in {"reject", "refuse", "cancel", "fail", "release", "recuse", "clear"}
        and not any("reason" in name for name in move.needs)
    ]
    assert bare == []
