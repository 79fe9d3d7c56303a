"""Key risk indicators drawn."""

from __future__ import annotations

import matplotlib.dates as mdates
import pandas as pd
import pytest

from report.made_risks import made
from report.made_robustness import texts
from risk_indicators import day, defined, history
from supplier_eval.errors import UnknownName
from supplier_eval.report.charts import draw_as
from supplier_eval.report.charts_risk import indicator_lines
from supplier_eval.risk import IndicatorPlan, watch_indicators


def test_states_have_their_marks_and_lines_stand_where_levels_are_entered_and_left():
    ax = indicator_lines(made().indicators, "in_time")
    marks = {line.get_marker(): len(line.get_xdata()) for line in ax.lines if line.get_marker() not in {"None", ""}}
    assert marks == {"o": 11, "D": 0, "s": 13}
    heights = {
        line.get_ydata()[0] for line in ax.lines if len(set(line.get_ydata())) == 1 and len(line.get_ydata()) == 2
    }
    assert {90.0, 92.0, 82.0, 86.0} <= heights
    assert "red from 82" in texts(ax)
    assert ax.get_ylabel() == "%" and "n = 24" in ax.get_title(loc="left")


def test_a_band_has_lines_on_both_sides_and_a_missing_reading_is_a_cross():
    ax = indicator_lines(made().indicators, "staffing", lang="zh")
    assert {"红色起点 125", "红色起点 85"} <= set(texts(ax))
    assert any(line.get_marker() == "x" for line in ax.lines)
    assert draw_as(ax, "png")


def test_an_indicator_without_a_reading_says_so_and_an_unknown_one_is_refused():
    empty = pd.DataFrame({"indicator": [], "on": [], "value": []})
    watch = watch_indicators(empty, made().indicators.plan, as_of="2026-01-01")
    assert not indicator_lines(watch, "backlog").lines
    with pytest.raises(UnknownName, match="indicator"):
        indicator_lines(watch, "weather")


def test_late_data_is_hatched_from_the_last_day_of_the_reading_to_today():
    late = indicator_lines(made().indicators, "exchange_rate")
    (band,) = late.patches
    assert band.get_hatch()
    assert band.get_x() + band.get_width() == pytest.approx(mdates.date2num(made().indicators.as_of))
    assert "grey (late data)" in [text.get_text() for text in late.get_legend().get_texts()]
    assert not indicator_lines(made().indicators, "backlog").patches


def test_names_of_levels_that_lie_close_do_not_cover_each_other():
    plan = IndicatorPlan.of([defined(amber={"enter": 999.0}, red={"enter": 1000.0})])
    ax = indicator_lines(watch_indicators(history([0, 500, 1]), plan, as_of=day(20)), "open")
    ax.get_figure(root=True).draw_without_rendering()
    low, high = sorted(text.get_window_extent().y0 for text in ax.texts if " from " in text.get_text())
    assert high - low > 10
    assert "red from 1,000" in texts(ax)
