"""Price level: against the others' median, by hand and by law."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.monitor.price_level import leave_one_out_medians, price_levels

NAN = np.nan
PRICES = np.array([[100.0, 120.0, 110.0], [50.0, 40.0, NAN], [NAN, NAN, 7.0]])  # items by suppliers A, B, C
AMOUNTS = np.array([[10.0, 20.0, 30.0], [4.0, 5.0, NAN], [NAN, NAN, 9.0]])


def test_the_market_is_the_median_of_the_others():
    assert np.array_equal(leave_one_out_medians(PRICES), [[115, 105, 110], [40, 50, 45], [7, 7, NAN]], equal_nan=True)


def test_levels_by_hand():
    """A: (10*100 + 4*50) / (10*115 + 4*40); C only by item 1, its own item has no market."""
    found = price_levels(PRICES, AMOUNTS)
    assert found.index == pytest.approx([100 * 1200 / 1310, 100 * 2600 / 2350, 100.0])
    assert found.rated.tolist() == [2, 2, 1] and found.offered.tolist() == [2, 2, 2]
    assert found.spend_rated == pytest.approx([1, 1, 3300 / (3300 + 63)])


def test_fisher_is_the_geometric_mean_of_laspeyres_and_paasche():
    """A's Laspeyres weighs with what the others buy: (50*100 + 5*50) / (50*115 + 5*40)."""
    found = price_levels(PRICES, AMOUNTS, "fisher").index[0]
    assert found == pytest.approx(100 * np.sqrt(1200 / 1310 * 5250 / 5950))


def test_without_quantities_every_item_counts_alike():
    found = price_levels(PRICES)
    assert found.index[0] == pytest.approx(100 * np.sqrt(100 / 115 * 50 / 40))
    assert found.spend_rated[2] == 0.5
    some = np.where(PRICES == 50, NAN, AMOUNTS)
    assert price_levels(PRICES, some).index[0] == pytest.approx(found.index[0])


def test_a_single_supplier_is_not_market_rated():
    for found in (price_levels([[5.0], [6.0]]), price_levels([[5.0], [6.0]], [[1.0], [1.0]], "fisher")):
        assert np.isnan(found.index[0]) and found.rated[0] == 0 and found.offered[0] == 2


def test_nobody_and_nothing():
    found = price_levels(np.full((2, 2), NAN))
    assert np.isnan(found.index).all() and np.isnan(found.spend_rated).all()
    assert np.isnan(price_levels(np.zeros((0, 3))).index).all()


tables = st.integers(2, 4).flatmap(
    lambda n: st.lists(st.lists(st.floats(1, 100), min_size=n, max_size=n), min_size=1, max_size=5)
)


@given(tables, st.floats(0.1, 10), st.sampled_from(["leave_one_out_median", "fisher"]))
def test_equal_prices_are_at_the_market_and_a_currency_changes_nothing(rows, rate, method):
    prices = np.array(rows)
    amounts = np.ones_like(prices)
    levels = price_levels(prices, amounts, method).index
    assert price_levels(prices * rate, amounts, method).index == pytest.approx(levels)
    same = np.repeat(prices[:, :1], prices.shape[1], axis=1)
    assert price_levels(same, amounts, method).index == pytest.approx(100)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_items_changes_no_bit(rows, random):
    mixed = random.sample(rows, len(rows))
    assert price_levels(rows).index.tolist() == price_levels(mixed).index.tolist()


@given(tables, st.floats(1.01, 3))
def test_dearer_is_dearer(rows, factor):
    prices = np.array(rows)
    dear = prices.copy()
    dear[:, 0] *= factor
    assert price_levels(dear).index[0] > price_levels(prices).index[0]
