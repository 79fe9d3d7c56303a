"""Two bidders whose prices stand in the same ratio again and again.

Over the tenders (or the items of one tender) in which both have a price, the ratio of their prices is constant when the
highest and the lowest ratio differ by no more than a tolerance. Prices made independently do not keep a ratio; a price
copied with a fixed markup does.

Source: the pattern is named in OECD, "Guidelines for Fighting Bid Rigging in Public Procurement" (recalled); the
measure is this package's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PairRatios:
    """Ratios of each pair of bidders, shape (n_pairs,) each.

    Parameters
    ----------
    group, first, second : ndarray of int64
        What the pair was looked at within (0 where the whole table), and its bidders, `first` < `second`.
    count, equal : ndarray of int64
        In how many places both have a price, and in how many the same.
    lowest, highest : ndarray of float64
        Lowest and highest ratio of the first's price to the second's.
    """

    group: IntArray
    first: IntArray
    second: IntArray
    count: IntArray
    equal: IntArray
    lowest: FloatArray
    highest: FloatArray

    def of(self, chosen: npt.NDArray[np.bool_]) -> PairRatios:
        """The chosen pairs."""
        whole = (self.group, self.first, self.second, self.count, self.equal)
        group, first, second, count, equal = (array[chosen] for array in whole)
        return PairRatios(group, first, second, count, equal, self.lowest[chosen], self.highest[chosen])

    @property
    def range(self) -> FloatArray:
        """How far the highest ratio lies above the lowest, as a share of the lowest."""
        return np.asarray((self.highest - self.lowest) / self.lowest)

    def __len__(self) -> int:
        return len(self.count)


def pair_ratios(place: IntArray, bidder: IntArray, price: FloatArray, group: IntArray | None = None) -> PairRatios:
    """Compare the prices of every two bidders over the places where both have one.

    Parameters
    ----------
    place : ndarray of int64, shape (n,)
        Where a price was given: a tender, or an item of a tender.
    bidder : ndarray of int64, shape (n,)
        By whom. A bidder with several prices in one place is left out there: which one counts is not known.
    price : ndarray of float64, shape (n,)
        Above zero.
    group : ndarray of int64, shape (n,), optional
        Pairs are formed within each group only (the tender of an item); the same for all rows of a place.

    Returns
    -------
    PairRatios
        By group, first and second bidder in ascending order.
    """
    g = np.zeros(len(place), dtype=np.int64) if group is None else group
    order = np.lexsort((bidder, place))
    place, bidder, price, g = place[order], bidder[order], price[order], g[order]
    alone = ~_repeated(place, bidder)
    place, bidder, price, g = place[alone], bidder[alone], price[alone], g[alone]
    start = (
        np.flatnonzero(np.concatenate(([True], place[1:] != place[:-1], [True]))) if len(place) else np.zeros(1, int)
    )
    parts = [_pairs_of(size, start) for size in np.unique(np.diff(start)).tolist() if size > 1]
    left, right = (np.concatenate([part[side] for part in parts] or [np.zeros(0, int)]) for side in (0, 1))
    return _gathered(g[left], bidder[left], bidder[right], price[left], price[right])


def _repeated(place: IntArray, bidder: IntArray) -> npt.NDArray[np.bool_]:
    same = (place[1:] == place[:-1]) & (bidder[1:] == bidder[:-1])
    return np.concatenate(([False], same))[: len(place)] | np.concatenate((same, [False]))[: len(place)]


def _pairs_of(size: int, start: IntArray) -> tuple[IntArray, IntArray]:
    """Rows of all pairs in the places that have `size` prices."""
    first = start[:-1][np.diff(start) == size]
    i, j = np.triu_indices(size, 1)
    return (first + i[:, None]).ravel(), (first + j[:, None]).ravel()


def _gathered(group: IntArray, a: IntArray, b: IntArray, price_a: FloatArray, price_b: FloatArray) -> PairRatios:
    order = np.lexsort((b, a, group))
    group, a, b = group[order], a[order], b[order]
    ratio, equal = (price_a / price_b)[order], (price_a == price_b)[order]
    none = np.zeros(0, dtype=np.int64)
    if not len(group):
        return PairRatios(none, none, none, none, none, np.zeros(0), np.zeros(0))
    new = (np.diff(group) != 0) | (np.diff(a) != 0) | (np.diff(b) != 0)
    first = np.flatnonzero(np.concatenate(([True], new)))
    count = np.diff(np.append(first, len(group)))
    same = np.add.reduceat(equal.astype(np.int64), first)
    low, high = np.minimum.reduceat(ratio, first), np.maximum.reduceat(ratio, first)
    return PairRatios(group[first], a[first], b[first], count, same, low, high)
