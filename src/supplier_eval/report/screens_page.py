"""The page on screens: what was tested, every flag with its figures, charts, as one HTML file (§1.3.4)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.integrity.bid_screens import BidScreens
from supplier_eval.integrity.market_result import MarketScreens
from supplier_eval.integrity.screen_answers import ScreenAnswers
from supplier_eval.messages import Lang
from supplier_eval.report import tables_screens as rows
from supplier_eval.report.documents import language_tag, render, save_page
from supplier_eval.report.formats import plain
from supplier_eval.report.paper import printed
from supplier_eval.report.titles import warning_line
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.report.charts import Axes

MOST_ROWS = 500
MOST_ALIKE = 60


def write_screens(
    answers: ScreenAnswers | MarketScreens | BidScreens, path: str | Path, lang: Lang = "en", *, title: str = ""
) -> Path:
    """Write screens as one HTML file that needs nothing else.

    Parameters
    ----------
    answers : ScreenAnswers, MarketScreens or BidScreens
        What was screened.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``screens.html``.
    lang : {"en", "zh"}
        Language of the page.
    title : str
        What was screened.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The page is for those who look into flags: it names bidders. Nothing of it goes to a bidder, and nothing in it
    excludes anybody.
    """
    return save_page(screens_page(answers, lang, title=title), path, "screens.html")


def screens_page(
    answers: ScreenAnswers | MarketScreens | BidScreens, lang: Lang = "en", *, title: str = ""
) -> str:  # fmt: skip
    """Give the page on screens as the text of one HTML page, see `write_screens`."""
    given = _answers(answers)
    say, market = words(lang), given.market
    flags, more = rows.flags_table(given, lang, MOST_ROWS, MOST_ALIKE)
    summary = [] if market is None else market.explain(lang=lang).split("\n")[:1]
    summary += [] if given.bids is None else given.bids.explain(lang=lang).split("\n")[:1]
    summary += [] if given.releases is None else given.releases.explain(lang=lang).split("\n")[:1]
    summary += given.remarks(lang)
    weights = footer = ""
    if market is not None:
        lines = market.settings
        tested = f"{int(market.to_frame('screens')['tested'].sum()):,}"
        weights = say["screens.weights"].format(n=tested, line=f"{lines.false_discovery:g}")
        footer = say["screens.footer"].format(
            meetings=lines.least_meetings, tenders=lines.least_tenders, wins=lines.least_wins, seed=lines.seed
        )
    return render(
        "screens.html.j2",
        lang=language_tag(lang),
        say=say,
        title=plain(title),
        standing=given.standing,
        summary=summary,
        warnings=[warning_line(finding, lang) for finding in given.warnings],
        weights=weights,
        tests=None if market is None else rows.screens_table(market, lang),
        flags=flags,
        more=more,
        pairs=None if market is None else rows.pairs_table(market, lang),
        groups=None if market is None else rows.groups_table(market, lang),
        charts=_charts(given, lang),
        fingerprint=given.policy_fingerprint,
        foot=(*printed(given.policy_fingerprint, "", lang), *([footer] if footer else [])),
        footer=footer,
    )


def _answers(given: ScreenAnswers | MarketScreens | BidScreens) -> ScreenAnswers:
    if isinstance(given, MarketScreens):
        return ScreenAnswers(market=given)
    return ScreenAnswers(bids=given) if isinstance(given, BidScreens) else given


def _charts(answers: ScreenAnswers, lang: Lang) -> list[dict[str, str]]:
    """The charts as pictures inside the page, each with the words that stand in for it."""
    from supplier_eval.report import charts_integrity as draw

    wanted: list[Callable[[], Axes]] = []
    market, bids = answers.market, answers.bids
    if market is not None and len(market.to_frame("pairs")):
        wanted.append(lambda: draw.co_bidding_network(market, lang=lang))
    if bids is not None:
        if (np.isfinite(bids.figures["cv"]) & np.isfinite(bids.figures["relative_distance"])).any():
            wanted.append(lambda: draw.screen_scatter(bids, lang=lang))
        wanted.append(lambda: draw.tender_prices(bids, lang=lang))
    return [_picture(make()) for make in wanted]


def _picture(ax: Axes) -> dict[str, str]:
    from supplier_eval.report.charts import alt_text
    from supplier_eval.report.small_picture import inside_page

    return {"source": inside_page(ax), "alt": alt_text(ax)}
