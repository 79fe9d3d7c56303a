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
