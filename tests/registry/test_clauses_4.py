"""Chapter 4, item by item: contracts from the award to the last payment, refused moves included."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from registry_begun import refused
from registry_contract import ITEMS, OTHER_TEXT, TEXT, Contracting
from supplier_eval.registry.check_schedule import check_days, unplanned_checks
from supplier_eval.registry.contract_terms import amended, outstanding
from supplier_eval.registry.payment_delays import late_payments
from supplier_eval.registry.settlement_amounts import amounts_owed

DAY = timedelta(days=1)
SUMS = {"gross": 0, "credits": 0, "net": 0, "prepared_by": "ma.li"}


@pytest.fixture
def c(registry, clock):
    return Contracting(registry, clock)


def test_3_2_5_a_contract_follows_its_award_and_holds_every_clause_of_the_checklist(c):
    c.awarded()
    with refused("contract.award.other_terms"):
        c.draft(value=Decimal("880000.01"))
    with refused("contract.award.other_terms"):
        c.draft(supplier="S-2")
    with refused("contract.data_class.unknown", "contract.ends_on.before", "contract.step.later"):
        c.draft(data_class="secret", ends_on=c.today, signed_by="chen.bo")
    c.draft()
    c.clauses("secrecy")
    with refused("contract.clauses.missing"):
        c.contract("submit")
    with refused("clause.item.unknown"):
        c.add("clause", "L-9", contract="C-1", item="weather", reference="article 9")
    c.add("clause", "C-1-secrecy", contract="C-1", item="secrecy", reference="article 11")
    with refused("clause.item.twice"):
        c.add("clause", "L-9", contract="C-1", item="secrecy", reference="article 12")
    assert c.contract("submit").state == "legal_review"
    with refused("clause.contract.not_draft"):
        c.move("clause", "C-1-secrecy", "strike")
    c.review()
    c.authority("chen.bo", "sign_contract")
    c.agree("S-1", "supplier")
    c.sign()
    assert c.move("award", "W-1", "contract").state == "contracted"
    c.draft("C-2")
    c.clauses(contract="C-2")
    c.contract("submit", "C-2")
    c.review("C-2")
    with refused("contract.award.taken"):
        c.sign("C-2")


def test_3_2_5_nothing_is_signed_before_the_award_was_notified(c):
    c.candidates()
    c.clock.advance(days=11)
    c.propose()
    c.approve_award()
    c.draft()
    c.clauses()
    c.contract("submit")
    c.review()
    c.authority("chen.bo", "sign_contract")
    c.agree("S-1", "supplier")
    with refused("contract.award.not_final"):
        c.sign()
    c.move("tender", "T-1", "award")
    c.move("award", "W-1", "notify", notified_on=c.today)
    assert c.sign().state == "signed"


def test_4_1_1_no_contract_is_signed_without_legal_review_by_somebody_else(c):
    c.drafted(text_digest=None)
    with refused("contract.text_digest.needed"):
        c.contract("submit")
    with refused("contract.state.no_such_move"):
        c.sign()
    c.contract("submit", text_digest=TEXT)
    with refused("contract.value.not_editable"):
        c.registry.edit(c.get("contract", "C-1"), value=1)
    with refused("contract.state.no_such_move"):
        c.sign()
    with refused("contract.reviewed_by.needed", "contract.reviewed_on.needed"):
        c.contract("approve", reviewed_digest=TEXT)
    with refused("contract.reviewed_digest.other_text"):
        c.review(reviewed_digest=OTHER_TEXT)
    with refused("contract.reviewed_by.owner"):
        c.review(reviewed_by="sun.li")
    with refused("contract.day.ahead"):
        c.review(reviewed_on=c.today + 2 * DAY)
    assert c.review().state == "approved"


def test_4_1_1_what_goes_back_to_draft_is_reviewed_anew(c):
    c.approved()
    with refused("contract.reviewed_digest.last_round", "contract.review_notes.needed"):
        c.contract("redraft")
    emptied = {"reviewed_digest": None, "reviewed_by": None, "reviewed_on": None}
    c.contract("redraft", review_notes="liability unclear", **emptied)
    c.contract("submit", text_digest=OTHER_TEXT)
    with refused("contract.reviewed_digest.other_text"):
        c.review()
    with refused("contract.review_notes.last_round"):
        c.contract("return")
    c.contract("return", review_notes="still unclear")
    c.contract("submit", text_digest=TEXT)
    assert c.review().state == "approved"


def test_4_1_1_an_edit_of_a_draft_is_held_to_what_held_at_its_beginning(c):
    draft = c.drafted()
    for fields, *codes in (
        ({"data_class": "secret"}, "contract.data_class.unknown"),
        ({"data_class": "public"}, "contract.data_class.below_tender"),
        ({"value": 1}, "contract.award.other_terms"),
        ({"ends_on": draft.starts_on}, "contract.ends_on.before"),
        ({"reviewed_by": "lin.fa"}, "contract.reviewed_by.not_editable"),
    ):
        with refused(*codes):
            c.registry.edit(draft, **fields)
    with refused("rate.valid_until.before"):
        c.registry.edit(c.get("rate", "R-1"), valid_from=c.today, valid_until=c.today - DAY)
    c.contract("submit")
    clause = c.get("clause", "C-1-price")
    with refused("clause.contract.not_draft"):
        c.registry.edit(clause, reference="article 99")
    with refused("clause.contract.not_draft", "clause.item.twice"):
        c.add("clause", "L-8", contract="C-1", item="price", reference="article 99")
    with refused("rate.contract.not_draft"):
        c.move("rate", "R-1", "strike")


def test_4_1_2_a_contract_is_signed_as_reviewed_by_somebody_with_authority(c):
    c.drafted()
    c.contract("submit")
    c.review()
    c.authority("wu.yi", "approve_change")
    c.authority("chen.bo", "sign_contract", "879999.99")
    with refused("contract.supplier.no_agreement", "contract.signed_by.no_authority"):
        c.sign()
    c.agree("S-1", "supplier")
    with refused("contract.signed_by.no_authority"):
        c.sign(signed_by="wu.yi")
    with refused("authority.granted_by.self", "authority.valid_until.before", "authority.step.later"):
        c.authority("wu.yi", "sign_contract", granted_by="wu.yi", valid_until="2025-01-01", reason="none")
    c.authority("wu.yi", "sign_contract", "880000.00", valid_until=c.today)
    with refused("contract.signed_digest.other_text"):
        c.sign(signed_by="wu.yi", signed_digest=OTHER_TEXT)
    with refused("contract.signed_for_supplier.needed"):
        c.sign(signed_by="wu.yi", signed_for_supplier="")
    with refused("contract.signed_on.before_review", "contract.signed_by.no_authority"):
        c.sign(signed_on=c.today - DAY)
    c.clock.advance(days=1)
    with refused("contract.signed_by.no_authority"):
        c.sign(signed_by="wu.yi")
    assert c.sign(signed_by="wu.yi", signed_on=c.today - DAY).state == "signed"
    for field, other in (("signed_digest", OTHER_TEXT), ("value", 1), ("signed_by", "chen.bo")):
        with refused(f"contract.{field}.not_editable"):
            c.registry.edit(c.get("contract", "C-1"), **{field: other})


def test_4_1_2_a_revoked_authority_signs_nothing_from_its_day_on(c):
    c.approved()
    with refused("authority.revoked_on.ahead"):
        c.move("authority", "U-chen.bo-sign_contract", "revoke", revoked_on=c.today + 2 * DAY, reason="new post")
    c.move("authority", "U-chen.bo-sign_contract", "revoke", revoked_on=c.today, reason="new post")
    with refused("contract.signed_by.no_authority"):
        c.sign()


def test_4_2_1_work_is_accepted_by_quantity_and_quality(c):
    c.approved()
    due = c.today + 40 * DAY
    with refused("milestone.step.later"):
        c.add("milestone", "M-1", contract="C-1", title="Knowledge base", due_on=due, accepted_on=c.today)
    c.add("milestone", "M-1", contract="C-1", title="Knowledge base", due_on=due, quantity=200, unit="articles")
    with refused("milestone.contract.not_in_force"):
        c.move("milestone", "M-1", "deliver", delivered_on=c.today)
    with refused("milestone.state.no_such_move"):
        c.move("milestone", "M-1", "accept", accepted_on=c.today, accepted_by="sun.li", quality="good")
    c.sign()
    c.contract("start")
    with refused("milestone.day.ahead"):
        c.move("milestone", "M-1", "deliver", delivered_on=c.today + 2 * DAY)
    c.move("milestone", "M-1", "deliver", delivered_on=c.today)
    judged = {"accepted_by": "sun.li", "quality": "half of it unreadable"}
    with refused("milestone.accepted_quantity.short"):
        c.move("milestone", "M-1", "accept", accepted_on=c.today, accepted_quantity=199, **judged)
    with refused("milestone.quality.needed", "milestone.rejected_on.before"):
        c.move("milestone", "M-1", "reject", rejected_on=c.today - DAY, accepted_by="sun.li")
    with refused("milestone.accepted_on.before"):
        c.move("milestone", "M-1", "accept", accepted_on=c.today - DAY, accepted_quantity=200, **judged)
    c.move("milestone", "M-1", "reject", rejected_on=c.today, **judged)
    with refused("milestone.delivered_on.before_rejection"):
        c.move("milestone", "M-1", "deliver", delivered_on=c.today - DAY)
    c.clock.advance(days=5)
    c.move("milestone", "M-1", "deliver", delivered_on=c.today)
    with refused("milestone.quality.last_round", "milestone.rejected_on.before"):
        c.move("milestone", "M-1", "reject")
    with refused("milestone.accepted_quantity.whole"):
        c.move("milestone", "M-1", "accept_in_part", accepted_quantity=200, **judged)
    c.move("milestone", "M-1", "accept_in_part", accepted_quantity=150, **judged)
    c.move("milestone", "M-1", "deliver", delivered_on=c.today)
    accepted = {"accepted_on": c.today, "accepted_by": "sun.li", "quality": "as agreed", "accepted_quantity": 200}
    assert c.move("milestone", "M-1", "accept", **accepted).state == "accepted"
    with refused("milestone.state.no_such_move"):
        c.move("milestone", "M-1", "reject", rejected_on=c.today, **judged)


def test_4_2_2_checks_are_planned_and_what_they_find_is_corrected_and_verified(c):
    contract = c.running()
    term = (contract.starts_on, contract.ends_on, c.registry.rules.contracts.check_months)
    first = check_days(*term)[0]
    with refused("check.contract.missing", "check.step.later"):
        c.add("check", "K-1", purpose="contract", planned_on=first, failures=1)
    c.add("check", "K-1", contract="C-1", purpose="contract", planned_on=first)
    assert unplanned_checks(*term, c.registry.where("check", contract="C-1")) == check_days(*term)[1:]
    done = {"by": "he.jun", "items": 30, "failures": 2, "outcome": "two logs missing"}
    with refused("check.done_on.ahead", "check.failures.no_finding"):
        c.move("check", "K-1", "do", done_on=first, **done)
    with refused("check.failures.above_items", "check.failures.no_finding"):
        c.move("check", "K-1", "do", done_on=c.today, **done | {"items": 1})
    c.clock.advance(days=95)
    found = {"check": "K-1", "contract": "C-1", "text": "two logs missing", "owner": "zhou"}
    c.add("contract", "C-9", supplier="S-1", title="Other", owner="wu", data_class="public")
    with refused("finding.contract.other", "finding.step.later"):
        c.add("finding", "F-1", due=c.today + DAY, corrected_on=c.today, **found | {"contract": "C-9"})
    c.add("finding", "F-1", due=c.today + 10 * DAY, **found)
    c.move("check", "K-1", "do", done_on=c.today, **done)
    with refused("finding.state.no_such_move"):
        c.move("finding", "F-1", "verify", verified_by="he.jun", verified_on=c.today)
    with refused("finding.action.needed", "finding.action.missing", "finding.day.ahead"):
        c.move("finding", "F-1", "correct", corrected_on=c.today + 2 * DAY)
    c.move("finding", "F-1", "correct", action="logging switched on", corrected_on=c.today)
    with refused("finding.verified_by.owner", "finding.verified_on.before"):
        c.move("finding", "F-1", "verify", verified_by="zhou", verified_on=c.today - DAY)
    with refused("finding.corrected_on.last_round", "finding.due.past"):
        c.move("finding", "F-1", "return", reason="still off", due=c.today - DAY)
    c.move("finding", "F-1", "return", reason="still off", due=c.today + DAY, corrected_on=None)
    c.move("finding", "F-1", "correct", action="logging tested", corrected_on=c.today)
    with refused("finding.reason.last_round"):
        c.move("finding", "F-1", "return", corrected_on=None)
    assert c.move("finding", "F-1", "verify", verified_by="he.jun", verified_on=c.today).state == "verified"


def test_4_2_3_a_change_is_approved_signed_and_then_what_the_contract_says(c):
    contract = c.running()
    with refused("change.effect.none", "change.day.ahead", "change.step.later"):
        c.change(effect_price=0, proposed_on=c.today + 2 * DAY, approvals=("chen.bo",))
    with refused("change.effect.too_large"):
        c.change(effect_price=-880_001)
    c.change(effect_term_days=31, effect_kpis="K1 from 95 to 96")
    with refused("change.approved_by.no_authority"):
        c.approve_change()
    c.authority("chen.bo", "approve_change", "900000.00")
    with refused("change.approved_by.proposer", "change.approved_by.no_authority"):
        c.approve_change(approved_by="sun.li", approvals=("sun.li",))
    with refused("change.approvals.without_approver"):
        c.approve_change(approvals=("lin.fa",))
    c.approve_change()
    with refused("change.effect_price.not_editable"):
        c.registry.edit(c.get("change", "V-1"), effect_price=90_000)
    terms = amended(contract.record, c.get("change", "V-1").record)
    with refused("contract.amended_by.not_effective"):
        c.contract("amend", **terms)
    with refused("change.signed_digest.other_text"):
        c.effect(signed_digest=OTHER_TEXT)
    with refused("change.signed_by.no_authority"):
        c.effect(signed_by="wu.yi")
    with refused("change.signed_on.before", "change.effective_on.before"):
        c.effect(signed_on=c.today - DAY, effective_on=c.today - 2 * DAY)
    c.effect()
    with refused("contract.amended_by.other_figure"):
        c.contract("amend", **{**terms, "value": Decimal("990000.00")})
    with refused("contract.value.not_editable"):
        c.registry.edit(c.get("contract", "C-1"), value=Decimal("900000.00"))
    after = c.contract("amend", **terms)
    assert (after.value, after.ends_on) == (Decimal("900000.00"), contract.ends_on + 31 * DAY)
    assert (after.amended_by, after.state) == (("V-1",), "running")
    c.change("V-2", effect_price=-20_000)
    c.approve_change("V-2")
    c.effect("V-2")
    left = outstanding(c.get("contract", "C-1").record, c.registry.where("change"))
    assert [change.id for change in left] == ["V-2"]
    with refused("contract.amended_by.not_one"):
        c.contract("amend", amended_by=("V-1",))
    with refused("contract.amended_by.twice", "contract.amended_by.other_figure"):
        c.contract("amend", amended_by=("V-1", "V-1"))
    with refused("rate.contract.not_draft"):
        c.registry.edit(c.get("rate", "R-1"), unit_price=13)
    with refused("rate.change.missing", "rate.valid_until.before"):
        c.rate("R-2", "13.00", valid_from=c.today, valid_until=c.today - DAY)
    c.move("rate", "R-1", "expire", change="V-1", valid_until=c.today)
    assert c.rate("R-2", "13.00", change="V-1", valid_from=c.today + DAY).state == "agreed"
    with refused("rate.change.last_round"):
        c.move("rate", "R-2", "expire", valid_until=c.today + 9 * DAY)


def test_4_2_3_a_change_that_makes_a_contract_major_goes_to_the_board(c):
    c.running()
    decided = {"reason": "fraud", "decided_by": "chen.bo", "decided_on": c.today}
    c.change(effect_price=4_120_000)
    c.authority("chen.bo", "approve_change", 9_000_000)
    c.move("supplier", "S-1", "bar", **decided)
    with refused("change.contract.supplier_standing", "change.board_approval.missing"):
        c.approve_change()
    c.move("supplier", "S-1", "readmit", **decided | {"reason": "cleared by the court"})
    with refused("change.board_approval.missing"):
        c.approve_change()
    board = {"board_approval_by": "board", "board_approval_on": c.today}
    assert c.approve_change(**board).state == "approved"


def test_4_2_3_a_contract_ends_with_its_term_and_its_duties_done(c):
    contract = c.running()
    with refused("contract.ended_on.early", "contract.destruction.missing"):
        c.contract("end", ended_on=c.today)
    with refused("contract.ended_on.no_termination", "contract.destruction.missing"):
        c.contract("terminate", ended_on=c.today, end_reason="breach")
    with refused("supplier.state.contract_runs"):
        c.move("supplier", "S-1", "leave", reason="gone", decided_by="chen.bo", decided_on=c.today)
    access = {"person": "zhou", "supplier": "S-1", "place_or_equipment": "room 12", "granted_by": "wu"}
    c.add("access", "X-1", contract="C-1", granted_on=c.today, review_due=c.today + 90 * DAY, **access)
    handed = {"origin": "client", "owner_party": "client", "permitted_use": "this work", "title": "Call scripts"}
    c.add("ip_item", "P-1", contract="C-1", return_due=contract.ends_on, **handed)
    c.ask_for_destruction()
    c.clock.advance(days=731)
    c.change()
    c.authority("chen.bo", "approve_change")
    c.approve_change()
    c.effect()
    with refused("contract.amended_by.outstanding", among=True):
        c.contract("end", ended_on=c.today)
    c.contract("amend", **amended(c.get("contract", "C-1").record, c.get("change", "V-1").record))
    left = ("contract.access.not_returned", "contract.ip_item.not_returned", "contract.destruction.missing")
    with refused(*left):
        c.contract("end", ended_on=c.today)
    c.move("access", "X-1", "return", returned_on=c.today, returned_to="wu", return_kind="returned")
    c.move("ip_item", "P-1", "return", returned_on=c.today, return_kind="returned", evidence="receipt 4")
    c.certify()
    assert c.contract("end", ended_on=c.today).state == "ended"
    with refused("change.contract.not_in_force"):
        c.change("V-2")


def test_4_2_3_an_early_end_has_reason_approval_and_exit_duties(c):
    c.awarded()
    with refused("contract.data_class.below_tender"):
        c.draft(data_class="public")
    c.clauses_and_signature()
    with refused("change.exit_duties.missing"):
        c.change("V-9", subject="termination", reason="breach", effect_price=0)
    c.terminated()
    c.destroyed()
    with refused("contract.end_reason.needed"):
        c.contract("terminate", ended_on=c.today)
    with refused("contract.ended_on.before", "contract.ended_on.no_termination"):
        c.contract("terminate", ended_on=c.today - DAY, end_reason="breach of secrecy")
    assert c.contract("terminate", ended_on=c.today, end_reason="breach of secrecy").state == "terminated"


def test_4_2_3_a_signed_contract_that_never_started_is_terminated_by_the_same_rules(c):
    c.approved()
    c.sign()
    early = {"ended_on": c.today, "end_reason": "never started"}
    with refused("contract.ended_on.no_termination", "contract.destruction.missing"):
        c.contract("terminate", **early)
    with refused("contract.day.ahead", "contract.ended_on.no_termination", "contract.destruction.missing"):
        c.contract("terminate", **early | {"ended_on": c.today + 2 * DAY})
    with refused("contract.amended_by.not_one"):
        c.contract("amend", amended_by=("V-1",), value=1)
    c.terminated()
    c.destroyed()
    assert c.contract("terminate", **early).state == "terminated"


def test_4_2_1_a_contract_does_not_start_before_its_first_day(c):
    c.approved(starts_on=c.clock.now.date() + 60 * DAY, ends_on=c.clock.now.date() + 800 * DAY)
    with refused("contract.day.ahead"):
        c.sign(signed_on=c.today + 2 * DAY)
    c.sign()
    with refused("contract.day.ahead"):
        c.contract("start")
    c.clock.now += c.get("contract", "C-1").starts_on - c.today
    assert c.contract("start").state == "running"


def test_4_3_1_amounts_follow_rates_volumes_and_credits_and_late_payments_are_listed(c):
    c.running()
    c.settlement(volume="1000.004", credit="2000.00")
    asked = amounts_owed([(Decimal("1000.004"), Decimal("12.5"))], [Decimal("2000.00")], Decimal("0.1"))
    kept = c.get("settlement", "B-1")
    assert (kept.gross, kept.credits, kept.net) == (asked.gross, asked.credits, asked.net)
    assert (kept.gross, kept.net) == (Decimal("12500.05"), Decimal("11250.04"))
    start = kept.period_from
    with refused("settlement.period.overlap"):
        c.settlement("B-2", period_from=start + 29 * DAY, period_to=start + 60 * DAY)
    with refused("settlement_line.amount.other"):
        c.registry.edit(c.get("settlement_line", "B-1-1"), amount=Decimal("12500.06"))
    c.clock.advance(days=31)
    for item in ITEMS:
        c.hand_in(item)
    c.registry.edit(kept, net=Decimal("11250.05"))
    with refused("settlement.amounts.other", "settlement.due_on.terms"):
        c.complete(due_on=c.today + 30 * DAY)
    c.registry.edit(c.get("settlement", "B-1"), net=Decimal("11250.04"))
    c.complete()
    for item in ITEMS:
        c.accept_document(item)
    c.review_settlement()
    with refused("settlement_line.settlement.not_draft"):
        c.move("settlement_line", "B-1-1", "strike", reason="twice")
    with refused("service_credit.settlement.not_draft"):
        c.registry.edit(c.get("service_credit", "B-1-G"), amount=1)
    with refused("settlement.approved_by.no_authority"):
        c.approve_settlement()
    c.authority("chen.bo", "approve_payment", "11250.04")
    with refused("settlement.approved_by.reviewer", "settlement.approved_by.no_authority"):
        c.approve_settlement(approved_by="he.jun")
    with refused("settlement.approved_by.preparer", "settlement.approved_by.no_authority"):
        c.approve_settlement(approved_by="ma.li")
    with refused("settlement.approved_on.before", "settlement.approved_by.no_authority"):
        c.approve_settlement(approved_on=c.today - 400 * DAY)
    c.approve_settlement()
    due = c.get("settlement", "B-1").due_on
    assert late_payments(c.registry.where("settlement"), due).payments == ()
    c.clock.advance(days=27)
    assert [p.days_late for p in late_payments(c.registry.where("settlement"), c.today).payments] == [7]
    with refused("settlement.paid_on.before"):
        c.pay(paid_on=c.today - 30 * DAY)
    assert c.pay().state == "paid"
    (late,) = late_payments(c.registry.where("settlement"), c.today + 90 * DAY).payments
    assert (late.settlement, late.days_late, late.paid_on) == ("B-1", 7, c.today)
    with refused("settlement.state.no_such_move"):
        c.pay()


def test_4_3_1_a_disputed_settlement_goes_through_all_steps_again(c):
    c.running()
    c.settlement()
    for item in ITEMS:
        c.hand_in(item)
        c.accept_document(item)
    c.complete()
    c.review_settlement()
    c.move("settlement", "B-1", "dispute", dispute="volumes counted twice")
    with refused("settlement.state.no_such_move"):
        c.pay()
    with refused("settlement.round.last_answers"):
        c.move("settlement", "B-1", "settle", resolution="line corrected")
    emptied = {"due_on": None, "reviewed_by": None, "reviewed_on": None}
    back = c.move("settlement", "B-1", "settle", resolution="line corrected", **emptied)
    assert back.state == "draft"
    with refused("settlement.state.no_such_move"):
        c.approve_settlement()
    c.complete()
    with refused("settlement.dispute.last_round"):
        c.move("settlement", "B-1", "dispute")
    c.move("settlement", "B-1", "dispute", dispute="rate of last year")
    with refused("settlement.round.last_answers", "settlement.resolution.last_round"):
        c.move("settlement", "B-1", "settle")
    c.move("settlement", "B-1", "settle", resolution="rate of this year", due_on=None)
    c.complete()
    c.move("settlement", "B-1", "return", reason="acceptance unsigned", due_on=None)
    with refused("settlement.reason.last_round"):
        c.move("settlement", "B-1", "cancel")
    c.registry.edit(c.get("settlement", "B-1"), period_to=c.get("settlement", "B-1").period_from + DAY)
    assert c.move("settlement", "B-1", "cancel", reason="settled with the next").state == "cancelled"


def test_4_3_1_a_credit_is_given_up_only_with_authority(c):
    c.running()
    c.settlement()
    fields = {"waived_by": "chen.bo", "waived_on": c.today, "waiver": "our own outage"}
    with refused("service_credit.waived_by.no_authority", "service_credit.waived_on.ahead"):
        c.move("service_credit", "B-1-G", "waive", **fields | {"waived_on": c.today + 2 * DAY})
    c.authority("chen.bo", "approve_payment", "100.00")
    c.move("service_credit", "B-1-G", "waive", **fields)
    for item in ITEMS:
        c.hand_in(item)
    with refused("settlement.amounts.other"):
        c.complete()
    c.registry.edit(c.get("settlement", "B-1"), credits=0, net=Decimal("12500.00"))
    assert c.complete().state == "documents_complete"


def test_4_3_2_nothing_is_paid_before_every_document_was_accepted_by_a_reviewer(c):
    c.running()
    c.authority("chen.bo", "approve_payment")
    c.settlement()
    for item in ITEMS[:2]:
        c.hand_in(item)
    with refused("settlement.documents.missing"):
        c.complete()
    with refused("document.item.unknown"):
        c.hand_in("poem")
    early = {"settlement": "B-1", "item": "volumes", "received_by": "ma.li"}
    with refused("document.day.ahead", "document.step.later"):
        c.add("document", "B-1-volumes", **early, received_on=c.today + 2 * DAY, reviewed_by="he.jun")
    c.hand_in(ITEMS[2])
    for event in ("review", "approve", "pay"):
        with refused("settlement.state.no_such_move"):
            c.move("settlement", "B-1", event)
    c.complete()
    with refused("settlement.documents.not_accepted", "settlement.documents.unread"):
        c.review_settlement()
    with refused("document.reviewed_by.receiver", "document.reviewed_on.before"):
        c.move("document", "B-1-invoice", "accept", reviewed_by="ma.li", reviewed_on=c.today - DAY)
    with refused("document.remarks.needed"):
        c.move("document", "B-1-invoice", "reject", reviewed_by="he.jun", reviewed_on=c.today)
    rejection = {"reviewed_by": "he.jun", "reviewed_on": c.today, "remarks": "wrong tax number"}
    c.move("document", "B-1-invoice", "reject", **rejection)
    for item in ITEMS[1:]:
        c.accept_document(item)
    with refused("settlement.documents.not_accepted"):
        c.review_settlement()
    c.clock.advance(days=3)
    c.hand_in("invoice", key="B-1-invoice-2")
    c.accept_document("invoice", key="B-1-invoice-2")
    with refused("settlement.reviewed_by.preparer", "settlement.due_on.terms"):
        c.review_settlement(reviewed_by="ma.li")
    c.review_settlement(due_on=c.today + 20 * DAY)
    with refused("document.settlement.closed"):
        c.hand_in("volumes", key="B-1-late")
    c.approve_settlement()
    with refused("settlement.day.ahead"):
        c.pay(paid_on=c.today + 2 * DAY)
    assert c.pay().state == "paid"


def test_4_3_1_only_what_a_signed_contract_agrees_is_settled_and_no_day_twice(c):
    start = c.running().starts_on
    c.settlement()
    c.add("contract", "C-9", supplier="S-1", title="Other", owner="wu", data_class="public", currency="USD")
    with refused("settlement.contract.not_signed", "settlement.currency.other", "settlement.period_to.before"):
        c.add("settlement", "B-9", **SUMS, contract="C-9", period_from=start, period_to=start)
    with refused("settlement.period.outside_term"):
        c.add("settlement", "B-9", **SUMS, contract="C-1", period_from=start - DAY, period_to=start)
    with refused("settlement.period.overlap", "settlement.step.later"):
        c.add("settlement", "B-9", **SUMS, contract="C-1", period_from=start, period_to=start + DAY, paid_on=start)
    c.rate("R-9", contract="C-9")
    line = {"settlement": "B-1", "volume": 1, "amount": Decimal("12.50")}
    with refused("settlement_line.rate.not_agreed"):
        c.add("settlement_line", "N-9", rate="R-9", **line)
    credit = {"settlement": "B-1", "kpi": "K1", "period": "first month", "amount": 5}
    with refused("service_credit.contract.other", "service_credit.step.later"):
        c.add("service_credit", "G-9", contract="C-9", waived_by="wu", **credit)


def test_4_2_3_a_proposal_is_held_to_the_same_when_it_is_edited(c):
    c.running()
    c.change()
    proposal = c.get("change", "V-1")
    with refused("change.effect.none"):
        c.registry.edit(proposal, effect_price=0)
    with refused("change.effect.too_large"):
        c.registry.edit(proposal, effect_price=-880_001)
    ending = {"subject": "termination", "reason": "breach", "effect_price": 0, "exit_duties": "hand over"}
    c.change("V-9", **ending)
    with refused("change.exit_duties.missing"):
        c.registry.edit(c.get("change", "V-9"), exit_duties=" ")


def test_4_3_1_a_draft_is_held_to_the_same_when_it_is_edited(c):
    start = c.running().starts_on
    c.settlement("B-0", period_from=start + 40 * DAY, period_to=start + 50 * DAY)
    draft = c.settlement()
    for fields, *codes in (
        ({"currency": "USD"}, "settlement.currency.other"),
        ({"period_to": start}, "settlement.period_to.before"),
        ({"period_to": start + 41 * DAY}, "settlement.period.overlap"),
        ({"period_from": start - DAY}, "settlement.period.outside_term"),
    ):
        with refused(*codes):
            c.registry.edit(draft, **fields)
    for item in ITEMS:
        c.hand_in(item)
    c.complete()
    with refused("settlement_line.settlement.not_draft"):
        c.registry.edit(c.get("settlement_line", "B-1-1"), volume=2000, amount=25_000)
    line = {"settlement": "B-1", "rate": "R-1", "volume": 1}
    with refused("settlement_line.settlement.not_draft", "settlement_line.amount.other"):
        c.add("settlement_line", "N-9", amount=13, **line)
    credit = {"settlement": "B-1", "contract": "C-1", "kpi": "K2", "period": "first month", "amount": 5}
    with refused("service_credit.settlement.not_draft"):
        c.add("service_credit", "G-9", **credit)
    c.authority("chen.bo", "approve_payment")
    with refused("service_credit.settlement.not_draft"):
        c.move("service_credit", "B-1-G", "waive", waived_by="chen.bo", waived_on=c.today, waiver="goodwill")
    with refused("settlement.round.last_answers"):
        c.move("settlement", "B-1", "return", reason="a call was counted twice")


def test_4_3_1_a_line_is_not_carried_into_a_period_for_which_its_rate_does_not_hold(c):
    contract = c.running()
    start = contract.starts_on
    c.change("V-1", effect_kpis="K1 up")
    c.authority("chen.bo", "approve_change")
    c.approve_change()
    c.effect()
    c.settlement()
    c.move("rate", "R-1", "expire", change="V-1", valid_until=start + 9 * DAY)
    c.registry.edit(c.get("settlement", "B-1"), period_from=start + 10 * DAY)
    for item in ITEMS:
        c.hand_in(item)
    with refused("settlement.lines.rate_not_agreed"):
        c.complete()
    c.registry.edit(c.get("settlement", "B-1"), period_from=start)
    assert c.complete().state == "documents_complete"
