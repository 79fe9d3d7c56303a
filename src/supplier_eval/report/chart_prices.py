"""Prices of tenders beside each other: every bid as a share of the reserve price, one row a tender."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import UnknownName
from supplier_eval.report.brush import INK, PALE, Brush, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supplier_eval.integrity.bid_screens import BidScreens

MOST_ROWS = 40
DEFAULT_ROWS = 25
WINNER, LOSER = "#12355b", "#ffffff"


@dataclass(frozen=True)
class PriceRow:
    """One tender: its prices over their scale, which of them won, flags."""

    label: str
    ratios: tuple[float, ...]
    won: tuple[bool, ...]
    minimum: float | None
    flags: int


@dataclass(frozen=True)
class PriceRows:
    """Tenders that are drawn, how many there are, and what prices are shares of."""

    rows: tuple[PriceRow, ...]
    tenders: int
    of_reserve: bool


def price_rows(screens: BidScreens, tenders: Sequence[str] | None) -> PriceRows:
    """Choose the tenders (those named, else those with most flags) and put prices on their scale."""
    table = screens.table
    count = dict.fromkeys(table.labels, 0)
    for flag in screens.flags:
        if flag.lot:
            count[flag.lot] += 1
    n = len(table.labels)
    with_reserve = np.zeros(n, dtype=bool) if table.reserve is None else ~np.isnan(table.reserve)
    place = {label: at for at, label in enumerate(table.labels)}
    if tenders is None:
        known = with_reserve if with_reserve.any() else np.ones(n, dtype=bool)
        usable = [label for label in table.labels if known[place[label]] and table.n_bids[place[label]] > 1]
        chosen = sorted(usable, key=lambda label: -count[label])[:DEFAULT_ROWS]
    else:
        chosen = [str(label) for label in ([tenders] if isinstance(tenders, str) else tenders)][:MOST_ROWS]
        for label in chosen:
            if label not in place:
                raise UnknownName("tender", label, table.labels)
    of_reserve = bool(chosen) and all(with_reserve[place[label]] for label in chosen)
    rows = tuple(_row(screens, place[label], count[label], of_reserve) for label in chosen)
    return PriceRows(rows, n, of_reserve)


def _row(screens: BidScreens, at: int, flags: int, of_reserve: bool) -> PriceRow:
    table, own = screens.table, screens.table.bids_of(at)
    prices = table.price[own]
    scale = float(prices.min())
    if of_reserve and table.reserve is not None:
        scale = float(table.reserve[at])
    won = (False,) * len(prices) if table.winner is None else tuple(table.winner[own].tolist())
    least = table.minimum[at] if table.minimum is not None else np.nan
    minimum = None if np.isnan(least) else float(least) / scale
    return PriceRow(table.labels[at], tuple((prices / scale).tolist()), won, minimum, flags)


def prices_size(shown: PriceRows) -> tuple[float, float]:
    """Width and height in inches that the tenders need."""
    return 9.6, 2.2 + 0.27 * max(4, len(shown.rows))


def draw_prices(brush: Brush, shown: PriceRows) -> None:
    """Draw a line from the lowest to the highest price, a mark for every bid, and the number of bids."""
    say, ax = brush.say, brush.ax
    title = say["chart.prices.title"].format(n=len(shown.rows), all=shown.tenders)
    brush.title(title, "exploratory")
    if not shown.rows:
        brush.nothing(say["chart.prices.none"])
        return
    for y, row in enumerate(shown.rows):
        low, high = min(row.ratios), max(row.ratios)
        ax.plot([100 * low, 100 * high], [y, y], color="#9a9a9a", linewidth=1.0, zorder=1)
        for ratio, won in sorted(zip(row.ratios, row.won, strict=True), key=lambda pair: pair[1]):
            face, marker, size = (WINNER, "D", 34) if won else (LOSER, "o", 24)
            ax.scatter(100 * ratio, y, s=size, marker=marker, c=face, edgecolors=INK, linewidths=0.8, zorder=3)
        if row.minimum is not None:
            ax.plot([100 * row.minimum] * 2, [y - 0.36, y + 0.36], color=INK, linewidth=1.6, zorder=2)
        place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "ha": "left", "va": "center"}
        ax.annotate(brush.text(f"{len(row.ratios)}"), (1.01, y), **place, **brush.style(8.0, color=INK))
        ax.annotate(brush.text(f"{row.flags or ''}"), (1.055, y), **place, **brush.style(8.0, color=INK))
    head: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "left", "va": "bottom"}
    ax.annotate(brush.text(say["chart.prices.n"]), (1.01, 1.0), (0, 2), **head, **brush.style(8.0, color=PALE))
    ax.set_yticks(range(len(shown.rows)), [wrap(brush.text(row.label), 26, 1) for row in shown.rows])
    ax.set_ylim(len(shown.rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color="#e3e3e3", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    unit = say["chart.prices.x_reserve" if shown.of_reserve else "chart.prices.x_lowest"]
    brush.axis_labels(unit, say["chart.prices.y"])
    ax.locator_params(axis="x", nbins=7)
    brush.ticks(8.0)
    brush.note(say["chart.prices.note"])
    spread = sorted(100 * (max(row.ratios) - min(row.ratios)) for row in shown.rows)
    said = say["chart.prices.alt"].format(title=title, spread=f"{spread[len(spread) // 2]:.1f}")
    brush.alt(said)
    brush.watermark("exploratory", len(shown.rows))
