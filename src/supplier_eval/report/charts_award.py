"""The charts of an award: who gets what, what objectives and rules cost, scenarios side by side.

Each function takes a result of `award`, gives axes back and neither shows nor saves; `charts.draw_as` makes a file of
them and `charts.alt_text` the words that stand in for them. Nothing is computed that is not in the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.chart_award_map import draw_map, map_of, map_size
from supplier_eval.report.chart_frontier import draw_frontier, frontier_size
from supplier_eval.report.chart_rule_prices import draw_waterfall, waterfall_size
from supplier_eval.report.chart_scenarios import draw_scenarios, scenarios_size
from supplier_eval.report.charts import Axes, brush_for

if TYPE_CHECKING:
    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.frontier_result import Frontier
    from supplier_eval.award.rule_costs_result import RuleCosts
    from supplier_eval.award.scenarios_result import Scenarios

__all__ = ["award_frontier", "award_map", "rule_price_waterfall", "scenario_table"]


def award_map(allocation: Allocation, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw which share of which lot each supplier gets.

    Parameters
    ----------
    allocation : Allocation
        As `award.award_lots` gives it.
    lang : {"en", "zh"}
        Language of title, axes and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Lots as rows, suppliers as columns, the largest spend first; shares of the lot in per cent. A dot is an offer
        that wins nothing. At most 60 lots and 40 suppliers are shown by name; a remark says what is left out. Without
        an award the axes say why.
    """
    shown = map_of(allocation)
    brush = brush_for(ax, lang, map_size(shown))
    draw_map(brush, allocation, shown)
    return brush.ax


def award_frontier(
    front: Frontier, *, chosen: int | None = None, lang: Lang = "en", ax: Axes | None = None
) -> Axes:  # fmt: skip
    """Draw the awards of which none is better than another in all objectives.

    Parameters
    ----------
    front : Frontier
        As `award.frontier` gives it.
    chosen : int, optional
        Position of the point that is ringed and named, from 0.
    lang : {"en", "zh"}
        Language of title, axes, legend and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        First objective on the x axis, second on the y axis, each with its unit and which way is better; a third
        objective is the tone of the points. Lines are proved segments; a hollow point lies off the lines that weights
        of the objectives can find. Without a point the axes say why.

    Raises
    ------
    ValueError
        `chosen` is no position of a point.
    """
    if chosen is not None and not 0 <= chosen < len(front.points):
        raise ValueError(f"chosen is a position of one of {len(front.points)} points, from 0, not {chosen}")
    brush = brush_for(ax, lang, frontier_size(front))
    draw_frontier(brush, front, chosen)
    return brush.ax


def rule_price_waterfall(costs: RuleCosts, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw what every rule adds, from the award without any rule to the award with all.

    Parameters
    ----------
    costs : RuleCosts
        As `award.rule_costs` gives it.
    lang : {"en", "zh"}
        Language of title, axes and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Objective above that without any rule on the x axis, in its own unit; the dearest rule on top, all rules at the
        bottom. Steps are fair parts (Shapley) where these were asked for, else single prices and a step of what rules
        cost only together. Crossed hatching is what is not proven.
    """
    brush = brush_for(ax, lang, waterfall_size(costs))
    draw_waterfall(brush, costs)
    return brush.ax


def scenario_table(compared: Scenarios, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw scenarios side by side: the difference of each to the base, its winners, and what moves.

    Parameters
    ----------
    compared : Scenarios
        As `award.compare_scenarios` gives it.
    lang : {"en", "zh"}
        Language of title, axes and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Objective less that of the base on the x axis, in its own unit, in the order given; a scenario without an award
        keeps its row and says why.
    """
    brush = brush_for(ax, lang, scenarios_size(compared))
    draw_scenarios(brush, compared)
    return brush.ax
