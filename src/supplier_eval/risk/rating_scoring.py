"""From the figures of a supplier to its score, its level, what knocks it out and what stays open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from supplier_eval.risk.rating_measures import Measured
from supplier_eval.risk.rating_plan import RatingMeasure, RatingPlan
from supplier_eval.risk.rating_plan_defaults import DIMENSIONS
from supplier_eval.risk.rating_records import Subject
from supplier_eval.risk.rating_result import RatedMeasure, SupplierRating
from supplier_eval.risk.rating_scale import ZERO, contributions, half_up, level_of, points, possible


def score_supplier(subject: Subject, figures: Mapping[str, Measured], plan: RatingPlan) -> SupplierRating:
    """Rate one supplier.

    Parameters
    ----------
    subject : Subject
        Who.
    figures : mapping
        Measure -> its figure, for every measure of the plan.
    plan : RatingPlan
        Scales, weights, levels.
    """
    rated = [_measure(one, figures[one.id]) for one in sorted(plan.measures, key=lambda one: one.id)]
    known = [one for one in rated if one.points is not None]
    weights = [one.weight for one in known]
    reasons = _in_order(rated, weights)
    total = sum((one.weight for one in rated), ZERO)
    weighted = sum((one.weight * (one.points or ZERO) for one in known), ZERO)
    coverage = sum(weights, ZERO) / total
    open_to = possible(weighted, total - sum(weights, ZERO), total)
    rating = SupplierRating(subject.supplier, subject.name, reasons, coverage, open_to, _knocked(known, plan, "points"))
    if not known or coverage < Fraction(plan.coverage_floor):
        return replace(rating, why="coverage")
    return _levelled(rating, known, plan)


def _measure(one: RatingMeasure, given: Measured) -> RatedMeasure:
    bare = RatedMeasure(one.id, DIMENSIONS[one.id], Fraction(one.weight), why=given.why, detail=given.detail)
    if given.figure is None or given.lower is None or given.upper is None:
        return bare
    at = points(one.exact_knots, given.figure)
    ends = [at if x == given.figure else points(one.exact_knots, x) for x in (given.lower, given.upper)]
    return replace(bare, figure=given.figure, points=at, points_lower=min(ends), points_upper=max(ends))


def _in_order(rated: list[RatedMeasure], weights: list[Fraction]) -> tuple[RatedMeasure, ...]:
    known = [one for one in rated if one.points is not None]
    parts = contributions(weights, [one.points or ZERO for one in known])
    with_part = [replace(one, contribution=part) for one, part in zip(known, parts, strict=True)]
    first = sorted(with_part, key=lambda one: (-(one.contribution or ZERO), one.measure))
    last = sorted((one for one in rated if one.points is None), key=lambda one: (-one.weight, one.measure))
    return (*first, *last)


def _knocked(known: list[RatedMeasure], plan: RatingPlan, which: str) -> tuple[str, ...]:
    reached = {one.measure: getattr(one, which) for one in known}
    held = (one.id for one in plan.knock_outs if one.measure in reached and reached[one.measure] >= one.points)
    return tuple(sorted(held))


def _levelled(rating: SupplierRating, known: list[RatedMeasure], plan: RatingPlan) -> SupplierRating:
    weights = [one.weight for one in known]
    raised_to = {one.id: plan.level(one.level) for one in plan.knock_outs}
    scores: list[Fraction] = []
    levels: list[int] = []
    for which in ("points_lower", "points", "points_upper"):
        parts = contributions(weights, [getattr(one, which) for one in known])
        scores.append(half_up(sum(parts, ZERO), plan.rounding))
        by_score = level_of(plan.lowers, scores[-1])
        levels.append(max([by_score, *(raised_to[name] for name in _knocked(known, plan, which))]))
    lower, score, upper = scores
    return replace(
        rating,
        score=score,
        lower=lower,
        upper=upper,
        level=plan.levels[levels[1]].id,
        score_level=plan.levels[level_of(plan.lowers, score)].id,
        between=tuple(plan.levels[at].id for at in range(levels[0], levels[2] + 1)),
        effective=max(score, plan.lowers[levels[1]]),
    )
