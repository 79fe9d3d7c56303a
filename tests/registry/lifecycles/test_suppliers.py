"""Moves of the chapter on suppliers."""

from __future__ import annotations

import pytest

from registry_shelf import assert_declared_well
from supplier_eval.registry.lifecycles.suppliers import LIFE_CYCLES
from supplier_eval.registry.records.suppliers import KINDS

CYCLES = {cycle.kind: cycle for cycle in LIFE_CYCLES}


def test_every_kind_has_one_cycle():
    assert [cycle.kind for cycle in LIFE_CYCLES] == [kind.kind for kind in KINDS]


@pytest.mark.parametrize("cycle", LIFE_CYCLES, ids=lambda cycle: cycle.kind)
def test_the_cycle_is_declared_well(cycle):
    assert_declared_well(cycle)


def test_a_barred_supplier_comes_back_only_as_a_candidate():
    assert CYCLES["supplier"].events("barred") == ("readmit",)
    assert CYCLES["supplier"].move("barred", "readmit").target == "candidate"


def test_an_improvement_plan_is_never_closed_without_a_later_figure():
    cycle = CYCLES["improvement_plan"]
    for event in ("achieve", "fail"):
        assert {"evidence_figure", "evidence_from", "evidence_until"} <= set(cycle.move("open", event).needs)
