"""The loss exceedance curve drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd

from report.made_risks import made
from report.made_robustness import texts
from supplier_eval.report.charts import draw_as
from supplier_eval.report.charts_risk import loss_exceedance
from supplier_eval.risk import simulate_losses


def test_the_curve_falls_and_passes_through_var():
    losses = made().losses
    ax = loss_exceedance(losses)
    x, y = ax.lines[0].get_data()
    assert np.all(np.diff(y) <= 0)
    assert abs(np.interp(losses.var(0.95).value, x, y) - 5) < 0.5
    assert f"VaR 95 %: {losses.var(0.95).value:,.0f}" in texts(ax)
    assert "CNY" in ax.get_xlabel() and "n = 4,000" in ax.get_title(loc="left")
    assert draw_as(loss_exceedance(losses, lang="zh"), "png")


def test_years_without_any_loss_say_so():
    table = pd.DataFrame({"risk": ["A"], "low": [1.0], "high": [2.0], "frequency": [0.0]})
    assert "No year has a loss." in texts(loss_exceedance(simulate_losses(table, years=2000)))


def test_nothing_assessed_is_not_a_year_without_a_loss():
    table = pd.DataFrame({"risk": ["A"], "low": [None], "high": [None], "frequency": [None]}, dtype=object)
    said = texts(loss_exceedance(simulate_losses(table, years=2000)))
    assert any("that is not a loss of 0" in text.replace("\n", " ") for text in said)
