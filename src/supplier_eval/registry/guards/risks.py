"""Guards of risks, responses and warnings (§6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.guards.fields import filled, in_order, not_ahead
from supplier_eval.registry.guards.procedure import today
from supplier_eval.registry.guards.rounds import anew, cleared
from supplier_eval.registry.lifecycle import Guard, Reader, Situation
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.risks import Risk, RiskResponse, RiskWarning

IN_FORCE = ("approved", "in_place")
OPEN_WARNINGS = ("raised", "escalated", "acknowledged")


def expired_acceptances(reader: Reader, day: date) -> tuple[Stored, ...]:
    """Acceptances that still stand although their day is past, by id: the risk needs a new answer (§6.2.1)."""
    standing = reader.where("risk_response", states=IN_FORCE, strategy="accept")
    return tuple(known for known in standing if known.expires_on is not None and known.expires_on < day)


def _is_accepted(situation: Situation) -> bool:
    return cast(RiskResponse, situation.record).strategy == "accept"


def _is_measure(situation: Situation) -> bool:
    return not _is_accepted(situation)


def _range(situation: Situation) -> Iterator[Finding]:
    """Low stands below high, and above zero: a loss has a range (§6.1.2)."""
    risk = cast(Risk, situation.record)
    for prefix in ("impact", "inherent", "target"):
        low, high = getattr(risk, f"{prefix}_low"), getattr(risk, f"{prefix}_high")
        if low is not None and high is not None and not 0 < low < high:
            facts = {"low": str(low)}
            yield Finding("risk.impact_high.no_range", "risk", f"{prefix}_high", value=str(high), facts=facts)


def _answered(situation: Situation) -> Iterable[Finding]:
    """Somebody approved what is done about it (§6.2.1)."""
    if situation.reader.where("risk_response", states=IN_FORCE, risk=situation.record.id):
        return ()
    return (Finding("risk.state.no_response", "risk", "state"),)


def _unanswered_again(situation: Situation) -> Iterator[Finding]:
    """A risk counts as treated as long as a response stands (§6.2.1)."""
    for known in situation.reader.where("risk_response", states=IN_FORCE, risk=situation.record.id):
        yield Finding("risk.state.response_stands", "risk", "state", value=known.id)


def _no_open_warning(situation: Situation) -> Iterator[Finding]:
    """No risk is closed over an open warning (§6.3.2)."""
    for known in situation.reader.where("warning", states=OPEN_WARNINGS, risk=situation.record.id):
        yield Finding("risk.state.open_warning", "risk", "state", value=known.id)


def _not_yet(situation: Situation) -> Iterable[Finding]:
    """A response expires when its day is past, not before (§6.2.1)."""
    response = cast(RiskResponse, situation.record)
    if response.expires_on is not None and response.expires_on < today(situation):
        return ()
    return (
        Finding(
            "risk_response.expires_on.still_runs", "risk_response", "expires_on", value=str(response.expires_on or "-")
        ),
    )


def _unanswered(situation: Situation) -> Iterable[Finding]:
    """A warning goes up only once its time is over: to answer, or after that to act (§6.3.2)."""
    warning = cast(RiskWarning, situation.record)
    due = warning.due if warning.acknowledged_on is None else warning.action_due
    if due is not None and due < today(situation):
        return ()
    return (Finding("warning.due.still_runs", "warning", "due", value=str(due or "-")),)


def _one_more(situation: Situation) -> Iterable[Finding]:
    """Each escalation tells one person more; nobody is taken off the list, the owner is not told again (§6.3.2)."""
    warning = cast(RiskWarning, situation.record)
    before = cast(RiskWarning, situation.before.record).escalated_to if situation.before is not None else ()
    told, chain = ([id_key(person) for person in people] for people in (before, warning.escalated_to))
    once = len({*chain, id_key(warning.owner)}) == len(chain) + 1
    if once and len(chain) > len(told) and chain[: len(told)] == told:
        return ()
    shown = ", ".join(warning.escalated_to)
    return (Finding("warning.escalated_to.nobody_new", "warning", "escalated_to", value=shown),)


LOSS_RANGE = Guard("risk.impact_high.no_range", "§6.1.2", _range)
ASSESSED_BEFORE_NOW = not_ahead("risk.assessed_on.ahead", "§6.1.2", "assessed_on")
REVIEW_AFTER = in_order("risk.next_review.before", "§6.3.1", "assessed_on", "next_review", apart=True)
ASSESSED_ANEW = anew(
    "risk.assessed_on.not_anew", "§6.3.1", "assessed_on", "likelihood", "impact_low", "impact_high", "reason"
)
RISK_CLOSED = (
    in_order("risk.closed_on.before_step", "§6.3.1", "assessed_on", "closed_on"),
    not_ahead("risk.assessed_on.ahead", "§6.3.1", "closed_on"),
)
REOPENED = cleared("risk.closed_on.last_round", "§6.3.1", "closed_on", "close_reason")
REASON_GIVEN = filled("risk.reason.missing", "§6.3.1", "reason")
ANSWERED = Guard("risk.state.no_response", "§6.2.1", _answered)
RESPONSE_GONE = Guard("risk.state.response_stands", "§6.2.1", _unanswered_again)
NO_OPEN_WARNING = Guard("risk.state.open_warning", "§6.3.2", _no_open_warning)
ACCEPTANCE = filled("risk_response.accept.lacks", "§6.2.1", "approver", "reason", "expires_on", when=_is_accepted)
ACCEPT_ENDS_LATER = in_order("risk_response.expires_on.before", "§6.2.1", "decided_on", "expires_on", apart=True)
MEASURE = filled("risk_response.measure.missing", "§6.2.2", "measure", "cost", "currency", when=_is_measure)
TEST_PLANNED = filled("risk_response.test_due.missing", "§6.2.2", "test_due", "evidence", when=_is_measure)
TESTED_BEFORE_NOW = not_ahead("risk_response.tested_on.ahead", "§6.2.2", "tested_on", "decided_on")
TESTED_IN_TURN = in_order("risk_response.tested_on.before_step", "§6.2.2", "decided_on", "tested_on")
RESPONSE_ENDED = (
    in_order("risk_response.ended_on.before_step", "§6.2.1", "decided_on", "ended_on"),
    not_ahead("risk_response.tested_on.ahead", "§6.2.1", "ended_on"),
)
NEXT_TEST = in_order("risk_response.test_due.before", "§6.2.2", "tested_on", "test_due", apart=True)
TESTED_ANEW = anew("risk_response.tested_on.not_anew", "§6.2.2", "tested_on", "test_result", "test_due", "evidence")
EXPIRED = Guard("risk_response.expires_on.still_runs", "§6.2.1", _not_yet)
UNANSWERED = Guard("warning.due.still_runs", "§6.3.2", _unanswered)
ANSWERED_ANEW = anew("warning.acknowledged_on.not_anew", "§6.3.2", "acknowledged_on", "action", "action_due")
ONE_MORE = Guard("warning.escalated_to.nobody_new", "§6.3.2", _one_more)
RAISED_BEFORE_NOW = not_ahead("warning.raised_at.ahead", "§6.3.2", "raised_at")
ACKNOWLEDGED = (
    in_order("warning.acknowledged_on.before_step", "§6.3.2", "raised_at", "acknowledged_on"),
    not_ahead("warning.raised_at.ahead", "§6.3.2", "acknowledged_on"),
)
ESCALATED = (
    in_order("warning.escalated_on.before_step", "§6.3.2", "raised_at", "escalated_on"),
    not_ahead("warning.raised_at.ahead", "§6.3.2", "escalated_on"),
)
WARNING_CLOSED = (
    in_order("warning.closed_on.before_step", "§6.3.2", "acknowledged_on", "closed_on"),
    not_ahead("warning.raised_at.ahead", "§6.3.2", "closed_on"),
)
ACTION_NAMED = filled("warning.action.missing", "§6.3.2", "action")
OUTCOME_NAMED = filled("warning.outcome.missing", "§6.3.2", "outcome")
