"""Sampling plans for spot checks."""

from __future__ import annotations

import numpy as np
import pytest

import supplier_eval as se
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import SamplingPlan, single_sampling_plan


def test_a_plan_keeps_both_risks_and_says_what_they_are():
    plan = single_sampling_plan(0.01, 0.06)
    assert plan.actual_producer_risk <= 0.05 and plan.actual_consumer_risk <= 0.10
    assert plan.accepts(0.01) == pytest.approx(1 - plan.actual_producer_risk)
    assert f"{plan.n} items" in plan.explain() and f"{plan.n} 件" in plan.explain("zh")
    assert "ISO" not in plan.explain()


def test_a_published_plan_can_be_asked_for_its_curve():
    curve = SamplingPlan(89, 2, 10_000, distribution="binomial").curve([0.01, 0.05])
    assert curve["accept"].tolist() == pytest.approx([0.9397, 0.1721], abs=1e-4)
    assert curve["ati"].iloc[0] == pytest.approx(687, abs=1)
    whole = SamplingPlan(89, 2).curve()
    assert whole["accept"].is_monotonic_decreasing and whole["ati"].isna().all()
    assert whole["accept"].iloc[-1] < 2e-3


def test_a_small_lot_is_checked_in_full():
    plan = single_sampling_plan(0.01, 0.02, consumer_risk=0.01, lot=40)
    assert plan.whole_lot and plan.n == 40
    assert "every item" in plan.explain() and "全部" in plan.explain("zh")
    assert plan.accepts(0.0) == 1.0 and plan.accepts(0.5) == 0.0


def test_a_finite_lot_needs_no_more_items_than_a_stream():
    assert single_sampling_plan(0.02, 0.1, lot=200).n <= single_sampling_plan(0.02, 0.1).n


def test_the_frame_is_one_row_with_asked_and_actual_risks():
    frame = single_sampling_plan(0.01, 0.06).to_frame()
    assert frame.loc[0, "actual_consumer_risk"] <= frame.loc[0, "consumer_risk"]
    assert np.isnan(SamplingPlan(5, 0).to_frame().loc[0, "acceptable"])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"acceptable": 0.1, "limiting": 0.05}, "sampling.order"),
        ({"acceptable": 0.0, "limiting": 0.05}, "series.figure"),
        ({"acceptable": 0.01, "limiting": 1.5}, "series.figure"),
        ({"acceptable": 0.01, "limiting": 0.1, "producer_risk": 0.0}, "series.figure"),
        ({"acceptable": 0.01, "limiting": 0.1, "lot": 2.5}, "series.whole"),
        ({"acceptable": 0.05, "limiting": 0.0501}, "sampling.too_close"),
    ],
)
def test_what_cannot_be_planned_is_refused(asked, code):
    with pytest.raises(InvalidInput) as refused:
        se.monitor.single_sampling_plan(**asked)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_a_plan_that_is_none_is_refused():
    for wrong in ((0, 0), (5, 6), (5, -1), (5, 1, 4), (True, 0)):
        with pytest.raises(InvalidInput):
            SamplingPlan(*wrong)
    with pytest.raises(InvalidInput):
        SamplingPlan(5, 1).curve([0.1, 1.2])


@pytest.mark.parametrize("lot", [10**400, 10**9 + 1])
def test_a_lot_beyond_a_thousand_million_is_refused(lot):
    with pytest.raises(InvalidInput) as refused:
        single_sampling_plan(0.01, 0.1, lot=lot)
    assert [f.code for f in refused.value.findings] == ["series.figure"]
