"""Who sees only one bid: tenders without competition, by buyer and by bidder.

A buyer with n of T tenders, S of them with a single bid in the whole market: if single bids fall at random, the buyer's
are hypergeometric (Fisher's exact test, one side). For a bidder the draws are bids: of all bids, S stand alone.
"""

from __future__ import annotations

import numpy as np

from supplier_eval.integrity.exact_tails import hypergeometric_upper
from supplier_eval.integrity.market_arrays import BoolArray, FloatArray, IntArray


def share_above_market(marked: BoolArray, group: IntArray, n_groups: int) -> tuple[IntArray, IntArray, FloatArray]:
    """Test for each group whether more of its items are marked than chance gives.

    Parameters
    ----------
    marked : ndarray of bool, shape (n_items,)
        Items with the mark: tenders with a single bid, wins close to the reserve price.
    group : ndarray of int, shape (n_items,)
        Group of each item; items of a negative group count for the market only.
    n_groups : int
        Number of groups.

    Returns
    -------
    tuple of ndarray, shape (n_groups,)
        Items, marked items, and P(at least so many marked) (1 for a group without items).
    """
    own = group >= 0
    n = np.bincount(group[own], minlength=n_groups).astype(np.int64)
    k = np.bincount(group[own & marked], minlength=n_groups).astype(np.int64)
    total = np.full(n_groups, len(marked), dtype=np.int64)
    every = np.full(n_groups, int(marked.sum()), dtype=np.int64)
    return n, k, hypergeometric_upper(k, total, every, n)
