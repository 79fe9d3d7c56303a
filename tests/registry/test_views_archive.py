"""A supplier's archive holds every record that names it, and nothing of anybody else."""

from __future__ import annotations

from datetime import date

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.registry import views_archive
from supplier_eval.registry.catalogue import kind_named, kinds
from supplier_eval.registry.record import references
from supplier_eval.registry.store_tables import shapes
from supplier_eval.registry.views_archive import (
    archive_fields,
    archive_kinds,
    supplier_archive,
    through_fields,
)


@pytest.fixture
def filled(registry):
    make = {kind: kind_named(kind) for kind in kinds()}
    for key in ("A", "B"):
        registry.add(make["supplier"](id=key, name=f"Acme {key}"))
        registry.add(make["certificate"](id=f"{key}-iso", supplier=key, name="ISO"))
        registry.add(make["contract"](id=f"{key}-k", supplier=key, title="Cleaning", owner="ann"))
        registry.add(make["agreement"](id=f"{key}-s", party_kind="supplier", party=key, data_class="internal"))
        day = date(2026, 12, 5)
        registry.add(make["training"](id=f"{key}-t", audience="supplier", supplier=key, topic="x", planned_on=day))
    registry.add(make["agreement"](id="person-A", party_kind="employee", party="A", data_class="internal"))
    registry.add(make["supplier"](id="child", name="Acme child", parent="A"))
    return registry


def test_the_archive_holds_what_names_the_supplier_and_nothing_else(filled):
    found = supplier_archive(filled, "ａ")
    held = {kind: [one.id for one in several] for kind, several in found.parts.items() if several}
    assert held == {
        "certificate": ["A-iso"],
        "agreement": ["A-s"],
        "contract": ["A-k"],
        "training": ["A-t"],
        "supplier": ["child"],
    }
    assert found.supplier.id == "A"
    assert found.on == date(2026, 11, 30)
    assert found.anchor.seq == 13


def test_every_kind_that_names_a_supplier_is_in_the_archive():
    named = {
        kind
        for kind, declared in kinds().items()
        for name, other in references(declared).items()
        if other == "supplier"
        and not shapes()[kind].by_name[name].many  # a panel member's conflicts are not its archive
    }
    assert set(archive_fields()) == named | {"agreement"}
    asked = ("certificate", "bid", "award", "contract", "scorecard", "risk", "risk_rating", "complaint", "contact")
    assert {*asked, "training", "improvement_plan", "agreement"} <= set(archive_fields())


def test_what_hangs_on_a_contract_is_in_the_archive_of_its_supplier(filled):
    make = {kind: kind_named(kind) for kind in kinds()}
    day = date(2026, 12, 5)
    for key in ("A", "B"):
        filled.add(make["milestone"](id=f"{key}-m", contract=f"{key}-k", title="Go live", due_on=day))
        filled.add(make["check"](id=f"{key}-c", contract=f"{key}-k", purpose="inspection", planned_on=day))
        filled.add(make["check"](id=f"{key}-c2", supplier=key, purpose="inspection", planned_on=day))
        for number in ("", "2"):
            given = {"check": f"{key}-c{number}", "contract": None if number else f"{key}-k", "due": day}
            filled.add(make["finding"](id=f"{key}-f{number}", text="late", owner="ann", **given))
    filled.add(make["check"](id="A-c3", supplier="A", contract="A-k", purpose="inspection", planned_on=day))
    found = supplier_archive(filled, "A")
    assert [one.id for one in found.parts["milestone"]] == ["A-m"]
    assert [one.id for one in found.parts["check"]] == ["A-c", "A-c2", "A-c3"]  # each once, by id
    assert [one.id for one in found.parts["finding"]] == ["A-f", "A-f2"]
    assert found.parts["settlement"] == ()
    assert "milestone" in set(found.to_frame()["kind"])


def test_every_kind_that_names_a_contract_is_in_the_archive_but_its_own_terms():
    named = {kind for kind, declared in kinds().items() if "contract" in references(declared).values()}
    assert named - {"clause", "rate"} == set(through_fields())
    asked = {"milestone", "settlement", "service_credit", "change", "finding", "check", "incident", "ip_item"}
    assert asked | {"destruction", "scorecard", "complaint"} <= set(archive_kinds())
    assert set(archive_kinds()) == {*archive_fields(), *through_fields()}


def test_more_than_a_page_holds_is_said(filled, monkeypatch):
    monkeypatch.setattr(views_archive, "MOST", 0)
    assert set(supplier_archive(filled, "A").shortened) == {
        "certificate",
        "agreement",
        "contract",
        "training",
        "supplier",
    }


def test_a_supplier_that_there_is_not_is_named_with_near_ones(filled):
    with pytest.raises(UnknownName, match="no supplier named 'AA'"):
        supplier_archive(filled, "AA")


def test_it_says_what_it_holds(filled):
    found = supplier_archive(filled, "B")
    assert "Training 1" in found.explain()
    assert "培训记录 1" in found.explain("zh")
    assert list(found.to_frame()["id"]) == ["B", "B-iso", "B-s", "B-k", "B-t"]
    assert len(repr(found).splitlines()) == 1
