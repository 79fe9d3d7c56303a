"""One arithmetic for one tender and for a block of thousands: equal to the last bit (convention §2, §10)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from strategies import blocks
from supplier_eval.rank.additive import weighted_sum
from supplier_eval.rank.competition import competition_ranks
from supplier_eval.score.block import PriceRow, fill_prices, node_value, rescale_to_best

FORMULAS = {
    "lowest_over_price": {},
    "min_max": {},
    "linear_to_twice_lowest": {},
    "linear_to_ceiling": {"ceiling": 260.0},
    "bilinear": {"ceiling": 260.0, "x": 0.9},
    "trimmed_mean_benchmark": {"e1": 1.0, "e2": 0.5, "k": 0.97},
    "mean_ratio": {},
    "distance_from_mean": {},
    "price_per_quality_point": {},
}


def evaluate_block(values, weights, prices, rows, eligible, technical):
    """The whole arithmetic of a block: rescale, price, add up with rounding, rank with a price tie key."""
    values, _ = rescale_to_best(values, weights, technical, eligible)
    values = fill_prices(values, prices, rows, eligible)
    result = weighted_sum(np.where(eligible, values, 0.0), weights, 3, 2)
    ranks = competition_ranks([result.total, -prices[0]], eligible)
    return values, result.total, ranks


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_thousand_tenders_alone_and_as_a_block_are_equal_to_the_last_bit(formula):
    rng = np.random.default_rng(20261123)
    n_criteria, n_bids, n_tenders = 7, 9, 1000
    values = rng.uniform(5, 100, (n_criteria, n_bids, n_tenders))
    weights = rng.dirichlet(np.ones(n_criteria))
    prices = rng.uniform(80, 250, (1, n_bids, n_tenders))
    eligible = rng.uniform(size=(n_bids, n_tenders)) < 0.85
    rows = [PriceRow(n_criteria - 1, formula, FORMULAS[formula], dict(enumerate(weights[:-1].tolist())))]
    technical = list(range(n_criteria - 1))
    block = evaluate_block(values, weights, prices, rows, eligible, technical)
    order = rng.permutation(n_tenders)
    shuffled = evaluate_block(
        np.asfortranarray(values[:, :, order]), weights, prices[:, :, order], rows, eligible[:, order], technical
    )
    for whole, mixed in zip(block, shuffled, strict=True):
        assert np.array_equal(whole[..., order], mixed, equal_nan=True)
    for t in range(n_tenders):
        alone = evaluate_block(
            np.ascontiguousarray(values[:, :, t]), weights, prices[:, :, t].copy(), rows, eligible[:, t], technical
        )
        for whole, one in zip(block, alone, strict=True):
            assert np.array_equal(whole[..., t], one, equal_nan=True)


@given(blocks())
def test_a_disqualified_bid_changes_nobodys_figures(block):
    values, _, eligible = block
    prices = 50.0 + values[:1] * 2
    rows = [PriceRow(0, "lowest_over_price")]
    kept = fill_prices(values, prices, rows, eligible)
    wild = np.where(eligible, prices, 1e-3)
    again = fill_prices(values, wild, rows, eligible)
    assert np.array_equal(kept, again, equal_nan=True)
    assert np.all(np.isnan(kept[:, ~eligible]))


@given(blocks())
def test_rescaling_gives_the_best_eligible_bid_a_hundred_and_keeps_proportions(block):
    values, weights, eligible = block
    rows = list(range(values.shape[0]))
    before = node_value(values, weights, rows)
    stretched, factor = rescale_to_best(values, weights, rows, eligible)
    after = node_value(stretched, weights, rows)
    best = np.max(np.where(eligible, before, 0.0), axis=0)
    for t in np.flatnonzero(best > 1e-6):
        assert np.max(np.where(eligible[:, t], after[:, t], 0.0)) == pytest.approx(100.0)
        assert after[:, t] == pytest.approx(before[:, t] * factor[t], rel=1e-9)
    assert np.all(factor[best <= 0] == 1.0)


def test_the_inputs_are_untouched():
    values = np.full((2, 2), 50.0)
    prices = np.array([[100.0, 200.0]])
    copies = values.copy(), prices.copy()
    fill_prices(values, prices, [PriceRow(1, "lowest_over_price")], [True, True])
    rescale_to_best(values, [0.5, 0.5], [0], [True, True])
    assert np.array_equal(values, copies[0])
    assert np.array_equal(prices, copies[1])


def test_a_node_whose_weights_are_all_zero_is_the_plain_mean():
    assert node_value([[10.0], [30.0]], [0.0, 0.0], [0, 1]) == pytest.approx([20.0])
