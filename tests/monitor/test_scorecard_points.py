"""From a KPI's figure to points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor_review_parts import plan_data
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.plan_rules import PointsRule
from supplier_eval.monitor.scorecard_points import PointScale

ONTIME, CSAT, _, PRICE = (KpiDefinition.model_validate(kpi) for kpi in plan_data()["kpis"])


def points(kpi, figures, **rule):
    scale = PointScale.of(kpi, PointsRule(**rule))
    assert scale is not None
    return scale.points(figures).tolist()


def test_a_target_without_a_stretch_is_worth_100():
    assert points(ONTIME, [0.80, 0.85, 0.90, 0.95, 1.0]) == pytest.approx([0, 0, 50, 100, 100])


def test_a_stretch_is_worth_100_and_the_target_what_the_plan_says():
    assert points(CSAT, [3.2, 3.7, 4.2, 4.45, 4.7, 5]) == pytest.approx([0, 40, 80, 90, 100, 100])
    assert points(CSAT, [4.2], at_target=60) == pytest.approx([60])


def test_lower_is_better_where_the_kpi_says_so():
    assert points(PRICE, [130, 120, 110, 100, 95, 90, 80]) == pytest.approx([0, 0, 40, 80, 90, 100, 100])


def test_a_floor_may_be_worth_something_and_what_lies_below_it_as_declared():
    assert points(ONTIME, [0.849, 0.85, 0.95], at_floor=40) == pytest.approx([0, 40, 100])
    assert points(ONTIME, [0.80, 0.85, 0.70], at_floor=40, below_floor="line") == pytest.approx([10, 40, 0])


def test_noise_of_binary_arithmetic_does_not_push_a_figure_below_its_floor():
    assert points(ONTIME, [1 - 0.15], at_floor=40) == pytest.approx([40])


def test_missing_stays_missing():
    assert np.isnan(points(ONTIME, [np.nan])[0])


def test_a_kpi_that_is_only_watched_has_no_scale():
    watched = KpiDefinition.model_validate({"id": "w", "name": "w", "measure": "milestones", "target": 1})
    assert PointScale.of(watched, PointsRule()) is None
    assert PointScale.of(watched.model_copy(update={"floor": watched.target}), PointsRule()) is None


@given(figures=st.lists(st.floats(0, 1), min_size=2, max_size=9), below=st.sampled_from(["zero", "line"]))
def test_a_better_figure_never_has_fewer_points(figures, below):
    found = points(ONTIME, sorted(figures), at_floor=30, below_floor=below)
    assert all(0 <= point <= 100 for point in found)
    assert all(b >= a for a, b in pairwise(found))
