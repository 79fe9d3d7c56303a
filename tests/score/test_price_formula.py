"""What all price formulas share: parameters that refuse, prices that refuse, means without an order."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.score.price_formula import (
    Parameter,
    as_scores,
    highest_of,
    lowest_of,
    mean_of,
    read_bids,
    to_power,
)

ALL = np.ones(3, dtype=bool)


@pytest.mark.parametrize("value", [0.5, 1, Decimal("0.5"), np.float64(0.25), [0.5, 0.75]])
def test_numbers_decimals_and_arrays_are_figures(value):
    assert Parameter("x", lowest=0.0, highest=1.0).problems(value) == []


@pytest.mark.parametrize("value", ["0.5", True, None, object(), 1j, [0.5, None], ["0.5"], [Decimal(1), "1"]])
def test_text_truth_values_and_nothing_are_no_figures(value):
    problems = Parameter("x").problems(value)
    assert len(problems) == 1
    assert problems[0].startswith("x must be a number, not ")


def test_each_bound_says_itself():
    closed = Parameter("a", lowest=1.0, highest=2.0, whole=True)
    assert closed.problems(1) == closed.problems(2) == []
    assert closed.problems(0.5) == ["a must be at least 1", "a must be a whole number"]
    assert closed.problems([1, 3]) == ["a must be at most 2"]
    opened = Parameter("b", above=1.0, below=2.0)
    assert opened.problems(1.5) == []
    assert opened.problems(1.0) == ["b must be above 1"]
    assert opened.problems(2.0) == ["b must be below 2"]
    assert opened.problems(np.inf) == opened.problems(np.nan) == ["b must be finite"]


def test_a_parameter_is_one_figure_or_one_a_tender():
    block = np.ones((3, 2), dtype=bool)
    ceiling = Parameter("ceiling", above=0.0)
    assert ceiling.read(180, block).tolist() == [180.0, 180.0]
    assert ceiling.read([180, 200], block).tolist() == [180.0, 200.0]
    with pytest.raises(ValueError, match="one figure or one a tender"):
        ceiling.read([180, 200, 220], block)
    with pytest.raises(ValueError, match="one figure or one a tender"):
        ceiling.read([180, 200, 220], ALL)


def test_a_parameter_of_each_bid_has_the_shape_of_the_prices_and_may_be_missing_for_a_disqualified_bid():
    quality = Parameter("quality", lowest=0.0, per_bid=True)
    ok = np.array([True, False, True])
    assert quality.read([80, np.nan, 60], ok).tolist() == [80.0, 0.0, 60.0]
    with pytest.raises(ValueError, match="quality is missing for an eligible bid"):
        quality.read([80, np.nan, 60], ALL)
    with pytest.raises(ValueError, match="one figure a bid"):
        quality.read(80.0, ok)
    with pytest.raises(ValueError, match="quality must be at least 0"):
        quality.read([80, 70, -1], ALL)


@pytest.mark.parametrize(
    ("prices", "eligible", "says"),
    [
        (["80"], None, "must be numbers"),
        ([True], None, "must be numbers"),
        (80.0, None, "bid axis"),
        ([80.0, 90.0], [1, 0], "mask of True and False"),
        ([80.0, 90.0], [True], "shape"),
        ([80.0, np.nan], None, "missing or infinite"),
        ([80.0, np.inf], None, "missing or infinite"),
        ([80.0, 0.0], None, "not above zero"),
    ],
)
def test_prices_that_are_no_prices_are_refused(prices, eligible, says):
    with pytest.raises(ValueError, match=says):
        read_bids(prices, eligible)


def test_what_a_disqualified_bid_asked_is_put_out_of_sight():
    given_prices = np.array([80.0, -1.0, np.nan])
    prices, ok = read_bids(given_prices, [True, False, False])
    assert prices.tolist() == [80.0, 1.0, 1.0]
    assert lowest_of(prices * 0.001, ok) == highest_of(prices * 0.001, ok) == 0.08
    assert np.isnan(given_prices[2])


def test_the_highest_and_the_lowest_price_leave_the_mean_from_the_stated_number_of_bids_on():
    prices = np.array([80.0, 100.0, 110.0, 125.0, 150.0])
    all_five, four = np.ones(5, dtype=bool), np.array([True, True, True, True, False])
    five_or_more = np.array(5.0)
    assert mean_of(prices, all_five) == 113.0
    assert mean_of(prices, all_five, trim_from=five_or_more) == pytest.approx(335 / 3, rel=1e-15)
    assert mean_of(prices, four, trim_from=five_or_more) == 415 / 4
    assert mean_of(prices, four, trim_from=np.array(4.0)) == 105.0
    assert mean_of(prices, np.zeros(5, dtype=bool)) == 1.0


def test_only_one_of_several_lowest_prices_leaves_the_mean():
    prices = np.array([80.0, 80.0, 110.0, 130.0, 130.0])
    assert mean_of(prices, np.ones(5, dtype=bool), trim_from=np.array(5.0)) == pytest.approx(320 / 3, rel=1e-15)


@given(
    x=st.lists(st.floats(0.01, 1e9), min_size=1, max_size=12),
    seed=st.integers(0, 1000),
)
@settings(max_examples=100, deadline=None)
def test_a_mean_has_the_same_bits_in_any_order_and_lies_between_lowest_and_highest(x, seed):
    prices = np.array(x)
    ok = np.ones(prices.size, dtype=bool)
    mean = mean_of(prices, ok)
    shuffled = np.random.default_rng(seed).permutation(prices)
    assert mean_of(shuffled, ok) == mean
    assert prices.min() <= mean <= prices.max()
    assert mean == pytest.approx(prices.mean(), rel=1e-12)


def test_roots_and_squares_are_exact_also_where_every_tender_has_its_own_exponent():
    base = np.random.default_rng(5).random(4000)
    assert np.array_equal(to_power(base, np.array(0.5)), np.sqrt(base))
    assert np.array_equal(to_power(base, np.full(4000, 0.5)), np.sqrt(base))
    assert np.array_equal(to_power(base, np.full(4000, 2.0)), base * base)
    assert np.array_equal(to_power(base, np.full(4000, 1.0)), base)
    assert np.allclose(to_power(base, np.full(4000, 2.5)), base**2.5, rtol=1e-14)


def test_scores_are_cut_to_the_scale_and_what_cannot_be_computed_is_refused():
    assert as_scores(np.array([-0.5, 0.25, 1.5]), ALL).tolist() == [0.0, 25.0, 100.0]
    assert np.isnan(as_scores(np.array([0.5, np.nan, 0.5]), np.array([True, False, True]))[1])
    with pytest.raises(ValueError, match="too large or too far apart"):
        as_scores(np.array([0.5, np.nan, 0.5]), ALL)
