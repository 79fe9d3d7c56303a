"""Publications and objections: the announced standstill holds, answers come in time and from others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry_begun import refused
from registry_procedure import Procedure


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


def test_an_objection_names_a_publication_of_its_own_tender(steps):
    steps.candidates()
    steps.draft_tender("T-2")
    with refused("objection.publication.other_tender"):
        steps.object(tender="T-2")


def test_a_longer_standstill_that_the_tender_announced_holds(steps):
    steps.fields["standstill_days"] = 20
    steps.scored()
    steps.result()
    steps.approve_result()
    steps.add("publication", "P-1", tender="T-1", result="R-1")
    fields = {"published_on": steps.today, "address": "company site"}
    with refused("publication.standstill_until.too_early"):
        steps.move("publication", "P-1", "publish", standstill_until=steps.today + timedelta(days=19), **fields)
    published = steps.move("publication", "P-1", "publish", standstill_until=steps.today + timedelta(days=20), **fields)
    assert published.state == "published"


def test_a_late_objection_is_kept_and_answered_all_the_same(steps):
    steps.candidates()
    steps.clock.advance(days=15)
    steps.object()
    with refused("award.tender.objection_open"):
        steps.propose()
        steps.approve_award()
    steps.answer("dismissed")
    assert steps.approve_award().state == "approved"


def test_an_objection_is_withdrawn_with_a_word_of_why(steps):
    steps.candidates()
    steps.object()
    with refused("objection.answer.needed"):
        steps.move("objection", "Q-1", "withdraw")
    assert steps.move("objection", "Q-1", "withdraw", answer="by letter of the bidder").state == "withdrawn"


def test_objections_that_wait_for_their_answer_fall_due(steps):
    steps.candidates()
    due = steps.object().answer_due
    waiting = steps.registry.between("objection", "answer_due", None, due, but=("answered", "withdrawn"))
    assert [objection.id for objection in waiting] == ["Q-1"]
