"""Sums and products that do not depend on the order of their terms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.rank.sums import product_sorted, sum_sorted
from supplier_eval.score import order


@given(n=st.integers(1, 33), seed=st.integers(0, 2**32 - 1), axis=st.integers(0, 1))
@settings(deadline=None, max_examples=60)
def test_the_network_gives_the_bits_of_sorting_and_adding(n, seed, axis):
    rng = np.random.default_rng(seed)
    shape = (n, 2, 300) if axis == 0 else (2, n, 300)
    block = np.round(rng.normal(0, 100, shape), int(rng.integers(0, 6)))
    kept = block.copy()
    expected = np.ascontiguousarray(order.sum_in_order(np.sort(block, axis=axis), axis=axis))
    assert sum_sorted(block, axis).tobytes() == expected.tobytes()
    assert block.tobytes() == kept.tobytes()
    for t in (0, 299):
        alone = np.ascontiguousarray(block[:, :, t])
        assert sum_sorted(alone, axis).tolist() == sum_sorted(block, axis)[:, t].tolist()
        assert product_sorted(alone, axis).tolist() == product_sorted(block, axis)[:, t].tolist()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.randoms())
def test_the_order_of_terms_decides_nothing(terms, random):
    shuffled = list(terms)
    random.shuffle(shuffled)
    assert float(sum_sorted(terms)) == float(sum_sorted(shuffled))
    assert float(product_sorted(terms)) == float(product_sorted(shuffled))
    assert float(sum_sorted(terms)) == pytest.approx(math.fsum(terms), rel=1e-9, abs=1e-7)


@pytest.mark.parametrize("lanes", [3, 300])
def test_terms_that_nobody_needs_any_more_give_the_same_sums(lanes):
    block = np.random.default_rng(2).normal(0, 100, (5, 2, lanes))
    assert sum_sorted(block.copy(), spent=True).tobytes() == sum_sorted(block).tobytes()
