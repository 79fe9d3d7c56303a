"""A control chart drawn: points, centre, limits, the stretch that set them, signals with their labels.

Clauses of the policy (§5.2.2, §5.2.3).
"""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.monitor.chart_words import SHARE, label_text
from supplier_eval.report.brush import INK, PALE, Brush, cells

if TYPE_CHECKING:
    from supplier_eval.monitor.chart_result import ControlChart

DARK, SIGNAL = "#12355b", "#b3261e"
BASE = "#e6ebf0"
MOST_TICKS = 13
LABELLED = 8
CLOSE, HEIGHT = 2, 0.1  # labels so many points and such a part of the axis apart do not meet
RATES = ("p", "laney_p")
TITLES = {
    "xmr": "chart.control.kind_xmr",
    "p": "chart.control.kind_p",
    "np": "chart.control.kind_np",
    "u": "chart.control.kind_u",
    "c": "chart.control.kind_c",
    "laney_p": "chart.control.kind_laney_p",
    "laney_u": "chart.control.kind_laney_u",
    "ewma": "chart.control.kind_ewma",
    "cusum": "chart.control.kind_cusum",
}
FIGURES = {
    "xmr": "chart.control.y_xmr",
    "p": "chart.control.y_p",
    "np": "chart.control.y_np",
    "u": "chart.control.y_u",
    "c": "chart.control.y_c",
    "laney_p": "chart.control.y_laney_p",
    "laney_u": "chart.control.y_laney_u",
    "ewma": "chart.control.y_ewma",
    "cusum": "chart.control.y_cusum",
}


def control_size(chart: ControlChart) -> tuple[float, float]:
    """Width and height in inches that the chart needs."""
    return min(16.0, max(9.6, 3.0 + 0.2 * len(chart.points))), 5.2


def draw_control(brush: Brush, chart: ControlChart) -> None:
    """Draw the chart; without a figure, say so."""
    say = brush.say
    measured = int(np.isfinite(chart.raw).sum())
    facts = {"name": chart.name, "kind": say[TITLES[chart.kind]], "n": measured}
    title = say["chart.control.title"].format(**facts)
    said = chart.explain(brush.lang).split("\n")
    brush.title(title, chart.standing, pad=26)
    brush.alt(say["chart.control.alt"].format(title=title, said=brush.run_on(said)))
    if not measured:
        brush.nothing(said[0])
        return
    scale = 100.0 if in_percent(chart) else 1.0
    handles = [_baseline(brush, chart), *_limits(brush, chart, scale), *_points(brush, chart, scale)]
    shown = [(handle, text) for handle, text in handles if handle is not None]
    _gaps(brush, chart)
    _phases(brush, chart)
    _frame(brush, chart)
    brush.legend_above([handle for handle, _ in shown], [text for _, text in shown])
    brush.note(brush.run_on(said[1:]), below=56 if _turned(chart) else 46)
    brush.watermark(chart.standing)


def in_percent(chart: ControlChart) -> bool:
    """Whether figures are fractions of 1, drawn in per cent."""
    return chart.kind in RATES or chart.settings.unit == SHARE


def _spans(chart: ControlChart) -> list[tuple[int, int]]:
    """Stretches of points that set the limits, gaps inside them included."""
    spans = []
    for phase in np.unique(chart.phase).tolist():
        own = [i for i in np.flatnonzero(chart.phase == phase).tolist() if chart.in_baseline[i]]
        if own:
            spans.append((own[0], own[-1]))
    return spans


def _baseline(brush: Brush, chart: ControlChart) -> tuple[Any, str]:
    area = None
    for first, last in _spans(chart):
        area = brush.ax.axvspan(first - 0.5, last + 0.5, facecolor=BASE, edgecolor="none", zorder=0)
    return area, brush.say["chart.control.baseline"]


def _limits(brush: Brush, chart: ControlChart, scale: float) -> list[tuple[Any, str]]:
    """Centre and limits as steps, broken at gaps and between phases."""
    ax, say = brush.ax, brush.say
    made: dict[str, Any] = {}
    whole: dict[str, Any] = {"linestyle": "-", "linewidth": 1.0}
    dashed: dict[str, Any] = {"linestyle": (0, (5, 3)), "linewidth": 1.2}
    lines = (("centre", chart.centre, whole), ("upper", chart.upper, dashed), ("lower", chart.lower, dashed))
    for key, line, style in lines:
        for run in _runs(line, chart):
            xs = [run[0] - 0.5, *(i + 0.5 for i in run)]
            ys = [scale * float(line[i]) for i in (run[0], *run)]
            (made[key],) = ax.step(xs, ys, where="pre", color=PALE, zorder=1, **style)
    return [
        (made.get("centre"), say["chart.control.centre"]),
        (made.get("upper"), say["chart.control.limits"].format(limit=f"{chart.estimates[-1].limit:.4g}")),
    ]


def _runs(line: Any, chart: ControlChart) -> list[list[int]]:  # noqa: ANN401 - an array
    """Neighbouring positions with a figure, phase by phase."""
    there = [i for i in range(len(line)) if math.isfinite(line[i])]
    groups = groupby(enumerate(there), lambda pair: (pair[1] - pair[0], int(chart.phase[pair[1]])))
    return [[i for _, i in group] for _, group in groups]


def _points(brush: Brush, chart: ControlChart, scale: float) -> list[tuple[Any, str]]:
    """The figures, joined within a phase; both sums of a CUSUM; signals as diamonds with their labels."""
    ax, say = brush.ax, brush.say
    series = [(chart.values, "o", say["chart.control.point"])]
    if chart.kind == "cusum":
        series = [(chart.values, "^", say["chart.control.above"]), (-chart.arrays.low, "v", say["chart.control.below"])]
    handles = []
    for values, marker, text in series:
        dots = None
        for phase in np.unique(chart.phase).tolist():
            at = [i for i in np.flatnonzero(chart.phase == phase).tolist() if math.isfinite(values[i])]
            ys = [scale * float(values[i]) for i in at]
            (dots,) = ax.plot(at, ys, color=DARK, marker=marker, markersize=4.5, linewidth=1.1, zorder=3)
        handles.append((dots, text))
    fired = sorted({(s.at, s.side < 0 and chart.kind == "cusum") for s in chart.signals})
    places = [i for i, _ in fired]
    ys = [scale * float(-chart.arrays.low[i] if low else chart.values[i]) for i, low in fired]
    marks = None
    if fired:
        style: dict[str, Any] = {
            "marker": "D",
            "s": 74,
            "facecolors": "#ffffff",
            "edgecolors": SIGNAL,
            "linewidths": 2.0,
        }
        marks = ax.scatter(places, ys, zorder=4, **style)
        _name(brush, chart, places, ys)
    return [*handles, (marks, say["chart.control.signal"])]


def _name(brush: Brush, chart: ControlChart, at: list[int], ys: list[float]) -> None:
    """Labels beside the first signals, where they do not meet one before."""
    low, high = brush.ax.get_ylim()
    alone: list[tuple[int, float]] = []
    for i, y in zip(at, ys, strict=True):
        if all(i - j > CLOSE or abs(y - other) > HEIGHT * (high - low) for j, other in alone):
            alone.append((i, y))
    for i, y in alone[:LABELLED]:
        up = not chart.z[i] < 0
        style = brush.style(8.0, color=SIGNAL, ha="center", va="bottom" if up else "top", zorder=6)
        style["bbox"] = {"facecolor": "#ffffff", "edgecolor": "none", "alpha": 0.8, "pad": 0.8}
        text = brush.bid(label_text(chart.points[i]), 14)
        brush.ax.annotate(text, (i, y), (0, 9 if up else -9), textcoords="offset points", **style)


def _gaps(brush: Brush, chart: ControlChart) -> None:
    """A cross at the foot of the axes for a point without work or figure."""
    at = np.flatnonzero(np.isnan(chart.raw)).tolist()
    if at:
        place = brush.ax.get_xaxis_transform()
        brush.ax.plot(at, [0.03] * len(at), "x", color=PALE, markersize=6, transform=place, zorder=3, clip_on=False)


def _phases(brush: Brush, chart: ControlChart) -> None:
    for i in np.flatnonzero(np.diff(chart.phase)).tolist():
        brush.ax.axvline(i + 0.5, color=INK, linewidth=1.0, linestyle=":", zorder=2)


def _turned(chart: ControlChart) -> bool:
    """Whether labels of points stand slanted."""
    return max((cells(label_text(point)) for point in chart.points), default=0) > 6


def _frame(brush: Brush, chart: ControlChart) -> None:
    ax, say = brush.ax, brush.say
    n = len(chart.points)
    step = max(1, math.ceil(n / MOST_TICKS))
    places = list(range(0, n, step))
    ax.set_xticks(places, [brush.bid(label_text(chart.points[i]), 12) for i in places])
    if _turned(chart):
        ax.tick_params(axis="x", labelrotation=30)
    ax.set_xlim(-0.8, n - 0.2)
    ax.margins(y=0.12)
    ax.grid(axis="y", color="#dcdcdc", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    unit = chart.settings.unit or say["chart.control.no_unit"]
    if in_percent(chart):
        unit = "%"
    y = say[FIGURES[chart.kind]].format(unit=unit)
    brush.axis_labels(say["chart.control.gap_x"] if chart.gaps else say["chart.control.x"], y)
    brush.ticks()
