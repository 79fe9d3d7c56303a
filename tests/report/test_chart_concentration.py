"""Concentration drawn."""

from __future__ import annotations

import pandas as pd

from report.made_risks import made
from report.made_robustness import texts
from supplier_eval.report.charts import draw_as
from supplier_eval.report.charts_risk import concentration_bars
from supplier_eval.risk import concentration


def test_bars_are_hhi_by_parent_with_all_together_last():
    ax = concentration_bars(made().concentration)
    widths = [round(bar.get_width()) for bar in ax.patches]
    assert widths[:-1] == sorted(widths[:-1], reverse=True)
    assert widths[-1] == round(float(made().concentration.line().hhi))
    assert ax.get_yticklabels()[-1].get_text() == "all together (n = 13)"
    assert any("rest takes over: unknown" in text for text in texts(ax))
    assert any("其余可接手：不能" in text for text in texts(concentration_bars(made().concentration, lang="zh")))


def test_many_categories_are_cut_and_counted_and_nothing_spent_says_so():
    names = [f"很长的品类名称{n}" * 4 for n in range(40)]
    many = concentration(pd.DataFrame({"supplier": "A", "category": names, "amount": 1.0}))
    ax = concentration_bars(many)
    assert len(ax.patches) == 25
    assert any("Rows not shown: 16." in text for text in texts(ax))
    assert draw_as(ax, "png")
    nothing = concentration(pd.DataFrame({"supplier": ["A"], "amount": [0.0]}))
    assert not concentration_bars(nothing).patches
