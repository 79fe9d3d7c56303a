"""Knots, weighted means, rounding, half-open levels: exact and by hand."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.risk.rating_scale import contributions, half_up, level_of, points, possible

KNOTS = [(Fraction(0), Fraction(0)), (Fraction(10), Fraction(40)), (Fraction(20), Fraction(100))]


def test_points_between_at_and_outside_knots():
    figures = [-5, 0, 5, 10, Fraction(25, 2), 20, 99]
    assert [points(KNOTS, Fraction(x)) for x in figures] == [0, 0, 20, 40, 55, 100, 100]


def test_contributions_add_up_to_the_weighted_mean():
    parts = contributions([Fraction(20), Fraction(30)], [Fraction(50), Fraction(10)])
    assert parts == [20, 6]


def test_what_is_open():
    assert possible(Fraction(1300), Fraction(50), Fraction(100)) == (13, 63)


def test_half_up_and_half_open():
    assert [half_up(Fraction(x), 1) for x in ("39.95", "39.949", "0")] == [40, Fraction("39.9"), 0]
    lowers = [Fraction(x) for x in (0, 20, 40)]
    assert [level_of(lowers, Fraction(x)) for x in ("0", "19.9", "20", "39.9", "40", "100")] == [0, 0, 1, 1, 2, 2]


@given(st.fractions(-50, 50), st.fractions(-50, 50))
def test_points_are_monotone(a, b):
    low, high = sorted((a, b))
    assert points(KNOTS, low) <= points(KNOTS, high)
