"""Guards of scorecards, risk ratings and improvement plans: later data, other people (§3.3.2, §3.3.4, §6.3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.guards.fields import in_order, not_ahead
from supplier_eval.registry.guards.procedure import today
from supplier_eval.registry.guards.rounds import anew
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.suppliers import ImprovementPlan, RiskRatingRecord, ScorecardRecord


def _ends(situation: Situation) -> Iterator[Finding]:
    """The score lies in its interval (§3.3.2)."""
    card = cast(ScorecardRecord, situation.record)
    if card.score is None:
        return
    low = card.lower if card.lower is not None else card.score
    high = card.upper if card.upper is not None else card.score
    if not low <= card.score <= high:
        facts = {"lower": str(low), "upper": str(high)}
        yield Finding("scorecard.score.outside", "scorecard", "score", value=str(card.score), facts=facts)


def _binding(situation: Situation) -> Iterator[Finding]:
    """Only a binding scorecard has consequences (convention §14)."""
    card = cast(ScorecardRecord, situation.record)
    if card.standing != "binding":
        yield Finding("scorecard.standing.exploratory", "scorecard", "standing", value=card.standing)


def _rating_binding(situation: Situation) -> Iterator[Finding]:
    """A rating by an exploratory policy is not confirmed; one by people, without a policy, says no standing."""
    rating = cast(RiskRatingRecord, situation.record)
    if rating.standing == "exploratory" or (rating.standing is None and rating.policy_fingerprint is not None):
        given = rating.standing or "-"
        yield Finding("risk_rating.standing.exploratory", "risk_rating", "standing", value=given)


def _one_a_period(situation: Situation) -> Iterator[Finding]:
    """A supplier has one confirmed scorecard for the same contract and the same days (§3.3.2)."""
    card = cast(ScorecardRecord, situation.record)
    for other in situation.reader.where("scorecard", states=("confirmed",), supplier=card.supplier):
        same = other.contract == card.contract and other.id != card.id
        if same and other.period_from < card.period_to and card.period_from < other.period_to:
            facts = {"other": other.id}
            yield Finding("scorecard.period.taken", "scorecard", "period", value=card.period, facts=facts)


def _by_another(code: str, clause: str, scorers: str) -> Guard:
    """Guard: who confirms is none of those who scored (§1.3.4)."""

    def check(situation: Situation) -> Iterator[Finding]:
        person = getattr(situation.record, "confirmed_by")  # noqa: B009 - a field of several kinds
        own = {id_key(name) for name in getattr(situation.record, scorers)}
        if person is not None and id_key(person) in own:
            yield Finding(code, situation.record.kind, "confirmed_by", value=person)

    return Guard(code, clause, check)


def _apart(situation: Situation) -> Iterator[Finding]:
    """A target lies away from where the supplier stands (§3.3.4)."""
    plan = cast(ImprovementPlan, situation.record)
    if plan.target == plan.baseline:
        yield Finding("improvement_plan.target.same", "improvement_plan", "target", value=str(plan.target))


def _later_data(situation: Situation) -> Iterator[Finding]:
    """The evidence is of a period after the gap was shown and the plan agreed, and the period is over (§3.3.4)."""
    plan = cast(ImprovementPlan, situation.record)
    first, last = plan.evidence_from, plan.evidence_until
    if first is None or last is None:
        return
    start = max(plan.baseline_until, plan.agreed_on)
    if first < start or last <= first or last > today(situation):
        facts = {"start": str(start), "until": str(last)}
        yield Finding(
            "improvement_plan.evidence.not_later", "improvement_plan", "evidence_from", value=str(first), facts=facts
        )


def reached(plan: ImprovementPlan) -> bool | None:
    """Whether the later figure reaches the target, in the direction from the baseline; None without a figure."""
    if plan.evidence_figure is None:
        return None
    upwards = plan.target > plan.baseline
    return plan.evidence_figure >= plan.target if upwards else plan.evidence_figure <= plan.target


def _reached(situation: Situation) -> Iterator[Finding]:
    """A plan is achieved by a figure that reaches its target (§3.3.4)."""
    plan = cast(ImprovementPlan, situation.record)
    if reached(plan) is False:
        facts = {"target": str(plan.target), "baseline": str(plan.baseline)}
        given = str(plan.evidence_figure)
        yield Finding(
            "improvement_plan.evidence.below", "improvement_plan", "evidence_figure", value=given, facts=facts
        )


def _missed(situation: Situation) -> Iterator[Finding]:
    """A plan whose figure reached its target has not failed (§3.3.4)."""
    plan = cast(ImprovementPlan, situation.record)
    if reached(plan):
        facts = {"target": str(plan.target)}
        given = str(plan.evidence_figure)
        yield Finding(
            "improvement_plan.evidence.reached", "improvement_plan", "evidence_figure", value=given, facts=facts
        )


def _its_scorecard(situation: Situation) -> Iterator[Finding]:
    """The scorecard that is named is a confirmed one of this supplier and of the later period (§3.3.4)."""
    plan = cast(ImprovementPlan, situation.record)
    card: Stored | None = situation.reader.get("scorecard", plan.scorecard) if plan.scorecard is not None else None
    if card is None:
        return
    fits = card.supplier == plan.supplier and card.state == "confirmed"
    if not fits or (plan.evidence_from is not None and card.period_from < plan.evidence_from):
        facts = {"state": card.state}
        yield Finding("improvement_plan.scorecard.other", "improvement_plan", "scorecard", value=card.id, facts=facts)


def _later_due(situation: Situation) -> Iterator[Finding]:
    """More time is time that lies ahead (§3.3.4)."""
    plan = cast(ImprovementPlan, situation.record)
    if situation.before is not None and plan.due <= situation.before.due:
        facts = {"before": str(situation.before.due)}
        yield Finding("improvement_plan.due.not_later", "improvement_plan", "due", value=str(plan.due), facts=facts)


SCORECARD = (
    in_order("scorecard.period_to.before", "§3.3.2", "period_from", "period_to", apart=True),
    Guard("scorecard.score.outside", "§3.3.2", _ends),
)
CONFIRM_SCORECARD = (
    *SCORECARD,
    Guard("scorecard.standing.exploratory", "§3.3.2", _binding),
    Guard("scorecard.period.taken", "§3.3.2", _one_a_period),
    _by_another("scorecard.confirmed_by.scorer", "§1.3.4", "scored_by"),
    not_ahead("scorecard.confirmed_on.ahead", "§3.3.2", "confirmed_on"),
    in_order("scorecard.confirmed_on.before", "§3.3.2", "period_to", "confirmed_on"),
)
RATING = (not_ahead("risk_rating.day.ahead", "§6.3.1", "on"),)
CONFIRM_RATING = (
    Guard("risk_rating.standing.exploratory", "§6.3.1", _rating_binding),
    in_order("risk_rating.confirmed_on.before_step", "§6.3.1", "on", "confirmed_on"),
    _by_another("risk_rating.confirmed_by.rater", "§1.3.4", "rated_by"),
    not_ahead("risk_rating.day.ahead", "§6.3.1", "confirmed_on"),
    in_order("risk_rating.next_review.before", "§6.3.1", "on", "next_review", apart=True),
)
PLAN = (
    Guard("improvement_plan.target.same", "§3.3.4", _apart),
    in_order("improvement_plan.due.before", "§3.3.4", "agreed_on", "due", apart=True),
)
LATER_DATA = (
    Guard("improvement_plan.evidence.not_later", "§3.3.4", _later_data),
    Guard("improvement_plan.scorecard.other", "§3.3.4", _its_scorecard),
    not_ahead("improvement_plan.closed_on.ahead", "§3.3.4", "closed_on"),
    in_order("improvement_plan.closed_on.before_step", "§3.3.4", "agreed_on", "closed_on"),
)
ACHIEVE = (*LATER_DATA, Guard("improvement_plan.evidence.below", "§3.3.4", _reached))
ANEW = anew("improvement_plan.reason.last_round", "§3.3.4", "reason")
FAIL = (*LATER_DATA, Guard("improvement_plan.evidence.reached", "§3.3.4", _missed), ANEW)
EXTEND = (Guard("improvement_plan.due.not_later", "§3.3.4", _later_due), ANEW)
WITHDRAW = (ANEW,)
