"""The clock of complaints from intake."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from registry_shelf import stored
from supplier_eval.registry.complaint_times import complaint_clock, due_times, reopening, repeat_rate
from supplier_eval.registry.rules import Complaints

RECEIVED = datetime(2026, 5, 4, 9, tzinfo=UTC)
RULES = Complaints(respond_hours=24, resolve_days=10, satisfaction_days=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def complaint(key="P1", state="received", **fields):
    given = {"client": "Client A", "channel": "hotline", "owner": "wu", "subject": "Late", "received_at": RECEIVED}
    return stored("complaint", state, **{"id": key, "supplier": "S1", **given, **due_times(RECEIVED, RULES), **fields})


def standings(clock):
    return {step.step: step.standing for step in clock.steps}


def test_due_moments_count_from_intake():
    assert due_times(RECEIVED, RULES) == {
        "respond_due": RECEIVED + 24 * HOUR,
        "resolve_due": RECEIVED + 10 * DAY,
        "satisfaction_due": RECEIVED + 15 * DAY,
    }


def test_a_step_is_overdue_only_after_its_moment():
    kept = [complaint()]
    assert standings(complaint_clock(kept, RECEIVED + 24 * HOUR))["response"] == "open"
    late = complaint_clock(kept, RECEIVED + 24 * HOUR + timedelta(seconds=1))
    assert standings(late) == {"response": "overdue", "resolution": "open", "satisfaction": "open"}
    assert [step.step for step in late.overdue] == ["response"]


def test_a_step_that_is_done_says_whether_it_was_in_time():
    answered = complaint(responded_at=RECEIVED + 90 * timedelta(minutes=1), resolved_at=RECEIVED + 11 * DAY)
    clock = complaint_clock([answered], RECEIVED + 12 * DAY)
    assert standings(clock) == {"response": "done", "resolution": "done_late", "satisfaction": "open"}
    assert next(step.hours for step in clock.steps if step.step == "response") == Decimal("1.50")


def test_after_a_reopening_the_clock_counts_anew_and_the_first_response_stays():
    again = RECEIVED + 9 * DAY
    fields = reopening(again, "Not fixed", RULES)
    assert fields["resolve_due"] == again + 10 * DAY
    assert fields["resolved_at"] is None
    kept = complaint(state="reopened", responded_at=RECEIVED + HOUR, **fields)
    clock = complaint_clock([kept], again + 2 * HOUR)
    hours = {step.step: step.hours for step in clock.steps}
    assert hours == {"response": Decimal("1.00"), "resolution": Decimal("2.00"), "satisfaction": Decimal("2.00")}


def test_the_list_runs_by_due_moment_and_leaves_withdrawn_complaints_out():
    early = complaint("P2", received_at=RECEIVED - DAY, **due_times(RECEIVED - DAY, RULES))
    clock = complaint_clock([complaint(), early, complaint("P3", "withdrawn")], RECEIVED + 2 * DAY)
    assert [step.complaint for step in clock.steps][:2] == ["P2", "P1"]
    assert len(clock.steps) == 6
    assert repr(clock).endswith("2 overdue of 6 steps)")
    assert list(clock.to_frame()["standing"][:2]) == ["overdue", "overdue"]


def test_overdue_steps_are_said_in_both_languages():
    clock = complaint_clock([complaint()], RECEIVED + 25 * HOUR)
    assert clock.explain() == ("Complaint P1 (wu), response: open for 25.00 hours and past 2026-05-05T09:00:00+00:00.")
    assert "超过期限" in clock.explain("zh")
    assert complaint_clock([complaint()], RECEIVED).explain() == "No step of a complaint is overdue."
    done = complaint(responded_at=RECEIVED + HOUR, resolved_at=RECEIVED + 11 * DAY)
    said = [step.explain() for step in complaint_clock([done], RECEIVED + 12 * DAY).steps]
    assert "done after 1.00 hours" in said[0]
    assert "later than" in said[1]
    assert "open for" in said[2]


def test_the_repeat_rate_counts_what_came_back():
    kept = [
        complaint("P1", "closed"),
        complaint("P2", repeat_of="P1"),
        complaint("P3", "reopened", reopened_at=RECEIVED + DAY),
        complaint("P4", "withdrawn", repeat_of="P1"),
    ]
    assert repeat_rate(kept) == Decimal("0.666666666667")
    assert repeat_rate(kept[:1]) == 0
    assert repeat_rate(kept[3:]) is None
