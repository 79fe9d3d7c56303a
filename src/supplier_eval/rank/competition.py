"""From totals to ranks: competition style 1-2-2-4, ties broken by declared keys only (convention §9)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import settle


def competition_ranks(keys: Sequence[npt.ArrayLike], eligible: npt.ArrayLike | None = None) -> npt.NDArray[np.int64]:
    """Rank bids by the first key, then the second, and so on; equal in all keys is equal in rank.

    Parameters
    ----------
    keys : sequence of array_like of shape (n_bids, ...)
        Higher is better; compared to nine decimals. The first is the total, the others break ties.
    eligible : array_like of bool of shape (n_bids, ...), optional
        Bids that take part; all where omitted.

    Returns
    -------
    ndarray of int of shape (n_bids, ...)
        1 is best; tied bids share a rank and the next rank is skipped; 0 for a bid that takes no part.

    Raises
    ------
    ValueError
        If an eligible bid has a missing key.
    """
    judged = [settle(key) for key in keys]
    mask = np.ones(judged[0].shape, bool) if eligible is None else np.asarray(eligible, dtype=bool)
    if any(bool(np.isnan(key[mask]).any()) for key in judged):
        raise ValueError("an eligible bid has no figure to rank by")
    columns = [np.where(mask, -key, np.inf) for key in judged]
    order = np.lexsort((*reversed(columns), ~mask), axis=0)
    n = mask.shape[0]
    fresh = np.zeros(mask.shape, bool)
    fresh[:1] = True
    for column in columns:
        ordered = np.take_along_axis(column, order, axis=0)
        fresh[1:] |= ordered[1:] != ordered[:-1]
    places = np.arange(1, n + 1, dtype=np.int64).reshape((-1,) + (1,) * (mask.ndim - 1))
    ordered_ranks = np.maximum.accumulate(np.where(fresh, places, 0), axis=0)
    ranks = np.empty(mask.shape, np.int64)
    np.put_along_axis(ranks, order, ordered_ranks, axis=0)
    return np.where(mask, ranks, 0)
