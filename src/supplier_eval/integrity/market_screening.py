"""All screens across the tenders of a market: who wins in turn, who always loses to whom, what is shared (§1.3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.integrity import market_groups as groups
from supplier_eval.integrity import market_units as units
from supplier_eval.integrity.bid_table import BidTable, read_bids
from supplier_eval.integrity.market_flags import (
    detail_flags,
    flags_frame,
    in_order,
    raise_flags,
    screens_frame,
    with_p_values,
)
from supplier_eval.integrity.market_result import MarketScreens
from supplier_eval.integrity.market_settings import MarketSettings, read_market_settings
from supplier_eval.integrity.shared_details import Shared, shared_details

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.integrity.coalitions import Subsets
    from supplier_eval.integrity.market_arrays import Market

DETAILS = ("contact", "bank", "address")


def screen_market(
    frame: pd.DataFrame | BidTable,
    *,
    columns: Mapping[str, str] | None = None,
    settings: MarketSettings | Mapping[str, object] | None = None,
) -> MarketScreens:
    """Look across many tenders for patterns that competition rarely leaves, and flag them for people.

    Parameters
    ----------
    frame : DataFrame or BidTable
        One row a bid: ``tender``, ``bidder``, ``price``; what else is there (``winner``, ``date``, ``reserve``,
        ``minimum``, ``buyer``, ``contact``, ``bank``, ``address``) opens more screens, see `read_bids`.
    columns : mapping, optional
        Field → column of `frame`, where a column is called otherwise.
    settings : MarketSettings or mapping, optional
        Lines, or some of them by name; by default 5 % of false alarms among the flags of a screen.

    Returns
    -------
    MarketScreens
        Flags, and tables by bidder, pair, coalition, tender. A screen that cannot be computed (no such column, too few
        tenders) says so in ``to_frame("screens")``.

    Raises
    ------
    InvalidInput
        With everything that is wrong with the table of bids at once.

    Notes
    -----
    Each screen tests one statement of what chance alone would give; the statement and its limits stand on its page
    (``docs/screens/``). P-values of a screen are corrected together (Benjamini-Hochberg). Legitimate reasons exist for
    every flag: trades, regions, capacity, joint ventures. The order of rows and columns never matters; what bidders are
    called does not either.

    Examples
    --------
    >>> import pandas as pd
    >>> bids = pd.read_csv("data/samples/market/bids.csv", dtype={"pid": str, "bidder_id": str}).head(600)
    >>> columns = {"tender": "pid", "bidder": "bidder_id", "price": "bid"}
    >>> se.integrity.screen_market(bids, columns=columns)
    MarketScreens(116 tenders, 114 bidders; 46 flags; exploratory)
    """
    chosen = read_market_settings(settings)
    table = frame if isinstance(frame, BidTable) else read_bids(frame, columns)
    market = units.market_from(table, chosen.period)
    own = units.figures_of(table, market, chosen)
    tables: dict[str, pd.DataFrame] = {}
    tables["bidders"], parts = units.bidders(table, market, own, chosen)
    tables["buyers"], more = units.buyers(table, market, own, chosen)
    tables["market"], whole = units.whole(market, own, chosen)
    tables["pairs"], tables["companions"], paired_parts, met = groups.pairs(table, market, chosen)
    tables["coalitions"], of_coalitions, searched = groups.coalitions(table, market, chosen)
    tables, paired = with_p_values(tables, [*parts, *more, *whole, *paired_parts, *of_coalitions], chosen.adjustment)
    shared, left = _shared(table)
    flags = in_order(
        [*raise_flags(tables, paired, chosen.false_discovery), *detail_flags(table, shared)]
    )  # fmt: skip
    tables["market"] = _searched(tables["market"], met.pairs_met, searched, left)
    tables["tenders"] = _tenders(table, market, own, searched)
    tables["periods"] = units.periods(market)
    tables["shared"] = _shared_frame(table, shared)
    tables["flags"] = flags_frame(flags)
    tables["screens"] = screens_frame(paired, flags, chosen.false_discovery)
    return MarketScreens(tables, flags, chosen, table.warnings)


def _shared(table: BidTable) -> tuple[list[Shared], int]:
    found: list[Shared] = []
    left = 0
    for kind in DETAILS:
        details = getattr(table, kind)
        if details is not None:
            pairs, more = shared_details(table.tender, table.bidder, details.tolist(), kind)
            found, left = [*found, *pairs], left + more
    return found, left


def _searched(frame: pd.DataFrame, pairs_met: int, searched: Mapping[int, Subsets], left: int) -> pd.DataFrame:
    """The row of the market, with what was searched and what was left out."""
    more = {"pairs_met": pairs_met}
    for size, subsets in searched.items():
        more |= {f"subsets_of_{size}": subsets.seen, f"left_out_of_{size}": subsets.left_out}
    return frame.assign(**more, shared_left_out=left)


def _tenders(
    table: BidTable, market: Market, own: units.Figures, searched: Mapping[int, Subsets]
) -> pd.DataFrame:  # fmt: skip
    import pandas as pd

    names = np.array([*table.bidders, ""], dtype=object)
    frame = pd.DataFrame(
        {
            "tender": table.labels,
            "bidders": market.sizes,
            "winner": names[market.winner],
            "winner_distance": own.distance,
            "gap": own.gap,
        }
    )
    return frame.join(groups.subset_figures(dict(searched)))


def _shared_frame(table: BidTable, shared: list[Shared]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (table.labels[s.tender], table.bidders[s.first], table.bidders[s.second], s.kind, s.value, s.alike)
        for s in shared
    ]
    return pd.DataFrame(rows, columns=["tender", "first", "second", "kind", "value", "alike"])
