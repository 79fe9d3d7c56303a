"""Would the indicators have warned: the share of incidents with its interval, beside what chance alone would score.

Clauses of the policy (§6.3.2).
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import message
from supplier_eval.report.brush import INK, PALE, Brush, wrap
from supplier_eval.report.formats import NOTHING, number, short

if TYPE_CHECKING:
    from supplier_eval.risk.indicator_backtest_result import IndicatorBacktest, IndicatorBacktests

DARK, LINE = "#12355b", "#7f9fb8"
MOST = 25


def backtest_size(found: IndicatorBacktests) -> tuple[float, float]:
    """Width and height in inches that the rows need."""
    return 11.0, 2.7 + 0.42 * max(3, min(MOST, len(found.tests)))


def draw_backtest(brush: Brush, found: IndicatorBacktests) -> None:
    """Draw a row for each indicator; where there is none, say so."""
    say, every = brush.say, list(found.tests.values())
    rows = every[:MOST]
    level = message(f"indicator.state.{found.level}", brush.lang)
    title = say["chart.backtest.title"].format(n=len(every), level=level, horizon=found.horizon)
    brush.title(title, found.standing, pad=26)
    said = [line for one in rows for line in found.explain(one.indicator, brush.lang).split("\n")]
    brush.alt(say["chart.backtest.alt"].format(title=title, said=brush.run_on(said)))
    if not rows:
        brush.nothing(say["chart.backtest.nothing"])
        return
    _marks(brush, rows)
    place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "va": "center"}
    for y, one in enumerate(rows):
        text = brush.text(_end(brush, one))
        ax_end = {**place, **brush.style(8.5, color=INK)}
        brush.ax.annotate(text, (1.0, y), (8, 0), annotation_clip=False, **ax_end)
    _frame(brush, rows)
    notes = [say["chart.backtest.note"]]
    if len(every) > len(rows):
        notes.append(say["chart.drivers.left"].format(n=len(every) - len(rows)))
    brush.note(brush.run_on(notes))
    brush.watermark(found.standing, len(rows))


def _marks(brush: Brush, rows: list[IndicatorBacktest]) -> None:
    """Intervals as lines, shares as full dots, chance as open diamonds."""
    say, ax = brush.say, brush.ax
    seen = [(y, one) for y, one in enumerate(rows) if one.share is not None]
    for y, one in seen:
        low, high = one.share_interval or (0.0, 1.0)
        ax.plot([100 * low, 100 * high], [y, y], color=LINE, linewidth=5.0, solid_capstyle="butt", zorder=2)
    shares = ax.plot([100 * (one.share or 0.0) for _, one in seen], [y for y, _ in seen], "o", color=DARK,
                     markersize=9, markeredgecolor=INK, zorder=4)  # fmt: skip
    chances = [(y, 100 * one.chance) for y, one in enumerate(rows) if one.chance is not None]
    drawn = ax.plot([x for _, x in chances], [y for y, _ in chances], "D", color="#ffffff", markersize=6,
                    markeredgecolor=INK, zorder=5)  # fmt: skip
    line = ax.plot([], [], color=LINE, linewidth=5.0)
    handles = [shares[0], line[0], drawn[0]]
    brush.legend_above(
        handles, [say["chart.backtest.share"], say["chart.backtest.interval"], say["chart.backtest.chance"]]
    )


def _frame(brush: Brush, rows: list[IndicatorBacktest]) -> None:
    say, ax = brush.say, brush.ax
    ax.set_yticks(range(len(rows)), [wrap(brush.text(one.indicator), 30, 2) for one in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(-2.0, 102.0)
    ax.set_xticks([0, 20, 40, 60, 80, 100])
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color="#e3e3e3", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.axvline(0.0, color=PALE, linewidth=0.8, zorder=1)
    brush.axis_labels(say["chart.backtest.x"], say["chart.backtest.y"])
    brush.ticks()


def _end(brush: Brush, one: IndicatorBacktest) -> str:
    """Warned of how many, how early, false alarms a year, and what it could not see."""
    say, blind = brush.say, one.count("blind")
    n = one.count("warned") + one.count("missed")
    if one.false_per_year is None:
        said = say["chart.backtest.no_reading"]
    else:
        lead = short(float(median(one.leads))) if one.leads else NOTHING
        facts = {"warned": one.count("warned"), "n": n, "lead": lead, "rate": number(one.false_per_year, 2)}
        said = say["chart.backtest.end" if n else "chart.backtest.end_none"].format(**facts)
    return said + (say["chart.backtest.blind"].format(n=blind) if blind else "")
