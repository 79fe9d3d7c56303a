"""A funnel plot: the rate of every supplier against its number of cases, with the limits of chance around all.

Clauses of the policy (§3.3.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.report.brush import INK, Brush
from supplier_eval.report.dot_names import name_dots

if TYPE_CHECKING:
    from supplier_eval.monitor.funnel import PeerFunnel

SIZE = (9.6, 5.6)
DARK = "#12355b"
MARKS = {
    "inside": ("o", "#ffffff"),
    "better": ("^", "#c9d3de"),
    "much_better": ("^", DARK),
    "worse": ("v", "#c9d3de"),
    "much_worse": ("v", DARK),
}
MOST_NAMED = 14


def draw_funnel(brush: Brush, funnel: PeerFunnel) -> None:
    """Draw the plot; without a case, say so."""
    say, frame = brush.say, funnel.to_frame()
    first, last = funnel.periods[0], funnel.periods[-1]
    facts = {"kpi": funnel.kpi.name.say(brush.lang) or funnel.kpi.id, "n": len(frame)}
    facts["span"] = first if first == last else f"{first} – {last}"
    title = say["chart.funnel.title"].format(**facts)
    brush.title(title, funnel.standing, width=92, pad=26)
    said = brush.run_on(funnel.explain(brush.lang).split("\n"))
    brush.alt(say["chart.funnel.alt"].format(title=title, said=said))
    if frame.empty:
        brush.nothing(funnel.explain(brush.lang))
        return
    handles = _limits(brush, funnel)
    for place, (marker, face) in MARKS.items():
        own = frame[frame["place"] == place]
        if len(own):
            drawn = brush.ax.scatter(
                own["n"], 100 * own["value"], s=46, marker=marker, c=face, edgecolors=INK, linewidths=0.9, zorder=4
            )
            handles.append((drawn, say[_LABELS[place]]))
    _frame(brush, funnel)
    brush.legend([handle for handle, _ in handles], [text for _, text in handles])
    brush.note(say["chart.funnel.note"], below=46)
    _names(brush, funnel)
    brush.watermark(funnel.standing)


_LABELS = {
    "inside": "chart.funnel.inside",
    "better": "chart.funnel.better",
    "much_better": "chart.funnel.much_better",
    "worse": "chart.funnel.worse",
    "much_worse": "chart.funnel.much_worse",
}


def _limits(brush: Brush, funnel: PeerFunnel) -> list[tuple[Any, str]]:
    ax, grid, say = brush.ax, funnel.grid, brush.say
    n = grid["n"].to_numpy(dtype=float)
    mean = ax.plot(n, np.full(n.size, 100 * funnel.mean), color=INK, linewidth=1.1, zorder=2)[0]
    inner = outer = None
    for end in ("lower", "upper"):
        inner = ax.plot(n, 100 * grid[end], color="#5c6b7c", linewidth=1.1, linestyle=(0, (5, 3)), zorder=2)[0]
        outer = ax.plot(n, 100 * grid[f"{end}_outer"], color="#5c6b7c", linewidth=1.1, zorder=2)[0]
    share = say["chart.funnel.mean"].format(mean=f"{100 * funnel.mean:.2f}")
    return [(mean, share), (inner, say["chart.funnel.limits"]), (outer, say["chart.funnel.outer"])]


def _frame(brush: Brush, funnel: PeerFunnel) -> None:
    ax, frame = brush.ax, funnel.to_frame()
    values = 100 * frame["value"].to_numpy(dtype=float)
    ends = 100 * frame[["lower_outer", "upper_outer"]].to_numpy(dtype=float)
    low, high = min(values.min(), ends.min()), max(values.max(), ends.max())
    room = max(0.06 * (high - low), 0.5)
    ax.set_ylim(max(low - room, -2.0), min(high + room, 102.0))
    least, most = float(frame["n"].min()), float(frame["n"].max())
    if most > 30 * least:
        ax.set_xscale("log")
        ax.set_xlim(max(least * 0.6, 0.8), most * 1.25)
    else:
        ax.set_xlim(0, most * 1.12)
    ax.grid(color="#ededed", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(brush.say["chart.funnel.x"], brush.say["chart.funnel.y"])
    brush.ticks(8.0)
    brush.ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")


def _names(brush: Brush, funnel: PeerFunnel) -> None:
    """Ids beside the points: those outside, all where they are few."""
    frame = funnel.to_frame().sort_values(["place", "n"], key=lambda of: of if of.name == "n" else of == "inside")
    few = len(frame) <= MOST_NAMED
    named = [few or place != "inside" for place in frame["place"]]
    names = [brush.bid(who, 14) if show else "" for who, show in zip(frame["supplier"], named, strict=True)]
    name_dots(brush, frame["n"], 100 * frame["value"], names)
