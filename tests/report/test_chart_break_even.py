"""Present values over a volume drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from planning_tables import CALLS, costs_table, plan
from report.made_planning import made
from report.made_robustness import texts
from supplier_eval.errors import UnknownName
from supplier_eval.planning import cost_options
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_planning import break_even_lines


def straight(ax):
    return [
        line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_xdata()[0] == 0 and line.get_zorder() == 3
    ]


def test_lines_are_the_options_and_dots_lie_on_two_of_them():
    costs = made().costs
    ax = break_even_lines(costs, "tickets")
    lines = straight(ax)
    assert len(lines) == 3
    for line, one in zip(lines, costs.options, strict=True):
        (x0, x1), (y0, y1) = line.get_xdata(), line.get_ydata()
        assert y0 + (y1 - y0) * 3900 / (x1 - x0) == pytest.approx(one.likely)
    (dots,) = [line for line in ax.lines if line.get_marker() == "o" and len(line.get_xdata())]
    assert sorted(dots.get_xdata()) == pytest.approx(sorted(one.volume for one in costs.break_even))
    for x, y in zip(*dots.get_data(), strict=True):
        met = [v.get_ydata()[0] + (v.get_ydata()[1] - v.get_ydata()[0]) * x / v.get_xdata()[1] for v in lines]
        assert sum(value == pytest.approx(y) for value in met) >= 2
    assert len({str(line.get_linestyle()) + str(line._dash_pattern) for line in lines}) == 3  # read in grey


def test_names_units_and_words_in_both_languages():
    ax = break_even_lines(made().costs, "tickets")
    assert ax.get_xlabel() == "First-year volume a month (tickets)" and "(CNY)" in ax.get_ylabel()
    assert {"4,973", "5,641", "7,361"} <= set(texts(ax))
    assert "4,973 tickets a month, within its range" in alt_text(ax)
    assert "成本相同" in alt_text(break_even_lines(made().costs, "tickets", lang="zh"))
    hours = cost_options(costs_table(), CALLS.assign(unit="hours"), plan(), draws=200)
    assert "(calls: hours)" in break_even_lines(hours, "calls").get_xlabel()


def test_a_driver_of_nothing_says_so_and_one_that_is_not_there_is_refused():
    more = pd.concat([CALLS, CALLS.assign(driver="visits")], ignore_index=True)
    costs = cost_options(costs_table(), more, plan(), draws=200)
    assert "No cost depends on this driver." in texts(break_even_lines(costs, "visits"))
    with pytest.raises(UnknownName, match="letters"):
        break_even_lines(costs, "letters")


def test_a_volume_far_beyond_the_range_does_not_stretch_the_chart():
    far = costs_table(("own", "rent", "run", "", 1, 12, 10_000.0, 10_000.0, 10_000.0))
    ax = break_even_lines(cost_options(far, CALLS, plan(), draws=200), "calls")
    assert ax.get_xlim()[1] == pytest.approx(1.08 * 30)
    assert draw_as(ax, "png")
