"""The screens inside a tender, over one tender or a market."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.flags import Flag
from supplier_eval.integrity.bid_cells import FloatArray, IntArray
from supplier_eval.integrity.bid_columns import ARGUMENTS, refuse
from supplier_eval.integrity.bid_patterns import (
    ACROSS,
    EXPLAINED_TIE,
    Pattern,
    constant_ratios,
    find_patterns,
    item_patterns,
    market_digits,
)
from supplier_eval.integrity.bid_screens import BidScreens
from supplier_eval.integrity.bid_table import BidTable, read_bids
from supplier_eval.integrity.by_size import blocks_by_size
from supplier_eval.integrity.false_alarms import adjust_p_values
from supplier_eval.integrity.item_prices import read_items
from supplier_eval.integrity.price_figures import LEAST, add_rows, price_figures
from supplier_eval.integrity.screen_settings import ScreenSettings, read_settings
from supplier_eval.integrity.uniform_tests import uniform_tests

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Tender

CLAUSE = "§1.3.4"
PRICES = ("lowest", "second", "highest", "mean")
TESTS = ("ks_uniform", "ks_inner", "ks_p", "gap_share", "gap_p")


def screen_bids(
    bids: pd.DataFrame | Tender | BidTable,
    *,
    columns: Mapping[str, str] | None = None,
    items: pd.DataFrame | None = None,
    item_columns: Mapping[str, str] | None = None,
    settings: ScreenSettings | Mapping[str, object] | None = None,
    opened: Iterable[str] | None = None,
) -> BidScreens:
    """Look at the prices of each tender for what competition rarely leaves behind.

    Parameters
    ----------
    bids : DataFrame, Tender or BidTable
        One row a bid (see `read_bids`), or a tender whose prices may be opened.
    columns : mapping, optional
        Field → column of the frame.
    items : DataFrame, optional
        Unit prices: ``tender bidder item unit_price`` (and ``lot``).
    item_columns : mapping, optional
        Field → column of `items`.
    settings : ScreenSettings or mapping, optional
        Lines that differ from the defaults.
    opened : iterable of str, optional
        Bids of the tender whose envelopes were opened; needed where it has two envelopes.

    Returns
    -------
    BidScreens
        Figures, p-values adjusted for the number of tenders, and flags. Nobody is excluded by it.

    Raises
    ------
    InvalidInput
        With everything that is wrong with the tables, columns and settings.
    NotOpened
        If the tender's prices are still closed.

    Examples
    --------
    >>> import pandas as pd
    >>> bids = pd.read_csv("data/samples/market/bids.csv", dtype={"pid": str, "bidder_id": str}).head(600)
    >>> columns = {"tender": "pid", "bidder": "bidder_id", "price": "bid"}
    >>> se.integrity.screen_bids(bids, columns=columns)
    BidScreens(116 tenders, 600 bids; 71 flags in 59 tenders)
    """
    lines = read_settings(settings)
    table, sheet, fingerprint = _given(bids, columns, opened)
    if sheet is not None and items is None:
        items = sheet
    by_price = np.lexsort((table.bidder, table.price, table.tender))
    figures = _figures(table, by_price, lines)
    ratios, steady = constant_ratios(table, lines)
    patterns = [*_of_figures(table, figures, lines), *find_patterns(table, by_price, lines), *steady]
    if items is not None:
        patterns += item_patterns(read_items(items, table, item_columns), lines)
    ties = sum(pattern.code == EXPLAINED_TIE for pattern in patterns)
    patterns = [pattern for pattern in patterns if pattern.code != EXPLAINED_TIE]
    patterns.sort(key=lambda p: (p.tender == ACROSS, p.tender, p.code, p.bidders, p.figure))
    flags = tuple(_flag(table, pattern) for pattern in patterns)
    return BidScreens(table, figures, flags, ratios, lines, market_digits(table, lines), fingerprint, ties)


def _given(
    bids: object, columns: Mapping[str, str] | None, opened: Iterable[str] | None
) -> tuple[BidTable, pd.DataFrame | None, str]:
    """The table of bids, the price sheet of a tender, and its policy's fingerprint."""
    import pandas as pd

    from supplier_eval.intake.tender import Tender

    if isinstance(bids, Tender):
        from supplier_eval.integrity.opened_prices import opened_prices

        if columns is not None:
            raise InvalidInput([Finding("screens.columns_of_tender", ARGUMENTS, "columns")], ARGUMENTS)
        frame, sheet = opened_prices(bids, opened)
        return read_bids(frame), sheet, bids.policy.fingerprint
    if opened is not None:
        raise InvalidInput([Finding("screens.opened_of_table", ARGUMENTS, "opened")], ARGUMENTS)
    if isinstance(bids, BidTable):
        return bids, None, ""
    if not isinstance(bids, pd.DataFrame):
        refuse("screens.bids", "bids", bids)
    return read_bids(bids, columns), None, ""


def _figures(table: BidTable, by_price: IntArray, settings: ScreenSettings) -> dict[str, FloatArray]:
    """Every figure of every tender, by blocks of tenders of one size."""
    names = (*PRICES, *LEAST, *TESTS)
    figures = {name: np.full(len(table.tenders), np.nan) for name in names}
    for size, tenders, rows in blocks_by_size(table.start):
        prices = table.price[by_price[rows]]
        figures["lowest"][tenders], figures["highest"][tenders] = prices[0], prices[-1]
        figures["second"][tenders] = prices[1] if size > 1 else np.nan
        figures["mean"][tenders] = add_rows(prices) / size
        for name, values in {**price_figures(prices), **uniform_tests(prices)}.items():
            figures[name][tenders] = values
    for name in ("ks", "gap"):
        figures[f"{name}_q"] = adjust_p_values(figures[f"{name}_p"], settings.adjustment)
    order = (*PRICES, *LEAST, "ks_uniform", "ks_inner", "ks_p", "ks_q", "gap_share", "gap_p", "gap_q")
    return {name: figures[name] for name in order}


def _of_figures(table: BidTable, figures: Mapping[str, FloatArray], settings: ScreenSettings) -> list[Pattern]:
    """Tenders whose figures lie beyond a line."""
    close = (figures["cv"] <= settings.cv) & (figures["relative_distance"] > settings.relative_distance)
    close &= table.n_bids >= settings.variation_bids
    found = []
    for at in np.flatnonzero(close).tolist():
        facts: dict[str, Any] = {"cv": f"{100 * figures['cv'][at]:.2f}", "line": f"{100 * settings.cv:g}"}
        distance = float(figures["relative_distance"][at])
        found.append(Pattern("screens.variation_and_gap", at, (), distance, settings.relative_distance, facts))
    for code, name in (("screens.uneven_prices", "ks"), ("screens.gap_unlikely", "gap")):
        for at in np.flatnonzero(figures[f"{name}_q"] <= settings.q).tolist():
            facts = {"p": f"{figures[f'{name}_p'][at]:.3g}", "gap": f"{100 * figures['gap_share'][at]:.1f}"}
            found.append(Pattern(code, at, (), float(figures[f"{name}_q"][at]), settings.q, facts))
    return found


def _flag(table: BidTable, pattern: Pattern) -> Flag:
    bidders = ", ".join(table.bidders[at] for at in pattern.bidders)
    label = "" if pattern.tender == ACROSS else table.labels[pattern.tender]
    facts = {"tender": label, "bidders": bidders, **pattern.facts}
    facts |= {"share": f"{100 * pattern.figure:.4g}", "line_share": f"{100 * pattern.threshold:.4g}"}
    return Flag(pattern.code, label, bidders, "", "", pattern.figure, pattern.threshold, CLAUSE, facts=facts)
