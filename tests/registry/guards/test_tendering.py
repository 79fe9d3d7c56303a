"""The notice: decision, addenda, channels, registrations; what is refused and why."""

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


def test_an_addendum_starts_from_what_holds_and_never_shortens_the_deadline(steps):
    steps.published()
    tender = steps.get("tender", "T-1")
    given = {
        **{
            "tender": "T-1",
            "reasons": "earlier",
            "fingerprint_before": fingerprint("another"),
            "fingerprint_after": None,
        },
        **{"deadline_before": tender.deadline, "deadline_after": tender.deadline - timedelta(days=1)},
        "issued_at": steps.clock.now + timedelta(hours=1),
    }
    draft = steps.add("addendum", "X-1", **given)
    codes = ("fingerprint_after.needed", "fingerprint_before.differs", "deadline_after.earlier", "issued_at.ahead")
    with refused(*(f"addendum.{code}" for code in codes)):
        steps.registry.move(draft, "issue")
    with refused("tender.addenda.not_issued", "tender.policy_fingerprint.not_addendum"):
        steps.move("tender", "T-1", "amend", addenda=("X-1",))


def test_an_addendum_after_the_deadline_is_refused(steps):
    steps.published()
    steps.issue_addendum()
    steps.clock.advance(days=20)
    with refused("addendum.tender.not_open"):
        steps.issue_addendum("X-2")
    with refused("tender.deadline.passed"):
        steps.move("tender", "T-1", "amend", addenda=("X-1",), policy_fingerprint=fingerprint("policy, second version"))
    with refused("tender.addenda.not_in_force"):
        steps.close()


def test_a_barred_supplier_and_a_late_one_get_no_documents(steps):
    steps.published(data_class="public")
    supplier = steps.add("supplier", "S-1", name="Supplier 1")
    decided = {"reason": "forged certificate", "decided_by": "chen.bo", "decided_on": steps.today}
    steps.registry.move(supplier, "bar", **decided)
    steps.add("registration", "G-1", tender="T-1", supplier="S-1", registered_at=steps.clock.now)
    with refused("registration.supplier.excluded"):
        steps.move("registration", "G-1", "admit")
    steps.clock.advance(days=21)
    with refused("registration.supplier.excluded", "registration.tender.not_open"):
        steps.move("registration", "G-1", "admit")
    with refused("registration.reason.needed"):
        steps.move("registration", "G-1", "refuse")
    assert steps.move("registration", "G-1", "refuse", reason="barred").state == "refused"


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
