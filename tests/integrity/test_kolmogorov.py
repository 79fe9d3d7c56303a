"""Kolmogorov's exact law against scipy and against what can be done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstwo

from supplier_eval.integrity.kolmogorov import kolmogorov_p


@pytest.mark.parametrize("n", [1, 2, 3, 5, 10, 17, 30, 31, 60])
def test_the_law_agrees_with_scipy(n):
    d = np.concatenate([np.linspace(0, 1, 41), np.arange(n + 1) / n, [0.5 / n]])
    np.testing.assert_allclose(kolmogorov_p(d, n), kstwo.sf(d, n), atol=1e-13)


def test_one_value_by_hand():
    """The distance of one even value from the ends is at least d with probability 2(1 - d)."""
    np.testing.assert_allclose(kolmogorov_p([0.5, 0.75, 1.0], 1), [1.0, 0.5, 0.0])


def test_marsaglia_tsang_wang_2003_example():
    """Their page 1: for n = 10 the probability of less than 0.274 is 0.6284796154565."""
    assert 1 - kolmogorov_p([0.274], 10)[0] == pytest.approx(0.6284796154565, abs=1e-12)
