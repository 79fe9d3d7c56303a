"""Chapter 5.3, item by item: complaints from intake to the client's satisfaction, refused moves included."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from registry_begun import add, refused
from supplier_eval.registry.complaint_times import complaint_clock, due_times, reopening, repeat_rate

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Complaints:
    """A supplier, and the steps of a complaint about it."""

    def __init__(self, registry, clock):
        self.registry, self.clock = registry, clock
        self.rules = registry.rules.complaints
        add(registry, "supplier", "S-1", name="Nimbus Data")

    def receive(self, key="P-1", **fields):
        now = self.clock.now
        given = {"supplier": "S-1", "client": "Bank of the South", "channel": "hotline", "received_at": now}
        said = {"owner": "sun.li", "subject": "Wrong balance told", "text": "Twice in one week"}
        return add(self.registry, "complaint", key, **given | said | due_times(now, self.rules) | fields)

    def move(self, event, /, key="P-1", **fields):
        return self.registry.move(self.registry.get("complaint", key), event, **fields)

    def acknowledge(self, key="P-1"):
        return self.move("acknowledge", key, responded_at=self.clock.now, response="We look into it today")

    def resolve(self, key="P-1", findings="script out of date"):
        found = {"findings": findings, "cause": "script", "measures": "script renewed, agents told"}
        return self.move("resolve", key, resolved_at=self.clock.now, **found)

    def feed_back(self, key="P-1", feedback="told what was wrong and what was done"):
        told = {"feedback": feedback, "feedback_by": "sun.li"}
        return self.move("feed_back", key, feedback_at=self.clock.now, **told)

    def close(self, satisfaction="satisfied", key="P-1"):
        return self.move("close", key, satisfaction=satisfaction, satisfaction_at=self.clock.now)

    def fed_back(self, key="P-1"):
        self.receive(key)
        self.acknowledge(key)
        self.move("investigate", key, investigator="he.jun")
        self.resolve(key)
        return self.feed_back(key)

    def standing(self):
        clock = complaint_clock(self.registry.where("complaint"), self.clock.now)
        return {step.step: step.standing for step in clock.steps}


@pytest.fixture
def p(registry, clock):
    return Complaints(registry, clock)


def test_5_3_1_a_complaint_has_channel_owner_and_supplier(p):
    for field in ("channel", "owner", "supplier"):
        with refused(f"complaint.{field}.shorter_than"):
            p.receive(**{field: ""})
    with refused("complaint.supplier.no_such_record"):
        p.receive(supplier="S-9")
    with refused("complaint.moment.ahead", "complaint.due.later_than_rules", among=True):
        p.receive(received_at=p.clock.now + HOUR, respond_due=p.clock.now + 26 * HOUR)
    with refused("complaint.step.later"):
        p.receive(reopened_at=p.clock.now, response="answered already")
    add(p.registry, "supplier", "S-2", name="Other")
    add(p.registry, "contract", "C-2", supplier="S-2", title="Desk", owner="wu", data_class="public")
    with refused("complaint.contract.other_supplier"):
        p.receive(contract="C-2")
    received = p.receive()
    assert received.state == "received"
    with refused("complaint.contract.other_supplier", "complaint.repeat_of.other"):
        p.registry.edit(received, contract="C-2", repeat_of="P-1")
    with refused("complaint.received_at.not_editable"):
        p.registry.edit(received, received_at=p.clock.now - DAY)
    assert p.registry.edit(received, owner="wu").owner == "wu"


def test_5_3_1_the_way_is_fixed_and_no_step_is_left_out(p):
    p.receive()
    for event in ("investigate", "resolve", "feed_back", "close", "reopen"):
        with refused("complaint.state.no_such_move"):
            p.move(event)
    p.acknowledge()
    with refused("complaint.state.no_such_move"):
        p.resolve()
    with refused("complaint.reason.needed"):
        p.move("withdraw")
    assert p.move("withdraw", reason="the client took it back").state == "withdrawn"


def test_5_3_2_the_clock_runs_from_intake_by_the_house_rules(p):
    due = due_times(p.clock.now, p.rules)
    for name in due:
        with refused("complaint.due.later_than_rules"):
            p.receive(**{name: due[name] + timedelta(seconds=1)})
    p.receive()
    assert p.standing() == {"response": "open", "resolution": "open", "satisfaction": "open"}
    p.clock.advance(hours=25)
    assert p.standing()["response"] == "overdue"
    p.acknowledge()
    assert p.standing()["response"] == "done_late"
    p.clock.advance(days=10)
    (overdue,) = complaint_clock(p.registry.where("complaint"), p.clock.now).overdue
    assert (overdue.step, overdue.owner, overdue.hours) == ("resolution", "sun.li", Decimal("265.00"))


def test_5_3_2_a_complaint_is_answered_investigated_and_resolved_with_its_cause(p):
    p.receive()
    with refused("complaint.response.needed"):
        p.move("acknowledge", responded_at=p.clock.now)
    with refused("complaint.moment.before"):
        p.move("acknowledge", responded_at=p.clock.now - HOUR, response="Before it came")
    p.acknowledge()
    with refused("complaint.investigator.needed"):
        p.move("investigate")
    p.move("investigate", investigator="he.jun")
    with refused("complaint.cause.needed", "complaint.findings.needed", "complaint.measures.needed"):
        p.move("resolve", resolved_at=p.clock.now)
    p.clock.advance(hours=3)
    assert p.resolve().state == "resolved"


def test_5_3_3_a_complaint_is_not_closed_without_feedback_and_satisfaction(p):
    p.receive()
    p.acknowledge()
    p.move("investigate", investigator="he.jun")
    p.resolve()
    with refused("complaint.state.no_such_move"):
        p.close()
    with refused("complaint.feedback.needed", "complaint.feedback_by.needed"):
        p.move("feed_back", feedback_at=p.clock.now)
    ahead = {"feedback": "told", "feedback_by": "sun.li", "feedback_at": p.clock.now + HOUR}
    with refused("complaint.moment.ahead"):
        p.move("feed_back", **ahead)
    with refused("complaint.moment.before"):
        p.move("feed_back", **ahead | {"feedback_at": p.clock.now - HOUR})
    p.feed_back()
    with refused("complaint.satisfaction.needed", "complaint.satisfaction_at.needed"):
        p.move("close")
    with refused("complaint.moment.before"):
        p.move("close", satisfaction="satisfied", satisfaction_at=p.clock.now - HOUR)
    assert p.close().state == "closed"


def test_5_3_3_who_is_dissatisfied_is_followed_until_settled(p):
    p.fed_back()
    p.clock.advance(days=2)
    with refused("complaint.satisfaction.dissatisfied"):
        p.close("dissatisfied")
    again = reopening(p.clock.now, "told the wrong balance again", p.rules)
    with refused("complaint.round.last_answers"):
        p.move("reopen", **{name: value for name, value in again.items() if value is not None})
    with refused("complaint.due.later_than_rules"):
        p.move("reopen", **again | {"resolve_due": p.clock.now + 11 * DAY})
    reopened = p.move("reopen", **again)
    assert (reopened.state, reopened.resolved_at) == ("reopened", None)
    assert p.standing()["resolution"] == "open"
    p.move("investigate", investigator="wu")
    with refused("complaint.moment.before", "complaint.findings.last_round"):
        p.move("resolve", resolved_at=p.clock.now - DAY)
    p.clock.advance(hours=5)
    with refused("complaint.findings.last_round"):
        p.resolve()
    p.resolve(findings="balances read from last night's copy")
    with refused("complaint.feedback.last_round"):
        p.feed_back()
    p.feed_back(feedback="told that balances are read live now")
    assert p.close("accepted").state == "closed"
    p.clock.advance(days=1)
    with refused("complaint.reopened_at.last_round"):
        p.move("reopen", **again)
    assert [change.event for change in p.registry.history("complaint", "P-1")].count("resolve") == 2


def test_5_3_3_the_repeat_rate_counts_what_comes_back(p):
    p.fed_back()
    p.close()
    p.clock.advance(days=4)
    with refused("complaint.repeat_of.other"):
        p.receive("P-2", client="Another bank", repeat_of="P-1")
    p.receive("P-2", repeat_of="P-1")
    p.receive("P-3")
    assert repeat_rate(p.registry.where("complaint")) == Decimal("0.333333333333")
