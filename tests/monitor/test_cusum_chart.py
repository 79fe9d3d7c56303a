"""The tabular CUSUM."""

from __future__ import annotations

import numpy as np
import pytest
import shewhart

from supplier_eval.monitor.cusum_chart import CusumDesign, cusum_path

# D. C. Montgomery, Introduction to Statistical Quality Control, table 9.1: target 10, sigma 1.
TABLE = [9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08]
TABLE += [9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52]


def test_the_sums_of_montgomery_table_9_2():
    path = cusum_path(TABLE, 10.0, CusumDesign(0.5, 5.0))
    assert path.high[[3, 4, 5, 6, 7, 27, 28, 29]] == pytest.approx([1.16, 2.82, 2.50, 0.04, 1.00, 4.47, 5.28, 5.30])
    assert path.low[:4] == pytest.approx([0.05, 1.56, 1.77, 0.0])
    assert int(np.argmax(path.high > 5)) == 28  # the first signal at period 29
    assert path.run_high[28] == 7  # the shift is likely to have begun between periods 22 and 23


def test_the_fast_initial_response_of_lucas_and_crosier_1982_table_5():
    x = [0.8, 1.9, 1.4, 2.0, 1.1, 0.7, 2.6]
    assert cusum_path(x, 0.0, CusumDesign(0.5, 5.0)).high == pytest.approx([0.3, 1.7, 2.6, 4.1, 4.7, 4.9, 7.0])
    started = cusum_path(x, 0.0, CusumDesign(0.5, 5.0, head_start=2.5))
    assert started.high == pytest.approx([2.8, 4.2, 5.1, 6.6, 7.2, 7.4, 9.5])


def test_the_sums_of_nist_6_3_2_3():
    """Target 325, k = 0.3175, h = 4.1959 in the unit of the values (recalled): signals from group 14 on."""
    x = [324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600]
    x += [324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350]
    high = cusum_path(x, 325.0, CusumDesign(0.3175, 4.1959)).high
    assert high[[12, 13, 14]] == pytest.approx([3.0075, 4.94, 7.4475])
    assert np.flatnonzero(high > 4.1959).tolist() == list(range(13, 20))


def test_an_independent_library_gives_the_same_sums():
    theirs = shewhart.cusum(TABLE, center=10.0, sigma=1.0, k=0.5, h=5.0).to_frame()
    ours = cusum_path(TABLE, 10.0, CusumDesign(0.5, 5.0))
    assert ours.high == pytest.approx(theirs["cusum_pos"].to_numpy())
    assert ours.low == pytest.approx(np.abs(theirs["cusum_neg"].to_numpy()))


def test_at_a_gap_both_sums_stand_still():
    path = cusum_path([2.0, np.nan, 2.0], 0.0, CusumDesign(0.5, 5.0))
    assert path.high[[0, 2]] == pytest.approx([1.5, 3.0])
    assert np.isnan(path.high[1]) and np.isnan(path.low[1])


def test_a_sum_starts_again_after_its_signal_where_that_is_asked():
    x = [4.0, 4.0, 4.0]
    assert cusum_path(x, 0.0, CusumDesign(0.5, 5.0, restart=True)).high == pytest.approx([3.5, 7.0, 3.5])
    assert cusum_path(x, 0.0, CusumDesign(0.5, 5.0)).high == pytest.approx([3.5, 7.0, 10.5])
