"""Tenders between the spread of their prices and the distance of the lowest from the others; flagged ones by shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from supplier_eval.report.brush import INK, Brush, wrap

if TYPE_CHECKING:
    from supplier_eval.integrity.bid_screens import BidScreens

NAMED = 12
FloatArray = npt.NDArray[np.float64]
NEAR = (0.2, 0.035)  # shares of the axes within which two names would cover each other
ROOMY = 98.0  # percentile of the tenders that the axes show
FLAG, PLAIN = "#b5482a", "#c9d6e4"


def draw_screens(brush: Brush, screens: BidScreens) -> None:
    """Draw every tender for which both figures are defined, with the lines of the settings."""
    say, ax, lines = brush.say, brush.ax, screens.settings
    cv, distance = 100 * screens.figures["cv"], screens.figures["relative_distance"]
    known = np.isfinite(cv) & np.isfinite(distance)
    title = say["chart.screens.title"].format(n=int(known.sum()))
    brush.title(title, "exploratory", pad=26.0)
    if not known.any():
        brush.nothing(say["chart.screens.none"])
        return
    labels = np.array(screens.table.labels, dtype=object)
    flagged = np.isin(labels, [f.lot for f in screens.flags if f.code == "screens.variation_and_gap"]) & known
    quiet = known & ~flagged
    right = max(1.25 * 100 * lines.cv, float(np.percentile(cv[known], ROOMY)) * 1.05)
    top = max(1.5 * lines.relative_distance, float(np.percentile(distance[known], ROOMY)) * 1.08)
    handles, names = list[Any](), list[str]()
    small = 16 if known.sum() <= 300 else 9
    for part, marker, face, size, key in (
        (quiet, "o", PLAIN, small, "chart.screens.quiet"),
        (flagged, "^", FLAG, 2 * small, "chart.screens.flagged"),
    ):
        x, y = np.minimum(cv[part], right), np.minimum(distance[part], top)
        handles.append(
            ax.scatter(x, y, s=size, marker=marker, c=face, edgecolors=INK, linewidths=0.5, zorder=3, clip_on=False)
        )
        names.append(say[key].format(n=int(part.sum())))
    handles += ax.plot([100 * lines.cv] * 2, [0, top], color=INK, linewidth=1.1, linestyle="--", zorder=2)
    ax.plot([0, right], [lines.relative_distance] * 2, color=INK, linewidth=1.1, linestyle="--", zorder=2)
    limit = say["chart.screens.line"].format(cv=f"{100 * lines.cv:g}", distance=f"{lines.relative_distance:g}")
    names.append(limit)
    ax.set_xlim(0, right)
    ax.set_ylim(min(0.0, float(distance[known].min())), top)
    brush.axis_labels(say["chart.screens.x"], say["chart.screens.y"])
    ax.grid(color="#e3e3e3", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.ticks()
    brush.legend_above(handles, names)
    outside = int(((cv > right) | (distance > top))[known].sum())
    undefined = int((~known).sum())
    brush.note(say["chart.screens.note"].format(outside=outside, undefined=undefined, least=lines.variation_bids))
    most = [str(label) for label in labels[flagged][:NAMED]]
    told = say["chart.screens.alt"].format(title=title, flagged=int(flagged.sum()), names=", ".join(most) or "–")
    brush.alt(told)
    if flagged.sum() <= NAMED:
        _names(brush, cv[flagged] / right, distance[flagged] / top, labels[flagged].tolist())
    brush.watermark("exploratory")


def _names(brush: Brush, x: FloatArray, y: FloatArray, labels: list[str]) -> None:
    """Write the names of tenders beside them, places as shares of the axes; of two that would cover each other one."""
    named: list[tuple[float, float]] = []
    right, top = brush.ax.get_xlim()[1], brush.ax.get_ylim()[1]
    for across, up, label in zip(np.minimum(x, 1.0).tolist(), np.minimum(y, 1.0).tolist(), labels, strict=True):
        if any(abs(across - a) < NEAR[0] and abs(up - b) < NEAR[1] for a, b in named):
            continue
        named.append((across, up))
        style = brush.style(7.5, color=INK, va="center", zorder=4)
        at = (across * right, up * top)
        brush.ax.annotate(wrap(brush.text(label), 16, 1), at, (6, 0), textcoords="offset points", **style)
