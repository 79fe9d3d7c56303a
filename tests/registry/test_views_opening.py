"""The record of an opening: its bids with their suppliers, and the head of the audit to hold against it later."""

from __future__ import annotations

import pytest

from registry_procedure import Procedure
from supplier_eval.errors import UnknownName
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.verification import verify_store
from supplier_eval.registry.views_opening import opening_record


@pytest.fixture
def opened(registry, clock):
    Procedure(registry, clock).opened()
    (signed,) = registry.where("opening")
    return signed


def test_every_bid_stands_with_its_supplier_and_when_it_came(opened, registry):
    found = opening_record(registry, opened.id.lower())
    frame = found.to_frame()
    assert list(frame["bid"]) == list(opened.bids)
    assert len(frame) == 3
    assert all(name == registry.get("supplier", key).name for key, name in found.suppliers.items())
    assert found.tender.id == opened.tender
    assert f"witnesses: {len(opened.witnesses)}" in found.explain()
    assert "审计链首" in found.explain("zh")
    assert len(repr(found).splitlines()) == 1


def test_the_anchor_on_the_record_holds_as_long_as_the_audit_stands(opened, registry):
    anchor = opening_record(registry, opened.id).anchor
    registry.add(kind_named("supplier")(id="later", name="Later"))
    assert verify_store(registry, anchor).is_sound


def test_an_opening_that_there_is_not_is_named(opened, registry):
    with pytest.raises(UnknownName, match="no opening named"):
        opening_record(registry, "nothing")


def test_a_draft_that_lists_no_bids_yet_shows_all_of_the_tender(registry, clock):
    procedure = Procedure(registry, clock)
    procedure.published()
    procedure.bids()
    registry.add(kind_named("opening")(id="O-draft", tender="T-1", envelope="all"))
    assert len(opening_record(registry, "O-draft").bids) == 3
