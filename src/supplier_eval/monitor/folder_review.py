"""One call for a folder of service records: read, measure, review period after period, answer (§3.3.2)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.monitor.folder_contents import read_review_folder
from supplier_eval.monitor.folder_credits import credits_of
from supplier_eval.monitor.folder_periods import LENGTHS, asked_spans
from supplier_eval.monitor.grade_history import period_of
from supplier_eval.monitor.kpis import measure_kpis
from supplier_eval.monitor.period import period_around
from supplier_eval.monitor.review_answers import ReviewAnswers
from supplier_eval.monitor.review_notices import left_out
from supplier_eval.monitor.review_source import contract_groups
from supplier_eval.monitor.reviewing import review_periods

if TYPE_CHECKING:
    from supplier_eval.clock import BusinessClock
    from supplier_eval.monitor.folder_contents import ReviewFolder
    from supplier_eval.monitor.plan import ReviewPlan

TABLE = "arguments"


def review_folder(
    path: str | Path,
    *,
    period: str = "",
    span: tuple[str, str] = ("", ""),
    by: str = "",
    supplier: str = "",
    as_of: date | datetime | str | None = None,
    plan: ReviewPlan | str | Path | None = None,
    agreed: str = "",
) -> ReviewAnswers:
    """Review all suppliers of a folder in one period, with the periods before it for the grades.

    Parameters
    ----------
    path : str or Path
        Folder with service records, ``plan.toml``, ``calendar.toml`` and, where there are such, ``events.csv`` and
        ``credits.toml``.
    period : str
        The period reviewed, such as ``2025-06``; by default the last complete one in the records. Its history begins
        with the plan's `first_period`, without one with the first record.
    span : (str, str)
        First and last period instead; either may be empty. Another first period than the plan's leaves grades out that
        those after them go on from, and the review exploratory.
    by : {"month", "quarter", "year"}, optional
        Length of a period; that of the plan by default. Another one makes another plan, and the review exploratory.
    supplier : str
        Shown alone; everybody is reviewed all the same, since estimates and ranks need the others.
    as_of : date, datetime or str, optional
        Moment of knowledge: what happened later is not known. A date is its first moment in the calendar's zone. By
        default the end of the period reviewed.
    plan : ReviewPlan, str or Path, optional
        Instead of the folder's.
    agreed : str
        The plan's fingerprint as the contract or its publication names it.

    Returns
    -------
    ReviewAnswers

    Raises
    ------
    InvalidInput
        With every finding.
    UnknownName
        For a supplier that the records do not have.

    Examples
    --------
    >>> answers = se.monitor.review_folder("data/samples/service-records", period="2026-10")
    >>> answers.review
    PeriodReview(2026-10: 11 of 11 suppliers rated; exploratory)
    """
    folder = read_review_folder(path, plan)
    chosen = _of_length(folder.plan, by)
    names = {id_key(name): name for name in folder.records.suppliers}
    if supplier and id_key(supplier) not in names:
        raise UnknownName("supplier", supplier, names.values())
    clock = next(iter(folder.records.clocks.values()))
    known = _moment(as_of, clock)
    first, last = span
    start = period_of(chosen.first_period, chosen)
    spans = asked_spans(folder.records, clock, chosen.period, (period, first, last), known, start)
    results = measure_kpis(folder.records, chosen.kpis, spans, as_of=known)
    reviews = review_periods(
        results, chosen, events=list(folder.events), groups=_groups(folder), agreed=agreed, as_of=known
    )
    reviewed = [one.period for one in reviews]
    owed = credits_of(results, folder.credits, reviewed)
    noticed = () if period or last else left_out(folder.records, clock, spans[-1], chosen.period, known)
    return ReviewAnswers(folder, chosen, results, reviews, owed, names.get(id_key(supplier), ""), noticed)


def _of_length(plan: ReviewPlan, by: str) -> ReviewPlan:
    if by and by not in LENGTHS:
        facts = {"known": ", ".join(LENGTHS)}
        raise InvalidInput([Finding("review.folder.length", TABLE, "by", value=by, facts=facts)], TABLE)
    if by in {"", plan.period}:
        return plan
    start = period_of(plan.first_period, plan)
    first = period_around(start.start, by).label if start is not None else ""
    return plan.replace(period=by, first_period=first)


def _groups(folder: ReviewFolder) -> dict[str, str] | None:
    """Peer groups that the contracts state; None where they state none."""
    return contract_groups(folder.records) or None


def _moment(given: date | datetime | str | None, clock: BusinessClock) -> datetime | None:
    """A moment of knowledge with its zone."""
    if given is None:
        return None
    try:
        if isinstance(given, str):
            given = datetime.fromisoformat(given.strip())
        if not isinstance(given, date):
            raise TypeError
    except (ValueError, TypeError):
        raise InvalidInput([Finding("review.as_of", TABLE, "as_of", value=str(given))], TABLE) from None
    moment = given if isinstance(given, datetime) else datetime(given.year, given.month, given.day)
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=ZoneInfo(clock.timezone))
