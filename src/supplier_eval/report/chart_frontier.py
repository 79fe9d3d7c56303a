"""What a better figure in one objective costs in another: the points of a front, proved segments, the chosen point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supplier_eval.messages import message
from supplier_eval.report.brush import INK, Brush
from supplier_eval.report.tables_award import measure_figure, measure_label

if TYPE_CHECKING:
    from supplier_eval.award.frontier_result import Frontier

DARK, CHOSEN = "#12355b", "#b3261e"
NUMBERED = 12  # up to so many points have their number beside them
THIRD = 3
BETTER = {"min": "chart.award_frontier.min", "max": "chart.award_frontier.max"}


def frontier_size(front: Frontier) -> tuple[float, float]:
    """Width and height in inches that the front needs."""
    return (9.6, 5.8) if front.points else (9.0, 2.0)


def draw_frontier(brush: Brush, front: Frontier, chosen: int | None) -> None:
    """Draw the front; where it has no point, say so."""
    say, ax = brush.say, brush.ax
    labels = [measure_label(name, front.problem, brush.lang) for name in front.objectives]
    title = say["chart.award_frontier.title"].format(n=len(front.points), objectives=" – ".join(labels))
    said = front.explain(brush.lang).split("\n")
    brush.title(title, front.standing)
    brush.alt(say["chart.award_frontier.alt"].format(title=title, said=brush.run_on(said[:2])))
    if not front.points:
        brush.nothing(said[0])
        return
    xs, ys = ([float(point.figures[name]) for point in front.points] for name in front.objectives[:2])
    handles, names = _segments(brush, front)
    made = _points(brush, front, xs, ys)
    handles, names = handles + made[0], names + made[1]
    if chosen is not None:
        ring = ax.scatter(
            [xs[chosen]], [ys[chosen]], s=190, facecolors="none", edgecolors=CHOSEN, linewidths=2.2, zorder=5
        )
        handles, names = [*handles, ring], [*names, say["chart.award_frontier.chosen"]]
        _beside(brush, front, xs, ys, chosen)
    ax.margins(0.12)
    ax.grid(color="#d8d8d8", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ends = [say[BETTER[front.senses[name]]] for name in front.objectives[:2]]
    brush.axis_labels(f"{labels[0]}, {ends[0]}", f"{labels[1]}, {ends[1]}")
    ax.ticklabel_format(style="plain", useOffset=False)
    _plain_ticks(brush, xs, ys)
    brush.ticks()
    if len(handles) > 1:
        brush.legend(handles, names)
    brush.note(_remark(brush, front))
    brush.watermark(front.standing)


def _remark(brush: Brush, front: Frontier) -> str:
    """Whether anything is missing, and why that is not known."""
    if front.status == "complete":
        return brush.say["chart.award_frontier.note_proved"]
    why = [message(f"frontier.open.{code}", brush.lang) for code in front.reasons]
    return brush.run_on([brush.say["chart.award_frontier.note_open"], *why])


def _plain_ticks(brush: Brush, xs: list[float], ys: list[float]) -> None:
    """Few ticks with thousands parted by commas."""
    for axis, values in ((brush.ax.xaxis, xs), (brush.ax.yaxis, ys)):
        if max(abs(value) for value in values) >= 1000:
            axis.set_major_formatter("{x:,.0f}")
    brush.ax.locator_params(axis="x", nbins=6)


def _segments(brush: Brush, front: Frontier) -> tuple[list[Any], list[str]]:
    """Straight lines between points on which every award in between is as good, which is proved."""
    drawn: list[Any] = []
    for pair in front.segments:
        x, y = ([float(point.figures[name]) for point in pair] for name in front.objectives[:2])
        drawn = brush.ax.plot(x, y, color=DARK, linewidth=1.4, zorder=2)
    return drawn, [brush.say["chart.award_frontier.segment"]] if drawn else []


def _points(brush: Brush, front: Frontier, xs: list[float], ys: list[float]) -> tuple[list[Any], list[str]]:
    """Full dots, hollow where no weights of the objectives lead to the point; numbered where there is room."""
    ax, say = brush.ax, brush.say
    if len(front.objectives) == THIRD:
        third = [float(point.figures[front.objectives[2]]) for point in front.points]
        dots = ax.scatter(xs, ys, c=third, cmap="cividis", s=52, edgecolors=INK, linewidths=0.6, zorder=3)
        bar = ax.figure.colorbar(dots, ax=ax, pad=0.02, fraction=0.05)
        bar.set_label(brush.text(measure_label(front.objectives[2], front.problem, brush.lang)), **brush.style(9.0))
        return [], []
    handles: list[Any] = []
    names: list[str] = []
    for hollow, code in ((False, "chart.award_frontier.point"), (True, "chart.award_frontier.hollow")):
        at = [i for i, point in enumerate(front.points) if (point.supported is False) is hollow]
        if at:
            face = "#ffffff" if hollow else DARK
            dots = ax.scatter(
                [xs[i] for i in at], [ys[i] for i in at], s=42, facecolors=face, edgecolors=DARK, zorder=3
            )
            handles.append(dots)
            names.append(say[code])
    if len(xs) <= NUMBERED:
        for i, (x, y) in enumerate(zip(xs, ys, strict=True), start=1):
            ax.annotate(str(i), (x, y), (5, 5), textcoords="offset points", **brush.style(8.0, color=INK))
    return handles, names


def _beside(brush: Brush, front: Frontier, xs: list[float], ys: list[float], chosen: int) -> None:
    """The figures of the chosen point, on the side of the curve where there is room."""
    point = front.points[chosen]
    figures = [
        f"{measure_label(name, front.problem, brush.lang)}: {measure_figure(name, front.problem, point.figures[name])}"
        for name in front.objectives
    ]
    right = xs[chosen] > (min(xs) + max(xs)) / 2
    rising = front.senses[front.objectives[0]] != front.senses[front.objectives[1]]
    below = rising is not right  # beside a curve that rises from left to right there is room below its left half
    style = brush.style(8.0, color=CHOSEN, ha="right" if right else "left", va="top" if below else "bottom", zorder=6)
    style["bbox"] = {"facecolor": "#ffffff", "edgecolor": "none", "alpha": 0.85, "pad": 1.5}
    away = (-14 if right else 14, -6 if below else 6)
    brush.ax.annotate(
        brush.text("\n".join(figures)), (xs[chosen], ys[chosen]), away, textcoords="offset points", **style
    )
