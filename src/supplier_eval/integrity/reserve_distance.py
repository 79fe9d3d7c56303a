"""How far the winner stays below the reserve price, and how bids lie at the lowest price that may win.

Distance = 1 - price / reserve. Wins within a stated distance of the reserve are counted by bidder and buyer and tested
against the rest of the market (`single_bidding.share_above_market`). The same is done for bids on the lowest
price that may win (the abnormal line), which a bidder can hit again and again only if it is public or was told.
"""

from __future__ import annotations

import numpy as np

from supplier_eval.integrity.market_arrays import FloatArray, IntArray, Market


def winning_row(market: Market) -> IntArray:
    """Row of the winner of each tender with one winner, shape (n_tenders,); -1 for the others."""
    found = np.full(market.n_tenders, -1, dtype=np.int64)
    rows = np.flatnonzero(market.won & (market.winner[market.tender] >= 0))
    found[market.tender[rows]] = rows
    return found


def winner_distance(market: Market, reserve: FloatArray) -> FloatArray:
    """Distance of the winning price below the reserve price, shape (n_tenders,).

    Parameters
    ----------
    market : Market
        Winners and prices are needed.
    reserve : ndarray of float, shape (n_tenders,)
        NaN where there is none.

    Returns
    -------
    ndarray of float
        1 - price / reserve; negative above it, NaN where winner, price or reserve is missing.
    """
    rows = winning_row(market)
    price = np.full(market.n_tenders, np.nan)
    price[rows >= 0] = market.price[rows[rows >= 0]]
    return np.asarray(1.0 - price / reserve, dtype=np.float64)


def above_minimum(market: Market, minimum: FloatArray) -> FloatArray:
    """How far each bid lies above the lowest price that may win, relative to it, shape (n_rows,); NaN without one."""
    return np.asarray(market.price / minimum[market.tender] - 1.0, dtype=np.float64)
