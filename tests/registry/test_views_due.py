"""What falls due: by kind, what, day and days left; done and closed things are left out; moments fall on house days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.messages import LANGS, message
from supplier_eval.registry.catalogue import kind_named, kinds
from supplier_eval.registry.record import due_fields
from supplier_eval.registry.views_due import due_marks, due_until

TODAY = date(2026, 11, 30)


@pytest.fixture
def filled(registry):
    supplier, certificate, training = (kind_named(kind) for kind in ("supplier", "certificate", "training"))
    complaint = kind_named("complaint")
    registry.add(supplier(id="A", name="Acme", owner="ann"))
    for key, day in {"late": date(2026, 11, 1), "soon": date(2026, 12, 5), "far": date(2027, 12, 1)}.items():
        registry.add(certificate(id=key, supplier="A", name=f"ISO {key}", valid_until=day))
    registry.add(certificate(id="open", supplier="A", name="without end"))
    registry.add(training(id="T1", audience="supplier", supplier="A", topic="secrecy", planned_on=date(2026, 12, 5)))
    received = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    registry.add(
        complaint(
            id="P1",
            supplier="A",
            client="C",
            channel="phone",
            received_at=received,
            owner="bob",
            subject="slow",
            respond_due=datetime(2026, 11, 30, 15, 59, tzinfo=UTC),  # 23:59 in Shanghai
            resolve_due=datetime(2026, 11, 30, 16, 0, tzinfo=UTC),  # 0:00 of the first of December there
            satisfaction_due=datetime(2026, 12, 10, 0, 0, tzinfo=UTC),
        )
    )
    return registry


def shown(found):
    return [(item.kind, item.id, item.what, item.days_left) for item in found.items]


def test_what_ran_out_and_what_falls_due_until_the_day_stands_in_order(filled):
    found = due_until(filled, date(2026, 12, 5))
    assert shown(found) == [
        ("certificate", "late", "expiry", -29),
        ("complaint", "P1", "response", 0),
        ("complaint", "P1", "resolution", 1),
        ("certificate", "soon", "expiry", 5),
        ("training", "T1", "training", 5),
    ]
    assert [item.id for item in found.overdue] == ["late"]
    assert (found.on, found.items[0].label, found.items[1].owner) == (TODAY, "ISO late", "bob")


def test_a_moment_falls_on_a_day_of_the_house(filled):
    assert [item.what for item in due_until(filled, TODAY, of_kinds=["complaint"]).items] == ["response"]


def test_a_number_counts_days(filled):
    assert shown(due_until(filled, 5)) == shown(due_until(filled, date(2026, 12, 5)))


def test_what_is_done_or_closed_falls_due_no_more(filled):
    filled.move(filled.get("certificate", "late"), "withdraw", reason="wrong")
    assert "late" not in [item.id for item in due_until(filled, 400).items]
    before = len(due_until(filled, 400, of_kinds=["training"]).items)
    filled.move(filled.get("training", "T1"), "cancel", reason="no room")
    assert (before, len(due_until(filled, 400, of_kinds=["training"]).items)) == (1, 0)


def test_only_what_one_person_answers_for(filled):
    assert {item.kind for item in due_until(filled, 400, owner="bob").items} == {"complaint"}
    assert not due_until(filled, 400, owner="nobody").items


def test_a_kind_that_there_is_not_is_named(filled):
    with pytest.raises(UnknownName, match="certificat"):
        due_until(filled, 5, of_kinds=["certificat"])


def test_every_field_that_is_marked_is_looked_at_and_has_words():
    marked = {(kind, field) for kind, declared in kinds().items() for field in due_fields(declared)}
    assert {(mark.kind, mark.field) for mark in due_marks()} == marked
    assert len(marked) > 25
    for mark in due_marks():
        for lang in LANGS:
            assert message(f"registry.due.{mark.what}", lang)
        assert not mark.done or mark.done in kinds()[mark.kind].model_fields


def test_it_says_how_much_is_late(filled):
    found = due_until(filled, 5)
    assert "2026-12-05: 5; of this, due before 2026-11-30: 1" in found.explain()
    assert "逾期" in found.explain("zh")
    assert list(found.to_frame()["days_left"]) == [-29, 0, 1, 5, 5]
    assert len(repr(found).splitlines()) == 1
