"""Formulas about a published ceiling, against published figures."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.score.price_ceiling import (
    bilinear,
    concave_ceiling,
    linear_to_ceiling,
    power_discount,
    share_of_ceiling,
)

# price table: prices 80, 100, 110, 125, 150, ceiling 180, scores printed to two decimals
PRICES = [80.0, 100.0, 110.0, 125.0, 150.0]


def test_linear_to_ceiling_reproduces_the_price_table():
    assert np.round(linear_to_ceiling(PRICES, ceiling=180), 2).tolist() == [100.0, 80.0, 70.0, 55.0, 30.0]


def test_share_of_ceiling_reproduces_the_price_table():
    assert np.round(share_of_ceiling(PRICES, ceiling=180), 2).tolist() == [55.56, 44.44, 38.89, 30.56, 16.67]


def test_power_discount_with_alpha_one_half_reproduces_the_price_table():
    scores = power_discount(PRICES, ceiling=180, alpha=0.5)
    assert np.round(scores, 2).tolist() == [100.0, 89.44, 83.67, 74.16, 54.77]


def test_bilinear_with_x_090_reproduces_the_price_table():
    assert np.round(bilinear(PRICES, ceiling=180, x=0.9), 2).tolist() == [100.0, 93.94, 90.91, 73.88, 40.3]


# Comune di Venezia / FMCV, gara 18/2017: discounts in per cent on four price items worth 43, 4, 2.5 and 0.5
# points, bilinear about the mean discount of the two admitted bidders, X = 0.9 (bando, art. 19.4)
VENICE = {"ATI CNS": [11.5, 5.19, 6.18, 1.29], "ATI OPERA": [23.85, 10.42, 14.0, 3.0]}
VENICE_POINTS = np.array([43.0, 4.0, 2.5, 0.5])


def test_bilinear_reproduces_the_price_coefficients_of_the_venice_museums():
    discounts = np.array(list(VENICE.values()))
    scores = bilinear(100.0 - discounts, ceiling=100, x=0.9)
    assert scores[0] / 100 == pytest.approx([0.58557284299859, 0.59846, 0.5512389, 0.5412587413], abs=5e-6)
    assert scores[1].tolist() == [100.0, 100.0, 100.0, 100.0]
    assert scores @ VENICE_POINTS / 100 == pytest.approx([29.2222088, 50.0], abs=0.001)


def test_the_bid_whose_envelope_stays_closed_is_not_in_the_mean_discount_of_venice():
    # ATI REAR fell below the technical threshold; its price was never read
    prices = 100.0 - np.array([11.5, 23.85, np.nan])
    scores = bilinear(prices, [True, True, False], ceiling=100, x=0.9)
    assert scores[0] / 100 == pytest.approx(0.58557284299859, abs=1e-12)
    assert np.isnan(scores[2])


def test_power_with_alpha_one_is_linear_to_the_ceiling():
    assert np.array_equal(power_discount(PRICES, ceiling=180, alpha=1), linear_to_ceiling(PRICES, ceiling=180))


def test_concave_with_exponent_one_is_the_share_of_the_ceiling():
    straight = share_of_ceiling(PRICES, ceiling=180)
    assert concave_ceiling(PRICES, ceiling=180, exponent=1) == pytest.approx(straight, abs=1e-12)


def test_concave_with_exponent_two_is_the_parabola():
    # 1 − (P/C)²: at half the ceiling 75, at the ceiling 0
    assert concave_ceiling([50.0, 80.0, 100.0], ceiling=100, exponent=2) == pytest.approx([75.0, 36.0, 0.0])


@pytest.mark.parametrize(
    "score",
    [
        lambda p: linear_to_ceiling(p, ceiling=100),
        lambda p: share_of_ceiling(p, ceiling=100),
        lambda p: power_discount(p, ceiling=100, alpha=0.3),
        lambda p: bilinear(p, ceiling=100, x=0.9),
        lambda p: concave_ceiling(p, ceiling=100, exponent=2),
    ],
)
def test_a_price_at_or_above_the_ceiling_scores_zero_and_nobody_is_undefined(score):
    assert score([80.0, 100.0, 130.0])[1:].tolist() == [0.0, 0.0]
    assert score([80.0, 100.0, 130.0])[0] > 0
    assert score([100.0]).tolist() == [0.0]
    assert score([100.0, 100.0, 120.0]).tolist() == [0.0, 0.0, 0.0]


def test_bilinear_gives_x_at_the_mean_discount_and_all_of_it_to_equal_discounts():
    # discounts 10, 20, 30: mean 20
    assert bilinear([90.0, 80.0, 70.0], ceiling=100, x=0.85) == pytest.approx([42.5, 85.0, 100.0])
    assert bilinear([90.0, 90.0], ceiling=100, x=0.85).tolist() == [100.0, 100.0]


def test_each_tender_of_a_block_has_its_own_ceiling():
    block = share_of_ceiling(np.array([[80.0, 80.0], [90.0, 90.0]]), ceiling=[100.0, 160.0])
    assert block == pytest.approx(np.array([[20.0, 50.0], [10.0, 43.75]]))


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"ceiling": 0, "x": 0.9}, "ceiling must be above 0"),
        ({"ceiling": np.nan, "x": 0.9}, "ceiling must be finite"),
        ({"ceiling": 100, "x": 90}, "x must be at most 1"),
        ({"ceiling": "100", "x": 0.9}, "ceiling must be a number"),
    ],
)
def test_parameters_out_of_range_are_refused(parameters, says):
    with pytest.raises(ValueError, match=says):
        bilinear(PRICES, **parameters)
