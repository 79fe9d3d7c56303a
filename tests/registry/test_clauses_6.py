"""Chapter 6, item by item: risks, responses and warnings from their first record to their last."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from registry_begun import DAY, TODAY, add, contract, refused
from supplier_eval.registry.guards.risks import expired_acceptances
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.risks import CATEGORIES

FIGURES = {"likelihood": "0.5", "impact_low": "10000", "impact_high": "90000", "currency": "CNY"}
WHEN = {"assessed_on": TODAY, "assessed_by": "li", "next_review": TODAY + 90 * DAY}


def risk(registry, key: str = "R-1", **fields: object) -> Stored:
    return add(registry, "risk", key, **{"category": "credit", "title": "Supplier fails", "owner": "wu", **fields})


def assessed(registry, key: str = "R-1") -> Stored:
    return registry.move(risk(registry, key), "assess", **FIGURES, **WHEN, reason="two failed in ten years")


def response(registry, strategy: str, key: str = "P-1", **fields: object) -> Stored:
    return add(registry, "risk_response", key, risk="R-1", strategy=strategy, owner="wu", **fields)


def test_6_1_1_the_register_holds_the_policys_categories_and_more(registry):
    contract(registry)
    for number, category in enumerate((*CATEGORIES, "climate")):
        risk(registry, f"R-{number}", category=category, supplier="S-1", contract="C-1")
    assert [found.id for found in registry.where("risk", category="legal")] == ["R-4"]
    assert len(registry.where("risk", states=("identified",), supplier="S-1")) == 6
    with refused("risk.owner.not_given", "risk.title.shorter_than"):
        add(registry, "risk", "R-9", category="market", title="")
    with refused("risk.supplier.no_such_record"):
        risk(registry, "R-9", supplier="S-9")


def test_6_1_1_a_risk_is_closed_with_day_and_reason_and_may_come_back(registry):
    kept = risk(registry)
    with refused("risk.closed_on.needed", "risk.close_reason.needed"):
        registry.move(kept, "close")
    closed = registry.move(kept, "close", closed_on=TODAY, close_reason="contract ended")
    with refused("risk.state.no_such_move"):
        registry.move(closed, "assess", **FIGURES, **WHEN, reason="again")
    with refused("risk.title.not_editable"):
        registry.edit(closed, title="Other")
    with refused("risk.closed_on.last_round"):
        registry.move(closed, "reopen", reason="new contract")
    opened = registry.move(closed, "reopen", reason="new contract", closed_on=None, close_reason="")
    assert (opened.state, opened.closed_on) == ("identified", None)


def test_6_1_2_an_assessment_gives_a_real_range_its_author_and_its_reason(registry):
    kept = risk(registry)
    with refused("risk.reason.missing", "risk.impact_high.no_range"):
        registry.move(kept, "assess", **{**FIGURES, "impact_high": "10000"}, **WHEN)
    with refused("risk.likelihood.needed", "risk.impact_low.needed", "risk.impact_high.needed", "risk.currency.needed"):
        registry.move(kept, "assess", **WHEN, reason="a feeling")
    with refused("risk.assessed_on.ahead", "risk.next_review.before"):
        ahead = {**WHEN, "assessed_on": TODAY + 2 * DAY, "next_review": TODAY}
        registry.move(kept, "assess", **FIGURES, **ahead, reason="early")
    assert registry.get("risk", "R-1").state == "identified", "nothing was written"
    inherent = {"inherent_likelihood": "2", "inherent_low": "10000", "inherent_high": "900000"}
    done = registry.move(kept, "assess", **FIGURES, **WHEN, **inherent, reason="ten years of data", knowledge="strong")
    assert (done.state, done.likelihood, done.impact_high) == ("assessed", Decimal("0.5"), Decimal(90000))
    with refused("risk.likelihood.not_editable"):
        registry.edit(done, likelihood="0.1")


@pytest.mark.parametrize("lacking", ["reason", "expires_on"])
def test_6_2_1_a_risk_is_accepted_only_with_approver_reason_and_expiry(registry, lacking):
    assessed(registry)
    given = {"approver": "zhao", "decided_on": TODAY, "reason": "costs more to avoid", "expires_on": date(2027, 5, 31)}
    proposed = response(registry, "accept")
    with refused("risk_response.accept.lacks"):
        registry.move(proposed, "approve", **{name: value for name, value in given.items() if name != lacking})
    with refused("risk_response.approver.needed", "risk_response.accept.lacks"):
        registry.move(proposed, "approve", **{name: value for name, value in given.items() if name != "approver"})
    with refused("risk_response.expires_on.before"):
        registry.move(proposed, "approve", **{**given, "expires_on": TODAY})
    assert registry.move(proposed, "approve", **given).state == "approved"


def test_6_2_1_a_risk_is_treated_by_an_approved_response_and_its_acceptance_expires(registry, clock):
    kept = assessed(registry)
    proposed = response(registry, "accept", reason="costs more to avoid", expires_on=TODAY + 30 * DAY)
    with refused("risk.state.no_response"):
        registry.move(kept, "treat")
    accepted = registry.move(proposed, "approve", approver="zhao", decided_on=TODAY)
    treated = registry.move(kept, "treat")
    with refused("risk.state.response_stands"):
        registry.move(treated, "untreat")
    with refused("risk_response.expires_on.still_runs"):
        registry.move(accepted, "expire")
    with registry.reading() as reading:
        assert expired_acceptances(reading, TODAY + 30 * DAY) == ()
        assert [known.id for known in expired_acceptances(reading, TODAY + 31 * DAY)] == ["P-1"]
    clock.advance(days=31)
    assert registry.move(accepted, "expire").state == "expired"
    assert registry.move(treated, "untreat").state == "assessed"


def test_6_2_1_a_rejected_response_answers_nothing(registry):
    kept = assessed(registry)
    proposed = response(registry, "avoid", measure="drop the service", cost="0", currency="CNY")
    with refused("risk_response.reason.needed"):
        registry.move(proposed, "reject", approver="zhao", decided_on=TODAY)
    rejected = registry.move(proposed, "reject", approver="zhao", decided_on=TODAY, reason="needed by clients")
    with refused("risk_response.state.no_such_move"):
        registry.move(rejected, "approve", approver="zhao", decided_on=TODAY)
    with refused("risk.state.no_response"):
        registry.move(kept, "treat")
    with refused("risk_response.strategy.no_choice"):
        response(registry, "ignore", "P-2")


def test_6_2_2_a_measure_has_cost_evidence_and_a_test(registry):
    assessed(registry)
    proposed = response(registry, "reduce", measure="second supplier on call")
    with refused("risk_response.measure.missing"):
        registry.move(proposed, "approve", approver="zhao", decided_on=TODAY)
    priced = registry.edit(proposed, cost="120000", currency="CNY", severity_factor="0.4")
    approved = registry.move(priced, "approve", approver="zhao", decided_on=TODAY)
    with refused("risk_response.test_due.missing"):
        registry.move(approved, "put_in_place", evidence="signed framework")
    placed = registry.move(approved, "put_in_place", evidence="signed framework", test_due=TODAY + 60 * DAY)
    with refused("risk_response.tested_on.ahead", "risk_response.test_due.before"):
        registry.move(placed, "test", tested_on=TODAY + 5 * DAY, test_result="passed", test_due=TODAY + 5 * DAY)
    tested = registry.move(placed, "test", tested_on=TODAY, test_result="failed", test_due=TODAY + 180 * DAY)
    with refused("risk_response.tested_on.not_anew"):
        registry.move(tested, "test")
    assert (tested.state, tested.test_result, tested.severity_factor) == ("in_place", "failed", Decimal("0.4"))
    assert registry.move(tested, "end", ended_on=TODAY, end_reason="replaced").state == "ended"


def test_6_3_1_a_risk_is_reviewed_and_its_history_says_what_moved_and_why(registry, clock):
    kept = assessed(registry)
    due = registry.between("risk", "next_review", None, TODAY + 90 * DAY, but=("closed",))
    assert [found.id for found in due] == ["R-1"]
    clock.advance(days=90)
    later = {**WHEN, "assessed_on": TODAY + 90 * DAY, "next_review": TODAY + 180 * DAY}
    with refused("risk.next_review.before"):
        registry.move(kept, "assess", **FIGURES, **{**later, "next_review": TODAY + 90 * DAY}, reason="lost a client")
    with refused("risk.assessed_on.not_anew"):
        registry.move(kept, "assess")
    again = registry.move(kept, "assess", **{**FIGURES, "likelihood": "0.8"}, **later, reason="lost a client")
    assert again.state == "assessed"
    lines = registry.history("risk", "R-1")
    assert [line.event for line in lines] == ["add", "assess", "assess"]
    before, after = (json.loads(text or "")["fields"] for text in (lines[-1].before, lines[-1].after))
    moved = {name for name, value in after.items() if before.get(name) != value}
    assert {"likelihood", "reason", "assessed_on", "next_review"} <= moved
    assert registry.between("risk", "next_review", None, TODAY + 179 * DAY) == ()


def warning(registry, **fields: object) -> Stored:
    given = {"indicator": "late-tickets", "level": "red", "raised_at": "2026-11-30T07:00Z", "owner": "wu"}
    passed = {"figure": "0.12", "threshold": "0.1", "due": TODAY + DAY}
    return add(registry, "warning", **{"key": "W-1", **given, **passed, **fields})


def test_6_3_2_a_warning_is_answered_with_an_action_and_closed_with_an_outcome(registry):
    raised = warning(registry)
    with refused("warning.state.no_such_move"):
        registry.move(raised, "close", closed_on=TODAY, outcome="nothing")
    answered = {"acknowledged_on": TODAY, "acknowledged_by": "wu", "action_due": TODAY + 10 * DAY}
    with refused("warning.action.missing"):
        registry.move(raised, "acknowledge", **answered)
    known = registry.move(raised, "acknowledge", **answered, action="two more people at night")
    with refused("warning.outcome.missing"):
        registry.move(known, "close", closed_on=TODAY, outcome=" ")
    assert registry.move(known, "close", closed_on=TODAY, outcome="back to amber").state == "closed"


def test_6_3_2_an_unanswered_warning_goes_up_one_person_at_a_time(registry, clock):
    raised = warning(registry)
    up = {"escalated_to": ("head",), "escalated_on": TODAY + 2 * DAY}
    with refused("warning.due.still_runs", "warning.raised_at.ahead"):
        registry.move(raised, "escalate", **up)
    clock.advance(days=2)
    with refused("warning.escalated_to.nobody_new"):
        registry.move(raised, "escalate", **{**up, "escalated_to": ("wu",)})
    first = registry.move(raised, "escalate", **up)
    with refused("warning.escalated_to.nobody_new"):
        registry.move(first, "escalate", **{**up, "escalated_to": ("board",)})
    second = registry.move(first, "escalate", **{**up, "escalated_to": ("head", "board")})
    assert (second.state, second.escalated_to) == ("escalated", ("head", "board"))
    with refused("warning.raised_at.ahead"):
        warning(registry, key="W-2", raised_at="2027-01-01T00:00Z")


def test_6_3_2_a_warning_that_was_answered_and_left_goes_up_and_is_answered_anew(registry, clock):
    answered = {"acknowledged_on": TODAY, "acknowledged_by": "wu", "action": "call them", "action_due": TODAY + 5 * DAY}
    known = registry.move(warning(registry), "acknowledge", **answered)
    clock.advance(days=5)
    up = {"escalated_to": ("head",), "escalated_on": TODAY + 5 * DAY}
    with refused("warning.due.still_runs"):
        registry.move(known, "escalate", **up)
    clock.advance(days=1)
    told = registry.move(known, "escalate", **up)
    with refused("warning.acknowledged_on.not_anew"):
        registry.move(told, "acknowledge", **answered)
    again = {**answered, "acknowledged_by": "head", "action": "visit them", "action_due": TODAY + 8 * DAY}
    assert registry.move(told, "acknowledge", **again).state == "acknowledged"


def test_6_3_2_a_risk_is_not_closed_over_an_open_warning(registry):
    kept = assessed(registry)
    raised = warning(registry, risk="R-1")
    with refused("risk.state.open_warning"):
        registry.move(kept, "close", closed_on=TODAY, close_reason="quiet")
    answered = {"acknowledged_on": TODAY, "acknowledged_by": "wu", "action_due": TODAY, "action": "called them"}
    known = registry.move(raised, "acknowledge", **answered)
    registry.move(known, "close", closed_on=TODAY, outcome="paid up")
    assert registry.move(kept, "close", closed_on=TODAY, close_reason="quiet").state == "closed"
