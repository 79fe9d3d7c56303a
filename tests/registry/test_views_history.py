"""What happened to a record, change by change."""

from __future__ import annotations

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.views_history import record_history


@pytest.fixture
def filled(registry, clock):
    made = registry.add(kind_named("supplier")(id="A", name="Acme", categories=("ITO",)))
    clock.advance(hours=1)
    registry.edit(made, name="Acme Ltd", categories=("ITO", "BPO"), phone="1")
    return registry


def test_each_change_names_who_when_and_what_became_of_each_field(filled):
    found = record_history(filled, "supplier", "a")
    first, second = found.lines
    assert (found.id, first.event, first.actor, first.version, first.state) == ("A", "add", "tester", 1, "candidate")
    assert {name: (old, new) for name, old, new in first.changed}["name"] == ("", "Acme")
    assert second.changed == (
        ("categories", '["ITO"]', '["ITO", "BPO"]'),
        ("name", "Acme", "Acme Ltd"),
        ("phone", "", "1"),
    )
    assert second.at == "2026-11-30T09:00:00.000000Z"


def test_it_says_each_change_in_a_sentence_and_as_rows(filled):
    found = record_history(filled, "supplier", "A")
    assert "tester: edit → candidate, version 2; changed: categories, name, phone." in found.explain()
    assert "变更：categories、name、phone" in found.explain("zh")
    assert list(found.to_frame().query("seq == 3")["field"]) == ["categories", "name", "phone"]


def test_a_record_that_there_is_not_is_named(filled):
    with pytest.raises(UnknownName):
        record_history(filled, "supplier", "B")
