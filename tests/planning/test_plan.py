"""The plan: declared exactly, checked at once, the same fingerprint whatever its order."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from planning_tables import places, plan
from supplier_eval.errors import InvalidInput
from supplier_eval.planning import PlanningPlan
from supplier_eval.planning.plan import MarkedCriterion

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "needs" / "plan.toml"


def test_a_mark_becomes_a_value_along_a_straight_line_up_or_down():
    rising = MarkedCriterion(id="a", weight=1, floor=1, target=5)
    falling = MarkedCriterion(id="a", weight=1, floor=5, target=1)
    assert [rising.value(mark) for mark in (1, 2, 5)] == [0, 25, 100]
    assert [falling.value(mark) for mark in (1, 2, 5)] == [100, 75, 0]
    assert rising.scale == falling.scale == (1.0, 5.0)


def test_the_order_of_lists_does_not_move_the_fingerprint_and_a_weight_does():
    one = plan()
    turned = plan(needs=list(reversed(one.model_dump()["needs"])), options=list(reversed(one.model_dump()["options"])))
    assert turned.fingerprint == one.fingerprint
    assert one.replace(discount_rate=Decimal("0.06")).fingerprint != one.fingerprint
    assert one.replace(timing="middle").fingerprint != one.fingerprint


def test_the_sample_loads_and_says_by_what_it_goes():
    read = PlanningPlan.load(SAMPLE)
    assert read == PlanningPlan.of(SAMPLE) == PlanningPlan.of(str(SAMPLE))
    assert read.cost_criterion is not None and read.cost_criterion.id == "cost"
    assert [one.id for one in read.of_dimension("feasibility")] == ["market", "separable", "data"]
    assert read.adoption is not None


def test_everything_that_does_not_hold_together_is_said_at_once():
    scale = {"floor": 1, "target": 5}
    with pytest.raises(InvalidInput) as refused:
        plan(
            needs=[{"id": "gap", "dimension": "necessity", "weight": 60, **scale}],
            options=[{"id": "own", "kind": "in_house"}],
            criteria=[
                {"id": "cost", "part": "cost", "weight": 50},
                {"id": "COST", "part": "cost", "weight": 40},
            ],
        )
    assert places(refused) == {
        ("planning.weights", "planning_plan", "needs.necessity", ()),
        ("planning.weights", "planning_plan", "criteria", ()),
        ("planning.dimension_missing", "planning_plan", "needs", ()),
        ("planning.id_twice", "planning_plan", "criteria", ()),
        ("planning.two_costs", "planning_plan", "criteria", ()),
        ("planning.few_options", "planning_plan", "options", ()),
    }


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"discount_rate": -1}, "discount_rate"),
        ({"discount_rate": 7}, "discount_rate"),  # 7 per cent is 0.07
        ({"term_months": 0}, "term_months"),
        ({"currency": "yuan"}, "currency"),
        ({"timing": "whenever"}, "timing"),
        ({"assessors": 0}, "assessors"),
        ({"lines": {"necessity": 101}}, "lines.necessity"),
        ({"terms": 3}, "terms"),
    ],
)
def test_a_wrong_key_or_figure_is_refused_where_it_stands(change, column):
    with pytest.raises(InvalidInput) as refused:
        plan(**change)
    assert [one.column for one in refused.value.findings] == [column]


def test_a_scale_of_one_mark_is_none():
    with pytest.raises(InvalidInput, match="floor and target are equal"):
        plan(criteria=[{"id": "risk", "weight": 100, "floor": 3, "target": 3}])


@pytest.mark.parametrize("given", [None, 3, ["plan.toml"]])
def test_what_is_no_plan_is_refused_with_its_kind(given):
    with pytest.raises(InvalidInput) as refused:
        PlanningPlan.of(given)
    assert places(refused) == {("planning.plan_kind", "planning_plan", "", ())}
    with pytest.raises(InvalidInput):
        PlanningPlan.load(given)
