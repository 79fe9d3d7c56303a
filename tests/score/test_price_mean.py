"""Formulas about a mean: published figures, and why the policy check warns about two of them."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.score.price_mean import distance_from_mean, mean_ratio, trimmed_mean_benchmark

# price table: prices 80, 100, 110, 125, 150, scores printed to two decimals
PRICES = [80.0, 100.0, 110.0, 125.0, 150.0]


def test_trimmed_mean_benchmark_reproduces_the_price_table():
    # E1 = 1 above, E2 = 0.5 below; benchmark (100 + 110 + 125)/3
    scores = trimmed_mean_benchmark(PRICES, e1=1, e2=0.5)
    assert np.round(scores, 2).tolist() == [85.82, 94.78, 99.25, 88.06, 65.67]


def test_benchmark_with_k_096_reproduces_the_price_table():
    scores = trimmed_mean_benchmark(PRICES, e1=1, e2=0.5, k=0.96)
    assert np.round(scores, 2).tolist() == [87.31, 96.64, 97.39, 83.4, 60.07]


def test_mean_ratio_reproduces_the_price_table():
    assert np.round(mean_ratio(PRICES), 2).tolist() == [70.8, 88.5, 97.35, 89.38, 67.26]


def test_distance_from_mean_reproduces_the_price_table():
    assert np.round(distance_from_mean(PRICES), 2).tolist() == [79.2, 61.5, 52.65, 39.38, 17.26]


def test_mean_ratio_is_the_benchmark_with_one_point_per_cent_on_both_sides():
    untrimmed = trimmed_mean_benchmark(PRICES, e1=1, e2=1, trim_from=99)
    assert untrimmed == pytest.approx(mean_ratio(PRICES), abs=1e-12)


def test_whoever_is_below_the_mean_gains_by_asking_more():
    # 80 → 100 with the others unchanged: mean 113 → 117
    before, after = mean_ratio(PRICES)[0], mean_ratio([100.0, 100.0, 110.0, 125.0, 150.0])[0]
    assert (round(before, 2), round(after, 2)) == (70.8, 85.47)
    cheap = trimmed_mean_benchmark(PRICES, e1=1, e2=0.5)[0]
    dearer = trimmed_mean_benchmark([110.0, 100.0, 110.0, 125.0, 150.0], e1=1, e2=0.5)[0]
    assert dearer > cheap + 10.0


def test_a_cover_bid_moves_the_benchmark_towards_its_friend():
    # the friend asks 150; raising a bid of the same ring from 160 to 220 earns the friend points
    alone = mean_ratio([100.0, 105.0, 150.0, 160.0])[2]
    helped = mean_ratio([100.0, 105.0, 150.0, 220.0])[2]
    assert helped > alone


def test_the_trimmed_prices_are_scored_although_they_are_not_in_the_mean():
    scores = trimmed_mean_benchmark([100.0, 100.0, 100.0, 50.0, 200.0], e1=1, e2=0.5)
    assert scores.tolist() == [100.0, 100.0, 100.0, 75.0, 0.0]


def test_a_disqualified_bid_does_not_count_towards_the_trimming():
    prices = [80.0, 100.0, 110.0, 125.0, 150.0]
    scores = trimmed_mean_benchmark(prices, [True, True, True, True, False], e1=1, e2=0.5)
    # four eligible bids: no trimming, benchmark 415/4
    assert scores[2] == pytest.approx(100 - (110 - 103.75) / 103.75 * 100)


def test_the_score_at_the_mean_and_the_points_per_cent_are_the_policys():
    assert distance_from_mean([90.0, 110.0], at_mean=60, per_percent=2).tolist() == [80.0, 40.0]
    assert distance_from_mean([10.0, 190.0]).tolist() == [100.0, 0.0]


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"e1": -1, "e2": 0.5}, "e1 must be at least 0"),
        ({"e1": 1, "e2": 0.5, "k": 0}, "k must be above 0"),
        ({"e1": 1, "e2": 0.5, "trim_from": 2}, "trim_from must be at least 3"),
        ({"e1": 1, "e2": 0.5, "trim_from": 4.5}, "trim_from must be a whole number"),
    ],
)
def test_parameters_out_of_range_are_refused(parameters, says):
    with pytest.raises(ValueError, match=says):
        trimmed_mean_benchmark(PRICES, **parameters)
