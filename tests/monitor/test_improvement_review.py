"""Where measures stand, by later data."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pandas as pd
import pytest

import supplier_eval as se
from monitor.test_improvement import GOOD
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import CusumRule, ImprovementAction, ImprovementPlan, PosteriorRule, review_improvement

ACTION = ImprovementAction(**GOOD, done=date(2026, 2, 1))
TODAY = date(2026, 6, 1)


def months(rates, n=200, start=2):
    """Rows at the ends of months from February on."""
    ends = [date(2026, start + i, 28) for i in range(len(rates))]
    return pd.DataFrame({"supplier": "S", "kpi": "late", "date": ends, "events": [round(r * n) for r in rates], "n": n})


def state(later, action=ACTION, on=TODAY):
    found = review_improvement(ImprovementPlan((action,)), later, on=on)
    one = found.actions[0]
    assert found.explain("en") and found.explain("zh")
    return one.state, one.reason


def test_later_data_that_meet_the_target_make_it_effective_and_a_person_then_closes_it():
    good = months([0.02, 0.03, 0.02])
    assert state(good) == ("effective", "met")
    closed = dataclasses.replace(ACTION, closed_by="Wang", closed_on=date(2026, 5, 30))
    assert state(good, closed) == ("closed", "met")


def test_nobody_closes_it_without_data():
    closed = dataclasses.replace(ACTION, closed_by="Wang", closed_on=date(2026, 5, 30))
    assert state(months([0.1, 0.1]), closed) == ("open", "closed_without_data")
    assert state(months([]), closed) == ("open", "closed_without_data")
    three = months([0.0], n=3)
    assert state(three, closed) == ("open", "closed_without_data")


def test_good_figures_from_before_the_measure_count_nothing():
    before = months([0.0], n=5000, start=1)
    assert before["date"].iloc[0] < ACTION.done
    assert state(before) == ("open", "too_few")
    after = months([0.0], n=5000, start=7)
    assert state(after) == ("open", "too_few")  # after today


def test_past_its_due_date_it_is_overdue_or_not_effective():
    late = date(2026, 7, 15)
    undone = dataclasses.replace(ACTION, done=None)
    assert state(months([0.02]), undone) == ("open", "not_done")
    assert state(months([0.02]), undone, late) == ("overdue", "not_done")
    assert state(months([0.1, 0.1]), ACTION, late) == ("not_effective", "not_met")
    assert state(months([0.1], n=5), ACTION, late) == ("open", "too_few")
    assert state(months([0.1, 0.1])) == ("open", "not_yet")


def test_a_reset_cusum_closes_it_when_it_stays_quiet_long_enough():
    action = dataclasses.replace(ACTION, rule=CusumRule(periods=4))
    assert state(months([0.04, 0.05, 0.04]), action) == ("open", "too_few")
    assert state(months([0.04, 0.05, 0.04, 0.05]), action) == ("effective", "met")
    assert state(months([0.2, 0.2, 0.05, 0.05]), action) == ("open", "not_yet")


def test_a_cusum_that_is_quiet_a_little_off_the_target_closes_nothing():
    action = dataclasses.replace(ACTION, rule=CusumRule(periods=4))
    off = months([0.1] * 4, n=10)  # z = 0.73 less the slack: 0.9 after four periods, far below the line of 5
    assert state(off, action) == ("open", "not_yet")
    assert state(off, action, date(2026, 7, 15)) == ("not_effective", "not_met")
    assert state(months([0.05] * 4, n=20), action) == ("effective", "met")


def test_a_mean_is_judged_by_its_figures():
    action = dataclasses.replace(ACTION, target=4.0, rule=PosteriorRule(0.95, 5))
    hours = pd.DataFrame({"supplier": "S", "kpi": "late", "date": date(2026, 3, 1), "value": [3.0, 2.5, 3.5, 3.1, 2.9]})
    assert state(hours, action) == ("effective", "met")
    assert state(hours.assign(value=[5.0, 6, 5, 6, np.nan]), action) == ("open", "too_few")


def test_other_suppliers_and_kpis_are_passed_over():
    assert state(months([0.02] * 3).assign(supplier="T")) == ("open", "too_few")
    assert state(months([0.02] * 3).assign(kpi="errors")) == ("open", "too_few")


def test_the_plan_says_who_and_by_when():
    found = review_improvement(ImprovementPlan((ACTION,)), months([0.02, 0.02]), on=TODAY)
    said = found.explain()
    assert all(word in said for word in ("M1", "Li Wei", "2026-06-30", "effective", "at most 0.05"))
    assert found.in_state("effective") == ("M1",) and "1 effective" in repr(found)
    assert found.policy_fingerprint == found.plan.fingerprint
    assert found.to_frame().loc[0, "n"] == 400


def test_an_empty_plan_is_an_answer():
    found = review_improvement(ImprovementPlan(()), months([]), on=TODAY)
    assert len(found.to_frame()) == 0 and found.explain()


def test_all_that_is_wrong_comes_at_once():
    wrong = months([0.1, 0.1]).assign(date=["soon", date(2026, 3, 1)], events=[1, -1])
    with pytest.raises(InvalidInput) as refused:
        se.monitor.review_improvement("plan", wrong, on="today")
    assert sorted(f.code for f in refused.value.findings) == [
        "improvement.count",
        "improvement.date",
        "improvement.no_plan",
        "improvement.row_date",
    ]
    plan = ImprovementPlan((ACTION,))
    percent = ImprovementPlan((dataclasses.replace(ACTION, target=5.0),))
    cusum = ImprovementPlan((dataclasses.replace(ACTION, rule=CusumRule()),))
    hours = pd.DataFrame({"supplier": ["S"], "kpi": ["late"], "date": [date(2026, 3, 1)], "value": [3.0]})
    for bad, later, code in (
        (plan, months([0.1]).drop(columns="n"), "series.column"),
        (plan, months([0.1]).assign(events=500), "more_than_n"),
        (percent, months([0.1]), "improvement.target"),
        (cusum, hours, "cusum_counts"),
    ):
        with pytest.raises(InvalidInput, match=code.replace(".", r"\.")):
            review_improvement(bad, later, on=TODAY)
