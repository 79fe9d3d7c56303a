r"""Missing close finishes: a hole in the differences between the two lowest bids next to zero.

The gap of a tender is the difference of its two lowest bids over the reserve price (over the lowest bid without one).
Where bidders compete, close finishes are at least as frequent as somewhat wider ones; a ring that keeps its losers away
from the winner leaves a hole next to zero (S. Chassang, K. Kawai, J. Nakabayashi and J. Ortner 2022, Robust screens for
noncompetitive bidding in procurement auctions, Econometrica 90, 315-346: a bidder who never wins or loses by little
would gain by bidding a little more).

Test: c gaps within w, f gaps between w and 2w. If the density of the gap does not rise between 0 and 2w, c is at
least as large as a binomial count of c + f with chance one half, so that P(binomial at most c) is a valid p-value.
This is a test of the shape of the gaps, written for this package; it is not the bound of that paper.
"""

from __future__ import annotations

import numpy as np

from supplier_eval.integrity.exact_tails import binomial_upper
from supplier_eval.integrity.market_arrays import FloatArray, IntArray, Market


def gaps(market: Market, reserve: FloatArray | None = None, minimum: FloatArray | None = None) -> FloatArray:
    """Difference of the two lowest bids of each tender over its reserve price, shape (n_tenders,).

    Parameters
    ----------
    market : Market
        Prices are needed.
    reserve : ndarray of float, shape (n_tenders,), optional
        Where it is missing the lowest bid stands in.
    minimum : ndarray of float, shape (n_tenders,), optional
        Bids below it cannot win and are left out.

    Returns
    -------
    ndarray of float
        NaN where fewer than two bids can win.
    """
    price = market.price
    if minimum is not None:
        price = np.where(price < minimum[market.tender], np.nan, price)
    rows = np.lexsort((price, market.tender))
    live = np.bincount(market.tender[~np.isnan(price)], minlength=market.n_tenders)
    found = np.full(market.n_tenders, np.nan)
    two = live >= 2
    low, next_ = price[rows[market.starts[:-1][two]]], price[rows[market.starts[:-1][two] + 1]]
    scale = low if reserve is None else np.where(np.isnan(reserve[two]), low, reserve[two])
    found[two] = (next_ - low) / scale
    return found


def missing_close(close: IntArray, wider: IntArray) -> FloatArray:
    """P(at most so many close gaps) of close + wider with chance one half; 1 where there is no gap at all."""
    c, n = np.asarray(close, dtype=np.int64), np.asarray(close, dtype=np.int64) + np.asarray(wider, dtype=np.int64)
    return binomial_upper(n - c, n, np.full(n.shape, 0.5))
