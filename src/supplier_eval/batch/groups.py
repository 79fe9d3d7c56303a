"""Tenders of a long table as blocks of equally many bids: where each tender's rows stand, without moving them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
ROWS_AT_ONCE = 32_768  # rows of a block held at once, so that they stay near the processor


@dataclass(frozen=True, eq=False)
class Groups:
    """Rows by tender.

    Parameters
    ----------
    codes : ndarray of int of shape (n_rows,)
        Number of each row's tender, 0 to below `n`; every number has a row.
    n : int
        Number of tenders.
    order : ndarray of int or None
        Positions of the rows, tender after tender; None where they stand so already.
    starts, sizes : ndarray of int of shape (n,)
        Place of each tender's first row in that order, and how many rows it has.
    """

    codes: IntArray
    n: int
    order: IntArray | None
    starts: IntArray
    sizes: IntArray

    @classmethod
    def of(cls, codes: IntArray) -> Groups:
        """Lay out rows by the numbers of their tenders; any whole numbers from 0 will do."""
        order: IntArray | None = None
        along = codes
        heads = _heads(codes)
        leading = codes[heads]
        n = len(heads) if bool((leading[1:] > leading[:-1]).all()) else len(np.unique(leading))
        if len(heads) != n:  # some tender's rows do not stand together
            order = np.argsort(codes, kind="stable").astype(np.int64)
            along = codes[order]
            heads = _heads(along)
        sizes = np.diff(np.append(heads, len(codes))).astype(np.int64)
        numbers = np.repeat(np.arange(n, dtype=np.int64), sizes)
        if order is not None:
            spread = np.empty(len(codes), np.int64)
            spread[order] = numbers
            numbers = spread
        return cls(numbers, n, order, heads.astype(np.int64), sizes)

    @cached_property
    def first(self) -> IntArray:
        """Position of one row of each tender."""
        return self.starts if self.order is None else self.order[self.starts]

    def blocks(self) -> tuple[tuple[IntArray, IntArray], ...]:
        """Blocks of tenders with equally many bids, of a size that stays near the processor; see `laid_out`."""
        return self._blocks

    @cached_property
    def _blocks(self) -> tuple[tuple[IntArray, IntArray], ...]:
        return tuple(self.laid_out(ROWS_AT_ONCE))

    def laid_out(self, rows_at_once: int) -> Iterator[tuple[IntArray, IntArray]]:
        """Blocks of tenders with equally many bids.

        Yields
        ------
        tuple of (ndarray of shape (n_tenders,), ndarray of shape (n_bids, n_tenders))
            Numbers of the tenders, and the positions of their rows.
        """
        if self.n == 0:
            return
        by_size = np.argsort(self.sizes, kind="stable")
        edges = np.flatnonzero(np.diff(self.sizes[by_size], prepend=-1))
        for left, right in zip(edges, np.append(edges[1:], self.n), strict=True):
            size = int(self.sizes[by_size[left]])
            step = max(1, rows_at_once // size)
            for at in range(left, right, step):
                tenders = by_size[at : min(at + step, right)]
                places = self.starts[tenders][None, :] + np.arange(size)[:, None]
                yield tenders, places if self.order is None else self.order[places]

    def varies(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
        """Which rows have another value than the first row of their tender; NaN equals NaN."""
        told = values[self.first][self.codes]
        differ = values != told
        if values.dtype.kind == "f":
            differ &= ~(np.isnan(values) & np.isnan(told))
        return np.asarray(differ)

    def count(self, where: npt.NDArray[np.bool_]) -> IntArray:
        """How many rows of each tender a mask holds."""
        return np.bincount(self.codes[where], minlength=self.n)


def _heads(codes: IntArray) -> IntArray:
    fresh = np.ones(len(codes), bool)
    fresh[1:] = codes[1:] != codes[:-1]
    return np.flatnonzero(fresh)
