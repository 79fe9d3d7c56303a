"""Whether a review is binding: an adopted plan, agreed by its fingerprint before the period, and measured figures."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from supplier_eval.flags import Reason
from supplier_eval.monitor.period import Period

if TYPE_CHECKING:
    from supplier_eval.monitor.plan import ReviewPlan


def standing_reasons(plan: ReviewPlan, agreed: str, span: Period | None, *, measured: bool) -> tuple[Reason, ...]:
    """Why a review is exploratory; empty where it is binding (convention §14).

    Parameters
    ----------
    plan : ReviewPlan
        By which was reviewed.
    agreed : str
        Fingerprint that the contract or its publication names; empty for none.
    span : Period or None
        The period's days.
    measured : bool
        Whether the figures were measured from records by the plan's definitions, not given as a table.
    """
    reasons: list[Reason] = []
    if plan.adoption is None:
        reasons.append(Reason("review.standing.not_adopted"))
    if not agreed:
        reasons.append(Reason("review.standing.not_agreed"))
    elif agreed != plan.fingerprint:
        facts = {"agreed": agreed[:19], "plan": plan.fingerprint[:19]}
        reasons.append(Reason("review.standing.other_plan", facts=facts))
    if plan.adoption is not None and span is not None:
        start = span.start.date() if isinstance(span.start, datetime) else span.start
        if plan.adoption.on > start:
            facts = {"adopted": plan.adoption.on.isoformat(), "start": start.isoformat()}
            reasons.append(Reason("review.standing.adopted_late", facts=facts))
    if not measured:
        reasons.append(Reason("review.standing.table"))
    return tuple(reasons)
