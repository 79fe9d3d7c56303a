"""Suspended, barred and departed suppliers."""

from __future__ import annotations

import pytest

from registry_shelf import objections, situation, stored
from supplier_eval.registry.guards.signing import CONTRACT_STANDING
from supplier_eval.registry.guards.supplier_standing import AWARD_STANDING
from supplier_eval.registry.lifecycles.evaluation import AWARD
from supplier_eval.registry.records.contracts import Contract

CONTRACT = Contract(id="C1", supplier="S1", title="Desk", owner="wu")


@pytest.mark.parametrize("state", ["suspended", "barred", "left"])
def test_who_is_out_gets_no_contract(state):
    kept = stored("supplier", state, id="S1", name="Nimbus")
    assert objections(CONTRACT_STANDING, situation(CONTRACT, kept)) == [("contract.supplier.standing", "supplier")]


@pytest.mark.parametrize("state", ["candidate", "active"])
def test_who_is_in_may_get_one(state):
    kept = stored("supplier", state, id="S1", name="Nimbus")
    assert not objections(CONTRACT_STANDING, situation(CONTRACT, kept))


def test_the_approval_of_an_award_asks_the_same():
    assert AWARD_STANDING in AWARD.move("proposed", "approve").guards
