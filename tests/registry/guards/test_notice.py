"""What goes out to bidders: addenda that start from what holds, documents to those who may have them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry_begun import refused
from registry_procedure import Procedure, fingerprint


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


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
