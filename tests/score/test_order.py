"""Sums in a fixed order, rounding on decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.score.order import mean_in_order, round_half_up, settle, sum_in_order


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.integers(1, 4))
def test_a_sum_alone_has_the_same_bits_as_in_a_block(terms, n):
    alone = sum_in_order(np.array(terms))
    block = sum_in_order(np.repeat(np.array(terms)[:, None], n, axis=1))
    assert np.all(block == alone)


def test_the_sum_over_no_terms_is_zero():
    assert sum_in_order(np.zeros((0, 3))).tolist() == [0.0, 0.0, 0.0]


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.integers(0, 4))
def test_rounding_is_half_up_on_the_decimal_that_was_written(digits, scale, places):
    written = Decimal(digits).scaleb(-scale)
    expected = written.copy_abs().quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).copy_sign(written)
    assert float(round_half_up(float(written), places)) == pytest.approx(float(expected), abs=1e-9)


@pytest.mark.parametrize(("figure", "places", "expected"), [(2.675, 2, 2.68), (1.005, 2, 1.01), (0.285, 2, 0.29)])
def test_binary_noise_does_not_turn_a_half_down(figure, places, expected):
    assert float(round_half_up(figure, places)) == expected


def test_a_sum_that_is_a_half_in_decimals_rounds_up():
    assert float(round_half_up(sum_in_order([0.1, 0.2, 0.005]), 2)) == 0.31


def test_no_places_leaves_the_figure_and_nan_stays():
    assert float(round_half_up(1.23456, None)) == 1.23456
    assert np.isnan(round_half_up(np.nan, 2))


def test_the_mean_counts_only_what_is_counted():
    x = np.array([[1.0, 5.0], [3.0, np.nan]])
    assert mean_in_order(x, [[True, True], [True, False]]).tolist() == [2.0, 5.0]
    assert np.isnan(mean_in_order([1.0], [False]))


def test_two_totals_that_differ_by_noise_are_judged_equal():
    assert settle(0.1 + 0.2) == settle(0.3)
