"""The charts of risks: matrix, exceedance curve, drivers of the loss, indicators, concentration, portfolio.

Each function takes a result of `risk`, gives axes back and neither shows nor saves; `charts.draw_as` makes a file of
them and `charts.alt_text` the words that stand in for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.asked_results import wanted
from supplier_eval.report.chart_backtest import backtest_size, draw_backtest
from supplier_eval.report.chart_concentration import concentration_size, draw_concentration
from supplier_eval.report.chart_exceedance import SIZE as CURVE_SIZE
from supplier_eval.report.chart_exceedance import draw_exceedance
from supplier_eval.report.chart_indicators import SIZE as LINES_SIZE
from supplier_eval.report.chart_indicators import draw_indicator
from supplier_eval.report.chart_kraljic import SIZE as PORTFOLIO_SIZE
from supplier_eval.report.chart_kraljic import draw_kraljic
from supplier_eval.report.chart_loss_drivers import draw_drivers, drivers_size
from supplier_eval.report.chart_matrix import draw_matrix, matrix_size
from supplier_eval.report.chart_tails import SIZE as TAILS_SIZE
from supplier_eval.report.chart_tails import draw_tails
from supplier_eval.report.charts import Axes, brush_for

if TYPE_CHECKING:
    from supplier_eval.risk.concentration_result import Concentrations
    from supplier_eval.risk.indicator_backtest_result import IndicatorBacktests
    from supplier_eval.risk.indicator_watch import IndicatorWatch
    from supplier_eval.risk.kraljic_result import KraljicPortfolio
    from supplier_eval.risk.losses_result import AnnualLosses
    from supplier_eval.risk.matrix_places import PlacedRisks
    from supplier_eval.risk.measure_tails import TailComparison
    from supplier_eval.risk.register_front import RiskRegister

__all__ = [
    "concentration_bars",
    "indicator_backtest_plot",
    "indicator_lines",
    "kraljic_plot",
    "loss_drivers",
    "loss_exceedance",
    "risk_matrix_plot",
    "tails_plot",
]


def risk_matrix_plot(places: PlacedRisks, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw a risk matrix with its real ranges and the risks in its cells.

    Parameters
    ----------
    places : PlacedRisks
        As `risk.place_risks` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Bands of impact on the x axis and of likelihood on the y axis, all of one width, with ranges and units; the ids
        in a cell by expected loss, the largest first. Darker is higher. What is not assessed has no place and is named.
    """
    wanted(places, "places", "PlacedRisks")
    brush = brush_for(ax, lang, matrix_size(places))
    draw_matrix(brush, places)
    return brush.ax


def loss_exceedance(losses: AnnualLosses, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw how probable it is that a year costs more than a sum.

    Parameters
    ----------
    losses : AnnualLosses
        As `risk.simulate_losses` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Money on the x axis; probability of a larger loss in per cent on a log scale on the y axis, down to where 20
        simulated years lie beyond; the band is 1.96 standard errors of the simulation; diamonds are VaR.
    """
    wanted(losses, "losses", "AnnualLosses")
    brush = brush_for(ax, lang, CURVE_SIZE)
    draw_exceedance(brush, losses)
    return brush.ax


def loss_drivers(register: RiskRegister, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw which risks move the expected loss most, as a tornado.

    Parameters
    ----------
    register : RiskRegister
        As `risk.RiskRegister.read` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Change of the expected loss a year in money on the x axis, if every event of the risk cost its 5 % or its 95 %
        quantile in place of its mean; the 20 widest bars.
    """
    wanted(register, "register", "RiskRegister")
    brush = brush_for(ax, lang, drivers_size(register))
    draw_drivers(brush, register)
    return brush.ax


def indicator_lines(watch: IndicatorWatch, indicator: str, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw a key risk indicator over time with the figures at which amber and red are entered and left.

    Parameters
    ----------
    watch : IndicatorWatch
        As `risk.watch_indicators` gives it.
    indicator : str
        Which.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Days on the x axis, the unit of the indicator on the y axis. Circles are green, diamonds amber, squares red,
        crosses at the foot missing readings; full lines enter a level, broken ones leave it.

    Raises
    ------
    UnknownName
        If there is no such indicator.
    """
    wanted(watch, "watch", "IndicatorWatch")
    brush = brush_for(ax, lang, LINES_SIZE)
    draw_indicator(brush, watch, indicator)
    return brush.ax


def concentration_bars(found: Concentrations, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw how concentrated the spend of each category is, by ultimate parent.

    Parameters
    ----------
    found : Concentrations
        As `risk.concentration` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        HHI in points (up to 10 000) on the x axis, a bar a category, all together last; broken lines are the
        thresholds. At the end of a bar: the effective number, the largest with its share, and whether the rest can take
        its volume.
    """
    wanted(found, "found", "Concentrations")
    brush = brush_for(ax, lang, concentration_size(found))
    draw_concentration(brush, found)
    return brush.ax


def kraljic_plot(found: KraljicPortfolio, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw where items lie in a Kraljic portfolio, with the grey margin around the lines.

    Parameters
    ----------
    found : KraljicPortfolio
        As `risk.kraljic` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Supply risk on the x axis, profit impact on the y axis, both 0 to 100. Full dots are clear, open diamonds lie
        within the margin of a line; the 40 nearest to the strategic corner bear their names. What is not rated has no
        place and is named below.
    """
    wanted(found, "found", "KraljicPortfolio")
    brush = brush_for(ax, lang, PORTFOLIO_SIZE)
    draw_kraljic(brush, found)
    return brush.ax


def indicator_backtest_plot(found: IndicatorBacktests, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw of which share of the incidents each indicator would have warned, beside what chance alone scores.

    Parameters
    ----------
    found : IndicatorBacktests
        As `risk.backtest_indicators` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Per cent of the incidents that could be seen on the x axis, a row an indicator, 25 at most: the share as a dot
        on its 90 % interval, the share of days on which any incident would have counted as warned as an open diamond;
        at the end counts, median lead in days, and false alarms a year.
    """
    wanted(found, "found", "IndicatorBacktests")
    brush = brush_for(ax, lang, backtest_size(found))
    draw_backtest(brush, found)
    return brush.ax


def tails_plot(found: TailComparison, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw how probable a costly year is without and with a set of measures.

    Parameters
    ----------
    found : TailComparison
        As `risk.compare_tails` gives it.
    lang : {"en", "zh"}
        Language of all text.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        As `loss_exceedance`: a broken curve without the measures, a full one with them.
    """
    wanted(found, "found", "TailComparison")
    brush = brush_for(ax, lang, TAILS_SIZE)
    draw_tails(brush, found)
    return brush.ax
