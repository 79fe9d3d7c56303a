"""The charts of robustness: how firmly the winner stands. Nothing here binds, and every chart says so.

Each function takes a result of `robustness`, gives axes back and neither shows nor saves; `charts.draw_as` makes a
file of them and `charts.alt_text` the words that stand in for them. Nothing is computed that is not in the result or
on its straight lines.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.chart_acceptability import draw_rank_bars, rank_bars_size
from supplier_eval.report.chart_influence import draw_influence, influence_size
from supplier_eval.report.chart_lines import draw_lines, lines_size
from supplier_eval.report.chart_methods import draw_methods, methods_size
from supplier_eval.report.chart_pairwise import draw_pairwise, pairwise_size
from supplier_eval.report.chart_stability import draw_stability, stability_size
from supplier_eval.report.chart_tornado import draw_tornado, tornado_size
from supplier_eval.report.chart_what_if import draw_what_if, what_if_size
from supplier_eval.report.charts import Axes, brush_for

if TYPE_CHECKING:
    from supplier_eval.robustness.acceptability_result import Acceptability
    from supplier_eval.robustness.methods import MethodComparison
    from supplier_eval.robustness.panel_influence import PanelInfluence
    from supplier_eval.robustness.stability_front import WeightStability
    from supplier_eval.robustness.weight_lines import ScoreLines
    from supplier_eval.robustness.whatif import WhatIf

__all__ = [
    "evaluator_influence",
    "method_agreement",
    "pairwise_matrix",
    "rank_acceptability_bars",
    "score_lines",
    "stability_bars",
    "tornado",
    "what_if_bars",
]


def stability_bars(stability: WeightStability, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw for every criterion between which weights the winner stays, and who takes over beyond.

    Parameters
    ----------
    stability : WeightStability
        As `robustness.weight_stability` gives it; ask it for some nodes only where the chart would be too tall.
    lang : {"en", "zh"}
        Language of title, axes, legend and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Weight in points of the whole 100 on the x axis; the criterion that needs the smallest change on top. The pale
        bar is what the criterion may weigh at most (its parent's weight), the dark bar the interval, the tick the
        published weight; at an end that is not 0 or the most stand the bid that leads beyond it and the points there.
        A hatched bar does not contain the published weight: rounding or a tie key decided. With one bid the axes say
        so.
    """
    brush = brush_for(ax, lang, stability_size(stability))
    draw_stability(brush, stability)
    return brush.ax


def score_lines(lines: ScoreLines, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw the total of every bid against the weight of one criterion, with all crossings.

    Parameters
    ----------
    lines : ScoreLines
        As `robustness.score_lines` gives it.
    lang : {"en", "zh"}
        Language of title, axes, legend and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Weight in points of the whole 100 on the x axis, unrounded totals in points of 100 on the y axis. Large dots
        are crossings at which the first place changes hands; the interval in which the winner stays is shaded, unless
        it is not first by unrounded totals at the published weight.
    """
    brush = brush_for(ax, lang, lines_size(lines))
    draw_lines(brush, lines)
    return brush.ax


def tornado(
    stability: WeightStability, *, radius: float | None = None, lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """Draw how the winner's lead changes when one weight at a time moves a little.

    Parameters
    ----------
    stability : WeightStability
        As `robustness.weight_stability` gives it.
    radius : float, optional
        How far a weight moves down and up, a fraction of the whole, above 0 and up to 1; the radius that the policy
        declares unless given. A weight that would leave its range stops at 0 or at its parent's weight.
    lang : {"en", "zh"}
        Language of title, axes, legend and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Unrounded lead of the winner over the best other bid, in points of 100, on the x axis; the criterion with the
        largest change on top, its published weight in brackets. Left of the line of zero the winner is overtaken, by
        the bid that is named. Criteria without any beside them cannot move and are not shown.

    Raises
    ------
    ValueError
        If the radius is not above 0 and up to 1.
    """
    if radius is None:
        radius = float(str(stability.scored.declared_ball["ball"]))
    if not (math.isfinite(radius) and 0 < radius <= 1):
        raise ValueError(f"the radius is a fraction of the whole weight, above 0 and up to 1, not {radius!r}")
    brush = brush_for(ax, lang, tornado_size(stability))
    draw_tornado(brush, stability, radius)
    return brush.ax


def rank_acceptability_bars(acceptability: Acceptability, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw how often each bid takes each rank.

    Parameters
    ----------
    acceptability : Acceptability
        As `robustness.rank_acceptability` gives it.
    lang : {"en", "zh"}
        Language of title, axes, legend and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Share of the draws in per cent on the x axis, the bid that is most often first on top; a segment a rank, those
        from the seventh on together. To the right the share of first ranks with the half-width of its 95 % interval.
        The remark says where weights were drawn.
    """
    brush = brush_for(ax, lang, rank_bars_size(acceptability))
    draw_rank_bars(brush, acceptability)
    return brush.ax


def pairwise_matrix(acceptability: Acceptability, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw how often each bid is ahead of each other one.

    Parameters
    ----------
    acceptability : Acceptability
        As `robustness.rank_acceptability` gives it.
    lang : {"en", "zh"}
        Language of title, axes and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Rows are ahead of columns in so many per cent of the draws, best mean rank first. Ties count for neither; the
        remark says so where there are any. With one bid the axes say so.
    """
    brush = brush_for(ax, lang, pairwise_size(acceptability))
    draw_pairwise(brush, acceptability)
    return brush.ax


def method_agreement(comparison: MethodComparison, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw the ranks that other methods, normalisations and weights give, and which of them name another winner.

    Parameters
    ----------
    comparison : MethodComparison
        As `robustness.compare_methods` gives it.
    lang : {"en", "zh"}
        Language of title, axes and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Ways of ranking as rows, the policy's first; bids as columns in the policy's order; ranks in the cells. First
        ranks that are not the policy's are boxed. To the right Kendall's tau-b with the policy's order (-1 to 1, a
        dash where an order ties all bids) and whether the row agrees on the winner.
    """
    brush = brush_for(ax, lang, methods_size(comparison))
    draw_methods(brush, comparison)
    return brush.ax


def evaluator_influence(
    influence: PanelInfluence,
    *,
    pairs: bool = False,
    as_evaluated: float | None = None,
    lang: Lang = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw the winner's lead with each member of the panel left out.

    Parameters
    ----------
    influence : PanelInfluence
        As `robustness.leave_one_evaluator_out` gives it.
    pairs : bool
        Whether each two members left out are shown too.
    as_evaluated : float, optional
        The winner's lead with the whole panel, points of 100 after rounding (``ranking.margins``): a dotted line.
    lang : {"en", "zh"}
        Language of title, axes, legend and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Lead of the evaluated winner over the best other bid in points of 100, after rounding, on the x axis; the
        smallest lead on top, levelled panels at the bottom. Hatched bars: another bid wins, and is named. Where nobody
        can be left out the axes say why.
    """
    brush = brush_for(ax, lang, influence_size(influence, pairs))
    draw_influence(brush, influence, pairs, as_evaluated)
    return brush.ax


def what_if_bars(what: WhatIf, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw the totals of all bids before and after a change.

    Parameters
    ----------
    what : WhatIf
        As `robustness.what_if` gives it.
    lang : {"en", "zh"}
        Language of title, axes, legend and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Totals in points of 100 on the x axis with their ranks, best after the change on top; a bid that is out says so.
    """
    brush = brush_for(ax, lang, what_if_size(what))
    draw_what_if(brush, what)
    return brush.ax
