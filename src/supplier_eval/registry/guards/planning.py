"""Guards of needs, assessments and decisions (§2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from supplier_eval.registry.guards.fields import different_people, in_order, not_ahead
from supplier_eval.registry.guards.procedure import Facts, months_later, not_one_of, persons, refusal, the, today
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.lifecycle import Situation
from supplier_eval.registry.records.planning import Assessment, Decision, Need
from supplier_eval.registry.rules import HouseRules

RUNNING = (
    *("published", "closed", "opened", "technical_opened", "marks_locked", "prices_opened"),
    *("evaluated", "candidates_published", "re_evaluation"),
)


class Sized(Protocol):
    """What has a size by which it is major or not."""

    @property
    def estimated_value(self) -> Decimal | None:
        """Money over the term."""

    @property
    def term_months(self) -> int | None:
        """Length."""

    @property
    def data_class(self) -> str:
        """Class of its information."""


def is_major(sized: Sized, rules: HouseRules) -> bool:
    """Whether something of this size needs expert review and board approval (§2.2.3)."""
    return rules.is_major(sized.estimated_value, sized.term_months, sized.data_class)


@refusal("need.category.unknown", "§1.2")
def known_category(need: Need, s: Situation) -> Iterator[Facts]:
    """The company's list of categories holds it."""
    if need.category not in s.rules.categories:
        yield {"value": need.category, "known": ", ".join(s.rules.categories)}


@refusal("need.data_class.unknown", "§8.1.2")
def known_need_class(need: Need, s: Situation) -> Iterator[Facts]:
    """The rules know the class, once there is one."""
    if need.data_class and s.rules.data_class(need.data_class) is None:
        yield {"value": need.data_class, "known": ", ".join(known.id for known in s.rules.data_classes)}


@refusal("need.currency.not_house", "§2.2.3")
def need_in_house_currency(need: Need, s: Situation) -> Iterator[Facts]:
    """The threshold of major projects is money of one currency."""
    if need.currency is not None and need.currency != s.rules.currency:
        yield {"value": need.currency, "house": s.rules.currency}


@refusal("need.next_review.past", "§2.1.1")
def review_ahead(need: Need, s: Situation) -> Iterator[Facts]:
    """The next review lies ahead."""
    if need.next_review <= today(s):
        yield {"value": need.next_review}


@refusal("need.next_review.too_far", "§2.1.1")
def review_regular(need: Need, s: Situation) -> Iterator[Facts]:
    """Needs are looked at regularly: the next review comes within the house's interval."""
    latest = months_later(today(s), s.rules.planning.review_months)
    if need.next_review > latest:
        yield {"value": need.next_review, "latest": latest}


@refusal("need.report.too_few_assessors", "§2.1.2")
def enough_assessors(need: Need, s: Situation) -> Iterator[Facts]:
    """Enough people have marked both necessity and feasibility."""
    given = s.reader.where("assessment", states=("given",), need=need.id)
    for dimension in ("necessity", "feasibility"):
        count = len(persons(mark.person for mark in given if mark.dimension == dimension))
        if count < s.rules.planning.assessors:
            yield {"value": dimension, "count": count, "least": s.rules.planning.assessors}


@refusal("need.id.no_decision", "§2.2.1")
def decision_taken(need: Need, s: Situation) -> Iterator[Facts]:
    """Management has decided on the report that stands."""
    approved = s.reader.where("decision", states=("approved",), need=need.id)
    if not any(decision.report == need.report for decision in approved):
        yield {"value": need.id}


@refusal("need.id.tender_running", "§2.1.1")
def no_running_tender(need: Need, s: Situation) -> Iterator[Facts]:
    """A need is not closed while its tender runs."""
    for tender in s.reader.where("tender", states=RUNNING, need=need.id):
        yield {"value": tender.id}


@refusal("assessment.need.not_listed", "§2.1.2")
def need_listed(assessment: Assessment, s: Situation) -> Iterator[Facts]:
    """Marks are given before the report, not after it."""
    yield from not_one_of(the(s.reader, "need", assessment.need), ("listed",))


@refusal("assessment.person.twice", "§2.1.2")
def marked_once(assessment: Assessment, s: Situation) -> Iterator[Facts]:
    """One person gives one mark on a criterion."""
    wanted = (persons([assessment.person]), assessment.dimension, assessment.criterion)
    for known in s.reader.where("assessment", states=("given",), need=assessment.need):
        if (persons([known.person]), known.dimension, known.criterion) == wanted:
            yield {"value": assessment.person, "criterion": assessment.criterion}


@refusal("decision.need.not_analysed", "§2.2.1")
def need_analysed(decision: Decision, s: Situation) -> Iterator[Facts]:
    """There is a needs-analysis report to decide on."""
    yield from not_one_of(the(s.reader, "need", decision.need), ("analysed",))


@refusal("decision.report.differs", "§2.2.1")
def report_of_need(decision: Decision, s: Situation) -> Iterator[Facts]:
    """It is the report of the need that lies before management."""
    report = the(s.reader, "need", decision.need).report
    if decision.report is not None and decision.report != report:
        yield {"value": decision.report, "report": report or "-"}


def _major_and_out(decision: Decision, s: Situation) -> bool:
    return decision.option != "in_house" and is_major(the(s.reader, "need", decision.need).record, s.rules)  # type: ignore[arg-type]


@refusal("decision.expert_review_by.missing", "§2.2.3")
def experts_heard(decision: Decision, s: Situation) -> Iterator[Facts]:
    """Experts reviewed a major project."""
    if _major_and_out(decision, s) and (not decision.expert_review_by.strip() or decision.expert_review_on is None):
        yield {"value": decision.need}


@refusal("decision.board_approval_by.missing", "§2.2.3")
def board_agreed(decision: Decision, s: Situation) -> Iterator[Facts]:
    """The board approved a major project."""
    if _major_and_out(decision, s) and (not decision.board_approval_by.strip() or decision.board_approval_on is None):
        yield {"value": decision.need}


@refusal("decision.submitted_on.before_return", "§2.2.1")
def submitted_after_return(decision: Decision, s: Situation) -> Iterator[Facts]:
    """What was returned is submitted again afterwards."""
    returned = s.before.decided_on if s.before is not None else None
    if returned is not None and decision.submitted_on is not None and decision.submitted_on < returned:
        yield {"value": decision.submitted_on, "returned": returned}


REPORT_ANEW = anew("need.report.last_round", "§2.1.2", "report")
ROUND_CLEARED = cleared(
    *("decision.decided_on.last_round", "§2.2.1", "expert_review_by", "expert_review_on", "expert_opinion"),
    *("board_approval_by", "board_approval_on", "decided_by", "decided_on"),
)
REASONS_ANEW = anew("decision.return_reasons.last_round", "§2.2.1", "return_reasons")
DECIDED_BY_ANOTHER = different_people("decision.decided_by.same_person", "§2.2.1", "submitted_by", "decided_by")
EXPERTS_FIRST = in_order("decision.board_approval_on.before_review", "§2.2.3", "expert_review_on", "board_approval_on")
REVIEW_OF_THIS_TEXT = in_order("decision.expert_review_on.stale", "§2.2.3", "submitted_on", "expert_review_on")
BOARD_ON_THIS_TEXT = in_order("decision.board_approval_on.stale", "§2.2.3", "submitted_on", "board_approval_on")
DECIDED_AFTER_BOARD = in_order("decision.decided_on.before_board", "§2.2.3", "board_approval_on", "decided_on")
DECIDED_IN_TURN = tuple(
    in_order("decision.decided_on.before_step", "§2.2.1", step, "decided_on")
    for step in ("submitted_on", "expert_review_on")
)
DECISION_NOT_AHEAD = not_ahead(
    *("decision.day.ahead", "§2.2.1", "submitted_on", "expert_review_on", "board_approval_on", "decided_on")
)
