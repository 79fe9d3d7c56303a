"""The default plan holds together, and covers what a policy asks for."""

from __future__ import annotations

from supplier_eval.risk import RatingPlan
from supplier_eval.risk.rating_plan_defaults import DIMENSIONS, FALLING, MEASURES


def test_the_default_plan_passes_its_own_checks():
    plan = RatingPlan.of()
    assert sum(one.weight for one in plan.measures) == plan.total == 100
    assert plan.adoption is None


def test_every_measure_has_a_dimension_and_reaches_both_ends():
    assert {one["id"] for one in MEASURES} == set(DIMENSIONS)
    for one in RatingPlan.of().measures:
        ends = [points for _, points in (one.exact_knots[0], one.exact_knots[-1])]
        assert ends == ([100, 0] if one.id in FALLING else [0, 100])
