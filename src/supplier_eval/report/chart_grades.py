"""Grades over time: suppliers by periods, the letter in every cell, changes boxed (§3.3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from supplier_eval.report.brush import INK, Brush

if TYPE_CHECKING:
    from supplier_eval.monitor.period_review import PeriodReview

MOST_ROWS, MOST_TICKS = 60, 16
FEW = 14  # so many columns leave a narrow chart
TONES = ("#f3f6f9", "#cbd8e4", "#8fa9c2", "#4d6f93", "#12355b")
BRIGHT = 2  # from this tone on, letters are white


def grades_shape(reviews: Sequence[PeriodReview]) -> tuple[list[str], list[str]]:
    """Suppliers and periods that are drawn, the newest 36 periods."""
    frame = reviews[-1].history if reviews else None
    if frame is None or frame.empty:
        return [], []
    periods = list(dict.fromkeys(frame["period"]))[-36:]
    names = frame.loc[frame["period"].isin(periods), "supplier"]
    return sorted(dict.fromkeys(names))[:MOST_ROWS], periods


def grades_size(shape: tuple[list[str], list[str]]) -> tuple[float, float]:
    """Width and height in inches."""
    suppliers, periods = shape
    return min(17.0, 4.4 + 0.36 * max(10, len(periods))), 2.2 + 0.34 * max(3, len(suppliers))


def draw_grades(
    brush: Brush, reviews: Sequence[PeriodReview], shape: tuple[list[str], list[str]], names: Mapping[str, str]
) -> None:
    """Draw the grid; without grades, say so."""
    say, (suppliers, periods) = brush.say, shape
    standing = reviews[-1].standing if reviews else "exploratory"
    facts = {"n": len(suppliers), "first": periods[0] if periods else "–", "last": periods[-1] if periods else "–"}
    title = say["chart.grades.title"].format(**facts)
    few = len(periods) <= FEW
    brush.title(title, standing, width=52 if few else 78)
    if not suppliers:
        brush.alt(say["chart.grades.none"])
        brush.nothing(say["chart.grades.none"])
        return
    order = [band.grade for band in reviews[-1].plan.grades.bands]
    tones = _tones(order)
    frame = reviews[-1].history
    cells = {(row["supplier"], row["period"]): row for row in frame.to_dict("records")}
    changes = 0
    for y, supplier in enumerate(suppliers):
        for x, period in enumerate(periods):
            row = cells.get((supplier, period))
            changes += bool(row and row["changed"])
            _cell(brush, (x, y), row, tones)
    last = [f"{name}: {cells.get((name, periods[-1]), {}).get('grade') or '–'}" for name in suppliers]
    brush.alt(say["chart.grades.alt"].format(title=title, changes=changes, last=", ".join(last)))
    _frame(brush, suppliers, periods, names)
    brush.note(say["chart.grades.note"].format(changes=changes), below=52, width=64 if few else 110)
    brush.watermark(standing, len(suppliers))


def _tones(order: Sequence[str]) -> dict[str, int]:
    """Grade → place among the tones, the best the lightest."""
    last = max(1, len(order) - 1)
    return {grade: round(i * (len(TONES) - 1) / last) for i, grade in enumerate(order)}


def _cell(brush: Brush, at: tuple[int, int], row: Mapping[Any, Any] | None, tones: Mapping[str, int]) -> None:
    """One cell: tone and letter; hatched where the period was not rated, a box where the grade changed."""
    if row is None or not row["grade"]:
        return
    (x, y), tone = at, tones.get(row["grade"], 0)
    unrated = row["why"] == "not_rated"
    xs, ys = [x - 0.48, x + 0.48, x + 0.48, x - 0.48], [y - 0.46, y - 0.46, y + 0.46, y + 0.46]
    face = "#ffffff" if unrated else TONES[tone]
    brush.ax.fill(xs, ys, facecolor=face, edgecolor="#b0b0b0", linewidth=0.5, hatch="////" if unrated else None)
    ink = "#ffffff" if tone > BRIGHT and not unrated else INK
    box = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"} if unrated else None
    brush.ax.text(x, y, brush.text(row["grade"])[:3], ha="center", va="center", bbox=box, **brush.style(8.5, color=ink))
    if row["changed"]:
        critical = row["why"] == "critical_event"
        line = (0, (2, 1.4)) if critical else "-"
        brush.ax.plot([*xs, xs[0]], [*ys, ys[0]], color="#b3261e", linewidth=2.0, linestyle=line, zorder=5)


def _frame(brush: Brush, suppliers: Sequence[str], periods: Sequence[str], names: Mapping[str, str]) -> None:
    ax, every = brush.ax, max(1, -(-len(periods) // MOST_TICKS))
    ax.set_xticks(range(0, len(periods), every), [brush.text(label) for label in periods[::every]], rotation=45)
    one = 1 if len(suppliers) > 20 else 2
    ax.set_yticks(range(len(suppliers)), [brush.bidder(name, names.get(name, ""), 34, one) for name in suppliers])
    ax.set_xlim(-0.6, max(9.5, len(periods) - 0.4))
    ax.set_ylim(len(suppliers) - 0.4, -0.6)
    ax.tick_params(length=0)
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(brush.say["chart.grades.x"], brush.say["chart.grades.y"])
    brush.ticks(8.0)
    for label in ax.get_xticklabels():
        label.set_horizontalalignment("right")
