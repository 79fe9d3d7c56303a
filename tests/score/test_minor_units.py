from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.score.minor_units import exact_figure, from_minor, half_up, plain, show_figure, to_minor


@pytest.mark.parametrize(
    ("figure", "whole"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999999999", 2), ("-0.5", -1), ("-2.5", -3), ("0", 0)],
)
def test_a_half_goes_away_from_zero(figure, whole):
    assert half_up(Fraction(figure)) == whole


def test_a_figure_that_binary_arithmetic_stores_too_low_rounds_as_on_paper():
    assert to_minor(Decimal("2.675"), 2) == 268
    assert round(2.675, 2) == 2.67  # what a float would have given


@given(st.integers(-(10**30), 10**30), st.integers(0, 6))
def test_minor_units_and_decimals_go_back_and_forth_exactly_in_any_decimal_context(minor, places):
    with localcontext() as context:
        context.prec = 3
        assert to_minor(from_minor(minor, places), places) == minor


def test_a_decimal_keeps_the_places_of_its_currency():
    assert str(from_minor(1230, 2)) == "12.30"
    assert str(from_minor(1230, 0)) == "1230"


def test_text_has_no_exponent_and_no_idle_zeros():
    assert plain(Decimal("1E+12")) == "1000000000000"
    assert plain(Decimal("100.00")) == "100"
    assert plain(Decimal("100")) == "100"
    assert show_figure(Fraction(1, 3)) == "0.3333333333"
    assert exact_figure(Fraction(5, 4)) == Decimal("1.25")
