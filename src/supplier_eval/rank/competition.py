"""From totals to ranks: competition style 1-2-2-4, ties broken by declared keys only (convention §9)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, settle

FEW_BIDS = 32  # more bids than these are sorted


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
    if any(bool((np.isnan(key) & mask).any()) for key in judged):
        raise ValueError("an eligible bid has no figure to rank by")
    if len(judged) == 1 and mask.ndim > 1 and mask.shape[0] <= FEW_BIDS:
        return _counted(judged[0], mask)
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


def shared_ranks(ranks: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """In which tenders bids share a rank.

    Parameters
    ----------
    ranks : ndarray of int of shape (n_bids, ...)
        As `competition_ranks` gives them.

    Returns
    -------
    ndarray of bool of the shape without the bids
        Ranks that are all different add up to n (n + 1) / 2; a rank that is skipped makes them add up to less.
    """
    n = np.count_nonzero(ranks, axis=0)
    return np.asarray(ranks.sum(axis=0) != n * (n + 1) // 2)


def _counted(key: FloatArray, mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Ranks by one key of a few bids in many tenders: one more than the bids that are ahead, pair by pair."""
    everybody = bool(mask.all())
    judged = key if everybody else np.where(mask, key, -np.inf)
    ahead = np.zeros(mask.shape, np.int8)
    for a in range(len(judged) - 1):
        others = judged[a + 1 :]
        ahead[a + 1 :] += (judged[a] > others).view(np.int8)
        ahead[a] += np.add.reduce((others > judged[a]).view(np.int8), axis=0, dtype=np.int8)
    ranks = ahead.astype(np.int64) + 1
    return ranks if everybody else np.where(mask, ranks, 0)
