"""The charts of planning: needs on a map, costs of the options, break-even volumes.

Each function takes a result of `planning`, gives axes back and neither shows nor saves; `charts.draw_as` makes a file
of them and `charts.alt_text` the words that stand in for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang
from supplier_eval.report.asked_results import wanted
from supplier_eval.report.chart_break_even import SIZE as LINES_SIZE
from supplier_eval.report.chart_break_even import draw_break_even
from supplier_eval.report.chart_needs_map import SIZE as MAP_SIZE
from supplier_eval.report.chart_needs_map import draw_needs_map
from supplier_eval.report.chart_option_costs import draw_option_costs, option_costs_size
from supplier_eval.report.charts import Axes, brush_for

if TYPE_CHECKING:
    from supplier_eval.planning.costs_result import OptionCosts
    from supplier_eval.planning.needs_result import NeedAssessments

__all__ = ["break_even_lines", "needs_map", "option_cost_bars"]


def needs_map(needs: NeedAssessments, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw needs between the feasibility of outsourcing and their necessity.

    Parameters
    ----------
    needs : NeedAssessments
        As `planning.assess_needs` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Feasibility on the x axis, necessity on the y axis, both 0 to 100, with the plan's lines. A mark for each
        verdict; bars from the lowest to the highest figure by one person's marks alone. The 40 nearest to the upper
        right corner bear their names; what nobody marked is named below.
    """
    wanted(needs, "needs", "NeedAssessments", "planning")
    brush = brush_for(ax, lang, MAP_SIZE)
    draw_needs_map(brush, needs)
    return brush.ax


def option_cost_bars(costs: OptionCosts, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw what each option costs over the term, by kind and with its range.

    Parameters
    ----------
    costs : OptionCosts
        As `planning.cost_options` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Present value in money on the x axis, a bar an option in the plan's order, made of transition, run and exit.
        Thin line: every rate and volume low, high; thick line: 5 % to 95 % of the drawn worlds.
    """
    wanted(costs, "costs", "OptionCosts", "planning")
    brush = brush_for(ax, lang, option_costs_size(costs))
    draw_option_costs(brush, costs)
    return brush.ax


def break_even_lines(costs: OptionCosts, driver: str, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw the options' present values against the volume of one driver.

    Parameters
    ----------
    costs : OptionCosts
        As `planning.cost_options` gives it.
    driver : str
        Which.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        First-year volume on the x axis, likely present value on the y axis; dots where two options cost the same, up to
        twice the highest volume stated. The stated range is shaded, the likely volume dotted.

    Raises
    ------
    UnknownName
        If there is no such driver.
    """
    wanted(costs, "costs", "OptionCosts", "planning")
    found = next((one for one in costs.drivers if one.id == driver), None)
    if found is None:
        raise UnknownName("driver", str(driver), tuple(one.id for one in costs.drivers))
    brush = brush_for(ax, lang, LINES_SIZE)
    draw_break_even(brush, costs, found)
    return brush.ax
