"""Periodic reviews and risk ratings into the registry, to be confirmed by somebody else (§3.3.2, §6.3.1)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.keeping.registered import made
from supplier_eval.messages import LANGS
from supplier_eval.registry.record import Stored
from supplier_eval.registry.store import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supplier_eval.monitor.period_review import PeriodReview
    from supplier_eval.risk.rating_result import RiskRating

PLACES = Decimal("0.000001")


def keep_review(
    registry: Registry, review: PeriodReview, *, suppliers: Mapping[str, str] | None = None, data_class: str = ""
) -> tuple[Stored, ...]:
    """Record the scorecards of one period.

    Parameters
    ----------
    registry : Registry
        The store; its actor is named as who scored.
    review : PeriodReview
        Of `se.monitor.review_period`.
    suppliers : mapping or None
        Id in the review → id in the registry, where they differ.
    data_class : str
        Class of the information in the review's own words (§8.1.2): they are attached once, English and Chinese, and
        named in `report`; nothing is attached without a class.

    Returns
    -------
    tuple of Stored
        One `scorecard` a supplier, all or none, state recorded, id ``<supplier>-<period>``. A supplier that was not
        rated has no score; the coverage, and the words that are attached, say why.

    Raises
    ------
    InvalidInput
        Where the period's label says no days, or the store refuses a record: an unknown supplier, a scorecard that is
        there already.
    """
    named = suppliers or {}
    if review.span is None:
        raise InvalidInput([Finding("keeping.no_days", "scorecard", "period", value=review.period)], review.period)
    first, after = (_day(bound, registry) for bound in (review.span.start, review.span.end))
    table = review.to_frame()
    report = _attached(registry, review, data_class) if data_class else None
    records = []
    for row in table.to_dict("records"):
        supplier = named.get(str(row["supplier"]), str(row["supplier"]))
        rated = bool(row["rated"])
        record = made(
            "scorecard",
            id=f"{supplier}-{review.period}",
            supplier=supplier,
            period=review.period,
            period_from=first,
            period_to=after,
            score=_figure(row["score"]) if rated else None,
            lower=_figure(row["score_lower"]) if rated else None,
            upper=_figure(row["score_upper"]) if rated else None,
            coverage=_figure(row["coverage"]),
            grade=str(row["grade"] or "") if rated else "",
            standing=review.standing,
            policy_fingerprint=review.policy_fingerprint,
            scored_by=(registry.actor,),
            report=report,
        )
        records.append(record)
    registry.add_many(records)
    return tuple(registry.get("scorecard", record.id) for record in records)


def _attached(registry: Registry, review: PeriodReview, data_class: str) -> str:
    """The digest of what the review says of everybody, in both languages."""
    said = [review.explain(supplier, lang) for supplier in review.suppliers for lang in LANGS]
    content = "\n\n".join(said).encode("utf-8")
    return registry.attach(content, f"review-{review.period}.txt", "text/plain; charset=utf-8", data_class).id


def keep_ratings(
    registry: Registry,
    rating: RiskRating,
    next_review: date,
    *,
    suppliers: Mapping[str, str] | None = None,
) -> tuple[Stored, ...]:
    """Record the risk rating of every supplier that was rated.

    Parameters
    ----------
    registry : Registry
        The store; its actor is named as who rated.
    rating : RiskRating
        Of `se.risk.rate_risks`.
    next_review : date
        By when each is to be rated again.
    suppliers : mapping or None
        Id in the rating → id in the registry, where they differ.

    Returns
    -------
    tuple of Stored
        One `risk_rating` a supplier, all or none, state recorded, id ``<supplier>-<day>``; those not rated are left
        out.

    Raises
    ------
    InvalidInput
        Where the store refuses a record.
    """
    named = suppliers or {}
    records = []
    for row in rating.to_frame().to_dict("records"):
        known = str(row["supplier"])
        if known in rating.not_rated:
            continue
        supplier = named.get(known, known)
        record = made(
            "risk_rating",
            id=f"{supplier}-{rating.as_of.isoformat()}",
            supplier=supplier,
            on=rating.as_of,
            rating=str(row["level"]),
            score=_figure(row["score"]),
            reasons=rating.explain(known),
            policy_fingerprint=rating.policy_fingerprint,
            standing=rating.standing,
            rated_by=(registry.actor,),
            next_review=next_review,
        )
        records.append(record)
    registry.add_many(records)
    return tuple(registry.get("risk_rating", record.id) for record in records)


def _day(bound: date | datetime, registry: Registry) -> date:
    """A bound of a period as a day of the house."""
    if isinstance(bound, datetime):
        return bound.astimezone(ZoneInfo(registry.rules.timezone)).date()
    return bound


def _figure(given: float | None) -> Decimal | None:
    """A figure to six decimals, which is more than any of them is worth; None for NaN."""
    if given is None or given != given:  # noqa: PLR0124 - NaN
        return None
    return Decimal(repr(float(given))).quantize(PLACES).normalize() + 0
