"""Quartiles of definition 8, and the fences beyond them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.integrity.ocds_fences import fences, quantile


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40), st.floats(0, 1))
def test_quantiles_agree_with_numpy(values, share):
    expected = np.quantile(values, share, method="median_unbiased")
    assert quantile(values, share) == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_quartiles_and_fences_by_hand():
    """Of 1, 2, 3, 4: h = 13/12 + 1/3 = 17/12, so Q1 = 1 + 5/12."""
    found = fences([4, 1, 3, 2])
    assert found.q1 == pytest.approx(1 + 5 / 12)
    assert found.q3 == pytest.approx(3 + 7 / 12)
    assert found.lower == pytest.approx(found.q1 - 1.5 * (found.q3 - found.q1))
    assert found.upper == pytest.approx(found.q3 + 1.5 * (found.q3 - found.q1))


def test_nothing_has_no_quartiles():
    assert all(math.isnan(figure) for figure in fences([]))
    assert fences([7]) == (7, 7, 7, 7)
