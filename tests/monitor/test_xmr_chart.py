"""Individual values and moving ranges."""

from __future__ import annotations

import numpy as np
import pytest
import shewhart

from supplier_eval.monitor.xmr_chart import moving_ranges, xmr_estimate

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]  # NIST/SEMATECH e-Handbook 6.3.2.2


def test_xmr_reproduces_the_flow_rates_of_nist_6_3_2_2():
    found = xmr_estimate(FLOW)
    assert found.centre == pytest.approx(50.81)
    assert found.average_range == pytest.approx(1.8778, abs=5e-5)
    assert found.centre + 3 * found.sigma == pytest.approx(55.8041, abs=2e-4)
    assert found.centre - 3 * found.sigma == pytest.approx(45.8159, abs=2e-4)


def test_three_standard_deviations_are_the_published_factors():
    mean, median = xmr_estimate(FLOW), xmr_estimate(FLOW, "median")
    assert 3 * mean.sigma / mean.average_range == pytest.approx(2.66, abs=5e-4)
    assert mean.range_upper / mean.average_range == pytest.approx(3.267)
    assert 3 * median.sigma / median.average_range == pytest.approx(3.145, abs=5e-4)
    assert median.range_upper / median.average_range == pytest.approx(3.865)
    assert median.average_range == pytest.approx(np.median(np.abs(np.diff(FLOW))))


def test_xmr_agrees_with_an_independent_library():
    theirs, ours = shewhart.imr(FLOW, rules="none").stats, xmr_estimate(FLOW)
    assert (ours.centre, ours.average_range) == (pytest.approx(theirs["i_center"]), pytest.approx(theirs["mr_center"]))
    assert ours.sigma == pytest.approx(theirs["sigma_within"], rel=4e-4)  # 1.128 against 2 / sqrt(pi)
    assert ours.range_upper == pytest.approx(theirs["mr_ucl"], rel=4e-4)


def test_a_gap_is_left_out_and_its_neighbours_follow_one_another():
    with_gap = [*FLOW[:4], np.nan, *FLOW[4:]]
    assert xmr_estimate(with_gap) == xmr_estimate(FLOW)
    ranges = moving_ranges(with_gap)
    assert np.isnan(ranges[[0, 4]]).all()
    assert ranges[5] == pytest.approx(51.3 - 47.8)


def test_too_few_values_have_no_standard_deviation():
    assert np.isnan(xmr_estimate([]).centre)
    one = xmr_estimate([3.0])
    assert one.centre == 3.0 and np.isnan(one.sigma) and np.isnan(one.range_upper)
    assert xmr_estimate([2.0, 2.0, 2.0]).sigma == 0.0
