"""Section 4.2, item by item: contracts from acceptance of work to their end, refused moves included."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from registry_begun import refused
from registry_contract import OTHER_TEXT, Contracting
from supplier_eval.registry.check_schedule import check_days, unplanned_checks
from supplier_eval.registry.contract_terms import amended, outstanding

DAY = timedelta(days=1)


@pytest.fixture
def c(registry, clock):
    return Contracting(registry, clock)


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
