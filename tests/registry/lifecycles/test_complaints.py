"""Moves of the chapter on complaints."""

from __future__ import annotations

import pytest

from registry_shelf import assert_declared_well
from supplier_eval.registry.lifecycles.complaints import LIFE_CYCLES
from supplier_eval.registry.records.complaints import KINDS

CYCLES = {cycle.kind: cycle for cycle in LIFE_CYCLES}


def test_every_kind_has_one_cycle():
    assert [cycle.kind for cycle in LIFE_CYCLES] == [kind.kind for kind in KINDS]


@pytest.mark.parametrize("cycle", LIFE_CYCLES, ids=lambda cycle: cycle.kind)
def test_the_cycle_is_declared_well(cycle):
    assert_declared_well(cycle)


def test_a_complaint_is_closed_only_after_feedback():
    assert [move.source for move in CYCLES["complaint"].moves if move.event == "close"] == ["fed_back"]
