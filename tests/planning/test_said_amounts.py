"""Money, volumes and shares in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.planning.said_amounts import money_text, never_bound, share_text, volume_text


def test_large_money_is_said_in_whole_units_and_small_money_to_the_cent():
    assert money_text(77_246.777) == "77,247"
    assert money_text(1_000.5) == "1,001"  # half up, as people round
    assert money_text(-8_958_143.3) == "−8,958,143"
    assert money_text(12.25) == "12.25"
    assert money_text(0.0) == "0"
    assert money_text(float("nan")) == "-"


def test_a_driver_whose_name_is_its_unit_is_said_once():
    assert volume_text(6012.2, "tickets", "tickets") == "6,012 tickets"
    assert volume_text(6012.2, "Tickets", "tickets") == "6,012 tickets"
    assert volume_text(12.5, "calls", "hours") == "12.5 hours (calls)"
    assert volume_text(12.5, "calls", "") == "12.5 calls"


@given(st.integers(1, 10**7))
def test_the_bound_of_never_is_that_of_clopper_and_pearson(draws):
    bound = never_bound(draws)
    assert (1 - bound) ** draws == pytest.approx(0.05, rel=1e-6)
    assert bound <= 3 / draws


def test_none_and_all_have_a_bound_in_place_of_an_error_of_nothing():
    assert "none of 20,000" in share_text(0.0, 0.0, 20_000) and "at most 0.015 %" in share_text(0.0, 0.0, 20_000)
    assert "all of 20,000" in share_text(1.0, 0.0, 20_000) and "at least 99.985 %" in share_text(1.0, 0.0, 20_000)
    assert "at most 1.5 %" in share_text(0.0, 0.0, 200)
    assert "0.015 %" in share_text(0.0, 0.0, 20_000, "zh")


def test_a_rare_event_keeps_digits_until_its_error_is_seen():
    assert share_text(0.00005, 0.00005, 20_000) == "in 0.005 % (standard error 0.005) of 20,000 drawn worlds"
    assert share_text(0.1879, 0.002762, 20_000) == "in 18.8 % (standard error 0.3) of 20,000 drawn worlds"
    assert "tied" in share_text(0.5, 0.0, 400)
