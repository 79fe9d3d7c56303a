"""Drivers of the loss drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from report.made_risks import made
from report.made_robustness import texts
from supplier_eval.report.chart_loss_drivers import swings
from supplier_eval.report.charts import draw_as
from supplier_eval.report.charts_risk import loss_drivers
from supplier_eval.risk import RiskRegister


def test_each_end_is_frequency_times_the_distance_of_the_quantile_from_the_mean():
    by_id = {key: (low, high) for key, low, high in swings(made().register)}
    level = made().register.risks["R01"].current
    assert by_id["R01"] == pytest.approx((0.3 * (250_000 - level.impact), 0.3 * (5_000_000 - level.impact)))
    assert "R22" not in by_id
    widths = [high - low for low, high in by_id.values()]
    assert widths == sorted(widths, reverse=True)


def test_the_widest_stand_on_top_and_the_rest_is_counted():
    ax = loss_drivers(made().register)
    assert ax.get_yticklabels()[0].get_text().startswith("R01")
    assert len(ax.patches) == 40
    assert any("Rows not shown: 2." in text for text in texts(ax))
    assert draw_as(loss_drivers(made().register, lang="zh"), "png")


def test_a_register_without_an_assessment_says_so():
    risks = pd.DataFrame(
        {"risk": ["A"], "category": "legal", "owner": "X", "identified": "2026-01-01", "currency": "CNY"}
    )
    ratings = pd.DataFrame({"risk": [], "on": [], "by": [], "frequency": [], "low": [], "high": []})
    register = RiskRegister.read({"risks": risks, "ratings": ratings}, as_of="2026-02-01")
    assert "No risk is assessed." in texts(loss_drivers(register))


def test_long_figures_stay_inside_the_axes():
    n = 6
    risks = pd.DataFrame({"risk": [f"很长的风险编号{k}" * 3 for k in range(n)], "category": "legal", "owner": "X"})
    risks = risks.assign(identified="2026-01-01", currency="CNY", name="a long name " * 6)
    ratings = pd.DataFrame({"risk": risks["risk"], "on": "2026-01-02", "by": "x", "frequency": 50.0 + risks.index})
    register = RiskRegister.read(
        {"risks": risks, "ratings": ratings.assign(low=1e7, high=1e12)}, as_of="2026-02-01"
    )  # fmt: skip
    ax = loss_drivers(register)
    ax.get_figure(root=True).draw_without_rendering()
    frame = ax.get_window_extent()
    figures = [text.get_window_extent() for text in ax.texts if text.get_text()[:1] in "+−"]
    assert len(figures) == 2 * n
    assert all(frame.x0 - 2 <= box.x0 and box.x1 <= frame.x1 + 2 for box in figures)
