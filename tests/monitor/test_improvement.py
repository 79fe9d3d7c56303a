"""Improvement plans as agreed."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.improvement import CusumRule, ImprovementAction, ImprovementPlan, PosteriorRule

GOOD = {
    "id": "M1",
    "supplier": "S",
    "kpi": "late",
    "owner": "Li Wei",
    "target": 0.05,
    "direction": "min",
    "baseline": 0.12,
    "opened": date(2026, 1, 10),
    "due": date(2026, 6, 30),
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"owner": " "}, "improvement.no_name"),
        ({"target": "low"}, "improvement.figure"),
        ({"baseline": float("nan")}, "improvement.figure"),
        ({"direction": "down"}, "improvement.direction"),
        ({"rule": "soon"}, "improvement.rule"),
        ({"due": None}, "improvement.date"),
        ({"due": datetime(2026, 6, 30)}, "improvement.date"),
        ({"due": date(2025, 6, 30)}, "improvement.before_opened"),
        ({"closed_by": "Wang"}, "improvement.half_closed"),
        ({"closed_on": date(2026, 5, 1)}, "improvement.half_closed"),
    ],
)
def test_a_measure_without_owner_target_or_dates_is_refused(change, code):
    with pytest.raises(InvalidInput) as refused:
        ImprovementAction(**GOOD | change)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_rules_are_checked():
    for wrong in ({"level": 0.4}, {"level": 1.0}, {"least": 0}, {"prior": (0, 1)}, {"prior": 3}):
        with pytest.raises(InvalidInput):
            PosteriorRule(**wrong)
    for wrong in ({"periods": 0}, {"h": 0}, {"k": -1}):
        with pytest.raises(InvalidInput):
            CusumRule(**wrong)


def test_the_fingerprint_is_that_of_what_was_agreed():
    action = ImprovementAction(**GOOD)
    plan = ImprovementPlan((action,))
    done = ImprovementPlan((dataclasses.replace(action, done=date(2026, 2, 1)),))
    other = ImprovementPlan((dataclasses.replace(action, target=0.06),))
    assert plan.fingerprint == done.fingerprint != other.fingerprint


def test_ids_are_unique_and_actions_are_actions():
    action = ImprovementAction(**GOOD)
    with pytest.raises(InvalidInput, match="id M1"):
        ImprovementPlan((action, action))
    with pytest.raises(InvalidInput):
        ImprovementPlan((5,))
    assert ImprovementPlan([action]).actions == (action,)


def test_a_direction_that_is_a_list_is_a_finding():
    with pytest.raises(InvalidInput) as refused:
        ImprovementAction("1", "S", "a", "o", 0.9, ["max"], 0.8, date(2026, 1, 1), date(2026, 2, 1))
    assert "improvement.direction" in [f.code for f in refused.value.findings]
