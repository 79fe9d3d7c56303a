"""Raw figures of a leaf by each kind of value function."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.policy.criteria import Criterion
from supplier_eval.score.leaf import leaf_values

CASES = {
    "default": ({}, [0, 25, 100], [0, 25, 100]),
    "default, lower is better": ({"direction": "min"}, [0, 25, 100], [100, 75, 0]),
    "points": ({"maximum": 8}, [0, 2, 8], [0, 25, 100]),
    "linear": ({"value": {"kind": "linear", "floor": 20, "target": 60}}, [10, 20, 40, 70], [0, 0, 50, 100]),
    "linear down": (
        {"direction": "min", "value": {"kind": "linear", "floor": 60, "target": 20}},
        [70, 40, 10],
        [0, 50, 100],
    ),
    "piecewise": (
        {"value": {"kind": "piecewise_linear", "knots": [[0, 0], [10, 80], [20, 100]]}},
        [5, 10, 15, 99],
        [40, 80, 90, 100],
    ),
    "step": ({"value": {"kind": "step", "steps": [[1, 40], [3, 100]]}}, [0, 1, 2, 3], [0, 40, 40, 100]),
    "threshold": ({"value": {"kind": "threshold", "at": 50}}, [49, 50], [0, 100]),
    "yes_no": ({"source": "facts", "value": {"kind": "yes_no", "no": 20}}, [1, 0], [100, 20]),
    "rubric": ({"value": {"kind": "rubric", "levels": {"good": 80, "poor": 20}}}, [80, 50], [80, 50]),
}


def leaf(**changes: object) -> Criterion:
    return Criterion.model_validate({"id": "x", "name": "x", "weight": 1, "source": "marks", **changes})


@pytest.mark.parametrize("case", CASES)
def test_each_kind_of_value_function(case):
    changes, raw, expected = CASES[case]
    assert leaf_values(leaf(**changes), raw) == pytest.approx(np.array(expected, dtype=float))


def test_an_exponential_starts_at_the_floor_and_ends_at_the_target():
    curve = leaf(value={"kind": "exponential", "floor": 0, "target": 10, "curvature": 2})
    low, middle, high = leaf_values(curve, [0, 5, 10])
    assert (low, high) == (0, pytest.approx(100))
    assert middle > 50


def test_missing_stays_missing():
    assert np.isnan(leaf_values(leaf(), [np.nan])).all()
