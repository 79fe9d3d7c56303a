"""The charts of performance: control charts with signals, causes, operating curves.

Each function takes a result of `monitor`, gives axes back and neither shows nor saves; `charts.draw_as` makes a file of
them and `charts.alt_text` the words that stand in for them. Nothing is computed that is not in the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.chart_control import control_size, draw_control
from supplier_eval.report.chart_operating_curve import SIZE, draw_operating_curve
from supplier_eval.report.chart_pareto import draw_pareto, pareto_size
from supplier_eval.report.charts import Axes, brush_for

if TYPE_CHECKING:
    from supplier_eval.monitor.chart_result import ControlChart
    from supplier_eval.monitor.pareto import ParetoCauses
    from supplier_eval.monitor.sampling_plan import SamplingPlan

__all__ = ["cause_pareto", "control_chart_plot", "operating_curve"]


def control_chart_plot(chart: ControlChart, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw a control chart: points, centre, limits, and the points at which a test fires.

    Parameters
    ----------
    chart : ControlChart
        As `monitor.control_chart` gives it.
    lang : {"en", "zh"}
        Language of title, axes, legend and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Points in order of time on the x axis; the figure in its unit (per cent for p and p') on the y axis. The shaded
        stretch set the limits; dashed lines are limits, diamonds signals, crosses at the foot points without work. Of
        a CUSUM both sums are drawn, the one below downwards. Without a figure the axes say so.
    """
    brush = brush_for(ax, lang, control_size(chart))
    draw_control(brush, chart)
    return brush.ax


def cause_pareto(causes: ParetoCauses, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw causes by how much they matter, the largest on top, with the running share.

    Parameters
    ----------
    causes : ParetoCauses
        As `monitor.pareto_of_causes` gives it.
    lang : {"en", "zh"}
        Language of title, axes and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Failures or cost on the x axis; the running share in per cent on an axis above. Dark bars are the vital few,
        hatched ones several causes together and failures without a recorded cause. At most 30 rows are shown.
    """
    brush = brush_for(ax, lang, pareto_size(causes))
    draw_pareto(brush, causes)
    return brush.ax


def operating_curve(plan: SamplingPlan, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw how likely work of each quality is accepted by a sampling plan.

    Parameters
    ----------
    plan : SamplingPlan
        As `monitor.single_sampling_plan` gives it.
    lang : {"en", "zh"}
        Language of title, axes and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Share of failing items in per cent on the x axis, chance to accept in per cent on the y axis; diamonds are the
        acceptable and the limiting share that the plan was made for.
    """
    brush = brush_for(ax, lang, SIZE)
    draw_operating_curve(brush, plan)
    return brush.ax
