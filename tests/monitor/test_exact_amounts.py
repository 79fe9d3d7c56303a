"""Money and percentages as exact decimals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.monitor.exact_amounts import cut_to, exact, measured, minor_amount, to_whole


def test_numbers_are_read_as_the_decimals_that_were_meant():
    assert exact(0.1) == Decimal("0.1")
    assert exact("99.95") == exact(Decimal("99.95")) == Decimal("99.95")
    assert exact(np.int64(3)) == 3 and exact(np.float64(0.5)) == Decimal("0.5")
    assert all(exact(wrong) is None for wrong in ("x", True, None, float("nan"), "inf", [1]))


def test_measured_figures_lose_the_noise_of_binary_arithmetic():
    assert measured(0.1 + 0.2, None, "half_up") == Decimal("0.3")
    assert measured(99.945, 2, "half_up") == Decimal("99.95")
    assert measured(99.945, 2, "down") == Decimal("99.94")
    assert measured(None, 2, "down") is None


@pytest.mark.parametrize(
    ("amount", "half_up", "half_even", "down", "up"),
    [
        (Fraction(5, 2), 3, 2, 2, 3),
        (Fraction(7, 2), 4, 4, 3, 4),
        (Fraction(9, 4), 2, 2, 2, 3),
        (Fraction(3), 3, 3, 3, 3),
    ],
)
def test_four_roundings(amount, half_up, half_even, down, up):
    found = [to_whole(amount, how) for how in ("half_up", "half_even", "down", "up")]
    assert found == [half_up, half_even, down, up]
    assert to_whole(-amount, "half_up") == -half_up


def test_money_with_too_many_places_or_below_zero_is_a_finding():
    found = []
    assert minor_amount("5000.10", 2, "fees", found) == 500010
    assert minor_amount(Decimal("500"), 0, "fees", found) == 500
    assert not found
    for wrong in ("0.001", -1, "abc", float("nan"), None, True, "1e400"):
        minor_amount(wrong, 2, "fees", found)
    assert [f.code for f in found] == ["credits.money_places"] + ["credits.money"] * 6


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=9), st.integers(0, 10**9))
def test_what_is_cut_adds_up_to_the_unit(amounts, total):
    cut = cut_to(amounts, total)
    assert sum(cut) == min(sum(amounts), total)
    assert all(0 <= c <= a for c, a in zip(cut, amounts, strict=True))
    if sum(amounts) > total:
        assert all(abs(c - a * total / sum(amounts)) < 1 + 1e-6 for c, a in zip(cut, amounts, strict=True))
