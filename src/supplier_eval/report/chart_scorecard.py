"""A scorecard as tiles: columns by branch, a tile a KPI with its raw figure, its target, and its number of cases.

Clauses of the policy (§3.3.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.messages import message
from supplier_eval.report.brush import INK, Brush, wrap
from supplier_eval.report.figure_words import is_share, kpi_figure, target_words

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_definitions import KpiDefinition
    from supplier_eval.monitor.period_review import PeriodReview
    from supplier_eval.monitor.scorecard import Scorecard, ScoreLine

MET, MISSED, OPEN, NONE = "#eef3f8", "#12355b", "#c9d3de", "#ffffff"
HIGH, WIDE, MOST = 1.0, 3.3, 5
NAME, FIGURE, SMALL = 8.0, 12.0, 7.6


def tile_columns(card: Scorecard) -> list[tuple[str, list[ScoreLine]]]:
    """Branches with a KPI, each with its lines, the heaviest first; what does not apply is left out.

    A branch of more than five has several columns.
    """
    columns = []
    for branch in card.plan.tree.branches:
        own = [line for line in card.lines if line.branch == branch.id and line.status != "not_applicable"]
        if own:
            ordered = sorted(own, key=lambda line: (-line.weight, line.kpi))
            columns += [(branch.id, ordered[at : at + MOST]) for at in range(0, len(ordered), MOST)]
    return columns


def tiles_size(card: Scorecard) -> tuple[float, float]:
    """Width and height in inches that the tiles need."""
    columns = tile_columns(card)
    rows = max([1, *(len(lines) for _, lines in columns)])
    return max(7.5, WIDE * max(2, len(columns))), 1.9 + HIGH * rows


def draw_tiles(brush: Brush, review: PeriodReview, card: Scorecard, name: str) -> None:
    """Draw the tiles of one supplier; without any, say so."""
    say, ax, columns = brush.say, brush.ax, tile_columns(card)
    who = brush.bidder(card.supplier, name, 60, 2).replace("\n", " ")
    title = say["chart.tiles.title"].format(supplier=who, period=card.period)
    brush.title(title, review.standing, width=92)
    said = _total(card, say)
    brush.alt(say["chart.tiles.alt"].format(title=title, said=said))
    if not columns:
        brush.nothing(said)
        return
    rows = max(len(lines) for _, lines in columns)
    kpis = {kpi.id: kpi for kpi in card.plan.kpis}
    met = _met(review, card)
    for x, (branch, lines) in enumerate(columns):
        if x == 0 or columns[x - 1][0] != branch:
            _head(brush, card, branch, x)
        for y, line in enumerate(lines):
            _tile(brush, kpis[line.kpi], line, met.get(line.kpi), (x, y))
    ax.set_xlim(-0.03, len(columns) + 0.03)
    ax.set_ylim(rows + 0.05, -0.55)
    ax.set_axis_off()
    brush.note(f"{said} {say['chart.tiles.note']}", below=8, width=46 * max(2, len(columns)))
    brush.watermark(review.standing, rows)


def _total(card: Scorecard, say: Mapping[str, str]) -> str:
    if card.raw is None:
        return say["chart.tiles.unrated"].format(coverage=f"{100 * float(card.coverage):.0f}")
    spread = card.raw.spread
    facts = {"score": card.raw.score, "lower": f"{spread.lower:.1f}", "upper": f"{spread.upper:.1f}"}
    facts |= {"grade": card.grade or "–", "coverage": f"{100 * float(card.coverage):.0f}"}
    return say["chart.tiles.total"].format(**facts)


def _met(review: PeriodReview, card: Scorecard) -> dict[str, bool]:
    """KPIs of which the results say whether the target is met."""
    if "meets_target" not in review.kpis.columns:
        return {}
    rows = review.kpis[review.kpis["supplier"] == card.supplier]
    known = rows[rows["meets_target"].notna()]
    return {str(kpi): bool(met) for kpi, met in zip(known["kpi"], known["meets_target"], strict=True)}


def _head(brush: Brush, card: Scorecard, branch: str, x: int) -> None:
    own = next(one for one in card.plan.tree.branches if one.id == branch)
    raw, _, _ = card.branch_points(branch)
    weight = f"{100 * float(card.plan.tree.branch_weights[branch]):.4g}"
    points = "–" if np.isnan(raw) else f"{raw:.1f}"
    text = brush.say["chart.tiles.branch"].format(
        branch=own.name.say(brush.lang) or branch, weight=weight, points=points
    )
    place: dict[str, Any] = {"ha": "left", "va": "bottom"}
    brush.ax.text(x + 0.02, -0.05, wrap(brush.text(text), 46, 2), **place, **brush.style(9.0, color=INK))


def _tile(brush: Brush, kpi: KpiDefinition, line: ScoreLine, met: bool | None, at: tuple[int, int]) -> None:
    x, y = at
    measured = line.status == "measured"
    face = NONE if not measured else OPEN if met is None else MET if met else MISSED
    ink = "#ffffff" if face == MISSED else INK
    left, right, top, bottom = x + 0.015, x + 0.985, y + 0.03, y + 0.95
    brush.ax.fill(
        [left, right, right, left],
        [top, top, bottom, bottom],
        facecolor=face,
        edgecolor="#8a8a8a" if measured else "#a8a8a8",
        linewidth=0.9,
        hatch=None if measured else "////",
        zorder=1,
    )
    box = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none"} if not measured else None
    texts = _texts(brush, kpi, line, met)
    for dx, dy, text, size, ha in (
        (0.035, 0.17, wrap(brush.text(texts[0]), 46, 1), NAME, "left"),
        (0.035, 0.5, brush.text(texts[1]), FIGURE if measured else NAME, "left"),
        (0.965, 0.5, brush.text(texts[2]), NAME, "right"),
        (0.035, 0.82, wrap(brush.text(texts[3]), 54, 1), SMALL, "left"),
    ):
        if text:
            place: dict[str, Any] = {"ha": ha, "va": "center", "zorder": 3, "bbox": box}
            brush.ax.text(x + dx, y + dy, text, **place, **brush.style(size, color=ink))


def _texts(brush: Brush, kpi: KpiDefinition, line: ScoreLine, met: bool | None) -> tuple[str, str, str, str]:
    """Name, figure, whether the target is met, and what it rests on."""
    say = brush.say
    name = kpi.name.say(brush.lang) or kpi.id
    target = target_words(kpi, brush.lang, unit=is_share(kpi))
    if line.status != "measured":
        return name, message(f"scorecard.status.{line.status}", brush.lang), "", target
    mark = say["chart.tiles.open"] if met is None else say["chart.tiles.met" if met else "chart.tiles.missed"]
    least = "≥ " if line.at_least else ""
    n = "–" if np.isnan(line.n) else f"{line.n:,.0f}"
    share = say["chart.tiles.watched"] if not line.weight else f"{line.raw_points:.0f}"
    rest = say["chart.tiles.rests"].format(target=target, n=n, points=share)
    return name, least + kpi_figure(kpi, line.raw, brush.lang), mark, rest
