"""How often each bid takes each rank: stacked bars, percentages written in, the first rank with its error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import message
from supplier_eval.report.brush import INK, Brush
from supplier_eval.report.formats import number

if TYPE_CHECKING:
    from supplier_eval.robustness.acceptability_result import Acceptability

# Best rank darkest; every second one hatched, so that neighbours are told apart on any print.
SKINS = (
    ("#12355b", "", "#ffffff"),
    ("#416f98", "//", "#ffffff"),
    ("#86a9c4", "", INK),
    ("#b3c8d8", "..", INK),
    ("#d3dee7", "", INK),
    ("#e8eef3", "xx", INK),
    ("#ffffff", "", INK),
)
WIDE, NARROW = 0.085, 0.04  # shares of the axis that hold a figure with a decimal, and one without


@dataclass(frozen=True)
class RankBars:
    """What the bars show, the bid that is most often first on top.

    Parameters
    ----------
    bids : tuple of int
        Places on the bid axis of the result.
    ranks : tuple of tuple of int
        Ranks that share a segment: one each, those from the seventh on together where there are more than seven.
    shares : tuple of tuple of float
        One row a bid, fractions of 1.
    """

    bids: tuple[int, ...]
    ranks: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float, ...], ...]


def rank_bars_of(acceptability: Acceptability) -> RankBars:
    """Take shares by rank out of a result; only ranks from the seventh on are added up."""
    n, matrix = len(acceptability.bids), acceptability.matrix
    expected = acceptability.expected_rank.tolist()
    order = sorted(range(n), key=lambda b: (-float(matrix[b, 0]), expected[b], acceptability.bids[b]))
    ranks: list[tuple[int, ...]] = [(r,) for r in range(1, min(n, len(SKINS)) + 1)]
    if n > len(SKINS):
        ranks[-1] = tuple(range(len(SKINS), n + 1))
    shares = tuple(tuple(sum(float(matrix[b, r - 1]) for r in several) for several in ranks) for b in order)
    return RankBars(tuple(order), tuple(ranks), shares)


def percent_text(share: float, places: int = 1) -> str:
    """A share as a percentage; a small one is never shown as none, nor a large one as all."""
    least = 10.0**-places
    if share > 0 and 100 * share < least:
        return f"<{number(least, places)}"
    if share < 1 and 100 * (1 - share) < least:
        return f">{number(100 - least, places)}"
    return number(100 * share, places)


def rank_bars_size(acceptability: Acceptability) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    return 10.0, 2.3 + 0.44 * max(3, len(acceptability.bids))


def draw_rank_bars(brush: Brush, acceptability: Acceptability) -> None:
    """Draw the shares by rank of every bid."""
    say, ax = brush.say, brush.ax
    bars, scored = rank_bars_of(acceptability), acceptability.scored
    title = say["chart.acceptability.title"].format(lot=scored.sheet.lot, n=len(bars.bids))
    said = acceptability.explain(brush.lang).split("\n")
    brush.title(title, acceptability.standing, pad=26)
    brush.alt(say["alt.acceptability"].format(title=title, said=brush.run_on(said[:2])))
    left, handles = [0.0] * len(bars.bids), []
    for i in range(len(bars.ranks)):
        face, hatch, ink = SKINS[i]
        widths = [100 * row[i] for row in bars.shares]
        edge = ink if hatch else INK
        handles.append(
            ax.barh(
                range(len(left)),
                widths,
                0.7,
                left=left,
                color=face,
                hatch=hatch,
                edgecolor=edge,
                linewidth=0.6,
                zorder=2,
            )
        )
        _figures(brush, i, left, widths)
        left = [start + more for start, more in zip(left, widths, strict=True)]
    _first(brush, acceptability, bars)
    _frame(brush, acceptability, bars)
    names = [say["chart.acceptability.rank"].format(rank=ranks[0]) for ranks in bars.ranks]
    if len(bars.ranks[-1]) > 1:
        names[-1] = say["chart.acceptability.lower"].format(rank=bars.ranks[-1][0])
    brush.legend_above(handles, names)
    brush.note(brush.run_on([said[0], _how(brush, acceptability), held_fixed(brush, acceptability)]))
    brush.watermark(acceptability.standing, len(bars.bids))


def _figures(brush: Brush, i: int, left: list[float], widths: list[float]) -> None:
    """Percentages inside the segments that are wide enough."""
    face, hatch, ink = SKINS[i]
    box = {"boxstyle": "square,pad=0.12", "facecolor": face, "edgecolor": "none"} if hatch else None
    for y, (start, wide) in enumerate(zip(left, widths, strict=True)):
        if wide < 100 * NARROW:
            continue
        shown = percent_text(wide / 100, 1 if wide >= 100 * WIDE else 0)
        where = start + wide / 2
        brush.ax.text(where, y, shown, ha="center", va="center", bbox=box, zorder=4, **brush.style(8.0, color=ink))


def _first(brush: Brush, acceptability: Acceptability, bars: RankBars) -> None:
    """To the right of the bars, the first rank with the half-width of its interval."""
    half = acceptability.half_widths()[:, 0]
    place: dict[str, Any] = {
        "xycoords": ("axes fraction", "data"),
        "textcoords": "offset points",
        "ha": "left",
        "va": "center",
    }
    for y, b in enumerate(bars.bids):
        shown = f"{percent_text(float(acceptability.first[b]))} ± {percent_text(float(half[b]))} %"
        brush.ax.annotate(shown, (1.0, y), (8, 0), annotation_clip=False, **place, **brush.style(8.5, color=INK))
    head: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "left", "va": "bottom"}
    text = brush.text(brush.say["chart.acceptability.first"])
    brush.ax.annotate(text, (1.0, 1.0), (8, 4), annotation_clip=False, **head, **brush.style(8.5, color=INK))


def _frame(brush: Brush, acceptability: Acceptability, bars: RankBars) -> None:
    ax, say, sheet = brush.ax, brush.say, acceptability.scored.sheet
    n = len(bars.bids)
    names = brush.labels(sheet, [acceptability.bids[b] for b in bars.bids], lines=2 if n <= 20 else 1)
    ax.set_yticks(range(n), names)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(n - 0.4, -0.6)
    ax.set_xlim(0.0, 100.0)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(say["chart.acceptability.x"], say["chart.acceptability.y"])
    brush.ticks()


def held_fixed(brush: Brush, acceptability: Acceptability) -> str:
    """That some values depend on the weights and were held as they are, where it is so."""
    return message("acceptability.fixed_values", brush.lang) if acceptability.scored.weights_move_values else ""


def _how(brush: Brush, acceptability: Acceptability) -> str:
    """What was drawn, and what ± means."""
    values = "chart.acceptability.uncertain" if acceptability.uncertain else "chart.acceptability.certain"
    facts = {"draws": f"{acceptability.draws:,}", "scrambles": acceptability.scrambles}
    return brush.run_on([brush.say[values], brush.say["chart.acceptability.note"].format(**facts)])
