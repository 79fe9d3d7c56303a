from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from supplier_eval.policy.criteria import Criterion, Linear, PriceLeaf, Words


def criterion(**keys):
    return Criterion.model_validate({"id": "speed", "name": "Speed", "weight": 10, "source": "facts", **keys})


def test_a_label_in_one_language_serves_both():
    assert Words.model_validate("Speed").say("zh") == "Speed"
    assert Words(zh="速度").say("en") == "速度"
    assert Words(en="Speed", zh="速度").say("zh") == "速度"


def test_a_criterion_without_value_function_is_a_straight_line_over_its_range():
    assert criterion(minimum=0, maximum=10).value_rule() == Linear(floor=Decimal(0), target=Decimal(10))
    falling = criterion(minimum=1, maximum=60, direction="min").value_rule()
    assert falling == Linear(floor=Decimal(60), target=Decimal(1))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"minimum": 5, "maximum": 5}, "minimum must be below maximum"),
        ({"source": "price"}, "belong together"),
        ({"price": {"formula": "lowest_over_price"}}, "belong together"),
        ({"anchors": [{"mark": 101, "words": "beyond"}]}, "anchor mark 101 lies outside 0-100"),
        ({"value": {"kind": "linear", "floor": 9, "target": 1}}, "contradicts `direction`"),
        (
            {"direction": "min", "value": {"kind": "exponential", "floor": 0, "target": 9, "curvature": 1}},
            "contradicts",
        ),
        ({"direction": "min", "value": {"kind": "threshold", "at": 9}}, "contradicts `direction`"),
        ({"direction": "min", "value": {"kind": "step", "steps": [[1, 60], [2, 100]]}}, "contradicts `direction`"),
        ({"direction": "min", "value": {"kind": "piecewise_linear", "knots": [[0, 0], [9, 9]]}}, "contradicts"),
        ({"value": {"kind": "linear", "floor": 4, "target": 4}}, "set them apart"),
        ({"value": {"kind": "exponential", "floor": 4, "target": 4, "curvature": 1}}, "set them apart"),
        ({"value": {"kind": "exponential", "floor": 0, "target": 4, "curvature": 0}}, "straight line"),
        ({"value": {"kind": "piecewise_linear", "knots": [[0, 0], [0, 50]]}}, "must rise from knot to knot"),
        ({"value": {"kind": "piecewise_linear", "knots": [[0, 0], [1, 50], [2, 40]]}}, "two criteria"),
        ({"value": {"kind": "piecewise_linear", "knots": [[0, 0], [1, 101]]}}, "between 0 and 100"),
        ({"value": {"kind": "step", "steps": [[0, 90], [1, 100]], "below": 95}}, "`below` turns"),
        ({"value": {"kind": "rubric", "levels": {"A": 100, "B": 101}}}, "between 0 and 100"),
        ({"value": {"kind": "rubric", "levels": {"A": 100}}}, "at least 2"),
        ({"source": "marks", "when_missing": 70}, "belongs to source = 'facts' or 'past'"),
        ({"when_missing": 101}, "less than or equal to 100"),
        ({"weight": -1}, "greater than or equal to 0"),
        ({"weight": True}, "Decimal input"),
        ({"weight": "NaN"}, "finite"),
        ({"weight": "1e999999999"}, "no more than"),
        ({"weight": "1e-999999999"}, "no more than"),
        ({"id": "two words"}, "match pattern"),
        ({"id": ""}, "at least 1"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_a_criterion_that_does_not_hold_together_is_refused(keys, said):
    with pytest.raises(ValidationError, match=said):
        criterion(**keys)


@pytest.mark.parametrize(
    ("value", "direction"),
    [
        ({"kind": "linear", "floor": 9, "target": 1}, "min"),
        ({"kind": "step", "steps": [[0, 100], [5, 0]]}, "min"),
        ({"kind": "step", "steps": [[1, 60], [2, 100]], "below": 0}, "max"),
        ({"kind": "step", "steps": [[1, 50]]}, "max"),
        ({"kind": "piecewise_linear", "knots": [[0, 50], [1, 50]]}, "min"),
        ({"kind": "yes_no"}, "max"),
        ({"kind": "rubric", "levels": {"优": 100, "差": 0}}, "max"),
    ],
)
def test_value_functions_that_agree_with_the_direction_are_let_in(value, direction):
    assert criterion(value=value, direction=direction).value is not None


def test_parameters_and_levels_cannot_be_changed_in_place():
    leaf = PriceLeaf.model_validate({"formula": "bilinear", "parameters": {"x": "0.9"}})
    with pytest.raises(TypeError):
        leaf.parameters["x"] = Decimal(1)
    rubric = criterion(value={"kind": "rubric", "levels": {"A": 100, "B": 0}}).value
    with pytest.raises(TypeError):
        rubric.levels["B"] = Decimal(100)


def test_a_straight_line_keeps_its_kind_when_defaults_are_left_out():
    assert Linear(floor=Decimal(0), target=Decimal(1)).model_dump(exclude_defaults=True)["kind"] == "linear"
