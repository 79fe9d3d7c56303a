"""Formulas that read quality or other merits beside the price."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.score.price_lowest import lowest_over_price
from supplier_eval.score.price_quality import (
    performance_per_price,
    price_per_quality_point,
    reduce_prices,
    reduced_price,
)


def test_price_per_quality_point_orders_by_what_a_point_costs():
    # 100/80 = 1.25, 90/60 = 1.5, 150/100 = 1.5 a point
    scores = price_per_quality_point([100.0, 90.0, 150.0], quality=[80.0, 60.0, 100.0])
    assert scores == pytest.approx([100.0, 100 * 1.25 / 1.5, 100 * 1.25 / 1.5])


def test_equal_quality_makes_it_lowest_over_price():
    prices = [80.0, 100.0, 110.0]
    assert price_per_quality_point(prices, quality=[7.0] * 3) == pytest.approx(lowest_over_price(prices))


def test_a_bid_without_a_point_of_quality_scores_zero():
    assert price_per_quality_point([10.0, 90.0], quality=[0.0, 50.0]).tolist() == [0.0, 100.0]
    assert price_per_quality_point([10.0, 90.0], quality=[0.0, 0.0]).tolist() == [0.0, 0.0]
    assert performance_per_price([10.0, 90.0], quality=[0.0, 0.0], corridor=0.1).tolist() == [0.0, 0.0]


# ratios 10, 9.5, 9, 8: the corridor of 10 % holds the first three
RICHTWERT_PRICES = [50.0, 80.0, 100.0, 100.0]
RICHTWERT_POINTS = [500.0, 760.0, 900.0, 800.0]


def test_without_a_corridor_the_best_ratio_wins():
    scores = performance_per_price(RICHTWERT_PRICES, quality=RICHTWERT_POINTS, corridor=0)
    assert scores == pytest.approx([100.0, 95.0, 90.0, 80.0])


def test_within_the_corridor_the_best_quality_wins():
    scores = performance_per_price(RICHTWERT_PRICES, quality=RICHTWERT_POINTS, corridor=0.1)
    assert scores == pytest.approx([90 + 10 * 500 / 900, 90 + 10 * 760 / 900, 100.0, 80.0])
    assert np.argsort(-scores).tolist() == [2, 1, 0, 3]


def test_the_edge_of_the_corridor_belongs_to_it():
    # 144/70 is nine tenths of 16/7, and in floating point a hair less
    assert (144 / 70) / (16 / 7) < 0.9
    scores = performance_per_price([7.0, 70.0], quality=[16.0, 144.0], corridor=0.1)
    assert scores[1] == 100.0
    outside = performance_per_price([7.0, 70.0], quality=[16.0, 143.0], corridor=0.1)
    assert outside == pytest.approx([100.0, 100 * (143 / 70) / (16 / 7)])


@given(
    bids=st.lists(st.tuples(st.integers(100, 9999), st.integers(1, 100)), min_size=2, max_size=7),
    width=st.sampled_from([0.0, 0.05, 0.1]),
)
@settings(max_examples=60, deadline=None)
def test_the_score_keeps_the_order_of_the_extended_method(bids, width):
    prices = np.array([p for p, _ in bids], dtype=float)
    points = np.array([q for _, q in bids], dtype=float)
    scores = performance_per_price(prices, quality=points, corridor=width)
    ratio = np.round(points / prices / np.max(points / prices), 9)
    inside = ratio >= round(1 - width, 9)
    assert np.max(scores) == 100.0
    assert scores[np.argmax(np.where(inside, points, -1))] == 100.0
    if np.any(~inside):
        assert np.max(scores[~inside]) < np.min(scores[inside])
    for i in np.flatnonzero(inside):
        for j in np.flatnonzero(inside):
            if width > 0 and points[i] > points[j]:
                assert scores[i] > scores[j]


def test_reduced_price_reproduces_the_prozorro_award():
    # Prozorro API documentation, cfaselectionua: price 499, coefficients 0.1 + 0.1 of at most 0.15 + 0.15,
    # denominator 1.2857142857142858, weighted 388.11
    weighted = reduce_prices([499.0], [0.1 + 0.1], 0.15 + 0.15)
    assert 499.0 / weighted[0] == pytest.approx(1.2857142857142858, abs=1e-12)
    assert weighted[0] == pytest.approx(388.11, abs=0.005)


def test_a_dearer_bid_with_merits_may_have_the_lower_reduced_price():
    scores = reduced_price([499.0, 400.0], features=[0.2, 0.0], features_max=0.3)
    assert scores == pytest.approx([100.0, 100 * 499 / 1.2857142857142858 / 400])


def test_merits_above_what_can_be_had_are_refused():
    with pytest.raises(ValueError, match="features are above features_max"):
        reduced_price([499.0, 400.0], features=[0.4, 0.0], features_max=0.3)
    with pytest.raises(ValueError, match="features has shape"):
        reduce_prices([499.0, 400.0], 0.1, 0.3)
    with pytest.raises(ValueError, match="features_max must be below 1"):
        reduced_price([499.0], features=[0.2], features_max=1.0)


def test_all_of_the_merits_added_up_in_floating_point_are_not_above_what_can_be_had():
    assert 0.1 + 0.1 + 0.1 > 0.3
    assert reduced_price([100.0], features=[0.1 + 0.1 + 0.1], features_max=0.3).tolist() == [100.0]


def test_quality_missing_for_an_eligible_bid_is_refused_and_for_another_is_not():
    with pytest.raises(ValueError, match="quality is missing"):
        price_per_quality_point([100.0, 90.0], quality=[80.0, np.nan])
    assert price_per_quality_point([100.0, 90.0], [True, False], quality=[80.0, np.nan])[0] == 100.0
