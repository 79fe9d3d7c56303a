"""Present value against one volume: a straight line an option, the volumes at which two cost the same (§2.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supplier_eval.intake.identifiers import id_key
from supplier_eval.report.brush import INK, Brush
from supplier_eval.report.end_labels import WHITE, line_ends
from supplier_eval.report.formats import number
from supplier_eval.report.tables_planning import option_name

if TYPE_CHECKING:
    from supplier_eval.planning.costs_result import Driver, OptionCosts

SIZE = (9.8, 5.8)
STYLES: tuple[tuple[str, Any, float], ...] = (
    ("#12355b", "-", 2.6),
    ("#c45a00", (0, (6, 2)), 2.2),
    ("#2f7f8f", (0, (2, 1.5)), 2.2),
    ("#8c2f52", (0, (8, 2, 2, 2)), 2.2),
    ("#3c6e3c", (0, (4, 1, 1, 1, 1, 1)), 2.2),
)
FAR = 2.0  # break-even volumes beyond twice the highest stated are not drawn
GAP = 12.0  # points between two names


def draw_break_even(brush: Brush, costs: OptionCosts, driver: Driver) -> None:
    """Draw the options' lines over the driver's volume; where no cost depends on it, say so."""
    say, ax = brush.say, brush.ax
    name = brush.text(driver.id)
    title = say["chart.break_even_volume.title"].format(driver=name, n=len(costs.options))
    brush.title(title, costs.standing, pad=26)
    meetings = [one for one in costs.break_even if one.driver == driver.id]
    said = [line for line in costs.explain(lang=brush.lang).split("\n")[len(costs.options) :] if driver.id in line]
    brush.alt(say["chart.break_even_volume.alt"].format(title=title, said=brush.run_on(said)))
    if not meetings:
        brush.nothing(say["chart.break_even_volume.nothing"])
        return
    drawn = [one.volume for one in meetings if one.volume is not None and one.volume <= FAR * driver.volume[2]]
    most = 1.08 * max([driver.volume[2], *drawn]) or 1.0
    lines = {one.option: costs.volume_line(one.option, driver.id) for one in costs.options}
    _ground(brush, driver)
    for (fixed, slope), (color, pattern, width) in zip(lines.values(), STYLES * len(lines), strict=False):
        style: dict[str, Any] = {"color": color, "linestyle": pattern, "linewidth": width, "zorder": 3}
        ax.plot([0.0, most], [fixed, fixed + slope * most], **style)
    _frame(brush, costs, driver, most)
    points = [(v, lines[one.first][0] + lines[one.first][1] * v)
              for one in meetings if (v := one.volume) is not None and v in drawn]  # fmt: skip
    ax.plot([x for x, _ in points], [y for _, y in points], "o", color=INK, markersize=8, markeredgecolor="w", zorder=5)
    _name_lines(brush, costs, lines, most)
    for x, y in points:
        ax.annotate(number(x, 0 if x >= 100 else 2), (x, y), (9, -11), textcoords="offset points", ha="left",
                    va="center", zorder=6, bbox=WHITE, **brush.style(8.5, color=INK))  # fmt: skip
    brush.note(say["chart.break_even_volume.note"])
    brush.watermark(costs.standing)


def _ground(brush: Brush, driver: Driver) -> None:
    """The stated range shaded, the likely volume dotted, and the legend of both."""
    ax, say = brush.ax, brush.say
    low, likely, high = driver.volume
    handles: list[Any] = [ax.axvspan(low, high, color="#ececec", linewidth=0, zorder=0)]
    handles.append(ax.axvline(likely, color="#000000", linewidth=1.3, linestyle=(0, (1, 1)), zorder=1))
    handles += ax.plot([], [], "o", color=INK, markersize=8, markeredgecolor="w")
    brush.legend_above(
        handles,
        [
            say["chart.break_even_volume.range"],
            say["chart.break_even_volume.likely"],
            say["chart.break_even_volume.met"],
        ],
    )


def _frame(brush: Brush, costs: OptionCosts, driver: Driver, most: float) -> None:
    """Limits, grid, names of the axes."""
    ax, say = brush.ax, brush.say
    ax.set_xlim(0.0, most)
    ax.set_ylim(bottom=0.0)
    ax.xaxis.set_major_formatter("{x:,.0f}" if most > 20 else "{x:,.2f}")
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.grid(color="#e3e3e3", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    unit = driver.id if id_key(driver.unit or driver.id) == id_key(driver.id) else f"{driver.id}: {driver.unit}"
    facts = {"unit": unit, "currency": costs.plan.currency}
    brush.axis_labels(
        say["chart.break_even_volume.x"].format(**facts), say["chart.break_even_volume.y"].format(**facts)
    )
    brush.ticks()


def _name_lines(brush: Brush, costs: OptionCosts, lines: dict[str, tuple[float, float]], most: float) -> None:
    """Each option's name at the right end of its line, moved up or down where names would meet."""
    ends = [
        (brush.bidder(option, option_name(costs.plan, option, brush.lang), 24, 2), most, fixed + slope * most, INK)
        for option, (fixed, slope) in lines.items()
    ]
    line_ends(brush, ends, size=8.5, away=16, gap=2 * GAP)
