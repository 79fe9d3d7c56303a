"""Chapter 3.3, item by item: archive, periodic evaluation, contact, training, improvement; refused moves included."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from registry_begun import add, refused
from registry_contract import Contracting, fingerprint
from supplier_eval.registry.contact_ageing import open_problems

DAY = timedelta(days=1)


@pytest.fixture
def c(registry, clock):
    return Contracting(registry, clock)


def decided(c, **fields):
    return {"reason": "see minutes 14", "decided_by": "chen.bo", "decided_on": c.today, **fields}


def test_3_3_1_an_archive_begins_with_a_candidate_and_is_approved(c):
    c.add("supplier", "S-1", name="Nimbus Data", categories=("BPO",))
    with refused("supplier.unified_code.needed", "supplier.owner.needed"):
        c.move("supplier", "S-1", "approve", approved_by="chen.bo", approved_on=c.today)
    with refused("supplier.state.no_such_move"):
        c.move("supplier", "S-1", "suspend", **decided(c, review_on=c.today + 90 * DAY))
    c.registry.edit(c.get("supplier", "S-1"), unified_code="91310000MA1K4X0001", owner="sun.li")
    approved = c.move("supplier", "S-1", "approve", approved_by="chen.bo", approved_on=c.today)
    assert approved.state == "active"
    with refused("supplier.unified_code.taken"):
        c.add("supplier", "S-2", name="Nimbus Data Ltd", unified_code="91310000MA1K4X0001")
    with refused("supplier.parent.itself"):
        c.registry.edit(c.get("supplier", "S-1"), parent="S-1")
    with refused("supplier.reason.not_editable"):
        c.registry.edit(c.get("supplier", "S-1"), reason="because")


def test_3_3_1_certificates_are_replaced_and_never_rewritten(c):
    c.add("supplier", "S-1", name="Nimbus Data")
    c.add("supplier", "S-2", name="Other")
    with refused("certificate.valid_until.before"):
        c.add("certificate", "Z-1", supplier="S-1", name="ISO 27001", valid_from="2026-02-01", valid_until="2026-01-01")
    c.add("certificate", "Z-1", supplier="S-1", name="ISO 27001", valid_until="2026-12-31")
    c.add("certificate", "Z-2", supplier="S-1", name="ISO 27001", valid_until="2029-12-31")
    c.add("certificate", "Z-3", supplier="S-2", name="ISO 27001", valid_until="2029-12-31")
    with refused("certificate.replaced_by.needed"):
        c.move("certificate", "Z-1", "replace")
    with refused("certificate.replaced_by.other"):
        c.move("certificate", "Z-1", "replace", replaced_by="Z-3")
    assert c.move("certificate", "Z-1", "replace", replaced_by="Z-2").state == "replaced"
    with refused("certificate.valid_until.not_editable"):
        c.registry.edit(c.get("certificate", "Z-1"), valid_until=date(2030, 1, 1))


def test_3_3_1_an_edit_is_held_to_what_held_at_the_beginning(c):
    c.add("supplier", "S-1", name="Nimbus Data", unified_code="91310000MA1K4X0001")
    other = c.add("supplier", "S-2", name="Other")
    with refused("supplier.unified_code.taken", "supplier.categories.unknown"):
        c.registry.edit(other, unified_code="91310000MA1K4X0001", categories=("XPO",))
    certificate = c.add("certificate", "Z-1", supplier="S-1", name="ISO 27001", valid_from=c.today)
    with refused("certificate.valid_until.before"):
        c.registry.edit(certificate, valid_until=c.today - DAY)
    contact = c.add("contact", "K-1", supplier="S-1", on=c.today, by="sun.li", subject="Backlog")
    with refused("contact.problem.no_owner", "contact.due.before"):
        c.registry.edit(contact, problem="400 calls wait", due=c.today - DAY)
    for event in ("leave", "bar"):
        with refused("supplier.day.ahead"):
            c.move("supplier", "S-2", event, **decided(c, decided_on=c.today + 2 * DAY))


def test_3_3_1_the_archive_refers_to_everything_about_the_supplier(c):
    c.running()
    c.add("certificate", "Z-1", supplier="S-1", name="ISO 27001")
    for kind, count in (("bid", 1), ("award", 1), ("contract", 1), ("certificate", 1), ("contact", 0)):
        assert len(c.registry.where(kind, supplier="S-1")) == count
    with refused("certificate.supplier.no_such_record"):
        c.add("certificate", "Z-2", supplier="S-99", name="ISO 27001")


def test_3_3_1_days_lie_behind_and_no_approval_outlives_a_departure(c):
    with refused("supplier.step.later", "supplier.categories.unknown"):
        c.add("supplier", "S-1", name="Nimbus Data", approved_by="chen.bo", categories=("XPO",))
    c.add("supplier", "S-1", name="Nimbus Data", unified_code="91310000MA1K4X0001", owner="sun.li")
    with refused("supplier.day.ahead"):
        c.move("supplier", "S-1", "approve", approved_by="chen.bo", approved_on=c.today + 2 * DAY)
    c.move("supplier", "S-1", "approve", approved_by="chen.bo", approved_on=c.today)
    c.clock.advance(days=30)
    c.move("supplier", "S-1", "leave", **decided(c))
    c.move("supplier", "S-1", "return", **decided(c, reason="new offer"))
    with refused("supplier.approved_on.before_decision"):
        c.move("supplier", "S-1", "approve")
    with refused("certificate.step.later"):
        c.add("certificate", "Z-1", supplier="S-1", name="ISO 27001", reason="withdrawn at once")
    assert c.move("supplier", "S-1", "approve", approved_by="chen.bo", approved_on=c.today).state == "active"


def scorecard(c, key="E-1", **fields):
    given = {"supplier": "S-1", "period": "2026-Q3", "period_from": "2026-07-01", "period_to": "2026-10-01"}
    figures = {"score": "84.2", "lower": "81.0", "upper": "87.1", "coverage": "0.96", "grade": "B"}
    made = {"standing": "binding", "policy_fingerprint": fingerprint("policy"), "scored_by": ("ma.li", "he.jun")}
    return c.add("scorecard", key, **given | figures | made | fields)


def test_3_3_2_a_scorecard_is_confirmed_by_another_and_then_stands(c):
    c.add("supplier", "S-1", name="Nimbus Data")
    with refused("scorecard.score.outside"):
        scorecard(c, score="90")
    with refused("scorecard.period_to.before", "scorecard.step.later"):
        scorecard(c, period_to="2026-07-01", confirmed_by="chen.bo")
    scorecard(c)
    confirmed = {"confirmed_by": "chen.bo", "confirmed_on": c.today}
    with refused("scorecard.confirmed_on.ahead"):
        c.move("scorecard", "E-1", "confirm", **confirmed | {"confirmed_on": c.today + 2 * DAY})
    with refused("scorecard.confirmed_by.scorer"):
        c.move("scorecard", "E-1", "confirm", **confirmed | {"confirmed_by": "he.jun"})
    with refused("scorecard.confirmed_on.before"):
        c.move("scorecard", "E-1", "confirm", **confirmed | {"confirmed_on": date(2026, 9, 30)})
    assert c.move("scorecard", "E-1", "confirm", **confirmed).state == "confirmed"
    with refused("scorecard.score.not_editable"):
        c.registry.edit(c.get("scorecard", "E-1"), score=Decimal(99))
    scorecard(c, "E-2")
    with refused("scorecard.period.taken"):
        c.move("scorecard", "E-2", "confirm", **confirmed)
    c.move("scorecard", "E-1", "supersede", reason="two tickets were counted twice")
    assert c.move("scorecard", "E-2", "confirm", **confirmed).state == "confirmed"
    scorecard(c, "E-3", standing="exploratory", period_from="2026-04-01", period_to="2026-07-01")
    with refused("scorecard.standing.exploratory"):
        c.move("scorecard", "E-3", "confirm", **confirmed)


def test_3_3_2_a_risk_rating_is_confirmed_by_another_and_names_its_next_review(c):
    c.add("supplier", "S-1", name="Nimbus Data")
    given = {"supplier": "S-1", "rating": "B", "reasons": "credit fell", "rated_by": ("ma.li",)}
    with refused("risk_rating.day.ahead", "risk_rating.step.later"):
        c.add("risk_rating", "G-1", on=c.today + 2 * DAY, confirmed_by="chen.bo", **given)
    c.add("risk_rating", "G-1", on=c.today, **given)
    confirmed = {"confirmed_by": "chen.bo", "confirmed_on": c.today, "next_review": c.today + 180 * DAY}
    with refused("risk_rating.confirmed_by.rater", "risk_rating.next_review.before"):
        c.move("risk_rating", "G-1", "confirm", **confirmed | {"confirmed_by": "ma.li", "next_review": c.today})
    assert c.move("risk_rating", "G-1", "confirm", **confirmed).state == "confirmed"
    with refused("risk_rating.reason.needed"):
        c.move("risk_rating", "G-1", "supersede")


def test_3_3_2_a_suspended_supplier_gets_neither_award_nor_contract(c):
    c.awarded()
    c.registry.edit(c.get("supplier", "S-1"), unified_code="91310000MA1K4X0001", owner="sun.li")
    c.move("supplier", "S-1", "approve", approved_by="chen.bo", approved_on=c.today)
    c.draft()
    c.clauses()
    with refused("supplier.review_on.past"):
        c.move("supplier", "S-1", "suspend", **decided(c, review_on=c.today - DAY))
    c.move("supplier", "S-1", "suspend", **decided(c, review_on=c.today + 90 * DAY))
    with refused("contract.supplier.standing"):
        c.contract("submit")
    with refused("contract.supplier.standing"):
        c.draft("C-2")
    with refused("supplier.reason.last_decision"):
        c.move("supplier", "S-1", "resume")
    c.move("supplier", "S-1", "resume", **decided(c, reason="backlog cleared"))
    assert c.contract("submit").state == "legal_review"
    c.review()
    c.authority("chen.bo", "sign_contract")
    c.agree("S-1", "supplier")
    c.move("supplier", "S-1", "bar", **decided(c))
    with refused("contract.supplier.standing"):
        c.sign()
    assert c.move("supplier", "S-1", "readmit", **decided(c, reason="appeal upheld")).state == "candidate"
    assert c.sign().state == "signed"


def test_3_3_2_a_barred_candidate_is_not_awarded(c):
    c.candidates()
    c.clock.advance(days=11)
    c.propose()
    with refused("supplier.reason.needed", "supplier.decided_by.needed", "supplier.decided_on.needed"):
        c.move("supplier", "S-1", "bar")
    c.move("supplier", "S-1", "bar", **decided(c))
    with refused("award.supplier.standing"):
        c.approve_award()


def test_3_3_3_a_problem_stays_open_until_it_is_solved(c):
    c.add("supplier", "S-1", name="Nimbus Data")
    spoken = {"supplier": "S-1", "on": c.today, "by": "sun.li", "subject": "Backlog", "channel": "phone"}
    with refused("contact.problem.no_owner"):
        c.add("contact", "K-1", problem="400 calls wait", **spoken)
    with refused("contact.day.ahead", "contact.due.before"):
        c.add("contact", "K-1", **spoken | {"on": c.today + 9 * DAY}, owner="sun.li", due=c.today)
    c.add("supplier", "S-2", name="Other")
    c.add("contract", "C-2", supplier="S-2", title="Desk", owner="sun.li", data_class="public")
    with refused("contact.contract.other_supplier"):
        c.add("contact", "K-1", contract="C-2", **spoken)
    c.add("contact", "K-1", problem="400 calls wait", owner="sun.li", due=c.today + 5 * DAY, **spoken)
    with refused("contact.problem.not_solved"):
        c.move("contact", "K-1", "close")
    c.clock.advance(days=8)
    (late,) = open_problems(c.registry.where("contact", supplier="S-1"), c.today).problems
    assert (late.owner, late.age_days, late.days_late) == ("sun.li", 8, 3)
    with refused("contact.resolved_on.before"):
        c.move("contact", "K-1", "close", resolved_on=c.today - 9 * DAY, outcome="two more agents")
    c.move("contact", "K-1", "close", resolved_on=c.today, outcome="two more agents")
    assert open_problems(c.registry.where("contact", supplier="S-1"), c.today).problems == ()
    again = {"problem": "calls wait again", "owner": "sun.li", "due": c.today + 3 * DAY, "reason": "agents left"}
    with refused("contact.resolved_on.last_round"):
        c.move("contact", "K-1", "reopen", **again)
    assert c.move("contact", "K-1", "reopen", resolved_on=None, **again).state == "open"
    c.move("contact", "K-1", "close", resolved_on=c.today, outcome="four more agents")
    with refused("contact.reason.last_round"):
        c.move("contact", "K-1", "reopen", resolved_on=None)


def test_3_3_3_a_contact_without_a_problem_is_closed_at_once(c):
    c.add("supplier", "S-1", name="Nimbus Data")
    c.add("contact", "K-1", supplier="S-1", on=c.today, by="sun.li", subject="Quarterly talk")
    assert c.move("contact", "K-1", "close").state == "closed"


def test_3_3_4_a_training_is_held_with_people_and_evidence(c):
    planned = {"topic": "Data protection", "team": "night shift", "planned_on": c.today + 10 * DAY}
    with refused("training.supplier.missing", "training.step.later"):
        c.add("training", "L-1", audience="supplier", result="all passed", **planned)
    c.add("supplier", "S-1", name="Nimbus Data")
    c.add("training", "L-1", audience="supplier", supplier="S-1", people_due=12, **planned)
    held = {"held_on": c.today, "people_present": 11, "evidence": fingerprint("attendance list")}
    with refused("training.evidence.needed"):
        c.move("training", "L-1", "hold", **held | {"evidence": None})
    with refused("training.people_present.above"):
        c.move("training", "L-1", "hold", **held | {"people_present": 13})
    with refused("training.held_on.ahead"):
        c.move("training", "L-1", "hold", **held | {"held_on": c.today + 2 * DAY})
    assert c.move("training", "L-1", "hold", **held).state == "held"
    with refused("training.state.no_such_move"):
        c.move("training", "L-1", "cancel", reason="nobody came")


def test_3_3_4_an_improvement_plan_is_closed_only_by_later_data(c):
    c.add("supplier", "S-1", name="Nimbus Data")
    plan = {"supplier": "S-1", "measure": "K1", "owner": "sun.li", "agreed_on": c.today}
    gap = {"baseline_period": "2026-Q3", "baseline_until": date(2026, 10, 1), "baseline": "91.5"}
    with refused("improvement_plan.target.same", "improvement_plan.due.before", "improvement_plan.step.later"):
        c.add("improvement_plan", "I-1", target="91.5", due=c.today, evidence_figure=96, **plan, **gap)
    c.add("improvement_plan", "I-1", target="95", due=c.today + 120 * DAY, **plan, **gap)
    with refused("improvement_plan.target.not_editable"):
        c.registry.edit(c.get("improvement_plan", "I-1"), target=Decimal(92))
    first = c.today
    old = {"evidence_period": "2026-Q3", "evidence_from": date(2026, 7, 1), "evidence_until": date(2026, 10, 1)}
    closed = {"closed_by": "chen.bo", "closed_on": c.today, "evidence_figure": Decimal(96)}
    with refused("improvement_plan.evidence.not_later"):
        c.move("improvement_plan", "I-1", "achieve", **old, **closed)
    later = {"evidence_period": "from agreement", "evidence_from": first, "evidence_until": first + 90 * DAY}
    with refused("improvement_plan.evidence.not_later"):
        c.move("improvement_plan", "I-1", "achieve", **later, **closed)
    c.clock.advance(days=91)
    with refused("improvement_plan.evidence.below"):
        c.move("improvement_plan", "I-1", "achieve", **later, **closed | {"evidence_figure": Decimal("94.9")})
    with refused("improvement_plan.evidence.reached"):
        c.move("improvement_plan", "I-1", "fail", reason="not enough", **later, **closed)
    with refused("improvement_plan.due.not_later"):
        c.move("improvement_plan", "I-1", "extend", due=first, reason="holidays")
    with refused("improvement_plan.closed_on.ahead"):
        c.move("improvement_plan", "I-1", "achieve", **later, **closed | {"closed_on": c.today + 2 * DAY})
    scorecard(c)
    with refused("improvement_plan.scorecard.other"):
        c.move("improvement_plan", "I-1", "achieve", scorecard="E-1", **later, **closed)
    assert c.move("improvement_plan", "I-1", "achieve", **later, **closed).state == "achieved"


def test_3_3_4_a_plan_that_fails_says_so_with_its_figure(c):
    add(c.registry, "supplier", "S-1", name="Nimbus Data")
    plan = {"supplier": "S-1", "measure": "response", "owner": "sun.li", "agreed_on": c.today}
    gap = {"baseline_until": date(2026, 10, 1), "baseline": 9, "target": 5, "due": c.today + 60 * DAY}
    c.add("improvement_plan", "I-1", **plan, **gap)
    first = c.today
    c.clock.advance(days=40)
    c.move("improvement_plan", "I-1", "extend", due=c.today + 60 * DAY, reason="new staff")
    figure = {"evidence_period": "first month", "evidence_from": first, "evidence_until": first + 30 * DAY}
    closed = {"evidence_figure": 7, "closed_by": "chen.bo", "closed_on": c.today}
    with refused("improvement_plan.reason.last_round"):
        c.move("improvement_plan", "I-1", "fail", **figure, **closed)
    assert c.move("improvement_plan", "I-1", "fail", reason="still slow", **figure, **closed).state == "failed"
