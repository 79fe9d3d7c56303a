"""Clauses, rates, authorities, milestones, checks and findings."""

from __future__ import annotations

import pytest

from registry_shelf import objections, situation, stored
from supplier_eval.registry.guards import contracts
from supplier_eval.registry.records.contracts import Authority, Check, CheckFinding, Clause, Milestone, Rate


def contract(state):
    return stored("contract", state, id="C1", supplier="S1", title="Desk", owner="wu")


def found_by(guards, asked):
    return [found for guard in guards for found in objections(guard, asked)]


def clause(**fields):
    return Clause(**{"id": "L1", "contract": "C1", "item": "price", "reference": "§5", **fields})


@pytest.mark.parametrize("state", ["legal_review", "approved", "signed", "running", "ended"])
def test_clauses_are_written_in_a_draft_only(state):
    found = found_by(contracts.CLAUSE, situation(clause(), contract(state)))
    assert found == [("clause.contract.not_draft", "contract")]


def test_a_clause_answers_to_one_line_of_the_checklist():
    assert not found_by(contracts.CLAUSE, situation(clause(), contract("draft")))
    asked = situation(clause(item="weather"), contract("draft"))
    assert found_by(contracts.CLAUSE, asked) == [("clause.item.unknown", "item")]
    twin = stored("clause", "present", **clause(id="L2").model_dump())
    assert found_by(contracts.CLAUSE, situation(clause(), contract("draft"), twin)) == [("clause.item.twice", "item")]


def rate(**fields):
    return Rate(**{"id": "R1", "contract": "C1", "item": "Ticket", "unit_price": "12.5", **fields})


def change(state, contract="C1"):
    given = {"reason": "Rates", "proposed_by": "wu", "proposed_on": "2026-04-01", "effect_price": 0}
    return stored("change", state, id="V1", contract=contract, **given)


def test_a_rate_is_written_in_a_draft_or_by_an_effective_change():
    assert not found_by(contracts.RATE, situation(rate(), contract("draft")))
    missing = [("rate.change.missing", "change")]
    assert found_by(contracts.RATE, situation(rate(), contract("running"))) == missing
    assert found_by(contracts.RATE, situation(rate(change="V1"), contract("running"), change("approved"))) == missing
    other = change("effective", "C2")
    assert found_by(contracts.RATE, situation(rate(change="V1"), contract("running"), other)) == missing
    asked = situation(rate(change="V1"), contract("running"), change("effective"))
    assert not found_by(contracts.RATE, asked)


def test_a_rate_that_was_signed_is_not_edited():
    asked = situation(rate(), contract("signed"))
    assert found_by(contracts.RATE_IN_DRAFT, asked) == [("rate.contract.not_draft", "contract")]
    assert not found_by(contracts.RATE_IN_DRAFT, situation(rate(), contract("draft")))


def test_nobody_grants_an_authority_to_themselves():
    given = {"id": "A1", "person": "chen", "act": "sign_contract", "up_to": 10, "granted_by": "Chen"}
    days = {"valid_from": "2026-02-01", "valid_until": "2026-01-31"}
    assert found_by(contracts.AUTHORITY, situation(Authority(**given, **days))) == [
        ("authority.granted_by.self", "granted_by"),
        ("authority.valid_until.before", "valid_until"),
    ]


def milestone(**fields):
    return Milestone(**{"id": "M1", "contract": "C1", "title": "Batch", "due_on": "2026-05-01", **fields})


def test_work_is_delivered_under_a_contract_in_force():
    asked = situation(milestone(delivered_on="2026-05-01"), contract("approved"))
    assert found_by(contracts.DELIVER, asked) == [("milestone.contract.not_in_force", "contract")]
    assert not found_by(contracts.DELIVER, situation(milestone(delivered_on="2026-05-01"), contract("running")))


def test_a_rejected_delivery_is_not_delivered_again_on_the_old_day():
    given = milestone(delivered_on="2026-04-30", rejected_on="2026-05-04")
    found = found_by(contracts.DELIVER, situation(given, contract("running")))
    assert found == [("milestone.delivered_on.before_rejection", "delivered_on")]


@pytest.mark.parametrize(("accepted", "short"), [(None, True), ("99.9", True), ("100", False), ("101", False)])
def test_what_is_accepted_in_full_reaches_the_quantity(accepted, short):
    given = milestone(quantity="100", unit="pages", accepted_quantity=accepted)
    wanted = [("milestone.accepted_quantity.short", "accepted_quantity")] if short else []
    assert found_by(contracts.ACCEPT, situation(given)) == wanted


def test_a_part_is_less_than_the_whole():
    whole = [("milestone.accepted_quantity.whole", "accepted_quantity")]
    asked = situation(milestone(quantity="100", accepted_quantity="100"))
    assert found_by(contracts.ACCEPT_IN_PART, asked) == whole
    assert found_by(contracts.ACCEPT_IN_PART, situation(milestone(accepted_quantity="1"))) == whole
    assert not found_by(contracts.ACCEPT_IN_PART, situation(milestone(quantity="100", accepted_quantity="40")))


def test_nothing_is_judged_before_it_is_delivered_or_on_a_day_to_come():
    early = situation(milestone(delivered_on="2026-05-02", accepted_on="2026-05-01", rejected_on="2026-05-01"))
    assert found_by(contracts.REJECT, early) == [
        ("milestone.accepted_on.before", "accepted_on"),
        ("milestone.rejected_on.before", "rejected_on"),
    ]
    assert ("milestone.day.ahead", "accepted_on") in found_by(
        contracts.ACCEPT, situation(milestone(accepted_on="2026-06-09"))
    )


def check(**fields):
    return Check(**{"id": "K1", "contract": "C1", "purpose": "inspection", "planned_on": "2026-05-01", **fields})


def finding(**fields):
    given = {"id": "F1", "check": "K1", "text": "No log", "owner": "ming", "due": "2026-07-01"}
    return CheckFinding(**{**given, **fields})


def test_a_check_looks_at_something():
    assert found_by(contracts.CHECK, situation(check(contract=None))) == [("check.contract.missing", "contract")]
    assert not found_by(contracts.CHECK, situation(check(contract=None, supplier="S1")))


def test_what_failed_in_a_check_stands_in_a_finding():
    given = check(done_on="2026-05-01", items=20, failures=2)
    assert found_by(contracts.DO_CHECK, situation(given)) == [("check.failures.no_finding", "failures")]
    assert not found_by(contracts.DO_CHECK, situation(given, stored("finding", "open", **finding().model_dump())))
    assert not found_by(contracts.DO_CHECK, situation(check(done_on="2026-05-01", items=20, failures=0)))


def test_not_more_fail_than_were_looked_at():
    kept = stored("finding", "open", **finding().model_dump())
    found = found_by(contracts.DO_CHECK, situation(check(items=1, failures=2, done_on="2026-06-30"), kept))
    assert found == [("check.done_on.ahead", "done_on"), ("check.failures.above_items", "failures")]


def test_a_finding_belongs_to_what_was_checked():
    kept = stored("check", "planned", **check().model_dump())
    found = found_by(contracts.FINDING, situation(finding(contract="C2"), kept))
    assert found == [("finding.contract.other", "contract")]
    assert not found_by(contracts.FINDING, situation(finding(contract="C1"), kept))


def test_who_corrects_does_not_verify():
    given = finding(corrected_on="2026-05-20", verified_by="Ming", verified_on="2026-05-19")
    assert found_by(contracts.VERIFY, situation(given)) == [
        ("finding.verified_by.owner", "verified_by"),
        ("finding.verified_on.before", "verified_on"),
    ]


def test_what_is_sent_back_gets_a_new_day_and_no_old_answer():
    assert found_by(contracts.SEND_BACK, situation(finding(corrected_on="2026-05-20", due="2026-05-31"))) == [
        ("finding.corrected_on.last_round", "corrected_on"),
        ("finding.due.past", "due"),
    ]
    assert not found_by(contracts.SEND_BACK, situation(finding(due="2026-06-01")))
