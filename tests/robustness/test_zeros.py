"""Zeros of piecewise smooth functions: several in one piece, touches, kinks and jumps that nobody announced."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.robustness.zeros import crossings, pieces, zeros


def near(found, wanted, tolerance=1e-11):
    return min(abs(x - wanted) for x in found.tolist()) <= tolerance


def test_all_zeros_of_a_sine_are_found_in_one_stretch():
    found = zeros(lambda x: np.sin(x)[np.newaxis], [1.0, 20.0])
    assert all(near(found, k * np.pi) for k in range(1, 7))


def test_zeros_of_several_functions_are_found_together():
    found = zeros(lambda x: np.stack([x - 2.0, 1.0 / x - 0.25]), [0.01, 100.0])
    assert near(found, 2.0)
    assert near(found, 4.0)


@given(st.floats(0.1, 9.9))
def test_a_function_that_only_touches_zero_is_noticed(touch):
    assert near(zeros(lambda x: ((x - touch) ** 2)[np.newaxis], [0.0, 10.0]), touch, 1e-5)


@settings(max_examples=40)
@given(st.one_of(st.floats(0.5, 9.5), st.sampled_from([1.25, 2.5, 5.0, 7.5])), st.floats(0.01, 50.0))
def test_a_jump_that_nobody_announced_is_closed_in_on(place, height):
    found = zeros(lambda x: np.where(x < place, 1.0, 1.0 + height)[np.newaxis], [0.0, 10.0])
    assert near(found, place, 1e-6)


@settings(max_examples=25)
@given(st.floats(0.5, 9.5))
def test_zeros_beside_a_kink_that_nobody_announced_are_found(place):
    found = zeros(lambda x: (np.abs(x - place) - 1e-4)[np.newaxis], [0.0, 10.0])
    assert near(found, place - 1e-4)
    assert near(found, place + 1e-4)


def test_a_function_that_is_absent_in_a_stretch_has_no_zero_there():
    found = zeros(lambda x: np.where(x < 5.0, np.nan, x - 7.0)[np.newaxis], [0.0, 5.0, 10.0])
    assert found.tolist() == pytest.approx([5.0, 7.0], abs=1e-12)  # 5: where it begins


def test_a_root_at_the_end_of_a_steep_slope_does_not_cut_it_to_dust():
    cut = pieces(lambda x: (100.0 * np.sqrt(200.0 - x))[np.newaxis], [0.0, 200.0])
    assert len(cut.smooth) < 200


@settings(max_examples=25)
@given(st.floats(0.3, 5.0), st.floats(-2.0, 2.0))
def test_rounding_steps_are_where_the_rounded_figure_steps(scale, shift):
    def wave(x):
        return (scale * np.sin(x) * 3.0 + shift)[np.newaxis]

    places, complete = crossings(wave, [0.0, 6.0])
    assert complete
    x = np.linspace(0.0, 6.0, 20_001)
    rounded = np.floor(wave(x)[0] + 0.5)
    for k in np.flatnonzero(np.diff(rounded)).tolist():
        assert np.any((places >= x[k] - 1e-9) & (places <= x[k + 1] + 1e-9))
    assert np.all(np.abs((wave(places)[0] - 0.5) - np.round(wave(places)[0] - 0.5)) < 1e-6)


def test_too_many_rounding_steps_are_said_to_be_too_many():
    places, complete = crossings(lambda x: (x * 1e9)[np.newaxis], [0.0, 1.0])
    assert not complete
    assert places.size == 0
