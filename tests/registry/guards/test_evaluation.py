"""Results: whole, in order, named, lot by lot."""

from __future__ import annotations

import pytest

from registry_begun import refused
from registry_procedure import Procedure


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


@pytest.fixture
def lots(registry, clock) -> Procedure:
    """With two lots."""
    return Procedure(registry, clock, lots=("north", "south"))


def test_a_result_ranks_every_qualified_bid_once_and_names_the_first_as_candidates(steps):
    steps.scored(4)
    order = ("B-1", "B-1", "B-2")
    draft = steps.result(order=order, candidates=("B-2",), ranks=("1", "3"), totals=("80", "70", "60"))
    codes = ("ranks.lengths", "order.repeated", "order.left_out", "candidates.not_first", "ranks.not_competition")
    with refused(*(f"result.{code}" for code in codes)):
        steps.registry.move(draft, "lock")
    steps.move("bid", "B-4", "reject", reviewed_by="qian.jie", reviewed_on=steps.today, reasons="forged reference")
    with refused("result.order.not_qualified"):
        steps.registry.move(
            steps.result("R-2", order=("B-1", "B-2", "B-3", "B-4"), ranks=tuple("1234"), totals=tuple("9876")), "lock"
        )
    with refused("result.lot.unknown"):
        steps.result("R-3", "north")
    assert steps.registry.move(steps.result("R-4"), "lock").order == ("B-1", "B-2", "B-3")


def test_everybody_on_the_panel_is_named_and_nobody_else_scores(steps):
    steps.scored()
    with refused("result.scored_by.not_seated", "result.scored_by.left_out"):
        steps.registry.move(steps.result(scored_by=("li.na", "wang.wei", "deng.fei")), "lock")


def test_no_result_before_the_marks_are_locked(steps):
    steps.opened()
    steps.seat()
    steps.qualify()
    with refused("result.tender.not_ready"):
        steps.registry.move(steps.result(), "lock")


def test_a_tie_below_the_candidates_needs_no_draw(steps):
    steps.scored(4)
    fields = {"candidates": ("B-1", "B-2"), "ranks": ("1", "2", "3", "3"), "totals": ("9", "8", "7", "7")}
    assert steps.registry.move(steps.result(**fields), "lock").state == "locked"


def test_every_lot_has_an_approved_result_or_failed_with_reasons(lots):
    lots.published()
    lots.bid("B-1", "S-1", "north")
    lots.accept("B-1")
    lots.close()
    lots.open("all")
    lots.seat()
    lots.qualify()
    lots.lock_marks()
    lots.result("R-1", "north")
    lots.approve_result("R-1")
    with refused("tender.lots.no_result"):
        lots.move("tender", "T-1", "evaluate")
    with refused("tender.failed_lots.no_reasons"):
        lots.move("tender", "T-1", "evaluate", failed_lots=("south",))
    with refused("tender.failed_lots.unknown"):
        lots.move("tender", "T-1", "evaluate", failed_lots=("north", "south"), outcome_reasons="no bids")
    fields = {"failed_lots": ("south",), "outcome_reasons": "no bids came in"}
    assert lots.move("tender", "T-1", "evaluate", **fields).state == "evaluated"


def test_the_reasons_of_a_failed_lot_do_not_pass_for_those_of_the_whole_tender(lots):
    lots.published()
    lots.bid("B-1", "S-1", "north")
    lots.accept("B-1")
    lots.close()
    lots.open("all")
    lots.seat()
    lots.qualify()
    lots.lock_marks()
    lots.result("R-1", "north")
    lots.approve_result("R-1")
    lots.move("tender", "T-1", "evaluate", failed_lots=("south",), outcome_reasons="no bids came in")
    with refused("tender.outcome_reasons.last_round"):
        lots.move("tender", "T-1", "cancel", outcome_by="chen.bo")
    assert lots.move("tender", "T-1", "cancel", outcome_by="chen.bo", outcome_reasons="budget cut").state == "cancelled"
