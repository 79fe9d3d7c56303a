"""Price against quality: one dot a bid, and lines on which every place has the same total (§3.1.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.report.brush import INK, Brush, wrap
from supplier_eval.report.dot_names import name_dots
from supplier_eval.report.iso_lines import PriceQuality, price_quality_of

if TYPE_CHECKING:
    from supplier_eval.intake.notice import Notice
    from supplier_eval.rank.points import PointsRanking

LINES = 10
STEPS_OF_TEN = (1.0, 2.0, 5.0, 10.0)


def draw_scatter(brush: Brush, ranking: PointsRanking, notice: Notice | None) -> None:
    """Draw the bids of a ranking between price and quality; where there is no order, say why."""
    say, sheet = brush.say, ranking.sheet
    brush.title(say["chart.scatter.title"].format(lot=sheet.lot, n=len(ranking.order)), ranking.standing)
    if not ranking.order:
        stopped = ranking.stopped
        brush.nothing(stopped.say(brush.lang) if stopped is not None else say["outcome.nobody"])
        return
    data = price_quality_of(sheet, ranking.order, ranking.points, notice)
    if data.why_no_lines == "chart.lines.one_side" and data.by_points:
        brush.nothing(say["chart.lines.one_side"])
        return
    first = [ranking.rank_of(bid) == 1 for bid in data.bids]
    handles = [_dots(brush, data, first, True)]
    names = [say["chart.scatter.first"]]
    if not all(first):
        handles.append(_dots(brush, data, first, False))
        names.append(say["chart.scatter.others"])
    _frame(brush, data, ranking)
    lines, numbers = ([], []) if data.why_no_lines else _lines(brush, data, ranking)
    if lines:
        handles.append(lines[0])
        rounded = sheet.policy is not None and sheet.policy.rounding != type(sheet.policy.rounding)()
        names.append(say["chart.scatter.line_rounded" if rounded else "chart.scatter.line"])
    brush.legend(handles, names)
    name_dots(brush, data.x, data.y, [wrap(brush.text(bid), 18, 1) for bid in data.bids], numbers)
    brush.note(_remark(brush, data))
    brush.watermark(ranking.standing)


def _dots(brush: Brush, data: PriceQuality, first: list[bool], wanted: bool) -> object:
    chosen = [i for i, one in enumerate(first) if one is wanted]
    marker, face = ("D", "#12355b") if wanted else ("o", "#f2a65a")
    size = 62 if wanted else 46
    return brush.ax.scatter(
        data.x[chosen], data.y[chosen], s=size, marker=marker, c=face, edgecolors=INK, linewidths=0.9, zorder=5
    )


def _frame(brush: Brush, data: PriceQuality, ranking: PointsRanking) -> None:
    """Limits with some air, and the names of the axes with their units."""
    say, ax = brush.say, brush.ax
    for values, limits, least in ((data.x, ax.set_xlim, 0.0), (data.y, ax.set_ylim, -math.inf)):
        low, high = float(np.min(values)), float(np.max(values))
        air = 0.09 * (high - low) if high > low else max(0.05 * abs(high), 1.0)
        limits(max(least, low - air), high + air)
    policy = ranking.sheet.policy
    unit = f"{policy.currency}, {say[f'tax.{policy.price.tax_basis}']}" if policy is not None else ""
    if data.by_points:
        x = say["chart.scatter.x_points"]
    else:
        x = say["chart.scatter.x_deducted" if data.deducted else "chart.scatter.x"].format(unit=unit)
    brush.axis_labels(x, say["chart.scatter.y_value" if data.by_value else "chart.scatter.y"])
    if not data.by_points:
        ax.locator_params(axis="x", nbins=6)
        ax.xaxis.set_major_formatter("{x:,.0f}" if float(np.ptp(data.x)) > 20 or np.max(data.x) > 500 else "{x:,.2f}")
    ax.grid(color="#e3e3e3", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    brush.ticks()


def levels(low: float, high: float, most: int = LINES) -> list[float]:
    """Round totals from `low` to `high`, at most so many."""
    wide = max(high - low, 1e-6)
    exact = wide / most
    size = 10.0 ** math.floor(math.log10(exact))
    step = next(size * f for f in STEPS_OF_TEN if size * f >= exact * (1 - 1e-9))
    return [round(i * step, 9) for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _lines(brush: Brush, data: PriceQuality, ranking: PointsRanking) -> tuple[list[Any], list[tuple[float, float]]]:
    """Draw the lines inside the axes; give them, and where the totals stand that are written on them."""
    ax, drawn, places = brush.ax, [], []
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    best, worst = _totals_in_sight(data, ranking)
    for total in levels(worst, best):
        x, y = data.line(total, left, right)
        seen = np.isfinite(y) & (y >= bottom) & (y <= top)
        if np.count_nonzero(seen) < 2:
            continue
        drawn += ax.plot(x, np.where(seen, y, np.nan), color="#8a8a8a", linewidth=1.0, linestyle="--", zorder=1)
        air = 0.03 * (top - bottom)
        inner = np.flatnonzero(seen & (y > bottom + air) & (y < top - air))
        if not inner.size:
            continue
        back = int(inner[max(0, inner.size - 7)])
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        style = brush.style(8.0, color="#5a5a5a")
        ax.text(x[back], y[back], f"{total:g}", ha="center", va="center", bbox=box, zorder=2, clip_on=True, **style)
        places.append((float(x[back]), float(y[back])))
    return drawn, places


def _totals_in_sight(data: PriceQuality, ranking: PointsRanking) -> tuple[float, float]:
    """Highest and lowest total that a place inside the axes may have: those of the bids, and some more."""
    totals = [float(ranking.unrounded[ranking.sheet.position(bid)]) for bid in data.bids]
    high, low = max(totals), min(totals)
    air = max(0.35 * (high - low), 0.3 * float(np.ptp(data.y)), 2.0)
    return high + air, low - air


def _remark(brush: Brush, data: PriceQuality) -> str:
    """What the lines mean, or why there are none."""
    if data.why_no_lines:
        return brush.say[data.why_no_lines]
    return brush.say["chart.lines.straight" if data.by_points else "chart.lines.meaning"]
