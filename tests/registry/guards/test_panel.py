"""The panel: recused for good, cleared by others, complete when marks are locked."""

from __future__ import annotations

import pytest

from registry_begun import refused
from registry_procedure import Procedure, fingerprint


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


@pytest.fixture
def lots(registry, clock) -> Procedure:
    """With two lots."""
    return Procedure(registry, clock, lots=("north", "south"))


def test_who_has_a_conflict_in_one_lot_is_recused_from_it_for_good(lots):
    lots.published()
    lots.bid("B-1", "S-1", "north")
    lots.bid("B-2", "S-2", "south")
    lots.accept("B-1", "B-2")
    lots.name("li.na")
    lots.agree("li.na")
    lots.declare("li.na", "S-1")
    with refused("evaluator.person.conflict"):
        lots.move("evaluator", "E-li.na", "seat")
    with refused("evaluator.recused_lots.unknown"):
        lots.move("evaluator", "E-li.na", "recuse", recused_lots=("west",), reasons="former employer")
    lots.move("evaluator", "E-li.na", "recuse", recused_lots=("north",), reasons="former employer")
    lots.move("evaluator", "E-li.na", "seat")
    with refused("evaluator.recused_lots.taken_back"):
        lots.move("evaluator", "E-li.na", "recuse", recused_lots=("south",), reasons="changed my mind")
    lots.close()
    lots.open("all")
    lots.qualify()
    with refused("tender.id.no_panel"):
        lots.lock_marks()
    lots.seat("wang.wei")
    lots.lock_marks()
    with refused("result.scored_by.not_seated", "result.scored_by.conflict"):
        lots.registry.move(lots.result("R-1", "north", scored_by=("wang.wei", "li.na")), "lock")
    assert lots.registry.move(lots.result("R-2", "south", scored_by=("wang.wei", "li.na")), "lock").state == "locked"


def test_a_declaration_is_cleared_by_somebody_else_with_reasons(steps):
    steps.published()
    steps.bids(2)
    steps.name("li.na")
    steps.agree("li.na")
    steps.declare("li.na", "S-1")
    with refused("conflict_declaration.cleared_by.same_person", "conflict_declaration.clearing_reasons.needed"):
        steps.move("conflict_declaration", "F-li.na", "clear", cleared_by="LI.NA")
    given = {"cleared_by": "chen.bo", "clearing_reasons": "shares were sold in 2019"}
    steps.move("conflict_declaration", "F-li.na", "clear", **given)
    assert steps.move("evaluator", "E-li.na", "seat").state == "seated"


def test_the_panel_is_complete_when_its_marks_are_locked(steps):
    steps.scored()
    with refused("evaluator.tender.marks_locked"):
        steps.name("deng.fei")
    with refused("tender.marks_digest.not_editable"):
        steps.registry.edit(steps.get("tender", "T-1"), marks_digest=fingerprint("other marks"))
    with refused("tender.state.no_such_move"):
        steps.lock_marks()


def test_each_step_of_a_member_has_reasons_of_its_own(lots):
    lots.published()
    lots.name("li.na")
    lots.move("evaluator", "E-li.na", "recuse", recused_lots=("north",), reasons="former employer")
    with refused("evaluator.reasons.last_round"):
        lots.move("evaluator", "E-li.na", "recuse", recused_lots=("north", "south"))
    with refused("evaluator.reasons.last_round"):
        lots.move("evaluator", "E-li.na", "release")
    assert lots.move("evaluator", "E-li.na", "release", reasons="on leave").state == "released"


@pytest.mark.parametrize(("declared", "bids"), [("S-parent", "S-child"), ("S-child", "S-parent")])
def test_a_conflict_with_a_company_is_one_with_its_parents_and_what_it_owns(steps, declared, bids):
    steps.published()
    steps.add("supplier", "S-parent", name="Group")
    steps.add("supplier", "S-child", name="Subsidiary", parent="S-parent")
    steps.bid("B-1", bids)
    steps.name("li.na")
    steps.agree("li.na")
    steps.declare("li.na", declared)
    with refused("evaluator.person.conflict"):
        steps.move("evaluator", "E-li.na", "seat")


def test_a_conflict_declared_after_the_marks_were_locked_keeps_the_marks_out(steps):
    steps.scored()
    steps.declare("li.na", "S-2", key="F-late")
    with refused("result.scored_by.conflict"):
        steps.registry.move(steps.result(), "lock")
    steps.move("evaluator", "E-li.na", "release", reasons="brother works for S-2")
    assert steps.registry.move(steps.result("R-2", scored_by=("wang.wei", "zhao.min")), "lock").state == "locked"
