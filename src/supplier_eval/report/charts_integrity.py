"""The charts of the screens: prices of tenders, tenders between two figures, who bids with whom.

Each function takes a result of `integrity`, gives axes back and neither shows nor saves; `charts.draw_as` makes a file
of them and `charts.alt_text` the words that stand in for them. A mark is a question for people, never a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.chart_network import draw_network, network_of, network_size
from supplier_eval.report.chart_prices import draw_prices, price_rows, prices_size
from supplier_eval.report.chart_screens import draw_screens
from supplier_eval.report.charts import Axes, brush_for

if TYPE_CHECKING:
    from supplier_eval.integrity.bid_screens import BidScreens
    from supplier_eval.integrity.market_result import MarketScreens

__all__ = ["co_bidding_network", "screen_scatter", "tender_prices"]


def tender_prices(
    screens: BidScreens, *, tenders: Sequence[str] | None = None, lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """Draw the prices of some tenders, each as a share of its reserve price.

    Parameters
    ----------
    screens : BidScreens
        As `integrity.screen_bids` gives it.
    tenders : sequence of str, optional
        Which tenders, at most 40; by default 25 of several bids, those with most flags first.
    lang : {"en", "zh"}
        Language of title, axes and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Per cent of the reserve price on the x axis (of the lowest price where no tender has one), a row a tender, the
        number of bids to the right. The winner is a filled diamond, a tick the lowest price that may win.

    Raises
    ------
    UnknownName
        If there is no such tender.
    """
    shown = price_rows(screens, tenders)
    brush = brush_for(ax, lang, prices_size(shown))
    draw_prices(brush, shown)
    return brush.ax


def screen_scatter(screens: BidScreens, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Draw every tender between the variation of its prices and the distance of the lowest from the others.

    Parameters
    ----------
    screens : BidScreens
        As `integrity.screen_bids` gives it.
    lang : {"en", "zh"}
        Language of title, axes and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Coefficient of variation in per cent on the x axis, relative distance on the y axis, broken lines where the
        settings draw them; flagged tenders are triangles. The remark counts tenders beyond the axes and those without
        figures.
    """
    brush = brush_for(ax, lang, (9.2, 5.8))
    draw_screens(brush, screens)
    return brush.ax


def co_bidding_network(
    found: MarketScreens, *, names: Sequence[str] | None = None, lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """Draw who bids with whom.

    Parameters
    ----------
    found : MarketScreens
        As `integrity.screen_market` gives it.
    names : sequence of str, optional
        Which bidders, at most 60; by default 30, those in flags first, then those that met others most.
    lang : {"en", "zh"}
        Language of title, legend and remark.
    ax : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        Lines are as wide as the pair met often; places have no meaning but nearness. A square bidder has a flag of its
        own.

    Raises
    ------
    UnknownName
        If there is no such bidder.
    """
    shown = network_of(found, names)
    brush = brush_for(ax, lang, network_size(shown))
    draw_network(brush, shown)
    return brush.ax
