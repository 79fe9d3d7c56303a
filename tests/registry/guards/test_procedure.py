"""What the guards of the procedure share."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from registry_procedure import Procedure
from supplier_eval.registry.guards.procedure import (
    conflicting_lots,
    house_day,
    lots_of,
    months_later,
    not_one_of,
    persons,
    refusal,
    same_person,
    seated_for,
    standing_lots,
    the,
)
from supplier_eval.registry.lifecycle import Situation
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store_findings import make_record


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 12, date(2027, 11, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_later_ends_on_the_last_of_a_shorter_month(day, months, then):
    assert months_later(day, months) == then


def test_a_day_is_a_day_of_the_house():
    evening = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert house_day(evening, HouseRules.default()) == date(2026, 12, 1)
    assert house_day(evening, HouseRules(timezone="UTC")) == date(2026, 11, 30)


def test_persons_are_compared_as_ids_are():
    assert same_person("Li.Na", "ｌｉ.na")
    assert not same_person("li.na", None)
    assert persons(("li.na", "LI.NA", "wu")) == {"li.na", "wu"}


def test_a_tender_without_lots_is_one_lot_and_failed_lots_drop_out():
    given = {"id": "T-1", "need": "N-1", "decision": "D-1", "title": "Desk", "category": "BPO"}
    assert lots_of(make_record("tender", given)) == ("",)
    two = make_record("tender", given | {"lots": ["a", "b"], "failed_lots": ["b"]})
    assert (lots_of(two), standing_lots(two)) == (("a", "b"), ("a",))


def test_a_refusal_says_kind_column_value_and_facts():
    guard = refusal("bid.lot.unknown", "§3.2.2")(lambda bid, s: [{"value": bid.lot, "known": "a"}])
    bid = make_record(
        "bid",
        {"id": "B", "tender": "T", "supplier": "S", "lot": "z", "received_at": datetime.now(UTC), "recorded_by": "x"}
        | {"digest": "sha256:" + "0" * 64},
    )
    situation = Situation(bid, None, "add", "x", datetime.now(UTC), None, HouseRules.default())  # type: ignore[arg-type]
    (finding,) = guard.check(situation)
    assert (finding.code, finding.table, finding.column, finding.value) == ("bid.lot.unknown", "bid", "lot", "z")
    assert (guard.code, guard.clause, finding.facts["known"]) == ("bid.lot.unknown", "§3.2.2", "a")


def test_panels_and_conflicts_are_read_lot_by_lot(registry, clock):
    steps = Procedure(registry, clock, lots=("north", "south"))
    steps.published()
    steps.bid("B-1", "S-1", "north")
    steps.bid("B-2", "S-2", "south")
    steps.seat("li.na")
    steps.declare("li.na", "S-1", key="F-2")
    with registry.reading() as reading:
        assert conflicting_lots(reading, "T-1", "LI.NA") == {"north": "S-1"}
        assert [member.person for member in seated_for(reading, "T-1", "north")] == ["li.na"]
        assert list(not_one_of(the(reading, "bid", "B-1"), ("received",))) == [{"value": "B-1", "state": "recorded"}]
        with pytest.raises(LookupError, match="bid B-9"):
            the(reading, "bid", "B-9")
    steps.move("bid", "B-1", "withdraw", reasons="not interested")
    with registry.reading() as reading:
        assert conflicting_lots(reading, "T-1", "li.na") == {}
