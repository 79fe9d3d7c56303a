"""Figures of every supplier for the measures of a rating plan, each with its bounds, or why it was not assessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.risk.concentration_result import Concentrations
from supplier_eval.risk.financial_result import AltmanScores
from supplier_eval.risk.rating_records import Delivered, Event, Subject
from supplier_eval.risk.rating_spend import SpendShares

if TYPE_CHECKING:
    from supplier_eval.risk.rating_plan import RatingPlan

ZERO = Fraction(0)


@dataclass(frozen=True)
class Measured:
    """One figure of one supplier.

    Parameters
    ----------
    figure : Fraction or None
        In the unit of the measure; None where not assessed.
    lower, upper : Fraction or None
        Bounds of the figure; equal to it where the input has none.
    why : str
        Why it was not assessed; empty where it was.
    detail : tuple of str
        What stands behind it: names of findings, categories, the zone.
    """

    figure: Fraction | None = None
    lower: Fraction | None = None
    upper: Fraction | None = None
    why: str = ""
    detail: tuple[str, ...] = ()


@dataclass(frozen=True)
class RatingInputs:
    """All tables, read; None where a table was not given."""

    as_of: date
    altman: AltmanScores | None = None
    delivery: Mapping[str, Delivered] | None = None
    spend: SpendShares | None = None
    security: Mapping[str, Sequence[Event]] | None = None
    legal: Mapping[str, Sequence[Event]] | None = None
    concentration: Concentrations | None = None
    altman_by_key: Mapping[str, str] = field(default_factory=dict)


def measure(name: str, key: str, subject: Subject, given: RatingInputs, plan: RatingPlan) -> Measured:
    """The figure of one measure.

    Parameters
    ----------
    name : str
        Id of the measure.
    key : str
        Key of the supplier.
    subject : Subject
        Its own row.
    given : RatingInputs
        All tables.
    plan : RatingPlan
        Severities, ages, coverage.
    """
    security = plan.security_severities, Fraction(plan.overdue_factor)
    legal = plan.legal_severities, Fraction(1)
    readers: dict[str, Callable[[], Measured]] = {
        "financial": lambda: _financial(key, given),
        "delivery": lambda: _delivery(key, given, plan),
        "spend_share": lambda: _spend_share(key, given),
        "revenue_share": lambda: _own(subject.revenue_share),
        "single_source": lambda: _own(subject.single_source),
        "security": lambda: _events(key, given.security, security, _fresh(subject.security_checked, given, plan)),
        "legal": lambda: _events(key, given.legal, legal, _fresh(subject.legal_checked, given, plan)),
        "concentration": lambda: _concentration(key, given),
    }
    return readers[name]()


def _own(figure: Fraction | None) -> Measured:
    return Measured(why="no_figure") if figure is None else _point(figure)


def _point(figure: Fraction, *detail: str) -> Measured:
    return Measured(figure, figure, figure, detail=detail)


def _financial(key: str, given: RatingInputs) -> Measured:
    if given.altman is None:
        return Measured(why="no_table")
    if key not in given.altman_by_key:
        return Measured(why="no_row")
    one = given.altman.scores[given.altman_by_key[key]]
    if one.position is None or one.z is None:
        return Measured(why=f"altman_{one.why}")
    return _point(one.position, f"{one.variant.name} {float(one.z):.2f}", one.zone)


def _delivery(key: str, given: RatingInputs, plan: RatingPlan) -> Measured:
    if given.delivery is None:
        return Measured(why="no_table")
    one = given.delivery.get(key)
    if one is None:
        return Measured(why="no_row")
    if one.score is None:
        return Measured(why="no_figure")
    if one.coverage is not None and one.coverage < Fraction(plan.delivery_coverage):
        return Measured(why="low_coverage")
    bounds = [one.score, *(bound for bound in (one.lower, one.upper) if bound is not None)]
    return Measured(one.score, min(bounds), max(bounds))


def _spend_share(key: str, given: RatingInputs) -> Measured:
    if given.spend is None:
        return Measured(why="no_table")
    if key not in given.spend.amounts:
        return Measured(why="no_row")
    if not given.spend.total:
        return Measured(why="no_spend")
    return _point(given.spend.amounts[key] / given.spend.total)


def _concentration(key: str, given: RatingInputs) -> Measured:
    """The highest HHI of the categories that the supplier is paid in; without categories that of all spend."""
    if given.spend is None or given.concentration is None:
        return Measured(why="no_table")
    if key not in given.spend.amounts:
        return Measured(why="no_row")
    lines = [given.concentration.line(name) for name in given.spend.categories[key]]
    known = [one for one in lines if one.hhi is not None]
    if not known:
        return Measured(why="no_spend")
    most = max(one.hhi or ZERO for one in known)
    highest = [one for one in known if one.hhi == most]
    rest = sorted({f"rest_{one.rest_takes}" for one in highest})
    return _point(most, *(one.category for one in highest if one.category), *rest)


def _fresh(checked: date | None, given: RatingInputs, plan: RatingPlan) -> str:
    """Why a check says nothing; empty where it does."""
    if checked is None:
        return "never_checked"
    return "stale_check" if (given.as_of - checked).days > plan.check_age else ""


def _events(
    key: str,
    table: Mapping[str, Sequence[Event]] | None,
    scale: tuple[Mapping[str, object], Fraction],
    why: str,
) -> Measured:
    """Points of all events; none known is no risk only where somebody looked, while known ones always count."""
    if table is None:
        return Measured(why="no_table")
    events = table.get(key, ())
    if not events and why:
        return Measured(why=why)
    severities, overdue = scale
    total = sum(
        (Fraction(str(severities[one.severity])) * (overdue if one.overdue else 1) for one in events), ZERO
    )  # fmt: skip
    return _point(total, *(f"{'overdue:' if one.overdue else ''}{one.id} ({one.severity})" for one in events))
