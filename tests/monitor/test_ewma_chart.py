"""The exponentially weighted moving average."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shewhart

from supplier_eval.monitor.ewma_chart import ewma_path, ewma_sigma

# NIST/SEMATECH e-Handbook 6.3.2.4; the first of its averages is the target itself.
NIST = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5]
NIST += [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
AVERAGES = [50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33]
AVERAGES += [50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99]


def test_the_averages_and_settled_limits_of_nist_6_3_2_4():
    assert ewma_path(NIST, 0.3, 50.0) == pytest.approx(AVERAGES, abs=6e-3)
    sigma = ewma_sigma(np.isfinite(NIST), 0.3, 2.0539, settled=True)
    assert 50 + 3 * sigma[-1] == pytest.approx(52.5884, abs=1e-4)
    assert 50 - 3 * sigma[0] == pytest.approx(47.4115, abs=1e-4)


def test_the_exact_limits_of_montgomery_9_2_widen_to_the_settled_ones():
    sigma = ewma_sigma([True] * 100, 0.1, 1.0)
    assert 2.7 * sigma[:2] == pytest.approx([0.27, 0.3633], abs=1e-4)
    assert sigma[-1] == pytest.approx(ewma_sigma([True], 0.1, 1.0, settled=True)[0], rel=1e-6)


def test_an_independent_library_and_pandas_give_the_same():
    theirs = shewhart.ewma(NIST, center=50.0, sigma=2.0, lam=0.3).to_frame()
    assert ewma_path(NIST, 0.3, 50.0) == pytest.approx(theirs["ewma"].to_numpy())
    assert 50 + 3 * ewma_sigma(np.isfinite(NIST), 0.3, 2.0) == pytest.approx(theirs["ucl"].to_numpy())
    smoothed = pd.Series([50.0, *NIST]).ewm(alpha=0.3, adjust=False).mean()
    assert ewma_path(NIST, 0.3, 50.0) == pytest.approx(smoothed.to_numpy()[1:])


def test_at_a_gap_the_average_stands_still():
    x = [1.0, np.nan, 3.0]
    assert ewma_path(x, 0.5, 0.0)[[0, 2]] == pytest.approx(ewma_path([1.0, 3.0], 0.5, 0.0))
    assert np.isnan(ewma_path(x, 0.5, 0.0)[1])
    assert ewma_sigma([True, False, True], 0.5, 1.0)[2] == pytest.approx(ewma_sigma([True, True], 0.5, 1.0)[1])


def test_with_all_weight_on_the_newest_point_it_is_the_series_itself():
    assert ewma_path(NIST, 1.0, 7.0) == pytest.approx(NIST)
    assert ewma_sigma([True] * 3, 1.0, 2.5) == pytest.approx([2.5] * 3)
