"""Whether a rating plan holds together: weights, knots, levels, knock-outs, severities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.altman import ALTMAN_VARIANTS
from supplier_eval.risk.rating_plan_defaults import FALLING

if TYPE_CHECKING:
    from supplier_eval.risk.rating_plan import RatingMeasure, RatingPlan

TABLE = "rating_plan"


def plan_findings(plan: RatingPlan) -> list[Finding]:
    """Everything that does not hold together.

    Parameters
    ----------
    plan : RatingPlan
        The plan, its types already right.
    """
    found: list[Finding] = []
    for name, ids in (
        ("measures", [one.id for one in plan.measures]),
        ("levels", [one.id for one in plan.levels]),
        ("knock_outs", [one.id for one in plan.knock_outs]),
    ):
        found += [Finding("rating.twice", TABLE, name, value=one) for one in _doubles(ids)]
    weights = sum((Fraction(one.weight) for one in plan.measures), Fraction(0))
    if weights != Fraction(plan.total):
        facts = {"total": f"{plan.total.normalize():f}"}
        found.append(Finding("rating.weights", TABLE, "measures", value=f"{float(weights):.10g}", facts=facts))
    for measure in plan.measures:
        found += _knots(measure)
    lowers = [one.lower for one in plan.levels]
    if lowers[0] != 0 or any(a >= b for a, b in pairwise(lowers)) or lowers[-1] >= 100:
        found.append(Finding("rating.levels", TABLE, "levels", value=", ".join(f"{x:f}" for x in lowers)))
    return found + list(_knock_outs(plan)) + list(_rest(plan))


def _doubles(ids: Sequence[str]) -> list[str]:
    keys = [id_key(one) for one in ids]
    return sorted({one for one, key in zip(ids, keys, strict=True) if keys.count(key) > 1})


def _knots(measure: RatingMeasure) -> Iterable[Finding]:
    figures = [figure for figure, _ in measure.knots]
    points = [one for _, one in measure.knots]
    column, shown = f"measures.{measure.id}.knots", ", ".join(f"{a:f}: {b:f}" for a, b in measure.knots)
    if any(a >= b for a, b in pairwise(figures)):
        yield Finding("rating.knots_order", TABLE, column, value=shown)
    if not all(0 <= one <= 100 for one in points):
        yield Finding("rating.knots_range", TABLE, column, value=shown)
    steps = [b - a for a, b in pairwise(points)]
    wrong = any(step > 0 for step in steps) if measure.id in FALLING else any(step < 0 for step in steps)
    if wrong or not any(steps):
        code = "rating.knots_falling" if measure.id in FALLING else "rating.knots_rising"
        yield Finding(code, TABLE, column, value=shown)


def _knock_outs(plan: RatingPlan) -> Iterable[Finding]:
    measures, levels = [one.id for one in plan.measures], [one.id for one in plan.levels]
    for one in plan.knock_outs:
        column = f"knock_outs.{one.id}"
        if one.measure not in measures:
            yield Finding("rating.knock_out_measure", TABLE, column, value=one.measure)
        if one.level not in levels:
            facts = {"known": ", ".join(levels)}
            yield Finding("rating.knock_out_level", TABLE, column, value=one.level, facts=facts)


def _rest(plan: RatingPlan) -> Iterable[Finding]:
    if plan.altman_variant and plan.altman_variant not in ALTMAN_VARIANTS:
        facts = {"known": ", ".join(ALTMAN_VARIANTS), "supplier": "altman_variant"}
        yield Finding("altman.variant", TABLE, "altman_variant", value=plan.altman_variant, facts=facts)
    for name in ("security_severities", "legal_severities"):
        for severity, points in getattr(plan, name).items():
            if points <= Decimal(0):
                yield Finding("rating.severity_points", TABLE, f"{name}.{severity}", value=f"{points:f}")
        keys = _doubles(list(getattr(plan, name)))
        yield from (Finding("rating.twice", TABLE, name, value=key) for key in keys)
