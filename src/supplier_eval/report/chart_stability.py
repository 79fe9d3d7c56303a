"""Between which weights the winner stays: a bar a criterion, the published weight a tick, challengers at the ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supplier_eval.report.brush import INK, Brush
from supplier_eval.report.end_labels import EndLabels
from supplier_eval.report.formats import number
from supplier_eval.robustness.stability_words import caveats

if TYPE_CHECKING:
    from supplier_eval.robustness.stability_front import NodeStability, WeightStability

POSSIBLE, STAYS, ELSEWHERE = "#e4e4e4", "#2f6f9f", "#b9cfdf"
HEIGHT = 0.62


def stability_size(stability: WeightStability) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    if len(stability.scored.bids) == 1:
        return 10.0, 2.0
    return 10.0, 2.3 + 0.38 * max(3, len(stability.nodes))


def draw_stability(brush: Brush, stability: WeightStability) -> None:
    """Draw the intervals, the tightest on top; where there is one bid only, say so."""
    say, scored = brush.say, stability.scored
    lines = stability.by_room
    winner = brush.bid(stability.winner, 30)
    facts = {"winner": winner, "lot": scored.sheet.lot, "n": len(scored.bids)}
    title = say["chart.stability.title" if facts["lot"] else "chart.stability.title_alone"].format(**facts)
    said = stability.explain(brush.lang).split("\n")
    brush.title(title, stability.standing, pad=26)
    brush.alt(say["alt.stability"].format(title=title, said=brush.run_on(said[:2])))
    if len(scored.bids) == 1 or not lines:
        brush.nothing(said[0])
        return
    labels = EndLabels(brush)
    for y, line in enumerate(lines):
        _bar(brush, line, y, labels)
    _frame(brush, stability)
    most = max(line.points(1.0) for line in lines)
    labels.fit(0.0, most)
    brush.ax.set_xticks([tick for tick in brush.ax.get_xticks().tolist() if -1e-9 <= tick <= most + 1e-9])
    brush.ticks()
    brush.note(brush.run_on([say["chart.stability.note"], *caveats(scored, brush.lang)]))
    brush.watermark(stability.standing, len(lines))


def _bar(brush: Brush, line: NodeStability, y: int, labels: EndLabels) -> None:
    """The range that is possible, the interval in it, the tick, and the names at the ends."""
    ax, first, now = brush.ax, line.first, line.weight_points
    whole = line.points(1.0)
    ax.barh(y, whole, HEIGHT, color=POSSIBLE, linewidth=0.0, zorder=1)
    lower, upper = line.points(first.lower), line.points(first.upper)
    if not line.movable:
        labels.put(whole, y, brush.say["chart.stability.fixed"], "right")
    elif not first.ever:
        labels.put(whole, y, brush.say["chart.stability.never"], "right")
    else:
        face, hatch = (STAYS, "") if first.holds_now else (ELSEWHERE, "////")
        ax.barh(y, upper - lower, HEIGHT, left=lower, color=face, hatch=hatch, edgecolor=INK, linewidth=0.6, zorder=2)
        labels.put(min(lower, now), y, _challenger(brush, line.challengers_low, lower), "left")
        labels.put(max(upper, now), y, _challenger(brush, line.challengers_high, upper), "right")
    ends = [y - 0.44, y + 0.44]
    ax.plot([now, now], ends, color="#ffffff", linewidth=4.0, solid_capstyle="butt", zorder=3)
    ax.plot([now, now], ends, color="#000000", linewidth=2.0, solid_capstyle="butt", zorder=4)


def _challenger(brush: Brush, bids: tuple[str, ...], at: float) -> str:
    """Who takes over and at how many points; the first of several, with their number."""
    if not bids:
        return ""
    more = f" +{len(bids) - 1}" if len(bids) > 1 else ""
    return f"{brush.bid(bids[0])}{more} {number(at, 2)}"


def _frame(brush: Brush, stability: WeightStability) -> None:
    """Names of the criteria, grid, legend and names of the axes."""
    ax, say, lines = brush.ax, brush.say, stability.by_room
    ax.set_yticks(range(len(lines)), [brush.criterion(stability.scored, line.node) for line in lines])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(lines) - 0.4, -0.6)
    ax.grid(axis="x", color="#d0d0d0", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    movable = [line for line in lines if line.movable and line.first.ever]
    handles: list[Any] = []
    names = []
    if any(line.first.holds_now for line in movable):
        handles.append(ax.barh(0, 0, color=STAYS, edgecolor=INK, linewidth=0.6))
        names.append(say["chart.stability.stays"])
    if not all(line.first.holds_now for line in movable):
        handles.append(ax.barh(0, 0, color=ELSEWHERE, hatch="////", edgecolor=INK, linewidth=0.6))
        names.append(say["chart.stability.elsewhere"])
    handles.append(ax.barh(0, 0, color=POSSIBLE, linewidth=0.0))
    names.append(say["chart.stability.possible"])
    handles += ax.plot([], [], color="#000000", linewidth=2.0)
    brush.legend_above(handles, [*names, say["chart.stability.published"]])
    brush.axis_labels(say["chart.stability.x"], say["chart.stability.y"])
    brush.ticks()
