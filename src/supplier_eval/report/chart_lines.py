"""Totals against one weight: a straight line a bid, crossings marked, the interval in which the winner stays shaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supplier_eval.report.brush import INK, Brush, cells, wrap
from supplier_eval.report.end_labels import line_ends

if TYPE_CHECKING:
    from supplier_eval.robustness.weight_lines import ScoreLines

POINTS = 100.0
SAME = 5e-10  # points; totals equal to nine decimals are equal
LEVEL = 1e-9  # share
# Lines of the bids that are first somewhere: colour, pattern. All others are thin and pale.
LEADERS = (
    ("#c45a00", (0, (6, 2))),
    ("#2f7f8f", (0, (2, 1.5))),
    ("#8c2f52", (0, (8, 2, 2, 2))),
    ("#3c6e3c", (0, (4, 1, 1, 1, 1, 1))),
    ("#5a4fa0", (0, (1, 1))),
)
LONG_ID = 20  # cells
GAP = 11.0  # points between two names


@dataclass(frozen=True)
class Stays:
    """Where the winner stays first: shares of the parent, or None where it is not first by unrounded totals now."""

    lower: float
    upper: float


def stays_of(lines: ScoreLines) -> Stays | None:
    """Read off the crossings between which shares the policy's winner stays first."""
    now, winner = lines.node.share, lines.scored.winner
    totals = lines.totals_at(now)
    if totals[lines.bids.index(winner)] < totals.max() - SAME:
        return None
    lost = [c.share for c in lines.crossings if c.leads and c.before == winner and c.share >= now - LEVEL]
    gained = [c.share for c in lines.crossings if c.leads and c.after == winner and c.share <= now + LEVEL]
    return Stays(max(gained, default=0.0), min(lost, default=1.0))


def lines_size(lines: ScoreLines) -> tuple[float, float]:
    """Width and height in inches that the lines need."""
    return 9.6, max(5.4, 2.4 + 0.19 * len(lines.bids))


def draw_lines(brush: Brush, lines: ScoreLines) -> None:
    """Draw the totals of all bids while one weight moves from nothing to the whole of its parent."""
    say, scored = brush.say, lines.scored
    label = scored.label(lines.node.id, brush.lang)
    title = say["chart.score_lines.title"].format(criterion=label, lot=scored.sheet.lot, n=len(lines.bids))
    said = lines.explain(brush.lang).split("\n")
    brush.title(title, lines.standing, pad=26)
    brush.alt(say["alt.score_lines"].format(title=title, said=brush.run_on(said)))
    whole = lines.node.parent_weight * POINTS
    _shade(brush, lines, whole)
    leading = _leaders(lines)
    drawn = [_line(brush, lines, b, leading, whole) for b in range(len(lines.bids))]
    _crossings(brush, lines, whole)
    _frame(brush, lines, whole)
    brush.note(brush.run_on([say["chart.score_lines.note"], *said]))
    _name_lines(brush, lines, drawn, whole)  # last: what stands below takes height from the axes
    brush.watermark(lines.standing)


def _leaders(lines: ScoreLines) -> list[str]:
    """The policy's winner, then the bids that are first at some other weight, in the order in which they are."""
    named = [bid for c in lines.crossings if c.leads for bid in (c.before, c.after)]
    return list(dict.fromkeys([lines.scored.winner, *named]))


def _line(brush: Brush, lines: ScoreLines, b: int, leading: list[str], whole: float) -> Any:  # noqa: ANN401 - a line
    """One bid's line."""
    bid, start = lines.bids[b], float(lines.intercept[b])
    style: dict[str, Any] = {"color": "#9a9a9a", "linewidth": 0.9, "zorder": 2}
    if bid == lines.scored.winner:
        style = {"color": "#12355b", "linewidth": 2.8, "zorder": 4}
    elif bid in leading:
        color, pattern = LEADERS[(leading.index(bid) - 1) % len(LEADERS)]
        style = {"color": color, "linewidth": 1.9, "linestyle": pattern, "zorder": 3}
    return brush.ax.plot([0.0, whole], [start, start + float(lines.slope[b])], **style)[0]


def _shade(brush: Brush, lines: ScoreLines, whole: float) -> None:
    """The interval in which the winner stays, the published weight, and the legend of both."""
    ax, say = brush.ax, brush.say
    handles: list[Any] = []
    names = []
    stays = stays_of(lines)
    if stays is not None and lines.node.beside.any():
        handles.append(ax.axvspan(stays.lower * whole, stays.upper * whole, color="#dfe8ef", linewidth=0, zorder=0))
        names.append(say["chart.score_lines.stays"].format(winner=brush.bid(lines.scored.winner, 18)))
    handles.append(
        ax.axvline(lines.node.share * whole, color="#000000", linewidth=1.3, linestyle=(0, (1, 1)), zorder=5)
    )
    names.append(say["chart.score_lines.published"])
    if lines.crossings:
        handles += ax.plot([], [], "o", color=INK, markersize=6)
        names.append(say["chart.score_lines.crossing"])
    brush.legend_above(handles, names)


def _crossings(brush: Brush, lines: ScoreLines, whole: float) -> None:
    """Full dots where the first place changes hands, small ones elsewhere."""
    for leads, size, color, edge in ((False, 2.6, "#6a6a6a", "#6a6a6a"), (True, 7.0, INK, "#ffffff")):
        met = [c for c in lines.crossings if c.leads is leads]
        at, totals = [c.share * whole for c in met], [c.total for c in met]
        brush.ax.plot(at, totals, "o", color=color, markersize=size, markeredgecolor=edge, zorder=6)


def _frame(brush: Brush, lines: ScoreLines, whole: float) -> None:
    """Limits, grid and names of the axes."""
    ax, say = brush.ax, brush.say
    ax.set_xlim(0.0, whole if whole > 0 else 1.0)
    ax.margins(y=0.06)
    ax.grid(color="#e3e3e3", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    label = wrap(brush.text(lines.scored.label(lines.node.id, brush.lang)), 60, 1)
    brush.axis_labels(say["chart.score_lines.x"].format(criterion=label), say["chart.score_lines.y"])
    brush.ticks()


def _name(brush: Brush, bid: str, name: str) -> str:
    """A bid with its bidder's name on one line; a long id alone."""
    return brush.bidder(bid, name, 26, 1) if cells(bid) <= LONG_ID else brush.bid(bid, 26)


def _name_lines(brush: Brush, lines: ScoreLines, drawn: list[Any], whole: float) -> None:
    """Each bid's name at the right end of its line, moved up or down where names would meet."""
    x = whole if whole > 0 else 1.0
    ends = [
        (
            _name(brush, bid, lines.scored.name(bid)),
            x,
            float(line.get_ydata()[-1]),
            line.get_color() if bid == lines.scored.winner else INK,
        )
        for bid, line in zip(lines.bids, drawn, strict=True)
    ]
    line_ends(brush, ends, size=8.0, away=18, gap=GAP)
