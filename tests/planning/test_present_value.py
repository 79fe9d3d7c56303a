"""Present values against closed forms, and the laws of break-even volumes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.planning.present_value import (
    break_even_volume,
    discount_factors,
    drawn_values,
    line_factor,
    option_values,
    triangular_draws,
    triangular_mean,
)


def test_a_level_payment_is_the_annuity_of_the_textbook():
    monthly = 1.08 ** (1 / 12) - 1
    annuity = (1 - (1 + monthly) ** -36) / monthly
    assert line_factor(1, 36, 0.08) == pytest.approx(annuity, rel=1e-13)
    assert line_factor(1, 36, 0.08, timing="beginning") == pytest.approx(annuity * (1 + monthly), rel=1e-13)


def test_one_payment_a_year_from_now_is_discounted_by_one_year():
    assert line_factor(12, 12, 0.1) == pytest.approx(1 / 1.1, rel=1e-14)


def test_without_discount_rate_the_factor_counts_months_and_anniversaries():
    assert line_factor(1, 24, 0.0) == 24
    assert line_factor(1, 24, 0.0, rise=0.5) == pytest.approx(12 + 12 * 1.5)
    assert line_factor(11, 14, 0.0, rise=0.5, growth=1.0) == pytest.approx(2 + 2 * 3.0)


def test_the_middle_of_a_month_lies_between_its_ends():
    first, middle, last = (discount_factors(3, 0.2, when) for when in ("beginning", "middle", "end"))
    assert (first > middle).all()
    assert (middle > last).all()
    assert middle**2 == pytest.approx(first * last)


def test_options_add_up_their_own_lines_only():
    member = np.array([[True, True, False], [False, True, True]])
    values = option_values(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 30.0]), np.array([1.0, 1.0, 2.0]), member)
    assert values.tolist() == [50.0, 220.0]


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=3).map(sorted), st.integers(0, 2**32 - 1))
def test_draws_stay_within_their_range(figures, seed):
    drawn = triangular_draws(np.array([figures]), 64, np.random.default_rng(seed))
    slack = 1e-9 * max(figures[2], 1)
    assert drawn.min() >= figures[0] - slack
    assert drawn.max() <= figures[2] + slack


def test_the_mean_of_many_draws_is_the_mean_of_the_three_figures():
    ranges = np.array([[10.0, 12.0, 20.0], [5.0, 5.0, 5.0], [0.0, 9.0, 9.0]])
    drawn = triangular_draws(ranges, 200_000, np.random.default_rng(7))
    error = drawn.std(axis=1) / np.sqrt(drawn.shape[1])
    assert (abs(drawn.mean(axis=1) - triangular_mean(ranges)) <= 4 * error + 1e-12).all()
    assert drawn[1].tolist() == [5.0] * 200_000


@given(st.tuples(*[st.floats(-1e6, 1e6)] * 4))
def test_at_the_break_even_volume_both_cost_the_same(lines):
    first, second = lines[:2], lines[2:]
    met = break_even_volume(first, second)
    if met is None:
        assert first[1] == second[1]
    else:
        here, there = (fixed + slope * met for fixed, slope in (first, second))
        assert here == pytest.approx(there, abs=1e-6 * max(1, *(abs(x) for x in (*lines, here))))


def test_a_volume_is_drawn_once_for_all_options_and_a_rate_for_its_line():
    factors, rates = np.array([2.0, 3.0, 5.0]), np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [4.0, 5.0, 9.0]])
    volumes = np.array([[10.0, 20.0, 60.0]])
    member = np.array([[True, False, True], [False, True, False]])
    drawn = {"draws": 500, "generator": np.random.default_rng(1)}
    own, out = drawn_values(factors, rates, volumes, np.array([[0, 1, 2], [0, 0, 1]]), member, **drawn)
    rest = own - out * 2 / 3  # the busy year is busy for both; what is left is the third line, without a driver
    assert rest.min() >= 5 * 4.0 - 1e-9 and rest.max() <= 5 * 9.0 + 1e-9
    assert np.ptp(out) > 0 and np.ptp(rest) > 0


def test_drawn_values_are_exact_where_nothing_is_uncertain():
    certain = np.array([[2.0, 2.0, 2.0]])
    drawn = {"draws": 200, "generator": np.random.default_rng(1)}
    worlds = drawn_values(np.array([3.0]), certain, certain, np.array([[0], [0]]), np.array([[True]]), **drawn)
    assert (worlds == 12.0).all()


def test_a_price_of_two_lines_is_drawn_once():
    rates, none = np.array([[1.0, 2.0, 9.0]]), np.zeros((0, 3))
    drawn = {"draws": 300, "generator": np.random.default_rng(1)}
    member = np.array([[True, False], [False, True]])
    own, out = drawn_values(np.array([2.0, 6.0]), rates, none, np.array([[0, 0], [0, 0]]), member, **drawn)
    assert out == pytest.approx(3 * own)
    assert np.ptp(own) > 0
