"""Indicators as data."""

from __future__ import annotations

import pytest

from risk_indicators import defined
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import Indicator, IndicatorPlan

TOML = """
escalation = [["Lin", "head"], ["head", "board"]]
escalate_after = 3

[[indicators]]
id = "open"
direction = "up"
amber = { enter = 5.0, leave = 4 }
red = { enter = 10 }
every = 10
owner = "Lin"
"""


def test_a_plan_from_a_file_equals_the_plan_from_its_data(tmp_path):
    (tmp_path / "plan.toml").write_text(TOML, encoding="utf-8")
    plan = IndicatorPlan.load(tmp_path / "plan.toml")
    assert plan.chain("Lin") == ("head", "board")
    assert plan.chain("Ma") == ()
    again = IndicatorPlan.of(plan.to_mapping())
    assert (again, again.fingerprint, hash(again)) == (plan, plan.fingerprint, hash(plan))
    assert repr(plan) == str(plan) == f"IndicatorPlan(1 indicators, {plan.fingerprint[:19]}…)"


def test_the_fingerprint_knows_figures_and_not_their_order_or_spelling():
    a, b = defined(), defined(id="late", amber={"enter": "5.0", "leave": 4})
    one, other = IndicatorPlan.of([a, b]), IndicatorPlan.of([b, a])
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != IndicatorPlan.of([a, defined(id="late", owner="Ma")]).fingerprint


def test_one_indicator_is_a_plan_and_an_unleft_level_is_left_where_it_is_entered():
    one = Indicator.model_validate(defined(amber={"enter": 5}))
    assert one.amber.left_at == 5
    assert IndicatorPlan.of(one).indicators == (one,)


def test_sides_of_each_direction():
    band = defined(
        direction="band", amber_low={"enter": 2}, red_low={"enter": 1}, amber={"enter": 5}, red={"enter": 10}
    )
    assert [sign for _, sign in Indicator.model_validate(band).sides("red")] == [1, -1]
    down = defined(direction="down", amber={"enter": 5}, red={"enter": 2})
    assert [sign for _, sign in Indicator.model_validate(down).sides("amber")] == [-1]


def test_wrong_keys_and_values_are_said_together_by_the_indicator():
    broken = defined(colour="blue", every=0)
    del broken["owner"]
    with pytest.raises(InvalidInput) as refused:
        IndicatorPlan.of([broken])
    assert sorted((f.code, f.column) for f in refused.value.findings) == [
        ("indicator.key_missing", "indicators[open].owner"),
        ("indicator.key_unknown", "indicators[open].colour"),
        ("indicator.value", "indicators[open].every"),
    ]


@pytest.mark.parametrize("given", [None, 5, [1], b"x"])
def test_what_is_no_plan_is_refused_in_words(given):
    with pytest.raises(InvalidInput, match="a plan, a path, a mapping or a list"):
        IndicatorPlan.of(given)


def test_no_path_and_no_file_are_refused(tmp_path):
    with pytest.raises(InvalidInput):
        IndicatorPlan.load(5)
    with pytest.raises(InvalidInput):
        IndicatorPlan.of(tmp_path / "none.toml")
