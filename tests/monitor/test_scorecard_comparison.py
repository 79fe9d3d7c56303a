"""Shrunken figures of a period."""

from __future__ import annotations

import numpy as np
import pytest

from monitor_review_parts import figures, frame, plan_data, review_plan
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.scorecard_beliefs import raw_beliefs
from supplier_eval.monitor.scorecard_comparison import comparison_beliefs
from supplier_eval.monitor.scorecard_table import checked_table, period_figures, suppliers_of
from supplier_eval.monitor.shrinkage_front import shrink_rates

CSAT, MILESTONES, ONTIME, PRICE = range(4)
RATES = {"S1": (0.95, 400), "S2": (1.0, 3), "S3": (0.9, 200), "S4": (0.85, 100), "S5": (0.97, 300), "S6": (0.8, 50)}


def comparison(rows, plan=None, groups=None, earlier=()):
    plan = plan or review_plan()
    table = checked_table(frame(*rows), plan)
    names = suppliers_of(table, "2026-01")
    found = period_figures(table, plan, "2026-01", names)
    raw = raw_beliefs(found, {kpi.id: kpi for kpi in plan.kpis})
    before = [period_figures(checked_table(frame(*part), plan), plan, "2025-12", names) for part in earlier]
    return comparison_beliefs(found, raw, plan, groups or dict.fromkeys(names, "all"), before)


def six(period="2026-01", **more):
    return [figures(name, period, ontime=rate, **more) for name, rate in RATES.items()]


def test_rates_are_those_of_shrink_rates():
    found = comparison(six())
    events = {name: round(value * n) for name, (value, n) in RATES.items()}
    expected = shrink_rates(events, {name: n for name, (_, n) in RATES.items()}).to_frame()
    assert found.value[ONTIME].tolist() == expected["estimate"].tolist()
    assert found.reliability[ONTIME].tolist() == expected["reliability"].tolist()
    assert set(found.source[ONTIME]) == {"peers"}


def test_other_kinds_stay_raw():
    found = comparison(six())
    assert set(found.source[PRICE]) == {"raw"}
    assert found.value[PRICE].tolist() == [100.0] * 6
    assert np.isnan(found.reliability[PRICE]).all()


def test_too_few_peers_stay_raw_unless_a_prior_was_stated():
    found = comparison([figures("S1", ontime=(1.0, 3))])
    assert found.source[ONTIME, 0] == "no_peers"
    assert found.value[ONTIME, 0] == 1.0
    assert np.isnan(found.reliability[ONTIME, 0])
    data = plan_data()
    data["estimates"] = {"priors": [{"kpi": "ontime", "mean": "0.9", "strength": 20}]}
    stated = comparison([figures("S1", ontime=(1.0, 3))], ReviewPlan.from_mapping(data))
    assert stated.source[ONTIME, 0] == "stated"
    assert stated.value[ONTIME, 0] == pytest.approx(21 / 23)


def test_an_estimate_never_stands_in_for_a_missing_figure():
    found = comparison([*six()[1:], figures("S1", ontime=None)])
    assert np.isnan(found.value[ONTIME, 0])
    assert found.family[ONTIME, 0] == ""
    assert found.source[ONTIME, 1] == "peers"


def test_peers_are_those_of_the_group():
    groups = {name: "big" if name in {"S1", "S3"} else "small" for name in RATES}
    assert set(comparison(six(), groups=groups).source[ONTIME]) == {"no_peers"}


def test_earlier_cases_count_by_their_age():
    plan = review_plan(estimates={"half_life": 1})
    found = comparison(six(), plan, earlier=[six("2025-12")])
    events = {name: 1.5 * round(value * n) for name, (value, n) in RATES.items()}
    expected = shrink_rates(events, {name: 1.5 * n for name, (_, n) in RATES.items()}).to_frame()
    assert found.value[ONTIME] == pytest.approx(expected["estimate"].to_numpy())
    assert comparison(six(), earlier=[]).value[ONTIME].tolist() != found.value[ONTIME].tolist()


def test_means_are_shrunken_within_their_peers():
    rows = [
        figures(name, csat=(value, n))
        for name, value, n in zip(RATES, (4.9, 3.1, 4.2, 4.0, 4.3, 4.1), (4, 40, 90, 60, 80, 70), strict=True)
    ]
    found = comparison(rows)
    assert found.reliability[CSAT, 0] == found.reliability[CSAT].min()
    assert 4.0 < found.value[CSAT, 0] < 4.9


def test_a_prior_of_a_rate_that_is_better_low_is_stated_as_the_kpi_shows_it():
    data = plan_data()
    data["kpis"][2] = {
        "id": "milestones",
        "name": "Repeats",
        "part": "fulfilment",
        "measure": "repeat_complaints",
        "target": "0.1",
        "floor": "0.5",
        "weight": 100,
    }
    data["estimates"] = {"priors": [{"kpi": "milestones", "mean": "0.2", "strength": 10}]}
    rows = figures("S1")
    rows[2] |= {"n": 10, "events": 9, "value": 0.1}
    found = comparison([rows], ReviewPlan.from_mapping(data))
    assert found.value[MILESTONES, 0] == pytest.approx(3 / 20)
