"""Moves of the chapter on settlement."""

from __future__ import annotations

import pytest

from registry_shelf import assert_declared_well
from supplier_eval.registry.lifecycles.settlement import LIFE_CYCLES
from supplier_eval.registry.records.settlement import KINDS

CYCLES = {cycle.kind: cycle for cycle in LIFE_CYCLES}


def test_every_kind_has_one_cycle():
    assert [cycle.kind for cycle in LIFE_CYCLES] == [kind.kind for kind in KINDS]


@pytest.mark.parametrize("cycle", LIFE_CYCLES, ids=lambda cycle: cycle.kind)
def test_the_cycle_is_declared_well(cycle):
    assert_declared_well(cycle)


def test_nothing_is_paid_that_was_not_reviewed_and_approved():
    moves = [(move.source, move.event) for move in CYCLES["settlement"].moves]
    assert [source for source, event in moves if event == "pay"] == ["approved"]
    assert [source for source, event in moves if event == "approve"] == ["reviewed"]
