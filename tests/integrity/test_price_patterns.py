"""Patterns in the prices of one tender, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.integrity.price_patterns import even_steps, round_markups, rounding_unit, runs, significant_digits


def test_stretches_of_rows_that_hang_together():
    first, end = runs([False, True, True, False, False, True])
    assert list(zip(first.tolist(), end.tolist(), strict=True)) == [(0, 3), (4, 6)]
    assert [len(part) for part in runs([])] == [0, 0]


def column(*prices):
    return np.array(prices, dtype=float)[:, None]


def test_equal_steps_between_the_losing_prices():
    step, off, off_log = even_steps(column(90, 100, 110, 120, 130))
    assert (step[0], off[0]) == (10, 0)
    assert off_log[0] > 0.05


def test_equal_ratios_between_the_losing_prices():
    _, off, off_log = even_steps(column(90, 100, 110, 121, 133.1))
    assert off_log[0] == pytest.approx(0, abs=1e-12)
    assert off[0] > 0.05


def test_too_few_or_equal_losing_prices_have_no_steps():
    for prices in (column(1, 2, 3), column(1, 2, 2, 2)):
        assert all(np.isnan(figure[0]) for figure in even_steps(prices))


def test_losing_prices_that_are_the_lowest_with_round_markups():
    assert round_markups(column(200, 203, 210, 221), 0.005, 1e-4)[0]  # 1.5 %, 5 %, 10.5 %
    assert not round_markups(column(200, 203, 210, 221.7), 0.005, 1e-4)[0]
    assert not round_markups(column(200, 200, 210), 0.005, 1e-4)[0]


@pytest.mark.parametrize(
    ("price", "digits"), [(3_680_000, 3), (3_600_000.50, 8), (1, 1), (0.05, 1), (0.0125, 3), (4e12, 1), (1e-9, 1)]
)
def test_significant_digits(price, digits):
    assert significant_digits([price])[0] == digits


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 10**12), st.integers(0, 3))
def test_zeros_at_the_end_are_not_significant(whole, zeros):
    assert significant_digits([whole * 10**zeros])[0] == len(str(whole).rstrip("0"))


def test_the_unit_to_which_prices_are_rounded():
    assert rounding_unit(column(3_680_000, 3_750_000))[0] == pytest.approx(10_000)
    assert rounding_unit(column(1.25, 2))[0] == pytest.approx(0.01)
    assert rounding_unit(column(5e12, 7e12))[0] == pytest.approx(1e12)
