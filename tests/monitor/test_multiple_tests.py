"""Many tests at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from supplier_eval.monitor.multiple_tests import METHODS, adjusted


@pytest.mark.parametrize("method", [m for m in METHODS if m != "none"])
@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0.0, 0.999), min_size=1, max_size=30))
def test_adjusted_values_agree_with_statsmodels(method, p):
    assert adjusted(p, method) == pytest.approx(multipletests(p, method=method)[1], abs=1e-12)


def test_what_is_no_test_is_not_counted():
    with_gap = adjusted([0.01, np.nan, 0.04], "bonferroni")
    assert with_gap[[0, 2]] == pytest.approx([0.02, 0.08])
    assert np.isnan(with_gap[1])
    assert np.isnan(adjusted([np.nan], "holm")).all()
    assert adjusted([], "fdr_bh").size == 0


def test_alone_a_test_is_worth_what_it_is():
    assert all(adjusted([0.03], method)[0] == pytest.approx(0.03) for method in METHODS)
