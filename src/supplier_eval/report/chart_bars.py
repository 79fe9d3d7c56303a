"""Weighted scores as stacked bars: points by top criterion, a line for rounding where it acts, the total at the end.

Clauses of the policy (§3.2.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.rank.points import ROUNDING
from supplier_eval.report.brush import INK, Brush
from supplier_eval.report.formats import number
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.rank.points import PointsRanking

# Face, hatch, colour of hatch and edge. Neighbours differ in lightness, so that a grey print can be read.
SKINS = (
    ("#12355b", "", "#ffffff"),
    ("#f2a65a", "", "#4d3014"),
    ("#2f7f8f", "//", "#ffffff"),
    ("#f7e3b5", "..", "#6b5a2b"),
    ("#8c2f52", "", "#ffffff"),
    ("#bcd8e0", "xx", "#31586a"),
    ("#5a5a5a", "\\\\", "#ffffff"),
    ("#e4c1d2", "", "#5e2b45"),
    ("#3c6e3c", "..", "#ffffff"),
    ("#d9d9d9", "//", "#4a4a4a"),
)
EVERY = ("", "++", "oo", "--")  # a second round of the skins has another hatch


@dataclass(frozen=True)
class Bars:
    """What the bars show, best bid first.

    Parameters
    ----------
    bids : tuple of str
        Ranked bids.
    ranks : tuple of int
    totals : tuple of float
        Points of 100, after rounding.
    parts : tuple of (str, str, tuple of float)
        Criterion id, its label, points a bid; ``rounding`` comes last where it acts.
    """

    bids: tuple[str, ...]
    ranks: tuple[int, ...]
    totals: tuple[float, ...]
    parts: tuple[tuple[str, str, tuple[float, ...]], ...]


def bars_of(ranking: PointsRanking, lang: Lang = "en") -> Bars:
    """Take the points by top criterion out of a ranking; each bid's parts add up to its total."""
    tree, bids = ranking.sheet.tree, ranking.order
    by_bid = [ranking.criteria_points(bid) for bid in bids]
    tops = [root.id for root in tree.roots] if tree is not None else list(ranking.sheet.criteria)
    parts = []
    for name in tops:
        label = (tree[name].name.say(lang) if tree is not None else "") or name
        parts.append((name, label, tuple(points.get(name, 0.0) for points in by_bid)))
    if any(ROUNDING in points for points in by_bid):
        rounding = tuple(points.get(ROUNDING, 0.0) for points in by_bid)
        parts.append((ROUNDING, words(lang)["chart.rounding"], rounding))
    ranks = tuple(ranking.rank_of(bid) for bid in bids)
    return Bars(bids, ranks, tuple(ranking.total_of(bid) for bid in bids), tuple(parts))


def bars_size(ranking: PointsRanking) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    n = len(ranking.order)
    return 10.0, 1.7 + max(3, n) * (0.46 if n <= 20 else 0.34)


def draw_bars(brush: Brush, ranking: PointsRanking) -> None:
    """Draw the bars of a ranking; where there is no order, say why."""
    say, ax = brush.say, brush.ax
    lot = ranking.sheet.lot
    bars = bars_of(ranking, brush.lang)
    brush.title(say["chart.bars.title"].format(lot=lot, n=len(bars.bids)), ranking.standing)
    if not bars.bids:
        stopped = ranking.stopped
        brush.nothing(stopped.say(brush.lang) if stopped is not None else say["outcome.nobody"])
        return
    at = list(range(len(bars.bids)))
    left = [0.0] * len(at)
    handles = []
    for i, (name, _, points) in enumerate(bars.parts):
        face, hatch, edge = _skin(i) if name != ROUNDING else ("#000000", "", "#000000")
        height = 0.66 if name != ROUNDING else 0.82
        handles.append(
            ax.barh(at, points, height, left=left, color=face, hatch=hatch, edgecolor=edge, linewidth=0.6, zorder=2)
        )
        left = [start + more for start, more in zip(left, points, strict=True)]
    for y, total in zip(at, bars.totals, strict=True):
        shown = number(total, 2 if round(total, 2) == round(total, 9) else 3)
        ax.annotate(
            shown, (total, y), (4, 0), textcoords="offset points", va="center", **brush.style(8.5, color=INK), zorder=4
        )
    _frame(brush, ranking, bars)
    brush.legend(handles, [label for _, label, _ in bars.parts])
    brush.watermark(ranking.standing, len(at))


def _frame(brush: Brush, ranking: PointsRanking, bars: Bars) -> None:
    """Ticks, limits, grid and names of the axes."""
    ax, say = brush.ax, brush.say
    names = brush.labels(ranking.sheet, bars.bids, lines=2 if len(bars.bids) <= 20 else 1)
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0, pad=26)
    for y, rank in enumerate(bars.ranks):
        style = brush.style(8.5, color=INK)
        ax.annotate(str(rank), (0, y), (-6, 0), textcoords="offset points", ha="right", va="center", **style)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(0.0, max(100.0, *bars.totals) * 1.09)
    ax.grid(axis="x", color="#d0d0d0", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(say["chart.bars.x"], say["chart.bars.y"])
    brush.ticks()


def _skin(i: int) -> tuple[str, str, str]:
    face, hatch, edge = SKINS[i % len(SKINS)]
    return face, hatch + EVERY[(i // len(SKINS)) % len(EVERY)], edge
