"""Chapter 8, item by item: classes, agreements, handling, destruction, access, checks."""

from __future__ import annotations

from datetime import date

import pytest

from registry_begun import AGREED, DAY, PERIOD, TODAY, add, agreement, contract, digest, refused, supplier
from supplier_eval.registry.guards.agreements import valid_agreement
from supplier_eval.registry.record import Stored


def test_8_1_1_every_class_above_public_says_scope_duty_measures_and_period(registry):
    for declared in registry.rules.data_classes:
        assert declared.scope.en
        assert declared.scope.zh
        if declared.rank:
            assert all(words.en and words.zh for words in (declared.duty, declared.measures))
            assert declared.period_months > 0
    assert [declared.rank for declared in registry.rules.data_classes] == [0, 1, 2, 3]


def test_8_1_1_the_classes_change_only_by_the_stores_rules(registry):
    text = registry.rules_toml
    contract(registry, data_class="internal")
    registry.change_rules(text.replace('id = "internal"', 'id = "office"'))
    assert registry.rules.data_class("internal") is None
    with refused("agreement.data_class.unknown"):
        add(registry, "agreement", "A-1", party_kind="employee", party="chen", data_class="internal")
    assert add(registry, "agreement", "A-1", party_kind="employee", party="chen", data_class="office").state == "draft"


def test_8_1_2_what_is_handed_in_bears_a_class_and_changes_it_with_a_reason(registry):
    kept = registry.attach(b"client list", "../../clients.csv", "text/csv", "important")
    assert (kept.name, kept.data_class, kept.id) == ("../../clients.csv", "important", kept.digest)
    assert registry.content(kept.digest) == b"client list"
    with refused("attachment.data_class.unknown"):
        registry.attach(b"other", "x", "text/csv", "cosmic")
    named = {"digest": "sha256:" + "0" * 64, "size": 0, "data_class": "public"}
    with refused("attachment.id.not_digest", "attachment.digest.no_content"):
        add(registry, "attachment", "plan.pdf", **named)
    with refused("attachment.digest.no_content"):
        add(registry, "attachment", named["digest"], **named)
    with refused("attachment.class_reason.missing"):
        registry.move(kept, "reclassify", data_class="core")
    with refused("attachment.data_class.unknown"):
        registry.move(kept, "reclassify", data_class="cosmic", class_reason="typing error")
    with refused("attachment.data_class.not_anew"):
        registry.move(kept, "reclassify", data_class="important", class_reason="the same")
    raised = registry.move(kept, "reclassify", data_class="core", class_reason="holds identity numbers")
    assert (raised.state, raised.data_class) == ("kept", "core")
    with refused("attachment.class_reason.not_anew"):
        registry.move(raised, "reclassify", data_class="internal")
    with refused("attachment.digest.not_editable"):
        registry.edit(raised, digest="sha256:" + "0" * 64)


@pytest.mark.parametrize("party_kind", ["supplier", "employee", "evaluator"])
def test_8_2_1_agreements_of_suppliers_employees_and_evaluators_are_signed_and_ended(registry, party_kind):
    supplier(registry)
    party = "S-1" if party_kind == "supplier" else "chen"
    draft = add(registry, "agreement", "A-1", party_kind=party_kind, party=party, data_class="core", **AGREED, **PERIOD)
    with refused("agreement.state.no_such_move"):
        registry.move(draft, "end", ended_on=TODAY, end_reason="left")
    with refused("agreement.signed_on.needed", "agreement.signed_by.needed"):
        registry.move(draft, "sign")
    with refused("agreement.signed_on.ahead"):
        registry.move(draft, "sign", signed_on=TODAY + 2 * DAY, signed_by="wu")
    signed = registry.move(draft, "sign", signed_on=TODAY, signed_by="wu", attachment=digest(registry, "agreement"))
    with refused("agreement.liability.not_editable"):
        registry.edit(signed, liability="none")
    with refused("agreement.end_reason.needed"):
        registry.move(signed, "end", ended_on=TODAY)
    assert registry.move(signed, "end", ended_on=TODAY, end_reason="left").state == "ended"
    with refused("agreement.party_kind.no_choice"):
        add(registry, "agreement", "A-2", party_kind="friend", party="chen", data_class="core")


def test_8_2_1_a_supplier_that_nobody_knows_signs_nothing_and_expiries_are_listed(registry):
    with refused("agreement.party.unknown"):
        add(registry, "agreement", "A-1", party_kind="supplier", party="S-9", data_class="core")
    agreement(registry, "A-2", "employee", "chen")
    last = PERIOD["valid_until"]
    assert registry.between("agreement", "valid_until", None, last - DAY, but=("ended",)) == ()
    assert [known.id for known in registry.between("agreement", "valid_until", None, last)] == ["A-2"]


@pytest.mark.parametrize("lacking", [*AGREED, *PERIOD])
def test_8_2_2_an_agreement_that_leaves_something_out_is_not_signed(registry, lacking):
    given = {name: value for name, value in {**AGREED, **PERIOD}.items() if name != lacking}
    draft = add(registry, "agreement", "A-1", party_kind="employee", party="chen", data_class="core", **given)
    with refused("agreement.text.incomplete"):
        registry.move(draft, "sign", signed_on=TODAY, signed_by="wu")
    whole = registry.edit(draft, **{lacking: {**AGREED, **PERIOD}[lacking]})
    assert registry.move(whole, "sign", signed_on=TODAY, signed_by="wu").state == "signed"


def test_8_2_2_an_agreement_covers_its_party_class_and_period_and_nothing_else(registry):
    def valid(kind: str = "evaluator", party: str = "chen", data_class: str = "important", day: date = TODAY) -> bool:
        with registry.reading() as reading:
            return valid_agreement(reading, kind, party, data_class, day, registry.rules) is not None

    assert not valid()
    with refused("agreement.valid_until.before"):
        agreement(registry, "A-0", "evaluator", "chen", valid_until=date(2025, 12, 31))
    signed = agreement(registry, "A-1", "evaluator", "chen")
    assert valid()
    assert valid(data_class="internal")
    assert not valid(data_class="core")
    assert not valid(kind="employee")
    assert not valid(party="zhao")
    assert not valid(day=PERIOD["valid_until"] + DAY)
    registry.move(signed, "end", ended_on=TODAY, end_reason="left the panel")
    assert not valid()


def handed(registry, key: str = "H-1", **fields: object) -> Stored:
    given = {"contract": "C-1", "step": "transfer", "what": "client list", "data_class": "important", "on": TODAY}
    return add(registry, "handling", key, **{**given, "by": "wu", **fields})


def test_8_3_1_nothing_above_public_is_passed_to_somebody_who_is_not_bound(registry):
    contract(registry)
    with refused("handling.recipient.missing"):
        handed(registry)
    to_chen = {"recipient_kind": "employee", "recipient": "chen"}
    with refused("handling.recipient.no_agreement"):
        handed(registry, **to_chen)
    agreement(registry, "A-1", "employee", "chen")
    with refused("handling.data_class.unknown"):
        handed(registry, step="use", data_class="cosmic")
    kept = handed(registry, **to_chen)
    with refused("handling.recipient.no_agreement"):
        handed(registry, "H-2", **to_chen, data_class="core")
    with refused("handling.on.ahead"):
        handed(registry, "H-3", step="storage", on=TODAY + 2 * DAY)
    with refused("handling.what.not_editable"):
        registry.edit(kept, what="nothing")
    with refused("handling.reason.needed"):
        registry.move(kept, "void")
    assert registry.move(kept, "void", reason="entered twice").state == "void"


def test_8_3_1_destruction_is_certified_before_a_witness_or_kept_with_leave(registry):
    contract(registry)
    asked = add(registry, "destruction", "D-1", contract="C-1", what="disks", data_class="important", due=TODAY)
    with refused("destruction.data_class.unknown"):
        add(registry, "destruction", "D-0", contract="C-1", what="disks", data_class="cosmic")
    proof = {"method": "shredded", "certificate": digest(registry, "certificate")}
    with refused("destruction.certificate.lacks"):
        registry.move(asked, "certify", on=TODAY, by="li", witness="zhao")
    with refused("destruction.witness.same_person"):
        registry.move(asked, "certify", on=TODAY, by="li", witness="LI", **proof)
    with refused("destruction.on.ahead"):
        registry.move(asked, "certify", on=TODAY + 2 * DAY, by="li", witness="zhao", **proof)
    with refused("destruction.certificate.no_such_record"):
        registry.move(
            asked, "certify", on=TODAY, by="li", witness="zhao", method="burnt", certificate="sha256:" + "0" * 64
        )
    assert registry.between("destruction", "due", None, TODAY, but=("certified", "kept")) == (asked,)
    assert registry.move(asked, "certify", on=TODAY, by="li", witness="zhao", **proof).state == "certified"
    ledger = add(registry, "destruction", "D-2", contract="C-1", what="ledger", data_class="internal", due=TODAY)
    with refused("destruction.kept.lacks"):
        registry.move(ledger, "keep", reason="tax law: ten years")
    kept = registry.move(ledger, "keep", reason="tax law: ten years", approved_by="zhao")
    with refused("destruction.reason.last_round"):
        registry.move(kept, "ask_again", due=date(2036, 12, 31))
    asked = registry.move(kept, "ask_again", due=date(2036, 12, 31), reason="", approved_by=None)
    assert (asked.state, asked.reason) == ("asked", "")


def granted(registry, key: str = "X-1", **fields: object) -> Stored:
    given = {"contract": "C-1", "person": "chen", "place_or_equipment": "room 3", "granted_on": TODAY}
    return add(registry, "access", key, **{**given, "granted_by": "wu", "review_due": TODAY + 180 * DAY, **fields})


def test_8_3_2_access_is_granted_to_the_bound_reviewed_and_returned(registry, clock):
    contract(registry)
    with refused("access.person.no_agreement"):
        granted(registry)
    agreement(registry, "A-1", "employee", "chen")
    with refused("access.review_due.before"):
        granted(registry, review_due=TODAY)
    with refused("access.review_due.too_late"):
        granted(registry, review_due=date(2027, 5, 31))
    kept = granted(registry)
    with refused("access.person.not_editable"):
        registry.edit(kept, person="zhao")
    assert registry.between("access", "review_due", None, TODAY + 180 * DAY, but=("returned",)) == (kept,)
    clock.advance(days=180)
    later = TODAY + 180 * DAY
    with refused("access.review_due.before"):
        registry.move(kept, "review", reviewed_on=later, reviewed_by="li", review_due=later)
    kept = registry.move(kept, "review", reviewed_on=later, reviewed_by="li", review_due=later + 180 * DAY)
    bound = registry.where("agreement", party="chen")[0]
    registry.move(bound, "end", ended_on=later, end_reason="moved to another desk")
    again = {"reviewed_on": later, "reviewed_by": "zhao", "review_due": later + 90 * DAY}
    with refused("access.person.no_agreement"):
        registry.move(kept, "review", **again)
    agreement(registry, "A-2", "employee", "Chen")
    kept = registry.move(kept, "review", **again)
    with refused("access.reviewed_on.not_anew"):
        registry.move(kept, "review")
    with refused("access.returned_on.before", "access.returned_on.before_step", "access.return_kind.needed"):
        registry.move(kept, "return", returned_on=TODAY - DAY, returned_to="li")
    with refused("access.day.ahead"):
        registry.move(kept, "return", returned_on=later + 2 * DAY, returned_to="li", return_kind="returned")
    back = registry.move(kept, "return", returned_on=later, returned_to="li", return_kind="returned")
    with refused("access.state.no_such_move"):
        registry.move(back, "review", reviewed_on=later, reviewed_by="li", review_due=later + DAY)


def test_8_3_2_people_of_a_supplier_enter_under_their_employers_agreement(registry):
    contract(registry)
    with refused("access.person.no_agreement"):
        granted(registry, supplier="S-1")
    agreement(registry, "A-1", "supplier", "S-1")
    assert granted(registry, supplier="S-1").state == "granted"
    with refused("access.person.no_agreement"):
        granted(registry, "X-2", supplier="S-1", granted_on=PERIOD["valid_until"] + DAY, review_due=date(2028, 6, 1))


def test_8_3_3_the_rules_execution_is_checked_and_what_is_found_is_corrected(registry):
    contract(registry)
    given = {"contract": "C-1", "purpose": "confidentiality", "step": "storage", "planned_on": TODAY}
    planned = add(registry, "check", "H-1", **given)
    finding = {"check": "H-1", "text": "open cupboard", "owner": "wu", "due": TODAY + 5 * DAY}
    found = add(registry, "finding", "G-1", **finding)
    with refused("check.by.needed", among=True):
        registry.move(planned, "do", done_on=TODAY, items=3, failures=1, outcome="one cupboard open")
    done = registry.move(planned, "do", done_on=TODAY, by="li", items=3, failures=1, outcome="one cupboard open")
    assert done.state == "done"
    with refused("finding.action.needed", among=True):
        registry.move(found, "correct", corrected_on=TODAY)
    corrected = registry.move(found, "correct", action="locked", corrected_on=TODAY)
    sent_back = registry.move(corrected, "return", reason="open again", due=TODAY + 9 * DAY, corrected_on=None)
    assert sent_back.state == "open"
    again = registry.move(sent_back, "correct", action="new lock", corrected_on=TODAY)
    assert registry.move(again, "verify", verified_by="zhao", verified_on=TODAY).state == "verified"
