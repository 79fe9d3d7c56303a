"""The index, the effective number and what stays open, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.risk.concentration_index import effective_number, herfindahl, left_open

amounts = st.lists(st.fractions(0, 1000, max_denominator=100), min_size=1, max_size=12)


def test_us_doj_shares_of_30_30_20_20_are_2600_points():
    assert herfindahl([Fraction(x) for x in (30, 30, 20, 20)]) == 2600
    assert effective_number([Fraction(x) for x in (30, 30, 20, 20)]) == Fraction(10_000, 2600)


@pytest.mark.parametrize("n", [1, 2, 5, 40])
def test_equal_shares_count_as_many_as_they_are(n):
    assert effective_number([Fraction(7, 3)] * n) == n


def test_nothing_spent_is_not_defined():
    assert herfindahl([]) is None
    assert effective_number([Fraction(0)] * 3) is None


@settings(deadline=None, max_examples=100)
@given(amounts, st.fractions(1, 50, max_denominator=7))
def test_the_index_has_its_bounds_and_knows_no_unit_and_no_order(given_amounts, unit):
    index = herfindahl(given_amounts)
    spent = [x for x in given_amounts if x]
    if not spent:
        assert index is None
        return
    assert Fraction(10_000) / len(spent) <= index <= 10_000
    assert herfindahl([x * unit for x in reversed(given_amounts)]) == index


@settings(deadline=None, max_examples=100)
@given(amounts.filter(lambda x: len([y for y in x if y]) > 1))
def test_a_merger_never_lowers_the_index(given_amounts):
    first, second, *rest = given_amounts
    assert herfindahl([first + second, *rest]) >= herfindahl(given_amounts)


def test_what_stays_open_is_bounded_by_what_is_unknown():
    assert left_open(Fraction(60), Fraction(40), unknown=False) == (20, 20)
    assert left_open(Fraction(60), Fraction(20), unknown=True) == (0, 40)
    assert left_open(Fraction(60), Fraction(90), unknown=True) == (0, 0)
    assert left_open(Fraction(60), Fraction(0), unknown=False) == (60, 60)
