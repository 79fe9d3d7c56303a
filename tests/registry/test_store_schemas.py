"""Frozen versions: written and read back, and only ever added to."""

from __future__ import annotations

import pytest

from supplier_eval.registry.store_schemas import _read, lacking, newest, schema_at, versions, wanted, written

FIRST = {
    "parcel": {
        "columns": [["id", "text", False], ["weight", "integer", True], ["sender", "text", True]],
        "refers": {"sender": "person"},
        "indexes": ["sender"],
    }
}


def test_a_version_is_read_as_it_was_written():
    assert _read(written(FIRST, "A title")) == FIRST


def test_the_first_version_is_all_that_it_holds():
    assert schema_at(1) == {kind: dict(held) for kind, held in versions()[0].items()}
    assert schema_at(0) == {}
    assert newest() >= 1


def test_what_a_version_lacks_is_what_is_new():
    later = {
        "parcel": {**FIRST["parcel"], "columns": [*FIRST["parcel"]["columns"], ["colour", "text", True]]},
        "crate": {"columns": [["id", "text", False]], "refers": {}, "indexes": []},
    }
    assert lacking(later, FIRST) == {
        "crate": {"columns": [["id", "text", False]], "refers": {}, "indexes": []},
        "parcel": {"columns": [["colour", "text", True]], "refers": {}, "indexes": []},
    }
    assert lacking(FIRST, FIRST) == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"columns": FIRST["parcel"]["columns"][:2], "refers": {}, "indexes": []},
        {**FIRST["parcel"], "indexes": []},
        {**FIRST["parcel"], "refers": {"sender": "supplier"}},
        {**FIRST["parcel"], "columns": [["id", "text", False], ["weight", "text", True], ["sender", "text", True]]},
    ],
)
def test_nothing_of_an_earlier_version_goes_or_changes(changed):
    with pytest.raises(RuntimeError, match="gone or differs"):
        lacking({"parcel": changed}, FIRST)


def test_the_declarations_ask_for_every_kind_and_the_indexes_of_the_audit():
    asked = wanted()
    assert asked["audit"]["columns"] == []
    assert "id" in asked["audit"]["indexes"]
    assert asked["certificate"]["refers"]["supplier"] == "supplier"
