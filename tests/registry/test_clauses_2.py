"""Chapter 2, item by item: needs, their assessment, the decision, and what a major project cannot do without."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from registry_begun import refused
from registry_procedure import PANEL, Procedure, fingerprint

MAJOR = {"estimated_value": Decimal(6_000_000)}


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


def test_2_1_1_a_department_lists_a_need_with_scope_requirements_and_its_next_review(steps):
    assert steps.need().state == "listed"
    with refused("need.department.not_given", "need.next_review.not_given", "need.owner.not_given"):
        steps.add("need", "N-9", category="BPO", title="Desk")
    with refused("need.category.unknown", "need.data_class.unknown", "need.next_review.past"):
        steps.need("N-9", category="XPO", data_class="topsecret", next_review=steps.today)
    with refused("need.next_review.too_far"):
        steps.need("N-9", next_review=steps.today + timedelta(days=400))


def test_2_1_1_needs_are_reviewed_regularly_and_closed_with_a_reason(steps):
    need = steps.need()
    steps.clock.advance(days=91)
    with refused("need.next_review.past"):
        steps.registry.move(need, "review")
    need = steps.move("need", "N-1", "review", next_review=steps.today + timedelta(days=180))
    with refused("need.closing_reason.needed"):
        steps.registry.move(need, "close", closing_reason="  ")
    closed = steps.registry.move(need, "close", closing_reason="taken over by the group")
    with refused("need.state.no_such_move"):
        steps.registry.move(closed, "review", next_review=steps.today + timedelta(days=30))


def test_2_1_1_a_need_is_not_closed_while_its_tender_runs(steps):
    steps.published()
    with refused("need.id.tender_running"):
        steps.move("need", "N-1", "close", closing_reason="no longer wanted")
    steps.move("tender", "T-1", "cancel", outcome_reasons="no longer wanted", outcome_by="chen.bo")
    assert steps.move("need", "N-1", "close", closing_reason="no longer wanted").state == "closed"


def test_2_1_2_a_report_needs_marks_by_several_people_on_necessity_and_feasibility(steps):
    steps.need()
    steps.assess(people=PANEL[:2])
    with refused("need.report.too_few_assessors"):
        steps.move("need", "N-1", "analyse", report=fingerprint("report"))
    with refused("assessment.person.twice"):
        given = {"need": "N-1", "person": "LI.NA", "dimension": "necessity", "criterion": "overall", "mark": 90}
        steps.add("assessment", "M-9", **given)
    steps.assess(people=PANEL[2:])
    assert steps.move("need", "N-1", "analyse", report=fingerprint("report")).state == "analysed"


def test_2_1_2_a_report_says_size_scope_and_requirements(steps):
    steps.need(scope="", quality_requirements="", estimated_value=None, term_months=None, data_class="", currency="USD")
    steps.assess()
    lacking = ("scope", "quality_requirements", "estimated_value", "term_months", "data_class", "report")
    with refused(*(f"need.{name}.needed" for name in lacking), "need.currency.not_house"):
        steps.move("need", "N-1", "analyse")


def test_2_1_2_marks_are_given_before_the_report_and_stay_after_it(steps):
    steps.need()
    steps.analyse()
    with refused("assessment.need.not_listed"):
        steps.assess(people=("deng.fei",))
    with refused("assessment.need.not_listed"):
        steps.move("assessment", "N-1-li.na-necessity", "withdraw", comment="changed my mind")
    with refused("assessment.mark.not_editable"):
        steps.registry.edit(steps.get("assessment", "N-1-li.na-necessity"), mark=10)
    steps.move("need", "N-1", "revise", next_review=steps.today + timedelta(days=30))
    with refused("assessment.comment.needed"):
        steps.move("assessment", "N-1-li.na-necessity", "withdraw")
    withdrawn = steps.move("assessment", "N-1-li.na-necessity", "withdraw", comment="scope has changed")
    assert withdrawn.state == "withdrawn"
    with refused("need.report.too_few_assessors", "need.report.last_round"):
        steps.move("need", "N-1", "analyse")


def test_2_2_1_the_report_goes_to_management_who_return_reject_or_approve_with_reasons(steps):
    steps.need()
    steps.draft_decision(reasons="")
    with refused("decision.need.not_analysed", "decision.report.differs", "decision.reasons.needed"):
        steps.submit()
    steps.analyse()
    steps.registry.edit(steps.get("decision", "D-1"), reasons="cheaper at equal quality")
    steps.submit()
    with refused("decision.return_reasons.needed"):
        steps.move("decision", "D-1", "return", decided_by="chen.bo", decided_on=steps.today)
    with refused("decision.decided_by.same_person"):
        steps.move("decision", "D-1", "approve", decided_by="Sun.Li", decided_on=steps.today)
    fields = {"decided_by": "chen.bo", "decided_on": steps.today, "return_reasons": "price range is missing"}
    assert steps.move("decision", "D-1", "return", **fields).state == "returned"
    steps.clock.advance(days=1)
    with refused("decision.decided_on.last_round", "decision.submitted_on.before_return"):
        steps.move("decision", "D-1", "submit", submitted_on=steps.today - timedelta(days=2))
    steps.submit()
    with refused("decision.decided_by.needed", "decision.decided_on.needed", "decision.return_reasons.last_round"):
        steps.move("decision", "D-1", "reject")
    fields = {"decided_by": "chen.bo", "decided_on": steps.today, "return_reasons": "not worth its price"}
    assert steps.move("decision", "D-1", "reject", **fields).state == "rejected"
    with refused("decision.state.no_such_move"):
        steps.approve()


def test_2_2_1_nobody_decides_tomorrow_or_on_another_report(steps):
    steps.need()
    steps.analyse()
    steps.draft_decision(report=fingerprint("an older report"))
    with refused("decision.report.differs"):
        steps.submit()
    steps.registry.edit(steps.get("decision", "D-1"), report=fingerprint("report"))
    steps.submit()
    with refused("decision.day.ahead"):
        steps.move("decision", "D-1", "approve", decided_by="chen.bo", decided_on=steps.today + timedelta(days=3))
    with refused("need.id.no_decision"):
        steps.move("need", "N-1", "decide")
    steps.approve()
    assert steps.move("need", "N-1", "decide").state == "decided"


def test_2_2_2_what_is_kept_in_house_is_not_tendered(steps):
    steps.need()
    steps.analyse()
    steps.draft_decision(option="in_house")
    steps.submit()
    steps.approve()
    steps.draft_tender()
    steps.channel()
    with refused("tender.decision.in_house"):
        steps.move("tender", "T-1", "publish")


def test_2_2_2_a_decision_stands_once_it_is_taken(steps):
    decision = steps.decided()
    with refused("decision.option.not_editable"):
        steps.registry.edit(decision, option="partial")
    with refused("decision.option.no_choice"):
        steps.draft_decision("D-2", option="perhaps")


@pytest.mark.parametrize(
    "size",
    [MAJOR, {"estimated_value": Decimal(5_000_000)}, {"term_months": 36}, {"data_class": "important"}],
    ids=["value", "value at the threshold", "term", "data class"],
)
def test_2_2_3_a_major_project_is_not_approved_without_experts_and_board(steps, size):
    steps.need(**size)
    steps.analyse()
    steps.draft_decision()
    steps.submit()
    with refused("decision.expert_review_by.missing", "decision.board_approval_by.missing"):
        steps.approve()
    steps.review()
    with refused("decision.board_approval_by.missing"):
        steps.approve()
    steps.resolve()
    assert steps.approve().state == "approved"


def test_2_2_3_just_below_every_threshold_nothing_more_is_asked(steps):
    size = {"estimated_value": Decimal("4999999.99"), "term_months": 35, "data_class": "internal"}
    assert steps.decided(**size).state == "approved"


def test_2_2_3_the_experts_come_before_the_board_and_both_see_the_text_that_was_submitted(steps):
    steps.need(**MAJOR)
    steps.analyse()
    steps.draft_decision()
    steps.submit()
    steps.clock.advance(days=2)
    steps.review()
    with refused("decision.board_approval_on.before_review"):
        day = steps.today - timedelta(days=1)
        steps.move("decision", "D-1", "resolve", board_approval_by="board", board_approval_on=day)
    steps.resolve()
    fields = {"decided_by": "chen.bo", "return_reasons": "state the exit cost"}
    with refused("decision.decided_on.before_board", "decision.decided_on.before_step"):
        steps.move("decision", "D-1", "approve", decided_by="chen.bo", decided_on=steps.today - timedelta(days=1))
    steps.move("decision", "D-1", "return", decided_on=steps.today, **fields)
    steps.clock.advance(days=1)
    steps.submit()
    old = steps.today - timedelta(days=1)
    with refused("decision.expert_review_on.stale"):
        steps.move("decision", "D-1", "review", expert_review_by="x", expert_review_on=old, expert_opinion="y")
    with refused("decision.board_approval_on.stale"):
        steps.move("decision", "D-1", "resolve", board_approval_by="board", board_approval_on=old)
    with refused("decision.expert_review_by.missing", "decision.board_approval_by.missing"):
        steps.approve()


def test_2_2_3_the_tender_of_a_major_project_cannot_open_without_both_steps(steps):
    steps.decided()
    steps.draft_tender(**MAJOR)
    steps.channel()
    with refused("tender.decision.no_expert_review", "tender.decision.no_board_approval"):
        steps.move("tender", "T-1", "publish")


def test_2_2_3_a_project_split_into_small_tenders_is_still_major(steps):
    steps.published(estimated_value=Decimal(3_000_000))
    steps.draft_tender("T-2", estimated_value=Decimal(2_500_000))
    steps.channel("H-2", "T-2")
    with refused("tender.decision.no_expert_review", "tender.decision.no_board_approval"):
        steps.move("tender", "T-2", "publish")
    steps.move("tender", "T-1", "cancel", outcome_reasons="published anew", outcome_by="chen.bo")
    assert steps.move("tender", "T-2", "publish").state == "published"


def test_2_2_3_a_major_project_with_both_steps_is_tendered(steps):
    steps.need(**MAJOR)
    steps.analyse()
    steps.draft_decision()
    steps.submit()
    steps.review()
    steps.resolve()
    steps.approve()
    assert steps.published(**MAJOR).state == "published"


def test_2_2_3_a_size_that_is_not_known_is_not_small(steps):
    steps.decided()
    steps.draft_tender(estimated_value=None, term_months=None, data_class="")
    steps.channel()
    with refused("tender.estimated_value.needed", "tender.term_months.needed", "tender.data_class.needed"):
        steps.move("tender", "T-1", "publish")
    steps.registry.edit(steps.get("tender", "T-1"), estimated_value=Decimal(0), currency="USD", data_class="secret")
    with refused(
        "tender.estimated_value.not_positive", "tender.currency.not_house", "tender.data_class.unknown", among=True
    ):
        steps.move("tender", "T-1", "publish", term_months=12)
