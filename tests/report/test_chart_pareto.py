"""Causes drawn."""

from __future__ import annotations

import pytest

from report.made_robustness import texts
from supplier_eval.monitor import pareto_of_causes
from supplier_eval.report.charts import draw_as
from supplier_eval.report.charts_monitor import cause_pareto

CAUSES = {"wrong data": 41, "迟交": 23, "no reply": 11, "tool": 3, "": 6}


def test_bars_are_causes_and_the_line_is_the_running_share():
    ax = cause_pareto(pareto_of_causes(CAUSES))
    assert [bar.get_width() for bar in ax.patches] == [41, 23, 11, 3, 6]
    (above,) = [other for other in ax.figure.axes if other is not ax]
    (line,) = above.lines
    assert list(line.get_xdata())[-1] == pytest.approx(100.0)
    assert "41 (48.8 %)" in texts(ax)
    assert ax.get_xlabel() == "Failures" and "n = 84" in ax.get_title(loc="left")


def test_what_is_not_recorded_is_hatched_and_said():
    ax = cause_pareto(pareto_of_causes(CAUSES), lang="zh")
    assert ax.patches[-1].get_hatch()
    assert "未记录原因" in [label.get_text() for label in ax.get_yticklabels()]


def test_many_causes_are_cut_and_the_rest_is_counted():
    ax = cause_pareto(pareto_of_causes({f"c{i}": 40 - i for i in range(40)}))
    assert len(ax.patches) == 30
    assert any("10 further rows" in " ".join(text.split()) for text in texts(ax))


def test_nothing_is_said_and_every_picture_can_be_made():
    assert any("no failures" in text for text in texts(cause_pareto(pareto_of_causes([]))))
    assert draw_as(cause_pareto(pareto_of_causes(CAUSES, shown=1), lang="zh"), "png")
