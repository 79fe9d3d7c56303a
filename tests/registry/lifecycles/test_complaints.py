"""Moves of the chapter on complaints."""

from __future__ import annotations

import pytest

from supplier_eval.registry.lifecycles.complaints import LIFE_CYCLES
from supplier_eval.registry.records.complaints import KINDS

CYCLES = {cycle.kind: cycle for cycle in LIFE_CYCLES}
FIELDS = {kind.kind: set(kind.model_fields) for kind in KINDS}


def reachable(cycle):
    seen = {""}
    while more := {move.target for move in cycle.moves if move.source in seen} - seen:
        seen |= more
    return seen - {""}


def test_every_kind_has_its_life_cycle():
    assert set(CYCLES) == set(FIELDS)


@pytest.mark.parametrize("kind", CYCLES)
def test_every_state_can_be_reached_and_every_field_that_is_named_exists(kind):
    cycle = CYCLES[kind]
    assert reachable(cycle) == set(cycle.states) >= set(cycle.closed)
    assert len({(move.source, move.event) for move in cycle.moves}) == len(cycle.moves)
    named = {name for move in cycle.moves for name in (*move.needs, *move.may)}
    assert named | {name for names in cycle.editable.values() for name in names} <= FIELDS[kind]


def test_a_complaint_is_closed_only_after_feedback():
    assert [move.source for move in CYCLES["complaint"].moves if move.event == "close"] == ["fed_back"]
