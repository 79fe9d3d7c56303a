"""Items with a mark by group, beside the rest of the market."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from integrity.made_markets import super_uniform
from supplier_eval.integrity.single_bidding import share_above_market


def test_a_buyer_with_single_bids_only_by_hand():
    # Ten tenders, four with a single bid; all three of buyer 0 are among them.
    marked = np.array([1, 1, 1, 0, 0, 0, 0, 0, 0, 1], dtype=bool)
    group = np.array([0, 0, 0, 1, 1, 1, 1, 2, 2, 2])
    n, k, p = share_above_market(marked, group, 3)
    assert (n.tolist(), k.tolist()) == ([3, 4, 3], [3, 0, 1])
    assert p == pytest.approx([4 / 120, 1.0, stats.hypergeom.sf(0, 10, 4, 3)])


def test_items_without_a_group_count_for_the_market_only():
    n, k, p = share_above_market(np.array([True, False, False]), np.array([0, -1, -1]), 1)
    assert (n[0], k[0], p[0]) == (1, 1, pytest.approx(1 / 3))


def test_chance_alone_raises_no_more_flags_than_the_level():
    rng = np.random.default_rng(1)
    p = [share_above_market(rng.random(400) < 0.3, rng.integers(0, 20, 400), 20)[2] for _ in range(20)]
    assert super_uniform(np.concatenate(p))
