"""Items 3.2.4 and 3.2.5: panel, evaluation, candidates, objections, award; refused moves included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from registry_begun import refused
from registry_procedure import PANEL, Procedure, fingerprint


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


@pytest.fixture
def two(registry, clock) -> Procedure:
    """With two envelopes."""
    return Procedure(registry, clock, envelopes=2)


def test_3_2_4_no_panel_seat_without_declaration_and_agreement(steps):
    steps.published()
    steps.name("li.na")
    with refused("evaluator.id.no_declaration", "evaluator.person.no_agreement"):
        steps.move("evaluator", "E-li.na", "seat")
    with refused("conflict_declaration.person.other"):
        steps.add(
            "conflict_declaration", "F-9", tender="T-1", evaluator="E-li.na", person="wu", declared_on=steps.today
        )
    with refused("conflict_declaration.declared_on.ahead"):
        given = {"tender": "T-1", "evaluator": "E-li.na", "person": "li.na"}
        steps.add("conflict_declaration", "F-9", **given, declared_on=steps.today + timedelta(days=3))
    steps.declare("li.na")
    steps.agree("li.na", data_class="public")
    with refused("evaluator.person.no_agreement"):
        steps.move("evaluator", "E-li.na", "seat")
    steps.agree("wang.wei", valid_until=steps.today - timedelta(days=1))
    steps.name("wang.wei")
    steps.declare("wang.wei")
    with refused("evaluator.person.no_agreement"):
        steps.move("evaluator", "E-wang.wei", "seat")
    steps.seat("zhao.min")
    assert steps.get("evaluator", "E-zhao.min").state == "seated"
    with refused("evaluator.person.twice"):
        steps.add("evaluator", "E-9", tender="T-1", person="Zhao.Min")


def test_3_2_4_a_declared_conflict_keeps_off_the_panel_or_leads_to_release(steps):
    steps.opened()
    steps.seat()
    steps.qualify()
    steps.declare("li.na", "S-2", key="F-late")
    with refused("tender.id.conflict_seated"):
        steps.lock_marks()
    with refused("evaluator.reasons.needed"):
        steps.move("evaluator", "E-li.na", "release")
    steps.move("evaluator", "E-li.na", "release", reasons="owns shares of S-2")
    steps.add("evaluator", "E-again", tender="T-1", person="Li.Na")
    given = {"tender": "T-1", "evaluator": "E-again", "person": "Li.Na", "declared_on": steps.today}
    steps.add("conflict_declaration", "F-again", **given)
    with refused("evaluator.person.conflict"):
        steps.move("evaluator", "E-again", "seat")
    assert steps.lock_marks().state == "marks_locked"


def test_3_2_4_with_two_envelopes_technical_comes_before_price_and_marks_are_locked_between(two):
    two.published()
    two.bids(3)
    two.close()
    with refused("opening.envelope.other_regime"):
        two.registry.move(two.draft_opening("all", bids=("B-1", "B-2", "B-3")), "sign")
    with refused("tender.envelopes.other_regime", "tender.id.no_opening"):
        two.move("tender", "T-1", "open")
    two.open("technical")
    with refused("opening.tender.out_of_order", "opening.bids.stay_closed"):
        two.registry.move(two.draft_opening("price", bids=("B-1",)), "sign")
    with refused("tender.state.no_such_move"):
        two.move("tender", "T-1", "open_prices")
    two.seat()
    two.qualify("B-1", "B-2")
    two.move("bid", "B-3", "reject", reviewed_by="qian.jie", reviewed_on=two.today, reasons="plan below the floor")
    two.clock.advance(hours=2)
    two.lock_marks()
    draft = two.get("opening", "O-price")
    with refused("opening.opened_at.too_early", "opening.bids.not_all", "opening.bids.stay_closed"):
        two.registry.move(draft, "sign", opened_at=two.clock.now - timedelta(hours=1), bids=("B-1", "B-3"))
    with refused("tender.envelopes.prices_closed", "tender.lots.no_result"):
        two.move("tender", "T-1", "evaluate")
    with refused("tender.id.no_opening"):
        two.move("tender", "T-1", "open_prices")
    two.registry.move(draft, "sign", opened_at=two.clock.now, bids=("B-1", "B-2"))
    assert two.move("tender", "T-1", "open_prices").state == "prices_opened"


def test_3_2_4_only_a_binding_result_by_the_published_policy_is_approved_and_not_by_a_scorer(steps):
    steps.scored()
    steps.registry.move(steps.result(standing="exploratory", policy_fingerprint=fingerprint("mine")), "lock")
    codes = (
        "standing.exploratory",
        "policy_fingerprint.not_published",
        "approved_by.scored",
        "approved_on.out_of_order",
    )
    with refused(*(f"result.{code}" for code in codes)):
        steps.move("result", "R-1", "approve", approved_by="Li.Na", approved_on=steps.today - timedelta(days=1))
    with refused("result.reasons.needed"):
        steps.move("result", "R-1", "annul")
    steps.move("result", "R-1", "annul", reasons="computed with another policy")
    steps.registry.move(steps.result("R-2"), "lock")
    scorer = steps.registry.by("wang.wei")
    with refused("result.approved_by.scored"):
        scorer.move(steps.get("result", "R-2"), "approve", approved_by="chen.bo", approved_on=steps.today)
    approved = steps.move("result", "R-2", "approve", approved_by="chen.bo", approved_on=steps.today)
    with refused("result.order.not_editable"):
        steps.registry.edit(approved, order=("B-2", "B-1", "B-3"))


def test_3_2_4_once_locked_nobody_is_scored_again(steps):
    steps.scored()
    steps.result()
    steps.approve_result()
    with refused("result.lot.locked_before"):
        steps.registry.move(steps.result("R-2", order=("B-2", "B-1", "B-3"), candidates=("B-2",)), "lock")
    with refused("result.id.no_upheld_objection"):
        steps.move("result", "R-1", "annul", reasons="we would rather have B-2")
    assert steps.move("result", "R-2", "discard", reasons="R-1 stands").state == "discarded"


def test_3_2_4_a_tie_is_decided_by_a_recorded_draw(steps):
    steps.scored()
    tied = {"order": ("B-2", "B-1", "B-3"), "ranks": ("1", "1", "3"), "totals": ("80", "80", "70")}
    draft = steps.result(**tied, candidates=("B-2", "B-1"))
    with refused("result.ranks.no_draw"):
        steps.registry.move(draft, "lock")
    with refused("draw.tied.too_few"):
        steps.add("draw", "Y-9", tender="T-1", tied=("B-1",))
    draw = steps.add("draw", "Y-1", tender="T-1", tied=("B-1", "B-2"))
    held = {"drawn_at": steps.clock.now, "drawn_by": "gao.yu", "method": "lots from a bag"}
    with refused("draw.drawn.differs", "draw.witnesses.too_few"):
        steps.registry.move(draw, "record", drawn=("B-1", "B-3"), witnesses=("gao.yu", "he.jun"), **held)
    with refused("draw.drawn_at.ahead"):
        later = {**held, "drawn_at": steps.clock.now + timedelta(hours=1)}
        steps.registry.move(draw, "record", drawn=("B-1", "B-2"), witnesses=("he.jun", "sun.li"), **later)
    steps.registry.move(draw, "record", drawn=("B-1", "B-2"), witnesses=("he.jun", "sun.li"), **held)
    with refused("draw.tied.drawn_before"):
        steps.add("draw", "Y-2", tender="T-1", tied=("B-2", "B-1"))
    with refused("result.ranks.no_draw"):
        steps.registry.move(draft, "lock")
    steps.registry.edit(draft, order=("B-1", "B-2", "B-3"), candidates=("B-1", "B-2"))
    assert steps.move("result", "R-1", "lock").state == "locked"


def test_3_2_4_dissent_is_recorded_before_the_approval_by_members_of_the_panel(steps):
    steps.scored()
    steps.registry.move(steps.result(), "lock")
    given = {"result": "R-1", "text": "B-2 has the sounder plan", "stated_on": steps.today}
    dissent = steps.add("dissent", "Z-1", evaluator="E-li.na", **given)
    with refused("dissent.text.not_editable"):
        steps.registry.edit(dissent, text="none")
    with refused("dissent.stated_on.ahead"):
        steps.add("dissent", "Z-2", evaluator="E-li.na", **given | {"stated_on": steps.today + timedelta(days=3)})
    steps.move("evaluator", "E-zhao.min", "release", reasons="work done")
    with refused("dissent.evaluator.not_on_panel"):
        steps.add("dissent", "Z-3", evaluator="E-zhao.min", **given)
    steps.move("result", "R-1", "approve", approved_by="chen.bo", approved_on=steps.today)
    with refused("dissent.result.decided"):
        steps.add("dissent", "Z-4", evaluator="E-li.na", **given)


def test_3_2_4_candidates_of_an_approved_result_are_published(steps):
    steps.scored()
    steps.result()
    steps.add("publication", "P-0", tender="T-1", result="R-1")
    fields = {"published_on": steps.today, "address": "company site"}
    with refused("publication.result.not_approved"):
        steps.move("publication", "P-0", "publish", standstill_until=steps.today + timedelta(days=10), **fields)
    steps.approve_result()
    steps.move("tender", "T-1", "evaluate")
    with refused("tender.lots.not_public"):
        steps.move("tender", "T-1", "publish_candidates")
    with refused("publication.standstill_until.too_early"):
        steps.move("publication", "P-0", "publish", standstill_until=steps.today + timedelta(days=9), **fields)
    with refused("publication.published_on.out_of_order"):
        early = {**fields, "published_on": steps.today - timedelta(days=1)}
        steps.move("publication", "P-0", "publish", standstill_until=steps.today + timedelta(days=10), **early)
    steps.move("publication", "P-0", "publish", standstill_until=steps.today + timedelta(days=10), **fields)
    assert steps.move("tender", "T-1", "publish_candidates").state == "candidates_published"


def test_3_2_5_no_award_before_the_standstill_is_over_in_the_house_zone(steps):
    steps.candidates()
    until = steps.get("publication", "P-1").standstill_until
    steps.propose()
    steps.clock.now = datetime(until.year, until.month, until.day, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    with refused("award.result.standstill"):
        steps.approve_award()
    with refused("publication.standstill_until.not_over"):
        steps.move("publication", "P-1", "end")
    steps.clock.advance(minutes=1)
    assert steps.approve_award().state == "approved"
    assert steps.move("publication", "P-1", "end").state == "ended"


def test_3_2_5_no_award_before_every_objection_is_answered_with_reasons(steps):
    steps.candidates()
    with refused("objection.answer_due.too_late", "objection.day.ahead"):
        received = steps.today + timedelta(days=2)
        steps.object("Q-9", received_on=received, answer_due=received + timedelta(days=8))
    steps.object()
    steps.clock.advance(days=11)
    steps.propose()
    with refused("award.tender.objection_open"):
        steps.approve_award()
    with refused("publication.id.unanswered"):
        steps.move("publication", "P-1", "end")
    with refused("objection.answer.needed", "objection.answered_by.scored", "objection.answered_on.before_objection"):
        day = steps.today - timedelta(days=30)
        steps.move("objection", "Q-1", "answer", answered_by="li.na", answered_on=day, decision="dismissed")
    steps.answer("dismissed")
    with refused("objection.answer.not_editable"):
        steps.registry.edit(steps.get("objection", "Q-1"), answer="no")
    assert steps.approve_award().state == "approved"


def test_3_2_5_an_upheld_objection_stops_the_award_and_leads_to_another_evaluation(steps):
    steps.candidates()
    steps.object()
    steps.answer("upheld")
    steps.clock.advance(days=11)
    steps.propose()
    with refused("award.result.objection_upheld"):
        steps.approve_award()
    with refused("tender.id.no_annulled_result"):
        steps.move("tender", "T-1", "reevaluate", outcome_reasons="objection Q-1", outcome_by="chen.bo")
    with refused("publication.result.stands"):
        steps.move("publication", "P-1", "withdraw", reasons="objection Q-1")
    steps.move("result", "R-1", "annul", reasons="objection Q-1: B-2's plan was misread")
    steps.move("publication", "P-1", "withdraw", reasons="result was annulled")
    with refused("award.result.not_approved", "award.result.not_published"):
        steps.approve_award()
    steps.move("tender", "T-1", "reevaluate", outcome_reasons="objection Q-1", outcome_by="chen.bo")
    steps.result("R-2", order=("B-2", "B-1", "B-3"), candidates=("B-2", "B-1"))
    steps.approve_result("R-2")
    steps.move("tender", "T-1", "evaluate")
    steps.publish("P-2", "R-2")
    steps.move("tender", "T-1", "publish_candidates")
    steps.propose("W-2", "B-2", result="R-2")
    with refused("award.result.standstill"):
        steps.approve_award("W-2")
    steps.clock.advance(days=11)
    assert steps.approve_award("W-2").bid == "B-2"


def test_3_2_5_after_a_withdrawal_the_next_candidate_follows_by_the_same_result(steps):
    steps.awarded()
    assert steps.get("tender", "T-1").state == "awarded"
    steps.propose("W-2", "B-2")
    with refused("award.bid.not_next", "award.lot.second"):
        steps.approve_award("W-2")
    with refused("award.withdrawal_reasons.needed"):
        steps.move("award", "W-1", "withdraw", withdrawn_on=steps.today, withdrawn_by="supplier")
    gone = {"withdrawn_on": steps.today, "withdrawn_by": "supplier", "withdrawal_reasons": "team has left"}
    steps.move("award", "W-1", "withdraw", **gone)
    with refused("award.follows.not_named"):
        steps.approve_award("W-2")
    steps.propose("W-3", "B-1")
    with refused("award.bid.had_award"):
        steps.approve_award("W-3")
    with refused("bid.withdrawal_letter.needed", "bid.reasons.last_round"):
        steps.move("bid", "B-2", "withdraw")
    letter = fingerprint("letter of S-2")
    steps.move("bid", "B-2", "withdraw", reasons="validity has ended", withdrawal_letter=letter)
    with refused("award.bid.not_qualified", "award.follows.not_named"):
        steps.approve_award("W-2")
    third = steps.propose("W-4", "B-3", follows="W-1")
    assert steps.registry.move(third, "approve", approved_by="chen.bo", approved_on=steps.today).bid == "B-3"
    assert [result.id for result in steps.registry.where("result")] == ["R-1"]


def test_3_2_5_the_whole_way_with_two_envelopes_ends_in_a_notified_award(two):
    assert two.awarded().state == "notified"
    assert two.get("tender", "T-1").state == "awarded"
    assert two.get("result", "R-1").scored_by == PANEL
