"""Rates by volumes, less credits up to the cap."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.registry.settlement_amounts import amounts_owed, line_amount, rounded

D = Decimal


@pytest.mark.parametrize(
    ("volume", "price", "amount"),
    [("10", "12.5", "125.00"), ("1.0004", "12.5", "12.51"), ("3", "0.005", "0.02"), ("1", "0.0049", "0.00")],
)
def test_a_line_is_rounded_half_up_to_the_hundredth(volume, price, amount):
    assert line_amount(D(volume), D(price)) == D(amount)


def test_the_largest_figures_multiply_exactly():
    volume, price = D("123456789012345678.901234567891"), D("987654321098765432.109876543219")
    exact = Fraction(volume) * Fraction(price)
    assert Fraction(line_amount(volume, price)) == Fraction(int(exact * 100 + Fraction(1, 2)), 100)


def test_lines_are_rounded_first_and_added_then():
    amounts = amounts_owed([(D(1), D("0.005"))] * 3)
    assert (amounts.gross, amounts.net) == (D("0.03"), D("0.03"))


def test_gross_less_credits_is_net():
    amounts = amounts_owed([(D(100), D("12.50")), (D(40), D("7.25"))], [D("30.00"), D("12.10")])
    assert (amounts.gross, amounts.claimed, amounts.credits, amounts.net) == (
        D("1540.00"),
        D("42.10"),
        D("42.10"),
        D("1497.90"),
    )
    assert amounts.limit is None


def test_the_cap_limits_what_credits_take_and_says_so():
    amounts = amounts_owed([(D(1), D("1000.10"))], [D("150.00")], cap=D("0.1"))
    assert (amounts.limit, amounts.credits, amounts.net) == (D("100.01"), D("100.01"), D("900.09"))
    assert amounts.explain() == (
        "Lines come to 1000.10, service credits take 100.01, 900.09 is paid. "
        "Credits of 150.00 were claimed; the limit leaves 100.01."
    )
    assert "上限" in amounts.explain("zh")


def test_credits_never_take_more_than_the_gross_amount():
    amounts = amounts_owed([(D(1), D("10"))], [D("15.00")])
    assert (amounts.credits, amounts.net) == (D("10.00"), D("0.00"))


def test_a_period_without_work_owes_nothing():
    amounts = amounts_owed([])
    assert (amounts.gross, amounts.credits, amounts.net) == (D("0.00"), D("0.00"), D("0.00"))
    assert amounts.explain() == "Lines come to 0.00, service credits take 0.00, 0.00 is paid."


def test_the_order_of_lines_changes_nothing():
    lines = [(D("3.333"), D("7.77")), (D("0.1"), D("0.05")), (D(9), D("1.115"))]
    assert len({amounts_owed(order) for order in permutations(lines)}) == 1


FIGURES = st.decimals(min_value=0, max_value=10**9, places=4)
MONEY = st.decimals(min_value=0, max_value=10**9, places=2)


CAPS = st.none() | st.decimals(min_value=0, max_value=1, places=3)


@given(st.lists(st.tuples(FIGURES, FIGURES), max_size=5), st.lists(MONEY, max_size=4), CAPS)
def test_gross_is_always_credits_and_net_to_the_last_hundredth(lines, credits, cap):
    amounts = amounts_owed(lines, credits, cap)
    assert amounts.gross == amounts.credits + amounts.net
    assert 0 <= amounts.credits <= amounts.claimed
    assert amounts.net >= 0
    assert amounts.limit is None or amounts.credits <= amounts.limit
    assert all(rounded(figure) == figure for figure in (amounts.gross, amounts.credits, amounts.net))


def test_the_frame_keeps_exact_decimals():
    frame = amounts_owed([(D(2), D("0.35"))], [D("0.10")]).to_frame()
    assert list(frame.columns) == ["gross", "claimed", "limit", "credits", "net"]
    assert frame.loc[0, "net"] == D("0.60")
    assert frame.loc[0, "limit"] is None


def test_the_short_form_names_the_three_sums():
    assert repr(amounts_owed([(D(2), D("0.35"))])) == "SettlementAmounts(gross=0.70, credits=0.00, net=0.70)"
