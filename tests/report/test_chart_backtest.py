"""The back-test drawn."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from report.made_risks import made
from report.made_robustness import texts
from risk_indicators import day, defined, history
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_risk import indicator_backtest_plot
from supplier_eval.risk import IndicatorBacktests, backtest_indicators

INCIDENTS = pd.DataFrame({"incident": ["a", "b", "c"], "on": [day(25), day(40), day(66)]})
READINGS = history([0, 6, 0, 0, 0, 6, 12, 0, 0, 0, 0])


def run(*ids, incidents=INCIDENTS):
    return backtest_indicators(READINGS, [defined(id=name) for name in ids], incidents, as_of=day(110), horizon=15)


def test_a_share_stands_on_its_interval_beside_chance():
    found = run("open", "none")
    one = found.tests["open"]
    ax = indicator_backtest_plot(found)
    dot = next(line for line in ax.lines if line.get_marker() == "o")
    assert list(dot.get_xdata()) == pytest.approx([100 * 2 / 3])
    chance = next(line for line in ax.lines if line.get_marker() == "D")
    assert list(chance.get_xdata()) == pytest.approx([100 * one.chance])
    assert any(list(line.get_xdata()) == pytest.approx([100 * x for x in one.share_interval]) for line in ax.lines)
    at = ax.get_yticklabels()
    assert {label.get_text() for label in at} == {"open", "none"}


def test_rows_end_with_counts_lead_and_false_alarms_and_say_what_was_blind():
    said = texts(indicator_backtest_plot(run("open", "none")))
    assert "2 of 3 · 15.5 days ahead (median) · false 0.00 a year" in said
    assert "no reading · in times without data 3" in said
    chinese = texts(indicator_backtest_plot(run("open"), lang="zh"))
    assert "3 起中 2 起 · 提前 15.5 天（中位数） · 误报每年 0.00 次" in chinese
    quiet = indicator_backtest_plot(run("open", incidents=INCIDENTS.iloc[:0]))
    assert any(text.startswith("no incident · false") for text in texts(quiet))


def test_the_sample_is_drawn_in_both_languages_with_words_for_it():
    for lang in ("en", "zh"):
        ax = indicator_backtest_plot(made().backtest, lang=lang)
        assert "attrition" in alt_text(ax)
        assert "%" in ax.get_xlabel()
        assert draw_as(ax, "png")


def test_no_indicator_says_so():
    empty = IndicatorBacktests({}, 15, "amber", date(2026, 1, 1))
    assert "No indicator was tested." in texts(indicator_backtest_plot(empty))


def test_many_indicators_are_cut_and_counted():
    ax = indicator_backtest_plot(run("open", *(f"很长的指标编号{n}" * 4 for n in range(40))))
    assert len(ax.get_yticklabels()) == 25
    assert any("Rows not shown: 16." in text for text in texts(ax))
    assert draw_as(ax, "png")
