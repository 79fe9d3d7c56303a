"""Scenarios side by side: what each costs beside the base, who wins, how much moves; failed ones say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.award.scenarios_words import reason_of
from supplier_eval.report.brush import INK, Brush, wrap
from supplier_eval.report.formats import NOTHING, names, percent, plain, signed
from supplier_eval.report.tables_award import MONEY, figure, objective_label

if TYPE_CHECKING:
    from supplier_eval.award.scenarios_result import Scenario, Scenarios

MOST_ROWS = 30
MOST_WINNERS = 5
HEIGHT = 0.56
BASE, MORE, LESS = "#12355b", "#f2c48a", "#9dbfdc"


def scenarios_size(compared: Scenarios) -> tuple[float, float]:
    """Width and height in inches that the scenarios need."""
    return 11.0, 2.4 + 0.5 * max(3, min(MOST_ROWS, len(compared.rows)) + 1)


def draw_scenarios(brush: Brush, compared: Scenarios) -> None:
    """Draw the difference of every scenario to the base, with winners and volume that moves to the right."""
    say, ax, problem = brush.say, brush.ax, compared.problem
    every = [compared.base, *compared.rows.values()]
    shown = every[: MOST_ROWS + 1]
    title = say["chart.scenarios.title"].format(n=len(compared.rows))
    brush.title(title, compared.standing)
    said = compared.explain(brush.lang).split("\n")
    brush.alt(say["chart.scenarios.alt"].format(title=title, said=brush.run_on(said[:6])))
    frame = compared.to_frame()
    known = frame["objective_difference"].notna().tolist()
    sizes = [float(frame["objective_difference"].iloc[i]) if known[i] else 0.0 for i in range(len(shown))]
    for y, (one, size) in enumerate(zip(shown, sizes, strict=True)):
        face, hatch = (MORE, "////") if size > 0 else (LESS, "")
        ax.barh(y, size, HEIGHT, color=BASE if y == 0 else face, hatch=hatch, edgecolor=INK, linewidth=0.6, zorder=2)
        _told(brush, compared, one, y, size if known[y] else None)
    labels = [say["award.base"], *(wrap(brush.text(one.name), 30, 2) for one in shown[1:])]
    ax.set_yticks(range(len(labels)), labels)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    low, high = min(0.0, *sizes), max(0.0, *sizes)
    span = (high - low) or 1.0
    ax.set_xlim(low - 0.3 * span, high + 0.3 * span)
    ax.axvline(0.0, color=INK, linewidth=0.8, zorder=1)
    ax.grid(axis="x", color="#d8d8d8", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(objective_label(say["chart.scenarios.x"], problem, brush.lang), "")
    if max(abs(low), abs(high)) >= 1000:
        ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.locator_params(axis="x", nbins=5)
    brush.ticks()
    note = say["chart.scenarios.note"].format(base=figure(problem, frame["objective"].iloc[0]))
    if len(every) > len(shown):
        note = brush.run_on([note, say["chart.scenarios.left"].format(n=len(every) - len(shown))])
    brush.note(note)
    brush.watermark(compared.standing, len(labels))


def _told(brush: Brush, compared: Scenarios, one: Scenario, y: int, size: float | None) -> None:
    """Figure at the bar, winners and what moves at the right edge; the reason where there is no award."""
    style = brush.style(8.0, color=INK, va="center", zorder=4)
    if one.reason:
        place = {"textcoords": "offset points", **style, "fontstyle": "normal"}
        brush.ax.annotate(wrap(brush.text(reason_of(one, brush.lang)), 56, 2), (0.0, y), (6, 0), **place)
        return
    places = compared.problem.terms.minor_units if compared.problem.terms.goal.stages[0].name in MONEY else 2
    if y and size is not None:
        left = size < 0
        place = {"textcoords": "offset points", "ha": "right" if left else "left", **style}
        brush.ax.annotate(brush.text(signed(size, places)), (size, y), (-5 if left else 5, 0), **place)
    winners = [plain(name) for name in one.winners[:MOST_WINNERS]] + ["…"] * (len(one.winners) > MOST_WINNERS)
    moved = compared.moved(one.name)
    told = names(winners, brush.lang) or NOTHING
    if y and moved is not None:
        told = brush.say["chart.scenarios.beside"].format(winners=told, moved=percent(float(moved), 1))
    at = {"xycoords": ("axes fraction", "data"), "ha": "left", **style}
    brush.ax.annotate(wrap(brush.text(told), 34, 2), (1.01, y), **at)
