"""Finding records: by id, by beginnings, by equal fields, by letters within; hostile questions find nothing."""

from __future__ import annotations

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.views_find import find_records

NAMES = {
    "A": "Acme",
    "B": "acme",
    "C": "Acme Services",
    "D": "50% off_er",
    "E": "云服务",
    "F": "Acmf",
    "G": "\U0010ffff!",
}


@pytest.fixture
def filled(registry):
    supplier, contract = kind_named("supplier"), kind_named("contract")
    registry.add_many(
        supplier(id=key, name=name, owner="ann" if key < "D" else None, categories=("ITO",))
        for key, name in NAMES.items()
    )
    registry.add(contract(id="K1", supplier="A", title="Cleaning", owner="ann"))
    return registry


def ids(found) -> str:
    return "".join(record.id for record in found.records)


def test_a_beginning_finds_every_text_that_begins_so_and_no_other(filled):
    assert ids(find_records(filled, "supplier", prefix={"name": "Acme"})) == "AC"
    assert ids(find_records(filled, "supplier", prefix={"name": "acme"})) == "B"
    assert ids(find_records(filled, "supplier", prefix={"name": "云"})) == "E"
    assert ids(find_records(filled, "supplier", prefix={"name": "\U0010ffff"})) == "G"
    assert ids(find_records(filled, "supplier", prefix={"name": "50%"})) == "D"
    assert ids(find_records(filled, "supplier", prefix={"name": "A_me"})) == ""


def test_letters_within_are_found_without_case_and_mean_themselves(filled):
    assert ids(find_records(filled, "supplier", contains={"name": "ACME"})) == "ABC"
    assert ids(find_records(filled, "supplier", contains={"name": "%"})) == "D"
    assert ids(find_records(filled, "supplier", contains={"name": "f_e"})) == "D"
    assert ids(find_records(filled, "supplier", contains={"name": "\\"})) == ""
    assert ids(find_records(filled, "supplier", contains={"name": "服务"})) == "E"


def test_equal_fields_find_ids_and_references_however_spelled(filled):
    assert ids(find_records(filled, "supplier", equals={"id": "ａ"})) == "A"
    assert ids(find_records(filled, "contract", equals={"supplier": "a"})) == "K1"
    assert ids(find_records(filled, "supplier", equals={"owner": None})) == "DEFG"
    assert ids(find_records(filled, "supplier", equals={"categories": ("ITO",), "name": "Acme"})) == "A"


def test_states_and_conditions_hold_together(filled):
    state = filled.get("supplier", "A").state
    assert ids(find_records(filled, "supplier", prefix={"name": "A"}, equals={"owner": "ann"}, states=[state])) == "AC"
    with pytest.raises(UnknownName, match="Did you mean 'active'"):
        find_records(filled, "supplier", states=["activ"])


def test_more_than_asked_for_is_said(filled):
    found = find_records(filled, "supplier", limit=3)
    assert (len(found), found.more, ids(found)) == (3, True, "ABC")
    assert "more" in found.explain()
    assert not find_records(filled, "supplier", limit=7).more


@pytest.mark.parametrize("text", ["' OR 1=1 --", "a\x00b", "\ud800", '"', "x" * 100_000])
def test_a_hostile_question_finds_nothing(filled, text):
    for way in ("prefix", "contains", "equals"):
        assert len(find_records(filled, "supplier", **{way: {"name": text}})) == 0
    assert len(find_records(filled, "contract", equals={"supplier": text})) == 0


def test_a_field_that_there_is_not_is_named(filled):
    for way in ("prefix", "contains", "equals"):
        with pytest.raises(UnknownName, match="nmae"):
            find_records(filled, "supplier", **{way: {'nmae" OR 1=1': "x"}})


def test_the_frame_holds_every_field_as_text(filled):
    frame = find_records(filled, "supplier", equals={"id": "A"}).to_frame()
    assert frame.loc[0, "name"] == "Acme"
    assert list(frame.columns)[-4:] == ["state", "version", "changed_at", "changed_by"]
