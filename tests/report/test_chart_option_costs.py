"""Costs of options drawn."""

from __future__ import annotations

import pytest

from report.made_planning import made
from report.made_robustness import texts
from supplier_eval.report.chart_option_costs import option_costs_size
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_planning import option_cost_bars


def test_bars_are_the_likely_figures_kind_upon_kind():
    costs = made().costs
    ax = option_cost_bars(costs)
    widths = {}
    for bar in ax.patches:
        row = round(bar.get_y() + bar.get_height() / 2)
        widths.setdefault(row, []).append((bar.get_x(), bar.get_width()))
    for row, one in enumerate(costs.options):
        assert [width for _, width in widths[row]] == pytest.approx(
            [one.by_kind[k] for k in ("transition", "run", "exit")]
        )
        assert sum(width for _, width in widths[row]) == pytest.approx(one.likely)
        assert widths[row][1][0] == pytest.approx(one.by_kind["transition"])


def test_both_ranges_lie_over_the_bars():
    costs = made().costs
    ax = option_cost_bars(costs)
    ends = [tuple(line.get_xdata()) for line in ax.lines]
    for one in costs.options:
        assert (one.low, one.high) in ends and (one.p5, one.p95) in ends


def test_the_axis_has_its_unit_and_every_option_its_name_in_both_languages():
    ax = option_cost_bars(made().costs)
    assert "(CNY)" in ax.get_xlabel()
    assert "whole · Wholly outsourced" in [label.get_text() for label in ax.get_yticklabels()]
    assert "7,398,389" in texts(ax)
    chinese = option_cost_bars(made().costs, lang="zh")
    assert "期初现值（CNY）" in chinese.get_xlabel() and "成本最低" in alt_text(chinese)
    assert draw_as(chinese, "svg") == draw_as(option_cost_bars(made().costs, lang="zh"), "svg")


def test_more_options_need_more_height():
    costs = made().costs
    assert option_costs_size(costs)[1] == pytest.approx(2.4 + 0.72 * 3)
