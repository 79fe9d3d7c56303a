"""From the award without any rule to the award with all: one step a rule, the dearest first."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from supplier_eval.award.parts import ZERO
from supplier_eval.messages import message
from supplier_eval.report.brush import INK, Brush, wrap
from supplier_eval.report.formats import signed
from supplier_eval.report.tables_award import MONEY, figure, objective_label

if TYPE_CHECKING:
    from supplier_eval.award.rule_costs_result import RuleCosts

MOST_STEPS = 22
HEIGHT = 0.62
STEP, BACK, OPEN, WHOLE = "#4f7ca8", "#f2c48a", "#ffffff", "#12355b"


@dataclass(frozen=True)
class Stair:
    """One step of the waterfall.

    Parameters
    ----------
    name : str
        Rule id; empty for what rules cost only together, or for several that are not shown by name.
    start, size : Fraction
        Where it begins, above the award without any rule, and how far it goes; below 0 it goes back.
    unproven : Fraction
        How much more it may be; 0 where it is exact.
    kind : {"rule", "others", "together", "open"}
        What it is; ``open`` is what the steps leave where not everything is proven.
    """

    name: str
    start: Fraction
    size: Fraction
    unproven: Fraction
    kind: str


def stairs_of(costs: RuleCosts) -> tuple[Stair, ...]:
    """The steps from no rule to all rules: fair parts where these are known, else single prices and what is left.

    Fair parts (Shapley) add up to the price of all rules; single prices do not, and what they leave is a step of its
    own. Where the price of all rules is not proven, its lower end is taken.
    """
    if costs.total is None:
        return ()
    fair = _fair(costs)
    prices = {
        key: cost.shapley if fair and cost.shapley is not None else cost.price for key, cost in costs.rules.items()
    }
    ordered = sorted(prices, key=lambda key: (-prices[key].low, key))
    shown, rest = (ordered, []) if len(ordered) <= MOST_STEPS else (ordered[:MOST_STEPS], ordered[MOST_STEPS:])
    found: list[Stair] = []
    at = ZERO
    for key in shown:
        low, high = prices[key].low, prices[key].high
        found.append(Stair(key, at, low, ZERO if high is None else high - low, "rule"))
        at += low
    left = "together" if costs.exact else "open"
    for kind, size in (("others", sum((prices[key].low for key in rest), ZERO)), (left, None)):
        step = costs.total.low - at if size is None else size
        if step:
            found.append(Stair(str(len(rest)) if kind == "others" else "", at, step, ZERO, kind))
            at += step
    return tuple(found)


def _fair(costs: RuleCosts) -> bool:
    """Whether there are fair parts, all of them exact."""
    return costs.exact and all(cost.shapley is not None for cost in costs.rules.values())


def waterfall_size(costs: RuleCosts) -> tuple[float, float]:
    """Width and height in inches that the waterfall needs."""
    n = len(stairs_of(costs))
    return (10.0, 2.5 + 0.42 * max(3, n + 1)) if n or costs.rules else (9.0, 2.0)


def draw_waterfall(brush: Brush, costs: RuleCosts) -> None:
    """Draw the steps; where nothing is priced, say why."""
    say, ax, problem = brush.say, brush.ax, costs.problem
    said = costs.explain(brush.lang).split("\n")
    title = say["chart.rule_prices.title"].format(n=len(costs.rules))
    brush.title(title, costs.standing)
    brush.alt(say["chart.rule_prices.alt"].format(title=title, said=brush.run_on(said[:4])))
    if costs.total is None or not costs.rules:
        brush.nothing(said[0])
        return
    stairs = stairs_of(costs)
    places = problem.terms.minor_units if problem.terms.goal.stages[0].name in MONEY else 2
    for y, stair in enumerate(stairs):
        _step(brush, stair, y, places)
    _whole(brush, costs, len(stairs))
    labels = [_label(brush, costs, stair) for stair in stairs] + [say["chart.rule_prices.all"]]
    ax.set_yticks(range(len(labels)), labels)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ends = [ZERO, costs.total.high or costs.total.low, *(s.start + s.size + s.unproven for s in stairs)]
    low, high = float(min(ends)), float(max(ends))
    span = (high - low) or 1.0
    ax.set_xlim(low - (0.22 * span if low < 0 else 0.0), high + 0.22 * span)
    ax.axvline(0.0, color=INK, linewidth=0.8, zorder=1)
    ax.grid(axis="x", color="#d8d8d8", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(objective_label(say["chart.rule_prices.x"], problem, brush.lang), "")
    if max(abs(low), abs(high)) >= 1000:
        ax.xaxis.set_major_formatter("{x:,.0f}")
    brush.ticks()
    brush.note(_remark(brush, costs, stairs))
    brush.watermark(costs.standing, len(labels))


def _step(brush: Brush, stair: Stair, y: int, places: int) -> None:
    """A bar from where the last one ended; what is not proven is hatched behind it."""
    ax, start, size = brush.ax, float(stair.start), float(stair.size)
    face, hatch = (BACK, "////") if stair.size < 0 else (STEP, "" if stair.kind == "rule" else "....")
    style: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.6, "zorder": 2}
    ax.barh(y, size, HEIGHT, left=start, color=face, hatch=hatch, **style)
    if stair.unproven:
        ax.barh(y, float(stair.unproven), HEIGHT, left=start + size, color=OPEN, hatch="xxxx", **style)
    ax.plot([start + size] * 2, [y, y + 1], color="#767676", linewidth=0.7, linestyle=":", zorder=1)
    end = max(start, start + size + float(stair.unproven))
    place = brush.style(8.0, color=INK, va="center", textcoords="offset points", zorder=4)
    ax.annotate(brush.text(signed(size, places) if stair.size else "0"), (end, y), (4, 0), **place)


def _whole(brush: Brush, costs: RuleCosts, y: int) -> None:
    """The bar of all rules together."""
    if costs.total is None:
        return
    low = float(costs.total.low)
    brush.ax.barh(y, low, HEIGHT, color=WHOLE, edgecolor=INK, linewidth=0.6, zorder=2)
    style = brush.style(8.0, color=INK, va="center", textcoords="offset points", zorder=4)
    exact = costs.total.exact is not None
    said = figure(costs.problem, low) if exact else f"≥ {figure(costs.problem, low)}"
    brush.ax.annotate(brush.text(said), (low, y), (4, 0), **style)


def _label(brush: Brush, costs: RuleCosts, stair: Stair) -> str:
    if stair.kind == "together":
        return wrap(brush.say["chart.rule_prices.together"], 34, 2)
    if stair.kind == "open":
        return wrap(brush.say["chart.rule_prices.open"], 34, 2)
    if stair.kind == "others":
        return brush.say["chart.rule_prices.others"].format(n=stair.name)
    asked = message(f"award_audit.rule.{costs.problem.rules[stair.name].kind}", brush.lang)
    return wrap(f"{brush.bid(stair.name, 30)}: {asked}", 36, 2)


def _remark(brush: Brush, costs: RuleCosts, stairs: tuple[Stair, ...]) -> str:
    """How steps add up, where the scale begins, and what is not proven."""
    say = brush.say
    fair = _fair(costs)
    parts = [say["chart.rule_prices.fair"] if fair else say["chart.rule_prices.single"]]
    if any(stair.unproven for stair in stairs) or not costs.exact:
        parts.append(say["chart.rule_prices.unproven"])
    return brush.run_on(parts)
