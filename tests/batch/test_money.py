"""Prices in minor units are those of the price ladder, exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.batch.money import MOST, deducted, major_units, minor_units, share_of
from supplier_eval.score.minor_units import from_minor, half_up, to_minor

prices = st.floats(0.0, 1e10).map(lambda x: round(x, 3))
rates = st.integers(0, 99).map(lambda n: Decimal(n) / 100)


@given(st.lists(prices, min_size=1, max_size=20), st.integers(0, 4))
def test_prices_are_read_as_the_ladder_reads_their_decimals(given_prices, places):
    minor, large = minor_units(np.array(given_prices), places)
    assert minor.tolist() == [to_minor(Decimal(repr(p)), places) for p in given_prices]
    assert not large.any()


def test_halves_go_up_as_on_paper():
    assert minor_units(np.array([100.005, 2.675, 1.005, np.nan]), 2)[0].tolist() == [10001, 268, 101, 0]


def test_prices_that_the_minor_unit_cannot_part_are_told():
    assert minor_units(np.array([MOST / 100, 1.0]), 2)[1].tolist() == [True, False]


@given(st.lists(st.integers(1, 10**15), min_size=1, max_size=20), rates, st.integers(0, 4))
def test_deductions_are_rounded_half_up_and_money_is_the_nearest_double(amounts, rate, places):
    minor = np.array(amounts)
    assert deducted(minor, rate).tolist() == [half_up(a * (1 - Fraction(rate))) for a in amounts]
    assert major_units(minor, places).tolist() == [float(from_minor(a, places)) for a in amounts]
    assert share_of(minor, 1 - rate, places).tolist() == [float(from_minor(a, places) * (1 - rate)) for a in amounts]


@pytest.mark.parametrize("rate", ["0.1", "0.123456789012", "0"])
def test_large_amounts_are_deducted_exactly_too(rate):
    amounts = [10**15 - 1, 1]
    expected = [half_up(a * (1 - Fraction(Decimal(rate)))) for a in amounts]
    assert deducted(np.array(amounts), Decimal(rate)).tolist() == expected
