"""Needs between feasibility and necessity: a mark for each verdict, the span of people, the plan's lines (§2.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supplier_eval.report.brush import INK, PALE, Brush, shorten
from supplier_eval.report.dot_names import name_dots
from supplier_eval.report.tables_risk import few

if TYPE_CHECKING:
    from supplier_eval.planning.needs_result import NeedAssessment, NeedAssessments

SIZE = (9.4, 7.2)
DARK, LIGHT = "#12355b", "#ffffff"
MARKS = {
    "candidate": ("o", DARK),
    "not_feasible": ("s", "#9db8d2"),
    "not_necessary": ("v", "#d9d9d9"),
    "undecided": ("D", LIGHT),
}
MOST_NAMES = 40


def draw_needs_map(brush: Brush, found: NeedAssessments) -> None:
    """Draw the needs that somebody marked; where there is none, say so."""
    say, placed = brush.say, [one for one in found.needs if one.necessity is not None]
    title = say["chart.needs_map.title"].format(n=len(placed))
    brush.title(title, found.standing, pad=26)
    said = found.explain(lang=brush.lang).split("\n")
    brush.alt(say["chart.needs_map.alt"].format(title=title, said=brush.run_on(said[:MOST_NAMES])))
    left = tuple(one.need for one in found.needs if one.necessity is None)
    lacking = say["chart.needs_map.unmarked"].format(needs=few(left, brush.lang)) if left else ""
    if not placed:
        brush.nothing(brush.run_on([say["chart.needs_map.nothing"], lacking]))
        return
    _frame(brush, found)
    for one in placed:
        _spans(brush, one)
    _dots(brush, placed)
    named = sorted(placed, key=lambda one: (-_figure(one.necessity) - _figure(one.feasibility), one.need))[:MOST_NAMES]
    kept = {one.need for one in named}
    x, y = [_figure(one.feasibility) for one in placed], [_figure(one.necessity) for one in placed]
    name_dots(brush, x, y, [shorten(brush.text(one.need), 24) if one.need in kept else "" for one in placed])
    brush.note(brush.run_on([say["chart.needs_map.note"], lacking]))
    brush.watermark(found.standing)


def _figure(value: float | None) -> float:
    return 0.0 if value is None else value


def _frame(brush: Brush, found: NeedAssessments) -> None:
    """Lines of the plan, what lies in the corners, limits, names of the axes."""
    ax, say, lines = brush.ax, brush.say, found.plan.lines
    ax.axhline(float(lines.necessity), color=PALE, linewidth=1.2, zorder=1)
    ax.axvline(float(lines.feasibility), color=PALE, linewidth=1.2, zorder=1)
    corners = (("candidate", 0.988, 0.985, "right", "top"), ("not_feasible", 0.012, 0.985, "left", "top"),
               ("not_necessary", 0.012, 0.015, "left", "bottom"))  # fmt: skip
    for name, x, y, across, up in corners:
        place: dict[str, Any] = {"ha": across, "va": up, "transform": ax.transAxes, "zorder": 2}
        ax.text(x, y, brush.text(say[f"plan.{name}"]), **place, **brush.style(11.0, color=PALE))
    ax.set_xlim(-4, 104)
    ax.set_ylim(-8, 110)
    for set_ticks in (ax.set_xticks, ax.set_yticks):
        set_ticks(list(range(0, 101, 20)))
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(say["chart.needs_map.x"], say["chart.needs_map.y"])
    brush.ticks()


def _spans(brush: Brush, one: NeedAssessment) -> None:
    """From the lowest to the highest figure by one person's marks alone, on both axes."""
    own = [(_figure(necessity), _figure(feasibility)) for necessity, feasibility in one.by_person.values()]
    x, y = _figure(one.feasibility), _figure(one.necessity)
    style: dict[str, Any] = {"color": "#6a6a6a", "linewidth": 1.0, "zorder": 3}
    brush.ax.plot([min(f for _, f in own), max(f for _, f in own)], [y, y], **style)
    brush.ax.plot([x, x], [min(n for n, _ in own), max(n for n, _ in own)], **style)


def _dots(brush: Brush, placed: list[NeedAssessment]) -> None:
    """A mark for each verdict, with how many there are in the legend."""
    handles, labels = [], []
    for verdict, (mark, face) in MARKS.items():
        mine = [one for one in placed if one.verdict == verdict]
        if not mine:
            continue
        x, y = [_figure(one.feasibility) for one in mine], [_figure(one.necessity) for one in mine]
        handles += brush.ax.plot(x, y, mark, color=face, markersize=9, markeredgecolor=INK, zorder=5)
        labels.append(f"{brush.say[f'plan.{verdict}']} (n = {len(mine)})")
    brush.legend_above(handles, labels)
