"""Key risk indicators drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from report.made_risks import made
from report.made_robustness import texts
from supplier_eval.errors import UnknownName
from supplier_eval.report.charts import draw_as
from supplier_eval.report.charts_risk import indicator_lines
from supplier_eval.risk import watch_indicators


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
