"""Shares, means and ratios of cells: one arithmetic for all, each interval by its own formula."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from service_tables import kpi
from supplier_eval.monitor.kpi_cells import Cells
from supplier_eval.monitor.kpi_shares import mean_figures, ratio_figures, share_figures

CELLS = Cells(*(np.array([x]) for x in (0, 10, 0, 10)), 3, lambda table: np.zeros(0, dtype=np.int64), 10, 10)


def test_wilson_of_newcombe_1998():
    """Newcombe (1998), Statistics in Medicine 17, Table I, method 3: 81/263, 15/148, 0/20, 1/29."""
    figures = share_figures(kpi(), np.array([81, 15, 0, 1]), np.array([263, 148, 20, 29]))
    assert figures.lower == pytest.approx([0.2553, 0.0624, 0, 0.0061], abs=6e-5)
    assert figures.upper == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=6e-5)


def test_a_rate_that_is_better_when_low_is_the_share_of_the_bad_ones():
    low = share_figures(kpi("repeat_complaints", target="0.1"), np.array([9]), np.array([10]))
    assert (low.value[0], low.events[0]) == (0.1, 9)
    high = share_figures(kpi(), np.array([1]), np.array([10]))
    assert (low.lower[0], low.upper[0]) == (high.lower[0], high.upper[0])


def test_nothing_counted_has_no_rate():
    figures = share_figures(kpi(), np.array([0, 0]), np.array([0, 5]))
    assert np.isnan(figures.value[0]) and figures.value[1] == 0
    assert figures.status.tolist() == ["no_data", "measured"]


def test_fewer_than_the_minimum_are_too_few_and_keep_their_figure():
    figures = share_figures(kpi(minimum_n=5), np.array([4, 5]), np.array([4, 5]))
    assert figures.status.tolist() == ["too_few", "measured"] and figures.value.tolist() == [1, 1]


def test_means_by_cell_are_those_of_scipy():
    cell, x = np.array([0, 0, 0, 1, -1]), np.array([1.0, 2.0, 6.0, 4.0, 99.0])
    figures = mean_figures(kpi(statistic="mean", target=4), CELLS, cell, x)
    assert figures.value[:2].tolist() == [3, 4] and np.isnan(figures.value[2])
    assert figures.sd[0] == pytest.approx(np.std(x[:3], ddof=1))
    expected = stats.t.interval(0.95, 2, 3, stats.sem(x[:3]))
    assert (figures.lower[0], figures.upper[0]) == pytest.approx(expected)
    assert figures.status.tolist() == ["measured", "too_few", "no_data"]


def test_counts_have_garwoods_interval():
    """Garwood (1936): 0 events up to 3.69, 10 events from 4.80 to 18.39 (95 %)."""
    ones = np.ones(2)
    figures = ratio_figures(kpi("defects_per_unit", target=1), np.array([0, 10]), np.array([1, 1]), ones)
    assert figures.lower == pytest.approx([0, 4.795], abs=1e-3)
    assert figures.upper == pytest.approx([3.689, 18.390], abs=1e-3)
