"""Review suppliers: from measured KPIs to scorecards, ranks, grades and proposals, period after period (§3.3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal, Unpack

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.monitor.consequences import Proposal, decision_day, propose
from supplier_eval.monitor.critical_events import CriticalEvent, events_between, events_of, knock_outs_of
from supplier_eval.monitor.grade_history import Step, read_history, states_before
from supplier_eval.monitor.hysteresis import START, GradeRule, GradeState
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.period_review import PeriodReview
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.review_asked import TABLE, Asked, Further, asked_review, wanted_periods
from supplier_eval.monitor.review_source import Source, read_source
from supplier_eval.monitor.review_standing import standing_reasons
from supplier_eval.monitor.scorecard import RAW, Scorecard
from supplier_eval.monitor.scorecard_table import PeriodFigures, period_figures
from supplier_eval.monitor.scorecard_totals import Totals, score_period


def review_period(
    figures: object,
    plan: ReviewPlan,
    period: str | Period,
    *,
    previous: object = None,
    as_of: date | datetime | None = None,
    seed: int = 0,
    events: object = None,
    **further: Unpack[Further],
) -> PeriodReview:
    """Review all suppliers in one period: score, interval, rank, grade, and what is proposed.

    Parameters
    ----------
    figures : KpiResults, DataFrame or ServiceRecords
        Measured KPIs (`measure_kpis`), or a table with their columns, or records, which are measured here (`clock`).
    plan : ReviewPlan
        Weights, points, grades, consequences.
    period : str or Period
        The period; a label must stand in the figures.
    previous : PeriodReview or DataFrame, optional
        The review before, or its `grades` or `history`: grades change with hysteresis only if they are known. Who had
        a grade there and has no figures now is not rated; nobody leaves the list by a gap.
    as_of : date or datetime, optional
        Day from which expiry and appeal are counted, by default the first after the period; for records also the
        moment of knowledge.
    seed : int
        Of the draws, from 0.
    events : DataFrame or rows, optional
        Critical events: ``supplier kind on reference words``; those outside the period are left out.
    **further
        `groups`, `agreed`, `clock`, see `Further`.

    Returns
    -------
    PeriodReview
        Suppliers in canonical order; the order of rows never changes a bit.

    Raises
    ------
    InvalidInput
        With every finding about the figures, the history, the events, or an argument.
    UnknownName
        For a period that the figures do not have.

    Notes
    -----
    The score is made of raw figures and graded; the comparison of shrunken ones and ranked. Both stand side by side
    (docs/scorecard.md, docs/grades.md).

    Examples
    --------
    >>> folder = "data/samples/service-records"
    >>> records = se.monitor.read_service_records(folder)
    >>> plan = se.monitor.ReviewPlan.load(f"{folder}/plan.toml")
    >>> review = se.monitor.review_period(records, plan, "2026-10")
    >>> review
    PeriodReview(2026-10: 11 of 11 suppliers rated; exploratory)
    >>> review.to_frame()[["supplier", "score", "grade"]].round(1).head(3)
      supplier  score grade
    0    00123   71.3     C
    1       NA   91.9     A
    2      S03   61.3     C
    """
    asked = asked_review(plan, events, as_of, seed, further)
    source = read_source(figures, plan, wanted_periods(period), as_of, further)
    label = period.label if isinstance(period, Period) else period
    if not isinstance(label, str):
        raise UnknownName("period", label, source.periods)
    return _review(source, label, asked, _history(previous, plan))


def review_periods(
    figures: object,
    plan: ReviewPlan,
    periods: Iterable[str | Period] | None = None,
    *,
    previous: object = None,
    as_of: date | datetime | None = None,
    seed: int = 0,
    events: object = None,
    **further: Unpack[Further],
) -> tuple[PeriodReview, ...]:
    """Review several periods in their order, each with the grades of the one before.

    Parameters
    ----------
    figures, plan, previous, seed, events, **further
        As `review_period`.
    periods : iterable of str or Period, optional
        Which; all in the figures by default. For records they must be `Period`.
    as_of : date or datetime, optional
        As `review_period`; by default each period's terms are counted from its own end.

    Returns
    -------
    tuple of PeriodReview
        Earliest first.

    Raises
    ------
    InvalidInput, UnknownName
        As `review_period`.

    Examples
    --------
    >>> folder = "data/samples/service-records"
    >>> records = se.monitor.read_service_records(folder)
    >>> plan = se.monitor.ReviewPlan.load(f"{folder}/plan.toml")
    >>> months = se.monitor.Period.months("2026-09", "2026-10")
    >>> reviews = se.monitor.review_periods(records, plan, months)
    >>> [review["S03"].grade for review in reviews]
    ['C', 'C']
    """
    asked = asked_review(plan, events, as_of, seed, further)
    wanted = wanted_periods(periods)
    source = read_source(figures, plan, wanted, as_of, further)
    reviews: list[PeriodReview] = []
    history = _history(previous, plan)
    for label in source.periods if wanted is None else source.in_order(wanted):
        reviews.append(_review(source, label, asked, history))
        history = reviews[-1].steps
    return tuple(reviews)


def _history(previous: object, plan: ReviewPlan) -> tuple[Step, ...]:
    """The grades that came before; empty where there are none."""
    import pandas as pd

    if previous is None:
        return ()
    if isinstance(previous, PeriodReview):
        return read_history(previous.history, plan) if previous.plan != plan else previous.steps
    if isinstance(previous, pd.DataFrame):
        return read_history(previous, plan)
    raise InvalidInput([Finding("review.previous", TABLE, "previous", value=type(previous).__name__)], TABLE)


def _review(source: Source, period: str, asked: Asked, history: tuple[Step, ...]) -> PeriodReview:
    plan = asked.plan
    if period not in source.periods:
        raise UnknownName("period", period, source.periods)
    before = states_before(history, period, source.key)
    span = source.span(period)
    _placed(source, asked, span, period)
    happened = () if span is None else tuple(events_between(asked.events, span.start, span.end))
    suppliers = source.reviewed(period, before, [event.supplier for event in happened])
    by_supplier = {name: events_of(happened, name) for name in suppliers}
    figures = period_figures(source.table, plan, period, suppliers)
    earlier = _earlier(source, period, plan, suppliers)
    totals = score_period(figures, plan, source.groups_of(suppliers), earlier, asked.streams)
    states = _states(totals, plan, {id_key(name): state for name, state in before.items()}, by_supplier)
    reasons = standing_reasons(
        plan, asked.agreed, span, measured=source.measured, period=period, steps=history, labels=source.periods
    )
    standing: Literal["binding", "exploratory"] = "exploratory" if reasons else "binding"
    cards = tuple(_card(totals, plan, name, (states.get(name), by_supplier[name], standing)) for name in suppliers)
    proposals = _proposals(cards, asked, span)
    return PeriodReview(
        plan=plan,
        period=period,
        span=span,
        cards=cards,
        proposals=proposals,
        steps=(*history, Step(period, states, RAW, plan.fingerprint)),
        kpis=source.table[source.table["period"] == period].reset_index(drop=True),
        reasons=reasons,
        seed=asked.streams.seed,
    )


def _placed(source: Source, asked: Asked, span: Period | None, period: str) -> None:
    """Every event is of a supplier that is known, and the period's days are known where there are events."""
    known = {id_key(name) for name in source.suppliers}
    strangers = sorted({event.supplier for event in asked.events if id_key(event.supplier) not in known})
    found: list[Finding] = []
    if strangers:
        facts = {"known": ", ".join(source.suppliers)}
        found.append(Finding("review.event.supplier", "events", "supplier", value=", ".join(strangers), facts=facts))
    if asked.events and span is None:
        found.append(Finding("review.period.days", TABLE, "period", value=period))
    if found:
        raise InvalidInput(found, "events")


def _earlier(source: Source, period: str, plan: ReviewPlan, suppliers: tuple[str, ...]) -> list[PeriodFigures]:
    """Figures of the periods before, latest first, where the plan lets their cases count."""
    if plan.estimates.half_life is None:
        return []
    before = source.periods[: source.periods.index(period)]
    return [period_figures(source.table, plan, label, suppliers) for label in reversed(before)]


def _states(
    totals: Totals,
    plan: ReviewPlan,
    before: Mapping[str, GradeState],
    happened: Mapping[str, tuple[CriticalEvent, ...]],
) -> dict[str, GradeState]:
    """Every supplier's grade after the period; empty where the plan has no grades."""
    if not plan.grades.bands:
        return {}
    rule = GradeRule(plan.grades, plan.hysteresis, plan.rounding)
    states = {}
    for name in totals.figures.suppliers:
        raw = totals.raw.get(name)
        hit = knock_outs_of(happened[name], plan)
        states[name] = rule.next(
            before.get(id_key(name), START),
            None if raw is None else raw.score,
            float("nan") if raw is None else raw.spread.error,
            hit[0].grade if hit else "",
        )
    return states


def _card(
    totals: Totals,
    plan: ReviewPlan,
    name: str,
    beside: tuple[GradeState | None, tuple[CriticalEvent, ...], Literal["binding", "exploratory"]],
) -> Scorecard:
    """One supplier's card; `beside` are its grade, its events and the standing of the review."""
    at = totals.figures.suppliers.index(name)
    return Scorecard(
        plan=plan,
        supplier=name,
        period=totals.figures.period,
        lines=totals.lines(at),
        coverage=totals.coverage[at],
        in_force=totals.in_force[at],
        unrated=totals.unrated[at],
        raw=totals.raw.get(name),
        comparison=totals.comparison.get(name),
        places=totals.places.get(name),
        state=beside[0],
        events=beside[1],
        standing=beside[2],
    )


def _proposals(cards: tuple[Scorecard, ...], asked: Asked, span: Period | None) -> tuple[Proposal, ...]:
    """Proposals of all suppliers; the day from which terms run must be known."""
    if not asked.plan.consequences:
        return ()
    day = decision_day(asked.as_of, None if span is None else span.end)
    if day is None:
        raise InvalidInput([Finding("review.as_of.needed", TABLE, "as_of", value=cards[0].period if cards else "")])
    found = (propose(card, asked.plan, day) for card in cards)
    return tuple(one for one in found if one is not None)
