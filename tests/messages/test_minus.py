"""Figures in sentences have a real minus, and nothing has none."""

from __future__ import annotations

import pytest

from supplier_eval.messages.minus import said_figure
from supplier_eval.monitor.chart_words import change_text
from supplier_eval.monitor.chart_words import figure_text as chart_figure
from supplier_eval.planning.said_amounts import money_text, points_text
from supplier_eval.rank.points_words import signed
from supplier_eval.risk.said_figures import figure_text as risk_figure


@pytest.mark.parametrize(
    ("written", "said"),
    [("-1.50", "−1.50"), ("-0.00", "0.00"), ("1.5", "1.5"), ("+0.00", "+0.00"), ("-1e-05", "−1e-05"), ("-∞", "−∞")],
)
def test_the_minus_is_a_real_one_and_nothing_has_none(written, said):
    assert said_figure(written) == said


@pytest.mark.parametrize("say", [chart_figure, risk_figure, money_text, lambda x: points_text(x, 3)])
def test_no_way_of_saying_a_figure_gives_a_negative_nothing_or_a_hyphen(say):
    assert not {"-", "−"} & set(say(-0.0))
    assert say(-2.5).startswith("−2.5")


def test_no_points_below_a_thousandth_are_a_negative_nothing():
    assert points_text(-0.0004, 3) == "0.000"
    assert signed(-0.0004, 3) == "+0.000"
    assert signed(-1.5, 2) == "−1.50"
    assert change_text(-0.25, "share", "en").startswith("−25")
