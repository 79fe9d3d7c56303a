"""Counting ranks over draws: against a plain loop, for every number of bids and kind of tie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from supplier_eval.robustness.acceptability import Layout, tally


def naive(values, weights):
    """Counts by rank, of being ahead, and sums of weights where first, draw by draw."""
    drawn = np.repeat(values[:, :, None], len(weights), axis=2) if values.ndim == 2 else values
    totals = np.round(np.einsum("cbn,nc->bn", drawn, weights), 9)
    ranks = rankdata(-totals, method="min", axis=0).astype(int)
    n = len(ranks)
    by_rank = np.array([[np.sum(ranks[b] == r + 1) for r in range(n)] for b in range(n)])
    return by_rank, (totals[:, None] > totals).sum(axis=-1), np.array([weights[row == 1].sum(axis=0) for row in ranks])


@settings(max_examples=80, deadline=None)
@given(
    shape=st.tuples(st.integers(1, 6), st.integers(1, 30), st.integers(1, 4), st.integers(1, 300)),
    seed=st.integers(0, 10_000),
    coarse=st.booleans(),
    drawn=st.booleans(),
)
def test_counts_are_those_of_a_plain_loop(shape, seed, coarse, drawn):
    n_criteria, n_bids, scrambles, draws = shape
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 4, (n_criteria, n_bids)) * 1.0 if coarse else rng.uniform(0, 100, (n_criteria, n_bids))
    weights = rng.integers(1, 5, (scrambles, draws, n_criteria)) * 1.0
    weights /= weights.sum(axis=-1, keepdims=True)
    if drawn:
        weights, values = weights[:1], values[:, :, None] + rng.integers(0, 2, (n_criteria, n_bids, draws))
    found = tally(values, weights)
    for s, w in enumerate(weights):
        ranks, ahead, first = naive(values, w)
        assert (found.ranks[s] == ranks).all()
        assert (found.ahead[s] == ahead).all()
        assert found.first_weights[s] == pytest.approx(first)


def test_many_draws_are_counted_in_parts_that_lose_nothing():
    rng = np.random.default_rng(0)
    values, weights = rng.uniform(0, 100, (4, 9)), rng.dirichlet(np.ones(4), (3, 40_000))
    found = tally(values, weights)
    ranks, ahead, _ = naive(values, weights[1])
    assert (found.ranks[1] == ranks).all()
    assert (found.ahead[1] == ahead).all()
    assert (found.ranks.sum(axis=2) == 40_000).all()


def test_more_bids_than_a_byte_counts_are_ranked():
    rng = np.random.default_rng(0)
    values, weights = rng.uniform(0, 100, (3, 300)), rng.dirichlet(np.ones(3), (2, 20))
    found = tally(values, weights)
    assert (found.ranks[0] == naive(values, weights[0])[0]).all()


def test_near_ties_below_single_precision_are_told_apart():
    values = np.array([[50.0, 50.0 + 1e-7, 50.0 - 1e-7], [50.0, 50.0, 50.0]])
    weights = np.random.default_rng(0).dirichlet(np.ones(2), (2, 500))
    weights = np.clip(weights, 0.1, 0.9) / np.clip(weights, 0.1, 0.9).sum(axis=-1, keepdims=True)
    found = tally(values, weights)
    assert (found.ranks[:, [1, 0, 2], [0, 1, 2]] == 500).all()


def test_bids_that_differ_where_no_weight_is_are_tied_in_every_draw():
    values = np.array([[71.3, 71.3, 40.0], [1.0, 99.0, 5.0], [33.1, 33.1, 90.0]])
    weights = np.zeros((2, 1000, 3))
    weights[:, :, [0, 2]] = np.random.default_rng(0).dirichlet(np.ones(2), (2, 1000))
    found = tally(values, weights)
    assert (found.ahead[:, 0, 1] == 0).all()
    assert (found.ahead[:, 1, 0] == 0).all()
    assert (found.ranks[:, 0] == found.ranks[:, 1]).all()


def test_a_criterion_left_out_of_the_first_draw_only_still_counts():
    values = np.array([[50.0, 50.0], [0.0, 100.0]])
    found = tally(values, np.array([[[1.0, 0.0], [0.5, 0.5], [0.4, 0.6]]]))
    assert found.ahead[0, 1, 0] == 2


@pytest.mark.parametrize("n_bids", [5, 30])
def test_sums_of_weights_and_pairs_can_be_left_out(n_bids):
    weights = np.random.default_rng(0).dirichlet(np.ones(2), (2, 10))
    values = np.random.default_rng(1).uniform(0, 100, (2, n_bids))
    short, full = tally(values, weights, central=False, pairwise=False), tally(values, weights)
    assert not short.first_weights.any()
    assert not short.ahead.any()
    assert (short.ranks == full.ranks).all()


def test_the_order_of_bids_decides_nothing():
    rng = np.random.default_rng(0)
    values, weights = rng.uniform(0, 100, (5, 8)), rng.dirichlet(np.ones(5), (4, 512))
    turned = rng.permutation(8)
    one, other = tally(values, weights), tally(values[:, turned], weights)
    assert (one.ranks[:, turned] == other.ranks).all()
    assert (one.ahead[:, turned][:, :, turned] == other.ahead).all()


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        (np.eye(2), np.ones((3, 2)) / 2),
        (np.eye(2), np.ones((1, 3, 3)) / 3),
        (np.array([[np.nan, 1.0]]), np.ones((1, 1, 1))),
        (np.zeros((2, 2, 5)), np.ones((2, 5, 2)) / 2),
        (np.zeros((2, 2, 5)), np.ones((1, 4, 2)) / 2),
    ],
)
def test_shapes_that_do_not_fit_and_missing_values_are_refused(values, weights):
    with pytest.raises(ValueError, match="values"):
        tally(values, weights)


@pytest.mark.parametrize(("scrambles", "draws"), [(1, 1), (3, 7), (2, 256), (1, 2041), (2, 8192)])
def test_truths_are_counted_by_words_of_eight(scrambles, draws):
    lay = Layout.of(scrambles, draws)
    truths = np.random.default_rng(0).random((4, scrambles, lay.length)) < 0.7
    truths[0] = True
    found = lay.how_often(truths.reshape(4, -1))
    assert (found == truths.sum(axis=-1).T).all()
    assert draws <= lay.length < draws + 8 * (lay.blocks + 1)
