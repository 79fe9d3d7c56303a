"""Formulas about the lowest price, against published figures."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.score.price_lowest import linear_to_twice_lowest, lowest_over_price, min_max

# price table: prices 80, 100, 110, 125, 150, scores printed to two decimals (tolerance: the printed digit)
PRICES = [80.0, 100.0, 110.0, 125.0, 150.0]


def test_lowest_over_price_reproduces_the_price_table():
    assert np.round(lowest_over_price(PRICES), 2).tolist() == [100.0, 80.0, 72.73, 64.0, 53.33]


def test_linear_to_twice_lowest_reproduces_the_price_table():
    assert np.round(linear_to_twice_lowest(PRICES), 2).tolist() == [100.0, 75.0, 62.5, 43.75, 12.5]


def test_min_max_reproduces_the_price_table():
    assert np.round(min_max(PRICES), 2).tolist() == [100.0, 71.43, 57.14, 35.71, 0.0]


def test_lowest_over_price_reproduces_the_british_guidance_on_fixed_quotes():
    # UK Digital Outcomes and Specialists (2016), quoted by Public Spend Forum Europe, 17 May 2016: A £15,000
    # 0.667, B £10,000 1, C £30,000 0.333
    scores = lowest_over_price([15_000, 10_000, 30_000]) / 100.0
    assert np.round(scores, 3).tolist() == [0.667, 1.0, 0.333]


def test_lowest_over_price_reproduces_a_chinese_calculator_with_20_points():
    # 低价优先法, 20 points: 100 scores 20, 140 scores 14.29
    assert np.round(lowest_over_price([100, 140]) * 20 / 100, 2).tolist() == [20.0, 14.29]


def test_linear_to_twice_lowest_reproduces_the_peruvian_example():
    # OSCE, Reglamento art. 101, execution time worth 10 points, 2·PM − (Oi/Om)·PM: 150, 120, 130, 135 days
    # score 7.5, 10, 9.166 (cut, not rounded), 8.75
    scores = linear_to_twice_lowest([150, 120, 130, 135]) * 10 / 100
    assert scores == pytest.approx([7.5, 10.0, 9.166, 8.75], abs=0.001)


def test_linear_to_twice_lowest_gives_the_south_african_80_points():
    # Preferential Procurement Regulations 2022, reg. 4: Ps = 80·(1 − (Pt − Pmin)/Pmin)
    prices = np.array([100.0, 120.0, 175.0])
    assert 0.8 * linear_to_twice_lowest(prices) == pytest.approx(80 * (1 - (prices - 100) / 100))


def test_a_price_beyond_the_factor_scores_zero_not_less():
    assert linear_to_twice_lowest([100.0, 200.0, 260.0]).tolist() == [100.0, 0.0, 0.0]
    assert linear_to_twice_lowest([100.0, 200.0, 260.0], factor=3) == pytest.approx([100.0, 50.0, 20.0])


def test_a_factor_of_one_is_refused():
    with pytest.raises(ValueError, match="factor must be above 1"):
        linear_to_twice_lowest([100.0, 200.0], factor=1)


def test_a_disqualified_bid_does_not_move_the_lowest_price():
    assert lowest_over_price([10.0, 80.0, 100.0], [False, True, True])[1:].tolist() == [100.0, 80.0]
    assert min_max([10.0, 80.0, 100.0, 120.0], [False, True, True, True])[1:].tolist() == [100.0, 50.0, 0.0]
