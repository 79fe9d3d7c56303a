"""Control charts drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from report.made_robustness import texts
from supplier_eval.monitor import control_chart
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_monitor import control_chart_plot

MONTHS = [f"2026-{m:02d}" for m in range(1, 13)]
COUNTS = pd.Series([4, 6, 5, 3, 0, 5, 6, 4, 5, 6, 30, 4], index=MONTHS)
N = [100, 100, 100, 100, 0, 100, 100, 100, 100, 100, 100, 100]


def p_chart():
    return control_chart(COUNTS, kind="p", n=N, baseline=9, name="late tickets")


def drawn(ax, marker):
    return [line for line in ax.lines if line.get_marker() == marker]


def test_points_stand_at_their_figures_in_per_cent_and_gaps_are_crosses():
    ax = control_chart_plot(p_chart())
    (line,) = drawn(ax, "o")
    assert list(line.get_xdata()) == [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]
    assert line.get_ydata()[9] == pytest.approx(30.0)
    (gap,) = drawn(ax, "x")
    assert list(gap.get_xdata()) == [4]
    assert ax.get_ylabel() == "Share of failures (%)"
    assert "n = 11 points" in ax.get_title(loc="left")


def test_signals_are_ringed_and_named_and_the_baseline_is_shaded():
    ax = control_chart_plot(p_chart())
    places = [tuple(at) for dots in ax.collections for at in np.asarray(dots.get_offsets()).tolist()]
    assert (10.0, pytest.approx(30.0)) in places
    assert "2026-11" in texts(ax)
    spans = [patch.get_extents() for patch in ax.patches]
    assert spans
    assert {"sets the limits", "signal"} <= {" ".join(t.split()) for t in texts(ax)}


def test_limits_are_steps_that_break_at_gaps():
    ax = control_chart_plot(p_chart())
    dashed = [line for line in ax.lines if line.get_drawstyle() == "steps-pre" and line.get_linestyle() == "--"]
    assert len(dashed) == 4  # upper and lower, before and after the month without work


def test_both_sums_of_a_cusum_are_drawn():
    ax = control_chart_plot(control_chart([1.0, -1, 3, 4, -9, 2, 1, 0], kind="cusum", centre=0, sigma=1, unit="h"))
    assert len(drawn(ax, "^")) == len(drawn(ax, "v")) == 1
    assert min(drawn(ax, "v")[0].get_ydata()) < 0
    assert ax.get_ylabel() == "Sum of deviations (h)"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_kind_is_drawn_in_both_languages_without_a_warning(lang):
    for kind in ("xmr", "p", "np", "u", "c", "laney_p", "laney_u", "ewma", "cusum"):
        n = [50] * 12 if kind in {"p", "np", "u", "laney_p", "laney_u"} else None
        chart = control_chart(COUNTS, kind=kind, n=n, name="逾期 $x$", phases=["2026-07"], least=4, key_step=True)
        ax = control_chart_plot(chart, lang=lang)
        assert alt_text(ax)
    assert draw_as(ax, "png")[:4] == b"\x89PNG"
    assert "信号" in texts(control_chart_plot(p_chart(), lang="zh"))


def test_an_empty_chart_says_so():
    ax = control_chart_plot(control_chart([]))
    assert any("nothing can be said" in " ".join(text.split()) for text in texts(ax))
