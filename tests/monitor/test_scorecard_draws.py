"""Which places suppliers may have."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from monitor_review_parts import normal_total
from supplier_eval.monitor.scorecard_draws import Streams, places_of, share_error


def places(totals, seed=0, size=4096):
    return places_of(totals, Streams(seed, size), 0.95)


def test_two_suppliers_change_places_as_often_as_their_difference_says():
    found = places({"A": normal_total(80, 3), "B": normal_total(78, 4)})
    expected = norm.cdf(2 / 5)
    assert found["A"].first == pytest.approx(expected, abs=4 * found["A"].first_error)
    assert found["A"].expected == pytest.approx(2 - expected, abs=4 * found["A"].expected_error)
    assert (found["A"].rank, found["A"].lower, found["A"].upper) == (1, 1, 2)


def test_far_apart_leaves_one_place():
    found = places({"A": normal_total(90, 1), "B": normal_total(50, 1)})
    assert (found["A"].lower, found["A"].upper, found["B"].lower, found["B"].upper) == (1, 1, 2, 2)
    assert found["B"].first == 0
    assert found["B"].first_error == pytest.approx(3 / 4096)


def test_equal_totals_share_a_rank():
    found = places({name: normal_total(80, 0) for name in "ABC"} | {"D": normal_total(70, 0)})
    assert [found[name].rank for name in "ABCD"] == [1, 1, 1, 4]
    assert [found[name].first for name in "ABCD"] == [1.0, 1.0, 1.0, 0.0]


def test_one_supplier_is_first_and_none_is_nothing():
    assert places({"A": normal_total(3, 1)})["A"].rank == 1
    assert places({}) == {}


def test_a_further_supplier_or_another_order_changes_no_draw():
    streams = Streams(5, 64)
    first = streams.uniform("A").copy()
    streams.uniform("B")
    assert Streams(5, 64).uniform("a").tolist() == first.tolist()
    assert Streams(6, 64).uniform("A").tolist() != first.tolist()
    two = {"A": normal_total(80, 3), "B": normal_total(78, 4)}
    assert places(two)["A"] == places(dict(reversed(two.items())))["A"]


def test_draws_are_stratified():
    draws = np.sort(Streams(0, 1600).uniform("A")[:100])
    assert np.all(np.floor(draws * 100) == np.arange(100))


def test_the_error_of_a_share():
    assert share_error(0.5, 100) == pytest.approx(0.05)
    assert share_error(1.0, 100) == 0.03
