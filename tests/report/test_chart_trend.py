"""A KPI over time."""

from __future__ import annotations

import numpy as np

from report.made_reviews import two_years
from report.made_robustness import texts
from supplier_eval.report.chart_trend import trend_size
from supplier_eval.report.charts_review import kpi_trend


def test_the_points_are_the_raw_figures_and_the_line_is_the_target():
    results = two_years().results
    ax = kpi_trend(results, "S03", "resolution")
    rows = results.frame[(results.frame["supplier"] == "S03") & (results.frame["kpi"] == "resolution")]
    drawn = ax.lines[0].get_ydata()
    assert np.allclose(drawn, 100 * rows["value"].to_numpy(), equal_nan=True)
    assert list(ax.lines[1].get_ydata()) == [93.0, 93.0]
    assert "Figure (%)" in ax.get_ylabel()


def test_periods_without_a_figure_are_crosses_and_counted():
    ax = kpi_trend(two_years().results, "S06", "resolution")
    crosses = [line for line in ax.lines if line.get_marker() == "x"]
    assert len(crosses[0].get_xdata()) == 7
    assert any("7 periods without a figure" in text.replace("\n", " ") for text in texts(ax))


def test_a_kpi_without_any_figure_says_so():
    ax = kpi_trend(two_years().results, "S08", "price_level")
    assert "No period has a figure." in texts(ax)
    assert trend_size(two_years().results)[0] > 8
