"""Who keeps a bid from ever leading: one bid, a mix, within bounds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.robustness.blockers import best_lead, blocking_mix, never_ahead

FREE = np.zeros(2), np.ones(2)


def leads(values, bid):
    table = np.asarray(values, dtype=float) / 100
    return table[:, [bid]] - np.delete(table, bid, axis=1)


def test_the_best_lead_is_at_the_weights_where_the_lines_cross():
    """Bid 0 has (60, 60), its rivals (100, 0) and (0, 100): at equal weights it leads both by 10 points."""
    found = best_lead(leads([[60, 100, 0], [60, 0, 100]], 0), *FREE)
    assert found.lead == pytest.approx(0.1, abs=1e-9)
    assert found.weights == pytest.approx([0.5, 0.5], abs=1e-9)
    assert found.mix == pytest.approx([0.5, 0.5], abs=1e-9)
    assert blocking_mix(leads([[60, 100, 0], [60, 0, 100]], 0), *FREE) is None


def test_a_mix_blocks_what_no_bid_alone_does():
    """(40, 40) is below the average (50, 50) of its rivals, though each of them is behind it somewhere."""
    table = leads([[40, 100, 0], [40, 0, 100]], 0)
    assert never_ahead(table, *FREE) == pytest.approx([0.4, 0.4])
    mix = blocking_mix(table, *FREE)
    assert mix.sum() == pytest.approx(1)
    assert np.all(np.array([[100, 0], [0, 100]]) @ mix >= 40 - 1e-9), "the mix is nowhere worse"


def test_the_rival_that_is_farthest_ahead_is_named_where_one_is_enough():
    assert blocking_mix(leads([[40, 50, 90], [40, 40, 50]], 0), *FREE).tolist() == [0.0, 1.0]


def test_a_bid_that_can_tie_but_not_lead_is_blocked():
    """As good as its rival on the first criterion, worse on the second."""
    assert blocking_mix(leads([[40, 40], [40, 50]], 0), *FREE).tolist() == [1.0]


def test_bounds_keep_a_bid_from_the_weights_that_it_needs():
    table = leads([[90, 10], [10, 50]], 0)  # leads from a first weight of 1/3 on
    assert blocking_mix(table, *FREE) is None
    assert blocking_mix(table, [0.0, 0.0], [0.3, 1.0]).tolist() == [1.0]
    assert blocking_mix(table, [0.0, 0.0], [0.4, 1.0]) is None
    assert never_ahead(table, [0.0, 0.0], [0.3, 1.0]) == pytest.approx([0.3 * 0.8 - 0.7 * 0.4])


def test_bounds_that_leave_no_weights_are_an_error():
    with pytest.raises(ArithmeticError, match="could not be found"):
        best_lead(leads([[90, 10], [10, 50]], 0), [0.0, 0.0], [0.3, 0.3])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 4), st.integers(2, 5))
def test_the_largest_lead_over_one_rival_is_that_of_a_corner_of_the_bounds(seed, k, m):
    rng = np.random.default_rng(seed)
    table, w = rng.uniform(-1, 1, (k, m)), rng.dirichlet(np.ones(k))
    lower, upper = w * rng.uniform(0, 1, k), w + (1 - w) * rng.uniform(0, 1, k)
    corners = []
    for free in range(k):
        others = [i for i in range(k) if i != free]
        for ends in itertools.product((0, 1), repeat=k - 1):
            v = np.zeros(k)
            v[others] = [(lower, upper)[e][i] for i, e in zip(others, ends, strict=True)]
            v[free] = 1 - v.sum()
            if lower[free] - 1e-12 <= v[free] <= upper[free] + 1e-12:
                corners.append(v @ table)
    assert never_ahead(table, lower, upper) == pytest.approx(np.max(corners, axis=0), abs=1e-9)
    best = best_lead(table, lower, upper)
    assert best.lead <= np.min(never_ahead(table, lower, upper)) + 1e-9
    assert np.min(best.weights @ table) == pytest.approx(best.lead, abs=1e-8)
    assert never_ahead((table @ best.mix)[:, np.newaxis], lower, upper)[0] == pytest.approx(best.lead, abs=1e-8)
