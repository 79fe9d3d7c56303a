"""A block counts what every tender alone counts, however many bids there are and however they tie."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.robustness.acceptability import tally
from supplier_eval.robustness.acceptability_block import count_block


def weights(n_criteria: int, draws: int, width: float = 0.05, scrambles: int = 4) -> np.ndarray:
    rng = np.random.default_rng(n_criteria * draws)
    base = rng.dirichlet(np.ones(n_criteria))
    shifts = rng.uniform(-width, width, (scrambles, draws, n_criteria))
    drawn = np.maximum(base + shifts - shifts.mean(axis=-1, keepdims=True), 0.0)
    return drawn / drawn.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize(
    ("n_bids", "step", "draws", "width"),
    [
        (1, 1, 8, 0.05),
        (2, 25, 64, 0.05),
        (3, 25, 64, 0.2),
        (6, 0, 64, 0.1),
        (6, 20, 64, 0.3),
        (9, 10, 4, 0.5),
        (30, 0, 16, 0.4),
        (5, 0, 4096, 0.2),
    ],
)
def test_counts_are_those_of_each_tender_alone(n_bids, step, draws, width):
    rng = np.random.default_rng(n_bids)
    values = rng.uniform(0, 100, (5, n_bids, 12))
    values = np.round(values / step) * step if step else values
    eligible = rng.random((n_bids, 12)) < 0.85
    drawn = weights(5, draws, width)
    counts = count_block(np.where(eligible, values, np.nan), drawn, eligible)
    for t in range(12):
        here = eligible[:, t]
        if not here.any():
            continue
        alone = tally(values[:, here, t], drawn, central=False, pairwise=False)
        np.testing.assert_array_equal(counts.first[:, here, t], alone.ranks[:, :, 0])
        np.testing.assert_array_equal(counts.behind[:, here, t], alone.ranks @ np.arange(here.sum()))
    assert not counts.first[:, ~eligible].any()
    assert not counts.behind[:, ~eligible].any()


def test_identical_bids_are_first_together_in_every_draw():
    values = np.array([[80.0, 80.0, 60.0], [70.0, 70.0, 90.0]])[:, :, None]
    counts = count_block(values, weights(2, 8), np.ones((3, 1), bool))
    np.testing.assert_array_equal(counts.first[:, 0], counts.first[:, 1])


def test_totals_that_agree_to_nine_decimals_are_tied_in_a_block_too():
    drawn = np.full((2, 8, 2), 0.5)
    values = np.array([[0.1 + 0.2, 0.3], [0.3, 0.1 + 0.2]])[:, :, None]
    counts = count_block(values, drawn, np.ones((2, 1), bool))
    assert counts.first.ravel().tolist() == [8] * 4
    assert not counts.behind.any()


def test_no_tender_is_no_count():
    counts = count_block(np.zeros((3, 2, 0)), weights(3, 8), np.zeros((2, 0), bool))
    assert counts.first.shape == (4, 2, 0)
