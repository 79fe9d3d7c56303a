"""What options cost over the term: likely present value by kind, the range, 90 % of the drawn worlds (§2.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supplier_eval.report.brush import INK, Brush
from supplier_eval.report.end_labels import EndLabels
from supplier_eval.report.formats import number
from supplier_eval.report.tables_planning import option_name

if TYPE_CHECKING:
    from supplier_eval.planning.costs_result import OptionCosts

KINDS = {"transition": ("#f2a65a", "////"), "run": ("#b9cfdf", ""), "exit": ("#12355b", "")}
HEIGHT = 0.5


def option_costs_size(costs: OptionCosts) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    return 10.0, 2.4 + 0.72 * len(costs.options)


def draw_option_costs(brush: Brush, costs: OptionCosts) -> None:
    """Draw a bar an option, made of its kinds, with both ranges."""
    say, ax = brush.say, brush.ax
    title = say["chart.option_costs.title"].format(n=len(costs.options), months=costs.plan.term_months)
    brush.title(title, costs.standing, pad=26)
    said = costs.explain(lang=brush.lang).split("\n")
    brush.alt(say["chart.option_costs.alt"].format(title=title, said=brush.run_on(said)))
    handles = _bars(brush, costs)
    labels = EndLabels(brush, boxed=True)
    for y, one in enumerate(costs.options):
        thin = ax.plot([one.low, one.high], [y, y], color=INK, linewidth=1.1, marker="|", markersize=13, zorder=4)
        thick = ax.plot([one.p5, one.p95], [y, y], color=INK, linewidth=5.0, solid_capstyle="butt", zorder=5)
        labels.put(one.high, y, number(one.likely, 0), "right")
    names = [say[f"plan.{kind}"] for kind in KINDS]
    brush.legend_above([*handles, *thin, *thick], [*names, say["chart.option_costs.range"],
                                                   say["chart.option_costs.drawn"]])  # fmt: skip
    _frame(brush, costs)
    labels.fit(0.0, max(one.high for one in costs.options) or 1.0)
    brush.note(say["chart.option_costs.note"])
    brush.watermark(costs.standing)


def _bars(brush: Brush, costs: OptionCosts) -> list[Any]:
    """The likely figures, kind upon kind; what the legend shows of them."""
    handles = []
    start = [0.0] * len(costs.options)
    for kind, (face, hatch) in KINDS.items():
        parts = [one.by_kind[kind] for one in costs.options]
        style: dict[str, Any] = {"color": face, "hatch": hatch, "edgecolor": INK, "linewidth": 0.6, "zorder": 2}
        handles.append(brush.ax.barh(range(len(parts)), parts, HEIGHT, left=start, **style))
        start = [before + part for before, part in zip(start, parts, strict=True)]
    return handles


def _frame(brush: Brush, costs: OptionCosts) -> None:
    """Names of the options, grid, names of the axes."""
    ax, say = brush.ax, brush.say
    shown = [brush.bidder(one.option, option_name(costs.plan, one.option, brush.lang)) for one in costs.options]
    ax.set_yticks(range(len(shown)), shown)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.locator_params(axis="x", nbins=6)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="x", color="#d0d0d0", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    x = say["chart.option_costs.x"].format(currency=costs.plan.currency)
    brush.axis_labels(x, say["chart.option_costs.y"])
    brush.ticks()
