"""The clock of complaints, and no closing over the client's head."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from registry_shelf import objections, situation, stored
from supplier_eval.registry.complaint_times import due_times, reopening
from supplier_eval.registry.guards import complaints as guards
from supplier_eval.registry.records.complaints import Complaint
from supplier_eval.registry.rules import Complaints

RECEIVED = datetime(2026, 5, 4, 9, tzinfo=UTC)
RULES = Complaints()


def found_by(asking, asked):
    return [found for guard in asking for found in objections(guard, asked)]


def complaint(**fields):
    given = {"client": "Client A", "channel": "hotline", "owner": "wu", "subject": "Late", "received_at": RECEIVED}
    return Complaint(**{"id": "P1", "supplier": "S1", **given, **due_times(RECEIVED, RULES), **fields})


@pytest.mark.parametrize("name", ["respond_due", "resolve_due", "satisfaction_due"])
def test_no_moment_is_set_later_than_the_rules(name):
    late = due_times(RECEIVED, RULES)[name] + timedelta(seconds=1)
    assert found_by(guards.RECEIVE, situation(complaint(**{name: late}))) == [("complaint.due.later_than_rules", name)]
    sooner = RECEIVED + timedelta(hours=1)
    assert not found_by(guards.RECEIVE, situation(complaint(**{name: sooner})))


def test_a_complaint_is_not_received_in_the_future():
    ahead = RECEIVED + timedelta(days=40)
    given = complaint(received_at=ahead)
    assert found_by(guards.RECEIVE, situation(given)) == [("complaint.moment.ahead", "received_at")]


def test_the_contract_is_one_of_the_supplier_complained_of():
    other = stored("contract", "running", id="C1", supplier="S2", title="Desk", owner="wu")
    found = found_by(guards.EDITED, situation(complaint(contract="C1"), other))
    assert found == [("complaint.contract.other_supplier", "contract")]


@pytest.mark.parametrize(
    "first",
    [{"client": "Client B"}, {"supplier": "S2"}, {"received_at": RECEIVED}],
    ids=["another client", "another supplier", "not earlier"],
)
def test_a_repeat_follows_an_earlier_complaint_of_the_same_client(first):
    earlier = complaint(**{"id": "P0", "received_at": RECEIVED - timedelta(days=9), **first})
    asked = situation(complaint(repeat_of="P0"), stored("complaint", "closed", **earlier.model_dump()))
    assert found_by(guards.EDITED, asked) == [("complaint.repeat_of.other", "repeat_of")]


def test_steps_are_taken_in_order():
    hour = timedelta(hours=1)
    asked = situation(complaint(responded_at=RECEIVED - hour))
    assert found_by(guards.ACKNOWLEDGE, asked) == [("complaint.moment.before", "responded_at")]
    asked = situation(complaint(resolved_at=RECEIVED + 2 * hour, feedback_at=RECEIVED + hour))
    assert found_by(guards.FEED_BACK, asked) == [("complaint.moment.before", "feedback_at")]
    asked = situation(complaint(responded_at=RECEIVED, reopened_at=RECEIVED + 2 * hour, resolved_at=RECEIVED + hour))
    assert found_by(guards.RESOLVE, asked) == [("complaint.moment.before", "resolved_at")]


def test_a_dissatisfied_client_keeps_the_complaint_open():
    found = found_by(guards.CLOSE, situation(complaint(satisfaction="dissatisfied")))
    assert found == [("complaint.satisfaction.dissatisfied", "satisfaction")]
    assert not found_by(guards.CLOSE, situation(complaint(satisfaction="accepted")))


def test_a_reopened_complaint_starts_without_the_old_answers_and_with_a_new_clock():
    again = RECEIVED + timedelta(days=9)
    answered = {"resolved_at": RECEIVED + timedelta(days=3), "satisfaction": "dissatisfied"}
    stale = complaint(**{**reopening(again, "Not fixed", RULES), **answered})
    assert found_by(guards.REOPEN, situation(stale)) == [
        ("complaint.round.last_answers", "resolved_at"),
        ("complaint.round.last_answers", "satisfaction"),
    ]
    assert not found_by(guards.REOPEN, situation(complaint(**reopening(again, "Not fixed", RULES))))
