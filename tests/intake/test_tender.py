"""The tender: frozen, fingerprinted, prices sealed until they may be opened."""

from __future__ import annotations

import dataclasses

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidTender, NotOpened
from supplier_eval.intake.assemble import read_tender
from supplier_eval.intake.tender import Fact
from supplier_eval.policy import Policy
from tender_folder import mini

POLICY = Policy.from_mapping(policy_mapping())
SEALED = Policy.from_mapping(policy_mapping(procedure={"envelopes": 2}))


def test_a_tender_cannot_be_changed():
    tender = make_tender([flat("A", 80, "10")], POLICY)
    with pytest.raises(dataclasses.FrozenInstanceError):
        tender.source = "other"


def test_prices_of_two_envelopes_stay_closed_until_the_technical_lock():
    tender = make_tender([flat("A", 80, "10")], SEALED)
    assert not tender.prices_may_open
    with pytest.raises(NotOpened, match="technical_locked"):
        tender.open_prices(["A"])
    locked = make_tender([flat("A", 80, "10")], SEALED, notice={"technical_locked": "2026-01-01T00:00Z"})
    assert [line.bid for line in locked.open_prices(["A"])] == ["A"]


def test_opening_a_wrong_price_gives_every_finding(tmp_path):
    folder = mini(tmp_path)
    tender = read_tender(folder)
    (folder / "prices.csv").write_text("bid,item,unit_price\n")
    with pytest.raises(InvalidTender) as refused:
        tender.open_prices(["B1"])
    assert [f.code for f in refused.value.findings] == ["prices.file.changed"]


def test_another_policy_leaves_the_first_tender_as_it_was():
    tender = make_tender([flat("A", 80, "10")], POLICY)
    other = tender.with_policy(SEALED)
    assert (tender.policy, other.policy) == (POLICY, SEALED)
    assert other.tree is not tender.tree


def test_the_fingerprint_is_that_of_what_came_in(tmp_path):
    one, two = read_tender(mini(tmp_path / "a")), read_tender(mini(tmp_path / "b"))
    changed = read_tender(mini(tmp_path / "c", prices=("120.50", "120.51")))
    assert one.fingerprint == two.fingerprint != changed.fingerprint
    assert one.fingerprint.startswith("sha256:")


def test_what_a_tender_says_of_itself_is_short():
    said = repr(make_tender([flat("A", 80, "10")], POLICY))
    assert "1 bids" in said and "1 lots" in said and "\n" not in said


def test_bids_of_a_lot():
    tender = make_tender([flat("B", 80, "10"), flat("A", 80, "10")], POLICY)
    assert list(tender.bids_of("1").index) == ["A", "B"]
    assert tender.bids_of("2").empty


def test_a_fact_that_stands_and_could_not_be_read_is_unread():
    assert Fact(None, "eight").unread
    assert not Fact(None, "").unread
    assert not Fact("none", "none").unread
