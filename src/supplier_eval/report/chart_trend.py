"""A KPI of one supplier over time: raw figures with their intervals, target, floor, and periods without a figure.

Clauses of the policy (§5.1.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.monitor.review_series import definition_of, series_of
from supplier_eval.report.brush import INK, PALE, Brush
from supplier_eval.report.figure_words import is_share, kpi_figure, unit_words

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_definitions import KpiDefinition
    from supplier_eval.monitor.kpi_results import KpiResults
    from supplier_eval.monitor.trend_result import TrendTest

DARK, LIGHT = "#12355b", "#ffffff"
MOST_TICKS = 13
MOST_COUNTS = 26


def trend_size(results: KpiResults) -> tuple[float, float]:
    """Width and height in inches that the periods need."""
    return min(15.0, max(8.6, 3.0 + 0.28 * len(results.periods))), 4.3


def draw_trend(brush: Brush, results: KpiResults, supplier: str, kpi: str, trend: TrendTest | None, name: str) -> None:
    """Draw the series; without a figure, say so."""
    say, one, rows = brush.say, definition_of(results, kpi), series_of(results, supplier, kpi)
    measured = (rows["status"] == "measured").to_numpy()
    facts = {"kpi": one.name.say(brush.lang) or one.id, "n": int(measured.sum())}
    facts["supplier"] = brush.bidder(supplier, name, 60, 2).replace("\n", " ")
    title = say["chart.trend.title"].format(**facts)
    said = "" if trend is None else brush.run_on(trend.explain(brush.lang).split("\n")[1:])
    brush.title(title, "exploratory", width=92, pad=26)
    brush.alt(say["chart.trend.alt"].format(title=title, said=said))
    if not measured.any():
        brush.nothing(say["chart.trend.none"])
        return
    scale = 100.0 if is_share(one) else 1.0
    value, lower, upper = (scale * rows[column].to_numpy(dtype=float) for column in ("value", "lower", "upper"))
    handles = [_points(brush, rows, (value, lower, upper), measured), *_lines(brush, one, scale, len(rows))]
    _gaps(brush, measured)
    _frame(brush, rows, measured, one)
    brush.legend_above([handle for handle, _ in handles], [text for _, text in handles])
    gaps = say["chart.trend.gaps"].format(n=int((~measured).sum())) if not measured.all() else ""
    brush.note(brush.run_on([say["chart.trend.note"], gaps, said]), below=46)
    brush.watermark("exploratory")


def _points(brush: Brush, rows: Any, figures: Any, measured: Any) -> tuple[Any, str]:  # noqa: ANN401 - arrays
    """Intervals as bars, figures as dots: full where the target is met, open where it is missed."""
    ax, (value, lower, upper), at = brush.ax, figures, np.arange(len(rows))
    known = measured & np.isfinite(lower) & np.isfinite(upper)
    ax.vlines(at[known], lower[known], upper[known], color="#8f9baa", linewidth=2.2, zorder=2)
    ax.plot(at, np.where(measured, value, np.nan), color=DARK, linewidth=0.9, zorder=3)
    met = rows["meets_target"].fillna(True).to_numpy(dtype=bool)
    handle = None
    for chosen, face in ((measured & met, DARK), (measured & ~met, LIGHT)):
        drawn = ax.scatter(at[chosen], value[chosen], s=30, c=face, edgecolors=DARK, linewidths=1.3, zorder=4)
        handle = handle if handle is not None else drawn
    return handle, brush.say["chart.trend.figure"]


def _lines(brush: Brush, kpi: KpiDefinition, scale: float, n: int) -> list[tuple[Any, str]]:
    """Target and floor, with their figures in the legend."""
    handles = []
    for stated, style, key in ((kpi.target, "-", "chart.trend.target"), (kpi.floor, (0, (4, 3)), "chart.trend.floor")):
        if stated is not None:
            line = brush.ax.plot(
                [-0.6, n - 0.4], [scale * float(stated)] * 2, color=INK, linestyle=style, linewidth=1.2, zorder=1
            )
            text = brush.say[key].format(figure=kpi_figure(kpi, float(stated), brush.lang))
            handles.append((line[0], text))
    return handles


def _gaps(brush: Brush, measured: Any) -> None:  # noqa: ANN401 - an array
    at = np.flatnonzero(~measured)
    place: dict[str, Any] = {"transform": brush.ax.get_xaxis_transform(), "clip_on": False, "zorder": 5}
    brush.ax.plot(at, np.full(at.size, 0.025), "x", color=PALE, markersize=6, **place)


def _frame(brush: Brush, rows: Any, measured: Any, kpi: KpiDefinition) -> None:  # noqa: ANN401 - arrays
    ax, n = brush.ax, len(rows)
    every = max(1, -(-n // MOST_TICKS))
    ax.set_xticks(range(0, n, every), [brush.text(label) for label in rows["period"].tolist()[::every]])
    ax.set_xlim(-0.6, n - 0.4)
    low, high = ax.get_ylim()
    ax.set_ylim(low - 0.06 * (high - low), high + 0.1 * (high - low))
    if n <= MOST_COUNTS:
        place: dict[str, Any] = {"transform": ax.get_xaxis_transform(), "ha": "center", "va": "top"}
        for at in np.flatnonzero(measured).tolist():
            ax.text(at, 0.985, f"{rows['n'].iloc[at]:,}", **place, **brush.style(7.5, color=PALE))
        ax.text(1.008, 0.985, "n", transform=ax.transAxes, ha="left", va="top", **brush.style(7.5, color=PALE))
    ax.grid(axis="y", color="#e3e3e3", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(brush.say["chart.trend.x"], f"{brush.say['chart.trend.y']} ({unit_words(kpi, brush.lang)})")
    ax.locator_params(axis="y", nbins=7)
    brush.ticks(8.0)
