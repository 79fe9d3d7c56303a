"""The table of bids as a market, and the figures of each bidder, buyer and tender and of the market as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from supplier_eval.integrity.bid_table import BidTable
from supplier_eval.integrity.companions import losing
from supplier_eval.integrity.market_arrays import BoolArray, FloatArray, IntArray, Market, market_of
from supplier_eval.integrity.market_screens import Part, missing
from supplier_eval.integrity.market_settings import MarketSettings, Period
from supplier_eval.integrity.near_ties import gaps, missing_close, windows
from supplier_eval.integrity.reserve_distance import above_minimum, winner_distance
from supplier_eval.integrity.single_bidding import share_above_market


@dataclass(frozen=True, eq=False)
class Figures:
    """Figures of each tender that several screens use, shapes (n_tenders,).

    Parameters
    ----------
    distance : ndarray of float
        Winner below the reserve price, as a share; NaN where not known.
    gap : ndarray of float
        Two lowest bids, as a share of the reserve price.
    close, wider, coarse : ndarray of bool
        Gaps within the window, those up to twice as wide, and tenders written too coarsely to tell.
    on_minimum : ndarray of bool, shape (n_rows,)
        Bids on the lowest price that may win; False where there is none.
    has_minimum : ndarray of bool, shape (n_rows,)
        Bids of tenders that have such a price.
    single : ndarray of bool
        Tenders with one bid.
    """

    distance: FloatArray
    gap: FloatArray
    close: BoolArray
    wider: BoolArray
    coarse: BoolArray
    on_minimum: BoolArray
    has_minimum: BoolArray
    single: BoolArray


def market_from(table: BidTable, period: Period) -> Market:
    """Lay a table of bids out as a market; tenders of one day stand in the order of their ids."""
    n = len(table.tenders)
    order = years = None
    if table.date is not None:
        known = ~np.isnat(table.date)
        sorted_ = np.lexsort((np.arange(n), table.date.astype(np.int64), ~known))
        order = np.full(n, -1, dtype=np.int64)
        order[sorted_[: int(known.sum())]] = np.arange(int(known.sum()))
        years = np.where(known, _periods(table.date, period), -1)
    return market_of(
        table.tender,
        table.bidder,
        won=table.winner,
        price=table.price,
        order=order,
        period=years,
        n_tenders=n,
        n_bidders=len(table.bidders),
    )


def _periods(days: np.ndarray, period: Period) -> IntArray:
    """Year, or year and month or quarter, as one whole number (2024, 202403, 20241)."""
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    numbers = {"year": year, "quarter": year * 10 + (month + 2) // 3, "month": year * 100 + month}
    return np.asarray(numbers[period], dtype=np.int64)


def figures_of(table: BidTable, market: Market, settings: MarketSettings) -> Figures:
    """Compute the figures of each tender."""
    nothing = np.full(market.n_tenders, np.nan)
    above = np.full(len(market.tender), np.nan)
    if table.minimum is not None:
        above = above_minimum(market, table.minimum)
    distance = nothing if table.reserve is None else winner_distance(market, table.reserve)
    two = gaps(market, table.reserve, table.minimum)
    close, wider, coarse = windows(two, settings.near_tie)
    with np.errstate(invalid="ignore"):
        on = np.abs(above) <= settings.near_minimum
    single = np.asarray(table.n_bids == 1, dtype=bool)
    return Figures(distance, two.share, close, wider, coarse, on, ~np.isnan(above), single)


def bidders(table: BidTable, market: Market, own: Figures, settings: MarketSettings) -> tuple[pd.DataFrame, list[Part]]:
    """Every bidder's figures, and the screens by bidder."""
    lost = losing(market)
    enough = lost.chances >= settings.least_tenders
    few: Mapping[str, object] = {"least": settings.least_tenders}
    known = ~np.isnan(own.distance)
    near = own.distance[known] <= settings.near_reserve
    near_n, near_k, near_p = share_above_market(near, market.winner[known], market.n_bidders)
    alone = own.single[market.tender]
    single_n, single_k, single_p = share_above_market(alone, market.bidder, market.n_bidders)
    line = own.has_minimum
    line_n, line_k, line_p = share_above_market(own.on_minimum[line], market.bidder[line], market.n_bidders)
    close, wider = market.counts(own.close), market.counts(own.wider)
    frame = pd.DataFrame(
        {
            "bidder": table.bidders,
            "tenders": market.counts(),
            "chances": lost.chances,
            "wins": lost.wins,
            "expected_wins": lost.expected,
            "reserve_wins": near_n,
            "near_reserve_wins": near_k,
            "bids": single_n,
            "single_bids": single_k,
            "minimum_bids": line_n,
            "on_minimum_bids": line_k,
            "close_gaps": close,
            "wider_gaps": wider,
        }
    )
    parts = [Part("losing", "bidders", np.where(enough, lost.p, np.nan), facts=few)]
    parts.append(_some("near_reserve", "bidders", near_p, near_n, near, few))
    parts.append(_some("single_bid", "bidders", single_p, single_n, alone, few))
    parts.append(_some("near_minimum", "bidders", line_p, line_n, own.on_minimum, few))
    gap_p = np.where(close + wider >= settings.least_tenders, missing_close(close, wider), np.nan)
    parts.append(Part("missing_close", "bidders", gap_p, facts=few))
    return frame, [_or_missing(part, table) for part in parts]


def _some(
    screen: str, table: str, p: FloatArray, n: IntArray, marked: BoolArray, few: Mapping[str, object]
) -> Part:  # fmt: skip
    """Groups with enough items; nobody is tested where no item of the market has the mark."""
    if not marked.any():
        return Part(screen, table, np.full(len(p), np.nan), f"market.undefined.none_{screen}")
    return Part(screen, table, np.where(n >= int(str(few["least"])), p, np.nan), facts=few)


def _or_missing(part: Part, table: BidTable) -> Part:
    """The part, or why it cannot be: a column is missing."""
    needs = {
        "losing": ("winner",),
        "near_reserve": ("winner", "reserve"),
        "near_minimum": ("minimum",),
    }
    for column in needs.get(part.screen, ()):
        if getattr(table, column) is None:
            reason = missing(part.screen, part.table, column)
            return Part(part.screen, part.table, np.full(len(part.p), np.nan), reason.why, reason.facts)
    return part


def buyers(table: BidTable, market: Market, own: Figures, settings: MarketSettings) -> tuple[pd.DataFrame, list[Part]]:
    """Every buyer's figures, and the screens by buyer."""
    if table.buyer is None:
        return pd.DataFrame({"buyer": []}), []
    names, group = np.unique(table.buyer.astype(str), return_inverse=True)
    group = np.where(table.buyer == "", -1, group)
    single = own.single
    n, k, p = share_above_market(single, group, len(names))
    known = ~np.isnan(own.distance)
    near = own.distance[known] <= settings.near_reserve
    near_n, near_k, near_p = share_above_market(near, group[known], len(names))
    few: Mapping[str, object] = {"least": settings.least_tenders}
    frame = pd.DataFrame(
        {"buyer": names, "tenders": n, "single_bids": k, "reserve_wins": near_n, "near_reserve_wins": near_k}
    )
    parts = [_some("single_bid", "buyers", p, n, single, few)]
    parts.append(_or_missing(_some("near_reserve", "buyers", near_p, near_n, near, few), table))
    kept = np.flatnonzero(names != "")
    return frame.iloc[kept].reset_index(drop=True), [_taken(part, kept) for part in parts]


def _taken(part: Part, kept: IntArray) -> Part:
    return Part(part.screen, part.table, part.p[kept], part.why, part.facts)


def whole(market: Market, own: Figures, settings: MarketSettings) -> tuple[pd.DataFrame, list[Part]]:
    """The market in one row, and the screen of its gaps."""
    close, wider = np.array([own.close.sum()]), np.array([own.wider.sum()])
    distance = own.distance[~np.isnan(own.distance)]
    frame = pd.DataFrame(
        {
            "tenders": [market.n_tenders],
            "bidders": [market.n_bidders],
            "decided": [int(market.decided.sum())],
            "single_bids": [int(own.single.sum())],
            "close_gaps": close,
            "wider_gaps": wider,
            "coarse_gaps": [int(own.coarse.sum())],
            "reserve_wins": [len(distance)],
            "near_reserve_wins": [int((distance <= settings.near_reserve).sum())],
            "median_distance": [float(np.median(distance)) if len(distance) else np.nan],
        }
    )
    enough = close + wider >= settings.least_tenders
    p = np.where(enough, missing_close(close, wider), np.nan)
    return frame, [Part("missing_close", "market", p, facts={"least": settings.least_tenders})]


def periods(market: Market) -> pd.DataFrame:
    """Every period: tenders, bidders, mean bids a tender, concentration of wins, and how far shares moved.

    ``hhi`` is the sum of squared shares of wins (0 to 1), ``instability`` half the sum of absolute changes of the
    shares since the period before (0 to 1; S. Hymer and P. Pashigian 1962, Journal of Political Economy 70, 82-87).
    """
    columns = ["period", "tenders", "bidders", "mean_bids", "wins", "hhi", "instability"]
    rows, before = [], None
    if market.period is not None:
        for at in np.unique(market.period[market.period >= 0]).tolist():
            here = market.period == at
            live = here[market.tender]
            won = market.winner[here & market.decided]
            wins = np.bincount(won, minlength=market.n_bidders)  # whole numbers: no sum depends on names
            moved = np.nan if before is None or not len(won) else _moved(before, wins)
            hhi = int((wins**2).sum()) / max(1, len(won) ** 2)
            mean = float(market.sizes[here].mean())
            n = int(here.sum())
            rows.append((at, n, len(np.unique(market.bidder[live])), mean, len(won), hhi, moved))
            before = wins if len(won) else None
    return pd.DataFrame(rows, columns=columns)


def _moved(before: IntArray, now: IntArray) -> float:
    """Half the sum of absolute changes of shares."""
    one, two = int(before.sum()), int(now.sum())
    return int(np.abs(before * two - now * one).sum()) / (2 * one * two)
