"""Operating curves drawn."""

from __future__ import annotations

import pytest

from report.made_robustness import texts
from supplier_eval.monitor import SamplingPlan, single_sampling_plan
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_monitor import operating_curve


def test_the_curve_falls_from_certain_and_marks_what_was_asked():
    plan = single_sampling_plan(0.01, 0.06)
    ax = operating_curve(plan)
    curve = max(ax.lines, key=lambda line: len(line.get_xdata()))
    assert curve.get_ydata()[0] == 100.0 and curve.get_ydata()[-1] < 1
    diamonds = [line for line in ax.lines if line.get_marker() == "D"]
    assert [line.get_xdata()[0] for line in diamonds] == [pytest.approx(1.0), pytest.approx(6.0)]
    assert any("limiting 6 %" in text for text in texts(ax))
    assert "%" in ax.get_xlabel() and "%" in ax.get_ylabel() and alt_text(ax)


def test_a_plan_without_shares_and_one_of_a_lot_are_drawn_too():
    ax = operating_curve(SamplingPlan(20, 0, 200), lang="zh")
    assert not [line for line in ax.lines if line.get_marker() == "D"]
    assert "200" in ax.get_title(loc="left")
    assert draw_as(ax, "png")
