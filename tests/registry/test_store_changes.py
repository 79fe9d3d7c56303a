"""What the life cycle has against a change: pure, without a store."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from supplier_eval.errors import Finding, Refused
from supplier_eval.registry import store_changes
from supplier_eval.registry.lifecycle import Guard, LifeCycle, Move
from supplier_eval.registry.record import Stored
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store_changes import Asked, added, cycle_of, edited, moved
from supplier_eval.registry.store_findings import make_record

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


class Nothing:
    """A store in which there is nothing."""

    def spelled(self, kind, ids):
        return {}


ASKED = Asked("amy", NOW, Nothing(), HouseRules())


def objecting(code, severity="error"):
    return Guard(code, "§1", lambda s: [Finding(code, "supplier", "name", value=s.record.name, severity=severity)])


OPEN, SHUT = objecting("supplier.name.not_given"), objecting("supplier.name.several_lines", "warning")
CYCLE = LifeCycle(
    "supplier",
    (
        Move("add", "", "draft", guards=(SHUT,)),
        Move("approve", "draft", "active", needs=("owner", "phone"), may=("notes",)),
        Move("close", "draft", "closed", guards=(OPEN, OPEN)),
        Move("warn", "active", "active", guards=(SHUT,)),
    ),
    editable={"draft": ("phone", "email"), "active": ("*",)},
    edit_guards=(SHUT,),
)


@pytest.fixture(autouse=True)
def cycle(monkeypatch):
    monkeypatch.setattr(store_changes, "life_cycles", lambda: {"supplier": CYCLE})


def kept(state="draft", **fields):
    return Stored(make_record("supplier", {"id": "S1", "name": "Acme", **fields}), state, 1, NOW, "amy")


def codes(refused):
    return [finding.code for finding in refused.value.findings if finding.severity == "error"]


def test_a_record_begins_where_add_leads():
    assert added(kept().record, ASKED).state == "draft"


def test_a_warning_refuses_nothing():
    assert moved(kept("active"), "warn", {}, ASKED).state == "active"
    assert edited(kept(), {"phone": "1"}, ASKED).record.phone == "1"


def test_every_guard_is_heard():
    with pytest.raises(Refused) as refused:
        moved(kept(), "close", {}, ASKED)
    assert codes(refused) == ["supplier.name.not_given", "supplier.name.not_given"]


def test_a_state_opens_the_fields_that_it_names():
    assert edited(kept(), {"phone": "1"}, ASKED).state == "draft"
    assert edited(kept("active"), {"name": "Other"}, ASKED).record.name == "Other"
    with pytest.raises(Refused) as refused:
        edited(kept(), {"name": "Other"}, ASKED)
    assert codes(refused) == ["supplier.name.not_editable"]
    assert "email, phone" in str(refused.value)
    with pytest.raises(Refused):
        edited(kept("closed"), {"phone": "1"}, ASKED)


def test_an_event_opens_what_it_needs_and_what_it_may_take():
    change = moved(kept(), "approve", {"owner": "bob", "phone": "1", "notes": "n", "email": "e"}, ASKED)
    assert (change.state, change.record.owner, change.record.notes) == ("active", "bob", "n")
    with pytest.raises(Refused) as refused:
        moved(kept(phone="1"), "approve", {"name": "Other"}, ASKED)
    assert codes(refused) == ["supplier.name.not_editable", "supplier.owner.needed"]


def test_what_was_filled_before_need_not_be_given_again():
    assert moved(kept(owner="bob", phone="1"), "approve", {}, ASKED).state == "active"


def test_an_event_of_another_state_is_refused_with_those_of_this_one():
    with pytest.raises(Refused, match="approve, close"):
        moved(kept(), "warn", {}, ASKED)


def test_a_kind_without_a_life_cycle_is_a_mistake_of_the_declarations():
    with pytest.raises(RuntimeError, match="no life cycle"):
        cycle_of("award")


def test_the_record_that_was_read_stays_as_it_was():
    before = kept()
    edited(before, {"phone": "1"}, ASKED)
    assert before.record.phone == ""
