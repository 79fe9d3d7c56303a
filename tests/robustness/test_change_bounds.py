"""Bounds of moving weights, read from what a user writes."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.robustness.change_bounds import change_bounds

NAMES, WEIGHTS = ("price", "quality"), np.array([0.4, 0.6])


def test_what_is_not_given_may_be_anything():
    lower, upper = change_bounds(NAMES, WEIGHTS, {"price": (0.3, 0.5)})
    assert lower.tolist() == [0.3, 0.0]
    assert upper.tolist() == [0.5, 1.0]


@pytest.mark.parametrize("pair", [(0.5, 0.3), (-0.1, 0.5), (0.1,), "0.1", None, (0.1, float("nan"))])
def test_every_pair_that_is_none_is_found(pair):
    with pytest.raises(InvalidInput) as refused:
        change_bounds(NAMES, WEIGHTS, {"price": pair, "quality": pair})
    assert [finding.code for finding in refused.value.findings] == ["change.bounds.invalid"] * 2


def test_the_present_weight_lies_between_them_and_the_criterion_exists():
    with pytest.raises(InvalidInput) as refused:
        change_bounds(NAMES, WEIGHTS, {"price": (0.5, 0.9)})
    assert [finding.code for finding in refused.value.findings] == ["change.bounds.outside"]
    with pytest.raises(UnknownName):
        change_bounds(NAMES, WEIGHTS, {"speed": (0.5, 0.9)})
