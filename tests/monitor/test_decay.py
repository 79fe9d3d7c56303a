"""Counts and scores that lose weight with age."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.decay import age_weights, smoothed


def test_smoothing_reproduces_the_vendor_evaluation_of_sap():
    """SAP help, 0SMOOTH_DEL: 80 * .9 + 20 * .1 = 74."""
    assert smoothed([80, 20], 0.1).tolist() == [80.0, 74.0]


def test_a_case_counts_half_after_the_half_life():
    assert age_weights([0, 6, 12], 6).tolist() == [1.0, 0.5, 0.25]
    assert age_weights([0, 600], np.inf).tolist() == [1.0, 1.0]


def test_a_period_without_a_score_leaves_the_result_where_it_was():
    found = smoothed([np.nan, 80, np.nan, 20], 0.1)
    assert np.isnan(found[0])
    assert found[1:].tolist() == [80.0, 80.0, 74.0]


def test_no_period_gives_no_score():
    assert smoothed([], 0.5).tolist() == []


@pytest.mark.parametrize(
    ("ages", "half_life", "codes"),
    [
        ([-1], 0, ["estimates.count.negative", "estimates.half_life.range"]),
        (["old"], 1, ["estimates.figures.not_numbers"]),
        ([1], "long", ["estimates.half_life.range"]),
        ([1], True, ["estimates.half_life.range"]),
        ([1], float("nan"), ["estimates.half_life.range"]),
    ],
)
def test_ages_and_half_lives_that_cannot_be(ages, half_life, codes):
    with pytest.raises(InvalidInput) as refused:
        age_weights(ages, half_life)
    assert [f.code for f in refused.value.findings] == codes


@pytest.mark.parametrize(
    ("scores", "weight", "codes"),
    [
        ([1, 2], 0, ["estimates.smoothing.range"]),
        ([1, np.inf], 0.5, ["estimates.figures.missing"]),
        ([[1, 2]], 1.5, ["estimates.series.shape", "estimates.smoothing.range"]),
        (["A"], 0.5, ["estimates.figures.not_numbers"]),
    ],
)
def test_scores_and_weights_that_cannot_be(scores, weight, codes):
    with pytest.raises(InvalidInput) as refused:
        smoothed(scores, weight)
    assert [f.code for f in refused.value.findings] == codes


def test_a_half_life_beyond_floats_is_refused_and_infinity_is_not():
    with pytest.raises(InvalidInput):
        age_weights([1.0], 10**400)
    assert age_weights([1.0], float("inf")).tolist() == [1.0]
