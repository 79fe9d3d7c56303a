"""The result of a shrinkage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from supplier_eval.messages import UnknownLanguageError
from supplier_eval.monitor.normal_means import ShrunkenMean
from supplier_eval.monitor.shrinkage_front import shrink_means, shrink_rates
from supplier_eval.monitor.shrunken import intervals_of_means


def test_a_result_is_frozen_and_short():
    result = shrink_rates({"A": 3}, {"A": 3}, prior=(0.9, 20))
    with pytest.raises(ValueError, match="read-only"):
        result.figures["estimate"][0] = 1.0
    assert repr(result) == "Shrunken(rate, 1 suppliers, likelihood; shrunken, comparison)"
    assert result.standing == "exploratory"


def test_intervals_of_means_are_normal():
    lower, upper = intervals_of_means(ShrunkenMean(np.array([5.0]), np.array([2.0]), np.array([0.5])), 0.9)
    assert [lower[0], upper[0]] == pytest.approx(norm.interval(0.9, 5, 2))


def test_peers_that_are_alike_are_said_to_be():
    same = shrink_rates(dict.fromkeys("ABCDE", 18), dict.fromkeys("ABCDE", 20))
    assert "do not differ beyond chance" in same.explain("A")
    means = shrink_means(dict.fromkeys("ABCDE", 4.0), dict.fromkeys("ABCDE", 0.5))
    assert "do not differ beyond chance" in means.explain("A")
    assert "未超出偶然" in means.explain("A", "zh")


@pytest.mark.parametrize("lang", ["fr", None, 5])
def test_a_language_that_does_not_exist_is_said(lang):
    with pytest.raises(UnknownLanguageError, match="language"):
        shrink_rates([1, 2], [3, 4], prior=(0.5, 2)).explain("1", lang)
