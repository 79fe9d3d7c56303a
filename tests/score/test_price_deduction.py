"""The small-business deduction comes before the formula."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.score.price_deduction import deduct
from supplier_eval.score.price_lowest import lowest_over_price
from supplier_eval.score.price_mean import mean_ratio


def test_the_lowest_price_is_recomputed_from_the_deducted_prices():
    # 财库〔2020〕46 号: 10 % off the small bidder's 100 makes 90, below the other's 95
    prices = deduct([100.0, 95.0], [True, False], 0.10)
    assert prices.tolist() == [90.0, 95.0]
    assert lowest_over_price(prices) == pytest.approx([100.0, 100 * 90 / 95])
    assert lowest_over_price([100.0, 95.0]).tolist() == [95.0, 100.0]


def test_a_mean_is_recomputed_from_the_deducted_prices():
    assert mean_ratio(deduct([100.0, 110.0], [True, False], 0.1))[1] == pytest.approx(90.0)


def test_the_rate_may_differ_from_tender_to_tender_and_from_bid_to_bid():
    block = np.full((2, 3), 100.0)
    small = np.array([[True, True, True], [False, False, True]])
    by_tender = deduct(block, small, [0.1, 0.2, 0.0])
    assert by_tender == pytest.approx(np.array([[90.0, 80.0, 100.0], [100.0, 100.0, 100.0]]))
    assert deduct([100.0, 100.0], [True, True], [0.2, 0.05]) == pytest.approx([80.0, 95.0])


def test_a_missing_price_stays_missing_and_the_prices_are_untouched():
    prices = np.array([100.0, np.nan])
    assert np.isnan(deduct(prices, [True, True], 0.1)[1])
    assert prices[0] == 100.0


@pytest.mark.parametrize(
    ("small", "rate", "says"),
    [
        ([1, 0], 0.1, "mask of True and False"),
        ([True], 0.1, "shape of the prices"),
        ([True, False], 10, "rate must be below 1"),
        ([True, False], -0.1, "rate must be at least 0"),
        ([True, False], "0.1", "rate must be a number"),
        ([True, False], [0.1, 0.1, 0.1], "rate has shape"),
    ],
)
def test_a_deduction_that_makes_no_sense_is_refused(small, rate, says):
    with pytest.raises(ValueError, match=says):
        deduct([100.0, 95.0], small, rate)
