"""The charts of a review: scorecard tiles, a KPI over time, grades over time, peers in a funnel.

Each function takes a result of `monitor`, gives axes back and neither shows nor saves; `charts.draw_as` makes a file of
them and `charts.alt_text` the words that stand in for them. Nothing is computed that is not in the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.chart_funnel import SIZE, draw_funnel
from supplier_eval.report.chart_grades import draw_grades, grades_shape, grades_size
from supplier_eval.report.chart_scorecard import draw_tiles, tiles_size
from supplier_eval.report.chart_trend import draw_trend, trend_size
from supplier_eval.report.charts import Axes, brush_for

if TYPE_CHECKING:
    from supplier_eval.monitor.funnel import PeerFunnel
    from supplier_eval.monitor.kpi_results import KpiResults
    from supplier_eval.monitor.period_review import PeriodReview
    from supplier_eval.monitor.trend_result import TrendTest

__all__ = ["grade_history", "kpi_trend", "peer_funnel_plot", "scorecard_tiles"]


def scorecard_tiles(
    review: PeriodReview, supplier: str, *, name: str = "", lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """Draw the scorecard of one supplier as tiles, a column a branch.

    Parameters
    ----------
    review : PeriodReview
        As `monitor.review_period` gives it.
    supplier : str
        Whose.
    name : str
        Display name beside the id.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        A tile a KPI: the contract's raw figure in its unit, the target, the number of cases, points. Light: target
        met; dark: missed; grey: open; hatched: no figure. A KPI that does not apply has no tile.

    Raises
    ------
    UnknownName
        If the supplier was not reviewed.
    """
    card = review[supplier]
    brush = brush_for(ax, lang, tiles_size(card))
    draw_tiles(brush, review, card, name)
    return brush.ax


def kpi_trend(
    results: KpiResults,
    supplier: str,
    kpi: str,
    *,
    trend: TrendTest | None = None,
    name: str = "",
    lang: Lang = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw a KPI of one supplier over the periods with intervals, target and floor.

    Parameters
    ----------
    results : KpiResults
        As `monitor.measure_kpis` gives it, of several periods.
    supplier, kpi : str
        Whose, and which.
    trend : TrendTest, optional
        Said in the remark.
    name : str
        Display name beside the id.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Raw figures in the KPI's unit (shares in per cent), the number of cases above, bars for the intervals; open
        dots miss the target, crosses at the foot are periods without a figure.

    Raises
    ------
    UnknownName
        If supplier or KPI were not measured.
    """
    brush = brush_for(ax, lang, trend_size(results))
    draw_trend(brush, results, supplier, kpi, trend, name)
    return brush.ax


def grade_history(
    reviews: Sequence[PeriodReview] | PeriodReview,
    *,
    names: Mapping[str, str] | None = None,
    lang: Lang = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw the grades of all suppliers over the periods.

    Parameters
    ----------
    reviews : PeriodReview or sequence of them
        Earliest first; the last one knows the grades before it.
    names : mapping of str to str, optional
        Display names by supplier.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        A row a supplier (60 at most), a column a period (the newest 36), the grade's letter in each cell, darker for
        worse; a box where it changed, broken after a critical event; hatched where the period was not rated.
    """
    given = [reviews] if not isinstance(reviews, Sequence) else list(reviews)
    shape = grades_shape(given)
    brush = brush_for(ax, lang, grades_size(shape))
    draw_grades(brush, given, shape, names or {})
    return brush.ax


def peer_funnel_plot(funnel: PeerFunnel, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw the rate of every supplier against its number of cases, with the limits of chance.

    Parameters
    ----------
    funnel : PeerFunnel
        As `monitor.peer_funnel` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Cases on the x axis (a log scale where they span more than 30 times), the raw rate in per cent on the y axis;
        exact binomial limits of 95 and 99.8 % around the rate of all cases together.
    """
    brush = brush_for(ax, lang, SIZE)
    draw_funnel(brush, funnel)
    return brush.ax
