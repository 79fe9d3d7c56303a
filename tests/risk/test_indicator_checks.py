"""Plans that contradict themselves are refused with everything at once."""

from __future__ import annotations

import pytest

from risk_indicators import defined
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import IndicatorPlan


def codes(*indicators, **more):
    with pytest.raises(InvalidInput) as refused:
        IndicatorPlan.of({"indicators": list(indicators), **more})
    assert all(f.say("zh") and f.advise("zh") for f in refused.value.findings)
    return sorted(f.code.removeprefix("indicator.") for f in refused.value.findings)


BAND = {"direction": "band", "amber_low": {"enter": 2, "leave": 3}, "red_low": {"enter": 1}}


def test_thresholds_that_cross():
    assert codes(defined(red={"enter": 4})) == ["crossed"]
    assert codes(defined(amber={"enter": 5, "leave": 6}, red={"enter": 10, "leave": 10})) == ["leave_beyond_enter"]
    assert codes(defined(red={"enter": 10, "leave": 3})) == ["crossed_leave"]
    assert codes(defined(direction="down")) == ["crossed", "crossed_leave", *["leave_beyond_enter"] * 2]
    assert codes(defined(**BAND | {"red_low": {"enter": 3}})) == ["crossed"]


def test_red_may_not_be_looser_than_the_appetite_on_any_side():
    IndicatorPlan.of([defined(appetite=10)])
    assert codes(defined(appetite=9)) == ["beyond_appetite"]
    down = defined(direction="down", amber={"enter": 5}, red={"enter": 2})
    IndicatorPlan.of([down | {"appetite": 2}])
    assert codes(down | {"appetite": 3}) == ["beyond_appetite"]
    assert codes(defined(**BAND, appetite_low=2)) == ["beyond_appetite"]


def test_a_circle_of_escalations_is_named_once():
    with pytest.raises(InvalidInput) as refused:
        chain = [["a", "b"], ["b", "c"], ["c", "b"], ["d", "a"]]
        IndicatorPlan.of({"indicators": [defined()], "escalation": chain})
    assert [(f.code, f.value) for f in refused.value.findings] == [("indicator.escalation_circle", "b -> c -> b")]
    assert codes(defined(), escalation=[["a", "a"]]) == ["escalation_circle"]


def test_forks_and_blanks_of_escalations():
    assert codes(defined(), escalation=[["a", "b"], ["a", "c"], ["x", " "]]) == ["escalation_blank", "escalation_fork"]


def test_sides_that_do_not_belong():
    assert codes(defined(direction="band")) == ["band_side"]
    assert codes(defined(red_low={"enter": 1})) == ["not_band"]
    assert codes(defined(appetite_low=1)) == ["not_band"]
    assert codes(defined(**BAND | {"amber_low": {"enter": 4}})) == ["no_green"]


def test_k_above_n_and_ids_twice_are_said_together():
    assert codes(defined(k=3, n=2), defined(id="OPEN")) == ["k_of_n", "twice"]
