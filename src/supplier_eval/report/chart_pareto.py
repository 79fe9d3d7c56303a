"""Causes as bars, the largest on top, with the running share as a line (§5.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supplier_eval.report.brush import INK, PALE, Brush, wrap

if TYPE_CHECKING:
    from supplier_eval.monitor.pareto import Cause, ParetoCauses

VITAL, OTHER, END = "#12355b", "#b3c8d8", "#ffffff"
MOST = 30
BY = {"count": "chart.pareto.count", "cost": "chart.pareto.cost"}


def pareto_size(causes: ParetoCauses) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    return 10.0, 2.6 + 0.36 * max(3, min(MOST, len(causes.causes)))


def draw_pareto(brush: Brush, pareto: ParetoCauses) -> None:
    """Draw the bars; where nothing failed, say so."""
    say, ax = brush.say, brush.ax
    by = say[BY[pareto.by]]
    title = say["chart.pareto.title"].format(by=by, n=pareto.n)
    said = pareto.explain(brush.lang).split("\n")
    brush.title(title, pareto.standing, pad=46)
    brush.alt(say["chart.pareto.alt"].format(title=title, said=brush.run_on(said)))
    if not pareto.n:
        brush.nothing(said[0])
        return
    rows = pareto.causes[:MOST]
    sizes = [float(one.count if pareto.by == "count" else one.cost) for one in rows]
    for y, (one, size) in enumerate(zip(rows, sizes, strict=True)):
        face = VITAL if one.vital else OTHER if one.kind == "cause" else END
        hatch = "" if one.kind == "cause" else "///"
        ax.barh(y, size, 0.72, color=face, hatch=hatch, edgecolor=INK, linewidth=0.6, zorder=2)
    _frame(brush, pareto, rows, max(sizes))
    _running(brush, rows)
    left = len(pareto.causes) - len(rows)
    more = [say["chart.pareto.left"].format(n=left)] if left else []
    brush.note(brush.run_on([*said, say["chart.pareto.note"], *more]))
    brush.watermark(pareto.standing, len(rows))


def _frame(brush: Brush, pareto: ParetoCauses, rows: tuple[Cause, ...], most: float) -> None:
    ax, say = brush.ax, brush.say
    ax.set_yticks(range(len(rows)), [wrap(brush.text(_name(brush, one)), 28, 2) for one in rows])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(0.0, most * 1.02 or 1.0)
    ax.locator_params(axis="x", nbins=6)
    place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "va": "center"}
    for y, one in enumerate(rows):
        amount = f"{one.count:,}" if pareto.by == "count" else f"{one.cost:,f}"
        shown = say["chart.pareto.end"].format(amount=amount, share=f"{100 * one.share:.1f}")
        ax.annotate(brush.text(shown), (1.0, y), (8, 0), annotation_clip=False, **place, **brush.style(8.5, color=INK))
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    x = say["chart.pareto.x_count"]
    if pareto.by == "cost":
        x = say["chart.pareto.x_cost"].format(currency=pareto.currency or say["chart.control.no_unit"])
    brush.axis_labels(x, say["chart.pareto.y"])
    brush.ticks()


def _running(brush: Brush, rows: tuple[Cause, ...]) -> None:
    """The running share on an axis of its own, above."""
    above: Any = brush.ax.twiny()
    line = [100 * one.cumulative for one in rows]
    look: dict[str, Any] = {"markersize": 6, "markerfacecolor": "#ffffff", "markeredgecolor": INK}
    above.plot(line, range(len(rows)), "o-", color=PALE, linewidth=1.3, **look)
    above.set_xlim(0.0, 102.0)
    above.set_xticks([0, 20, 40, 60, 80, 100])
    above.spines["right"].set_visible(False)
    above.set_xlabel(brush.text(brush.say["chart.pareto.running"]), **brush.style(9.0, color=INK))
    for label in above.get_xticklabels():
        label.set(**brush.style(8.5))


def _name(brush: Brush, one: Cause) -> str:
    if one.kind == "cause":
        return one.name
    if one.kind == "others":
        return brush.say["chart.pareto.others"].format(n=one.merged)
    return brush.say["chart.pareto.not_recorded"]
