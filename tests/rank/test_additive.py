"""The weighted sum and its rounding."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from strategies import blocks
from supplier_eval.rank.additive import weighted_sum


def test_points_and_total_by_hand():
    result = weighted_sum([[80.0, 50.0], [60.0, 100.0]], [0.7, 0.3])
    assert result.points.tolist() == [
        [pytest.approx(56.0), pytest.approx(35.0)],
        [pytest.approx(18.0), pytest.approx(30.0)],
    ]
    assert result.total == pytest.approx([74.0, 65.0])


def test_each_criterion_is_rounded_before_the_sum_where_the_policy_says_so():
    result = weighted_sum([[33.3], [33.3]], [0.5, 0.5], criterion_places=1)
    assert result.points[:, 0].tolist() == [16.65, 16.65]
    assert float(result.total[0]) == pytest.approx(33.4)
    assert float(result.unrounded[0]) == pytest.approx(33.3)


def test_a_missing_value_makes_the_total_missing():
    assert np.isnan(weighted_sum([[np.nan], [50.0]], [0.5, 0.5]).total[0])


def test_a_wrong_number_of_weights_is_refused():
    with pytest.raises(ValueError, match="2 criteria need as many weights"):
        weighted_sum([[1.0], [2.0]], [1.0])


@given(blocks())
def test_points_add_up_to_the_total_and_stay_within_the_scale(block):
    values, weights, _ = block
    result = weighted_sum(values, weights)
    assert result.points.sum(axis=0) == pytest.approx(result.total)
    assert np.all(result.total <= 100.0 + 1e-9)
    assert np.all(result.total >= 0.0)


@given(blocks())
def test_better_values_never_lower_a_total(block):
    values, weights, _ = block
    better = np.minimum(values + 1.0, 100.0)
    assert np.all(weighted_sum(better, weights, 2, 2).total >= weighted_sum(values, weights, 2, 2).total)
