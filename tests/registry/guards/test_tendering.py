"""Publishing and closing a tender: what is refused and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry_begun import refused
from registry_procedure import Procedure, fingerprint


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


def test_a_tender_follows_an_approved_decision_on_its_own_need(steps):
    steps.need("N-2")
    steps.need()
    steps.analyse()
    steps.draft_decision()
    steps.draft_tender(need="N-2", category="XPO", lots=("a", "a"), standstill_days=2)
    steps.channel()
    codes = ("decision.not_approved", "decision.other_need", "category.not_listed", "lots.repeated")
    with refused(*(f"tender.{code}" for code in codes), "tender.standstill_days.too_short"):
        steps.move("tender", "T-1", "publish")


def test_a_tender_takes_up_only_one_that_came_to_nothing(steps):
    """Two drafts that follow each other, or one that follows itself, follow nothing."""
    steps.decided()
    first = steps.draft_tender()
    steps.channel()
    steps.registry.edit(first, follows="t-1")
    with refused("tender.follows.not_ended"):
        steps.move("tender", "T-1", "publish")
    given = {name: getattr(first, name) for name in type(first.record).model_fields if name not in {"id", "follows"}}
    steps.add("tender", "T-0", **given)
    steps.registry.edit(steps.get("tender", "T-1"), follows="T-0")
    with refused("tender.follows.not_ended"):
        steps.move("tender", "T-1", "publish")
    ended = {"outcome_reasons": "the scope was wrong", "outcome_by": "li.na", "outcome_on": steps.today}
    known = type(first.record).model_fields
    steps.move("tender", "T-0", "cancel", **{name: value for name, value in ended.items() if name in known})
    assert steps.move("tender", "T-1", "publish").follows == "T-0"


def test_the_deadline_lies_ahead(steps):
    steps.decided()
    steps.draft_tender()
    steps.channel()
    steps.clock.advance(days=20)
    with refused("tender.deadline.past"):
        steps.move("tender", "T-1", "publish")


def test_a_tender_that_was_announced_nowhere_does_not_close(steps):
    steps.decided()
    steps.draft_tender()
    steps.channel()
    steps.move("tender", "T-1", "publish")
    with refused("tender.id.not_announced"):
        steps.close()


def test_a_decision_on_an_older_report_opens_no_tender(steps):
    steps.decided()
    steps.move("need", "N-1", "revise", next_review=steps.today + timedelta(days=30))
    steps.draft_tender()
    steps.channel()
    with refused("tender.decision.outdated"):
        steps.move("tender", "T-1", "publish")
    steps.move("need", "N-1", "analyse", report=fingerprint("a newer report"))
    with refused("tender.decision.outdated"):
        steps.move("tender", "T-1", "publish")
