"""Whether a review is binding: an adopted plan, agreed by its fingerprint before the period, and measured figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from supplier_eval.flags import Reason
from supplier_eval.monitor.grade_history import Step, period_of
from supplier_eval.monitor.period import Period, periods_until

if TYPE_CHECKING:
    from supplier_eval.monitor.plan import ReviewPlan


def standing_reasons(
    plan: ReviewPlan,
    agreed: str,
    span: Period | None,
    *,
    measured: bool,
    period: str = "",
    steps: Iterable[Step] = (),
    labels: Iterable[str] | None = None,
) -> tuple[Reason, ...]:
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
    period : str
        Label of the period.
    steps : iterable of Step
        Grades of the periods before. They must be those of every period from the plan's `first_period` on, no other,
        and of this plan: the same figures after another history can have another grade.
    labels : iterable of str, optional
        Periods of which there are figures. Where the plan lets earlier cases count (`half_life`), they must be those
        from `first_period` on, too: the comparison is made of them.
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
    named = period or ("" if span is None else span.label)
    return (*reasons, *_history_reasons(plan, named, span, tuple(steps), None if labels is None else set(labels)))


def _history_reasons(
    plan: ReviewPlan, period: str, span: Period | None, steps: tuple[Step, ...], labels: set[str] | None
) -> Iterator[Reason]:
    """Why the grades of the periods before are not those that the plan's grades go on from."""
    if not plan.grades.bands:
        return
    first, at = period_of(plan.first_period, plan), period_of(period, plan)
    if first is None:
        yield Reason("review.standing.no_first_period")
        return
    days = at is not None and span is not None and not isinstance(span.start, datetime)
    if at is None or (days and span is not None and (span.start, span.end) != (at.start, at.end)):
        facts = {"period": period, "length": plan.period}
        yield Reason("review.standing.other_length", facts=facts)
        return
    given = {one.label if (one := period_of(step.period, plan)) else step.period for step in steps}
    needed = [one.label for one in periods_until(first, at, plan.period)]
    early = sorted(given - set(needed)) or ([period] if at.start < first.start else [])
    missing = [label for label in needed if label not in given]
    other = [step.period for step in steps if step.plan != plan.fingerprint]
    fades = plan.estimates.half_life is not None and labels is not None
    absent = [label for label in needed if fades and label not in (labels or set())]
    for code, which in (
        ("history_missing", missing),
        ("history_other", early),
        ("history_plan", other),
        ("figures_missing", absent),
    ):
        if which:
            facts = {"first": first.label, "periods": _few(which), "n": str(len(which))}
            yield Reason(f"review.standing.{code}", facts=facts)


def _few(labels: list[str]) -> str:
    return ", ".join(labels) if len(labels) <= 3 else f"{labels[0]}, {labels[1]}, …, {labels[-1]}"
