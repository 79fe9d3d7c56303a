"""What value functions refuse."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.score.value_checks import knots, raw_figures, values_of


def test_whole_numbers_and_truth_values_are_raw_figures_and_objects_are_not():
    assert raw_figures([1, 2]).dtype == np.float64
    assert raw_figures([True]).tolist() == [1.0]
    with pytest.raises(ValueError, match="must be numbers"):
        raw_figures([None, 1.0])


def test_knots_may_be_flat_but_not_stand_on_one_figure():
    at, worth = knots([0, 1, 2], [50, 50, 50], "knots", at_least=2)
    assert at.tolist() == [0.0, 1.0, 2.0]
    assert worth.tolist() == [50.0, 50.0, 50.0]
    with pytest.raises(ValueError, match="rise from one to the next"):
        knots([0, 1, 1], [0, 50, 100], "knots", at_least=2)


def test_a_negative_zero_becomes_zero():
    assert not np.signbit(values_of(np.array([-0.0]))).any()
