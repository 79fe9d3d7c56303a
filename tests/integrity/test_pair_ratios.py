"""Ratios of two bidders' prices, against a plain loop."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from supplier_eval.integrity.pair_ratios import pair_ratios


def test_ratios_agree_with_a_plain_loop():
    rng = np.random.default_rng(2)
    tender, bidder = np.repeat(np.arange(60), 4), np.concatenate([rng.permutation(7)[:4] for _ in range(60)])
    price = rng.integers(90, 110, 240).astype(float)
    expected: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for one in range(60):
        rows = sorted(np.flatnonzero(tender == one), key=lambda row: bidder[row])
        for a, b in combinations(rows, 2):
            expected.setdefault((bidder[a], bidder[b]), []).append((price[a], price[b]))
    order = rng.permutation(240)
    found = pair_ratios(tender[order], bidder[order], price[order])
    assert list(zip(found.first.tolist(), found.second.tolist(), strict=True)) == sorted(expected)
    for at, pair in enumerate(sorted(expected)):
        ratios = [a / b for a, b in expected[pair]]
        assert found.count[at] == len(ratios)
        assert found.equal[at] == sum(a == b for a, b in expected[pair])
        assert (found.lowest[at], found.highest[at]) == (min(ratios), max(ratios))


def test_a_bidder_with_several_prices_is_left_out_there():
    found = pair_ratios(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 0, 1]), np.array([1.0, 2, 3, 1, 2]))
    assert found.count.tolist() == [1]


def test_pairs_stay_within_their_group():
    place, bidder = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    found = pair_ratios(place, bidder, np.ones(4), group=np.array([0, 0, 5, 5]))
    assert found.group.tolist() == [0, 5]


def test_nobody_beside_gives_no_pair():
    assert len(pair_ratios(np.zeros(0, int), np.zeros(0, int), np.zeros(0)).count) == 0
    assert len(pair_ratios(np.array([0, 1]), np.array([0, 0]), np.ones(2)).count) == 0
