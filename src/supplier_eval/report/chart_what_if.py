"""What if: totals before and after a change side by side, with both ranks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from supplier_eval.report.brush import INK, Brush
from supplier_eval.report.formats import names, number

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.robustness.whatif import WhatIf

BEFORE, AFTER = ("#d3dee7", "////"), ("#12355b", "")
HEIGHT = 0.36
COLUMNS = (("total_before", "rank_before"), ("total_after", "rank_after"))
CHANGES = {
    "weights": "change.weights",
    "formula": "change.formula",
    "parameters": "change.parameters",
    "floors": "change.floors",
    "marks": "change.marks",
    "prices": "change.prices",
    "without": "change.without",
    "adding": "change.adding",
    "policy": "change.policy",
}


def what_if_size(what: WhatIf) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    return 10.0, 2.4 + 0.5 * max(3, len(what.new.bids))


def draw_what_if(brush: Brush, what: WhatIf) -> None:
    """Draw the totals of every bid, best after the change on top."""
    say, ax, frame = brush.say, brush.ax, what.to_frame()
    changed = names([say[CHANGES[name]] for name in what.changes], brush.lang) or "–"
    title = say["chart.what_if.title"].format(lot=what.lot, changes=changed, n=len(frame))
    said = what.explain(brush.lang).split("\n")
    brush.title(title, what.standing, pad=26)
    brush.alt(say["alt.what_if"].format(title=title, said=brush.run_on(said[1:])))
    handles = [_totals(brush, frame, i) for i in (0, 1)]
    bids = frame["bid"].tolist()
    labels = [brush.bidder(bid, name, 26, 2) for bid, name in zip(bids, frame["name"].tolist(), strict=True)]
    ax.set_yticks(range(len(bids)), labels)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(bids) - 0.4, -0.6)
    ends = [100.0, *(total for column, _ in COLUMNS for total in frame[column].dropna().tolist())]
    ax.set_xlim(0.0, max(ends) * 1.2)
    ax.grid(axis="x", color="#d0d0d0", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.legend_above(handles, [say["chart.what_if.before"], say["chart.what_if.after"]])
    brush.axis_labels(say["chart.what_if.x"], say["chart.what_if.y"])
    brush.ticks()
    brush.note(brush.run_on(said[1:]))
    brush.watermark(what.standing, len(bids))


def _totals(brush: Brush, frame: pd.DataFrame, i: int) -> Any:  # noqa: ANN401 - bars
    """The bars before (0) or after (1) the change, with totals and ranks; a bid that is out says so."""
    say, (face, hatch) = brush.say, (BEFORE, AFTER)[i]
    totals, ranks = frame[COLUMNS[i][0]].to_numpy("float64", na_value=math.nan).tolist(), frame[COLUMNS[i][1]].tolist()
    at = [y + (i - 0.5) * HEIGHT for y in range(len(totals))]
    widths = [0.0 if math.isnan(total) else total for total in totals]
    for y, total, wide, rank in zip(at, totals, widths, ranks, strict=True):
        out = math.isnan(total) or rank == 0
        shown = (
            say["chart.what_if.out"] if out else say["chart.what_if.total"].format(total=number(total, 2), rank=rank)
        )
        style = brush.style(8.0, color=INK, va="center", zorder=4, textcoords="offset points")
        brush.ax.annotate(brush.text(shown), (wide, y), (4, 0), **style)
    return brush.ax.barh(at, widths, HEIGHT, color=face, hatch=hatch, edgecolor=INK, linewidth=0.6, zorder=2)
