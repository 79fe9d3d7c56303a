"""Tenders with the same number of bids, as blocks: one arithmetic for one tender and for a market."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from supplier_eval.integrity.bid_cells import IntArray


def blocks_by_size(start: IntArray) -> Iterator[tuple[int, IntArray, IntArray]]:
    """Give the tenders of each size.

    Parameters
    ----------
    start : ndarray of int64, shape (n_tenders + 1,)
        Where each tender's rows begin, and the end.

    Yields
    ------
    tuple of (int, ndarray of shape (n,), ndarray of shape (size, n))
        Number of bids, the tenders that have as many, and the rows of their bids.
    """
    sizes = np.diff(start)
    for size in np.unique(sizes).tolist():
        tenders = np.flatnonzero(sizes == size)
        yield size, tenders, np.arange(size).reshape(-1, 1) + start[tenders]
