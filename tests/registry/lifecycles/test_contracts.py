"""Moves of the chapter on contracts."""

from __future__ import annotations

import pytest

from registry_shelf import assert_declared_well
from supplier_eval.registry.lifecycles.contracts import LIFE_CYCLES
from supplier_eval.registry.records.contracts import KINDS

CYCLES = {cycle.kind: cycle for cycle in LIFE_CYCLES}


def test_every_kind_has_one_cycle():
    assert [cycle.kind for cycle in LIFE_CYCLES] == [kind.kind for kind in KINDS]


@pytest.mark.parametrize("cycle", LIFE_CYCLES, ids=lambda cycle: cycle.kind)
def test_the_cycle_is_declared_well(cycle):
    assert_declared_well(cycle)


def test_a_contract_is_signed_only_after_legal_review():
    assert {move.source for move in CYCLES["contract"].moves if move.event == "sign"} == {"approved"}
    assert {move.source for move in CYCLES["contract"].moves if move.event == "approve"} == {"legal_review"}


def test_the_figures_of_a_signed_contract_are_never_edited():
    for state in ("approved", "signed", "running", "ended", "terminated"):
        assert not {"value", "ends_on", "text_digest"} & set(CYCLES["contract"].editable.get(state, ()))
