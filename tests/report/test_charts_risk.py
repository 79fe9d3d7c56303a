"""The public charts of risks."""

from __future__ import annotations

from matplotlib.figure import Figure

import supplier_eval.report.charts_risk as room
from report.made_risks import made
from supplier_eval import report


def test_charts_take_axes_and_give_them_back_with_words_and_a_watermark():
    answers = made()
    calls = {
        "risk_matrix_plot": (answers.places,),
        "loss_exceedance": (answers.losses,),
        "loss_drivers": (answers.register,),
        "indicator_lines": (answers.indicators, "backlog"),
        "concentration_bars": (answers.concentration,),
        "tails_plot": (answers.tails,),
        "kraljic_plot": (answers.portfolio,),
        "indicator_backtest_plot": (answers.backtest,),
    }
    assert set(calls) == set(room.__all__)
    for name, given in calls.items():
        for lang, mark in (("en", "EXPLORATORY"), ("zh", "仅供探讨")):
            ax = Figure().add_subplot()
            assert getattr(report, name)(*given, lang=lang, ax=ax) is ax
            assert report.alt_text(ax)
            assert any(mark in text.get_text() for text in ax.texts)
