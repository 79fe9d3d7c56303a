"""The portfolio drawn."""

from __future__ import annotations

import pandas as pd

from report.made_risks import made
from report.made_robustness import texts
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_risk import kraljic_plot
from supplier_eval.risk import kraljic

AXES = {"supply_risk": {"a": 1}, "profit_impact": {"b": 1}}


def dots(ax):
    return [line for line in ax.lines if line.get_marker() in "oD"]


def test_dots_stand_where_the_portfolio_puts_them_and_the_grey_ones_are_open():
    portfolio = made().portfolio
    ax = kraljic_plot(portfolio)
    clear, grey = dots(ax)
    placed = [one for one in portfolio.positions.values() if one.quadrant]
    assert sorted(zip(clear.get_xdata(), clear.get_ydata(), strict=True)) == sorted(
        (float(p.supply_risk), float(p.profit_impact)) for p in placed if not p.grey
    )
    assert len(grey.get_xdata()) == sum(p.grey for p in placed) == 3
    assert {"strategic", "leverage", "bottleneck", "routine", "call centre"} <= set(texts(ax))
    assert "0 to 100" in ax.get_xlabel() and "0 to 100" in ax.get_ylabel()


def test_what_is_not_placed_is_named_and_the_words_say_the_kinds():
    ax = kraljic_plot(made().portfolio, lang="zh")
    assert any("models" in text for text in texts(ax))
    assert "战略" in alt_text(ax)


def test_without_a_margin_nothing_is_grey_and_nothing_placed_says_so():
    items = pd.DataFrame({"item": ["x", "y"], "a": [50.0, 10.0], "b": [50.0, 90.0]})
    ax = kraljic_plot(kraljic(items, **AXES, margin=0))
    assert len(dots(ax)) == 1
    assert len(dots(ax)[0].get_xdata()) == 2
    empty = kraljic_plot(kraljic(items.iloc[:0], **AXES))
    assert "No item is placed." in texts(empty)


def test_many_items_and_long_names_are_drawn_and_those_without_a_name_are_counted():
    n = 300
    items = pd.DataFrame({
        "item": [f"很长的品类名称与编号{k}$x_{{2}}$" * 2 for k in range(n)], "a": [k * 100 / n for k in range(n)],
        "b": [(k * 37) % 101 for k in range(n)],
    }).astype({"b": float})  # fmt: skip
    ax = kraljic_plot(kraljic(items, **AXES), lang="zh")
    assert any("未标名的点：260 个" in text for text in texts(ax))
    assert draw_as(ax, "png")
