"""Value functions without a jump, on figures to check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.score.value_curves import exponential, linear, piecewise_linear


def test_linear_places_a_figure_between_floor_and_target():
    # availability 99.0 % worth nothing, 99.9 % worth all
    assert linear([99.0, 99.45, 99.9], 99.0, 99.9) == pytest.approx([0.0, 50.0, 100.0])


def test_a_floor_above_the_target_says_lower_is_better():
    # hours to answer: 24 worth nothing, 4 worth all
    assert linear([30, 24, 14, 4, 1], floor=24, target=4).tolist() == [0.0, 0.0, 50.0, 100.0, 100.0]


def test_piecewise_linear_has_the_knots_value_at_the_knot_and_the_line_between():
    values = piecewise_linear([0, 5, 10, 15, 20, 99], [0, 10, 20], [20, 80, 100])
    assert values.tolist() == [20.0, 50.0, 80.0, 90.0, 100.0, 100.0]
    assert piecewise_linear(-5, [0, 10, 20], [20, 80, 100]) == 20.0


def test_piecewise_linear_may_fall_and_may_be_flat():
    assert piecewise_linear([0, 1, 2, 3], [0, 1, 2, 3], [100, 40, 40, 0]).tolist() == [100.0, 40.0, 40.0, 0.0]


def test_a_knot_is_exact_where_the_line_is_not():
    # 0.1 + 3 · 0.1 is not 0.4 in floating point
    at = np.array([0.1, 0.2, 0.4, 0.7])
    worth = np.array([0.1, 33.3, 66.6, 99.9])
    assert np.array_equal(piecewise_linear(at, at, worth), worth)


def test_exponential_bends_towards_the_first_or_the_last_steps():
    # Kirkwood (1997): 100·(1 − e^(−c/2))/(1 − e^(−c)) at half way
    half = 100 * (1 - np.exp(-1.0)) / (1 - np.exp(-2.0))
    assert exponential(5, 0, 10, 2.0) == pytest.approx(half)
    assert exponential(5, 0, 10, -2.0) == pytest.approx(100 - half)
    assert exponential(5, 10, 0, 2.0) == pytest.approx(half)
    assert exponential(5, 0, 10, 1e-9) == pytest.approx(50.0)


def test_the_steepest_curves_are_still_defined():
    for bend in (-100.0, 100.0):
        assert np.all(np.isfinite(exponential([0, 1, 9, 10], 0, 10, bend)))
        assert exponential([0, 10], 0, 10, bend).tolist() == [0.0, 100.0]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: linear([1], 5, 5), "floor and target are equal"),
        (lambda: linear([1], 5, np.inf), "target must be a finite number"),
        (lambda: exponential([1], 0, 10, 0), "curvature must not be 0"),
        (lambda: exponential([1], 0, 10, 101), "curvature must not be 0"),
        (lambda: piecewise_linear([1], [0], [0]), "2 or more"),
        (lambda: piecewise_linear([1], [0, 1], [0, 50, 100]), "as many figures as values"),
        (lambda: piecewise_linear([1], [0, 0], [0, 100]), "rise from one to the next"),
        (lambda: piecewise_linear([1], [0, np.nan], [0, 100]), "must be finite"),
        (lambda: piecewise_linear([1], [0, 1, 2], [0, 100, 50]), "two directions are two criteria"),
        (lambda: piecewise_linear([1], [0, 1], [0, 101]), "between 0 and 100"),
    ],
)
def test_scales_that_do_not_hold_together_are_refused(call, says):
    with pytest.raises(ValueError, match=says):
        call()
