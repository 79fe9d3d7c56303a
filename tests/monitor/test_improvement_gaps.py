"""Gaps to target."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import supplier_eval as se
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import gaps_to_target

FRAME = pd.DataFrame(
    {
        "supplier": ["S"] * 4,
        "kpi": ["late", "accuracy", "reply", "drills"],
        "value": [0.08, 0.97, 3.0, np.nan],
        "target": [0.05, 0.99, 4.0, 1.0],
        "direction": ["min", "max", "min", "max"],
        "weight": [2, 3, 1, 1],
        "floor": [0.10, 0.95, np.nan, np.nan],
        "status": ["measured", "measured", "measured", "too_few"],
    }
)


def test_gaps_are_ordered_by_weight_and_way_to_the_floor():
    found = gaps_to_target(FRAME)
    assert [g.kpi for g in found.gaps] == ["accuracy", "late", "reply", "drills"]
    assert found.gaps[0].weighted == pytest.approx(3 * 0.02 / 0.04)
    assert found.gaps[1].weighted == pytest.approx(2 * 0.03 / 0.05)
    assert [g.state for g in found.gaps] == ["gap", "gap", "met", "not_assessed"]
    assert "2 miss it, 1 meet it, 1 could not be assessed" in found.explain()
    assert "accuracy" in found.explain("zh")


def test_what_could_not_be_assessed_is_no_gap_of_zero():
    row = gaps_to_target(FRAME).to_frame().iloc[-1]
    assert row["state"] == "not_assessed" and row["reason"] == "too_few" and np.isnan(row["shortfall"])
    hidden = FRAME.assign(value=[0.08, 0.97, 3.0, 0.2])
    assert gaps_to_target(hidden).gaps[-1].state == "not_assessed"


def test_without_floor_and_weight_the_way_is_the_target():
    found = gaps_to_target(FRAME[["kpi", "value", "target", "direction"]])
    late = next(g for g in found.gaps if g.kpi == "late")
    assert late.weighted == pytest.approx(0.03 / 0.05)
    zero = pd.DataFrame({"kpi": ["a"], "value": [2], "target": [0], "direction": ["min"]})
    assert gaps_to_target(zero).gaps[0].relative == 2.0


def test_the_order_of_rows_does_not_matter_and_no_rows_are_an_answer():
    assert gaps_to_target(FRAME[::-1]).to_frame().equals(gaps_to_target(FRAME).to_frame())
    assert len(gaps_to_target(FRAME.iloc[:0]).to_frame()) == 0


def test_all_that_is_wrong_comes_at_once():
    wrong = FRAME.assign(target=[None, 0.99, 4, 1], direction=["low", "max", "min", "max"], weight=[1, -1, 1, 1])
    with pytest.raises(InvalidInput) as refused:
        gaps_to_target(wrong)
    assert sorted(f.code for f in refused.value.findings) == ["gaps.direction", "gaps.figure", "gaps.weight"]
    for bad, code in ((5, "no_results"), (FRAME.drop(columns=["target", "kpi"]), "series.column")):
        with pytest.raises(InvalidInput, match=code.replace(".", r"\.")):
            se.monitor.gaps_to_target(bad)


def test_a_lower_bound_that_may_still_miss_the_target_is_not_met():
    hours = pd.DataFrame({"kpi": ["mean"], "value": [3.0], "target": [4.0], "direction": ["min"], "at_least": [True]})
    assert [(g.state, g.reason) for g in gaps_to_target(hours).gaps] == [("not_assessed", "at_least")]
    assert gaps_to_target(hours.assign(value=5.0)).gaps[0].state == "gap"
    assert gaps_to_target(hours.assign(at_least=False)).gaps[0].state == "met"


def test_a_gap_says_how_many_cases_it_rests_on():
    one = gaps_to_target(FRAME.assign(n=range(1, len(FRAME) + 1))).to_frame()
    assert sorted(one["n"]) == list(range(1, len(FRAME) + 1))
    assert gaps_to_target(FRAME).to_frame()["n"].isna().all()
