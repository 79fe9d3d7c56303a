"""A market as plain arrays: who bid in which tender, who won, when; what all screens across tenders start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class Market:
    """Bids of many tenders, one row a bidder and tender.

    Parameters
    ----------
    tender, bidder : ndarray of int, shape (n_rows,)
        Codes from 0; rows in the order of tender, then bidder, each pair once.
    won : ndarray of bool, shape (n_rows,)
        Whether the bidder won the tender; all False where winners are not known.
    price : ndarray of float, shape (n_rows,)
        Price; where a bidder gave several the one that won, else the lowest; NaN where there is none.
    n_tenders, n_bidders : int
        How many codes there are.
    order : ndarray of int, shape (n_tenders,), optional
        Place of each tender in time, each once, -1 where its day is not known; None without days.
    period : ndarray of int, shape (n_tenders,), optional
        Year of each tender, -1 where not known.
    """

    tender: IntArray
    bidder: IntArray
    won: BoolArray
    price: FloatArray
    n_tenders: int
    n_bidders: int
    order: IntArray | None = None
    period: IntArray | None = None

    @cached_property
    def sizes(self) -> IntArray:
        """Bidders of each tender, shape (n_tenders,)."""
        return np.bincount(self.tender, minlength=self.n_tenders).astype(np.int64)

    @cached_property
    def starts(self) -> IntArray:
        """First row of each tender, and the number of rows at the end, shape (n_tenders + 1,)."""
        return np.concatenate(([0], np.cumsum(self.sizes))).astype(np.int64)

    @cached_property
    def winner(self) -> IntArray:
        """Bidder that won, shape (n_tenders,); -1 where none or several did."""
        found = np.full(self.n_tenders, UNKNOWN, dtype=np.int64)
        found[self.tender[self.won]] = self.bidder[self.won]
        wins = np.bincount(self.tender[self.won], minlength=self.n_tenders)
        found[wins != 1] = UNKNOWN
        return found

    @cached_property
    def decided(self) -> BoolArray:
        """Tenders with one winner and at least two bidders: where winning says something, shape (n_tenders,)."""
        return np.asarray((self.winner != UNKNOWN) & (self.sizes >= 2), dtype=bool)

    def incidence(self, tenders: BoolArray | None = None) -> sparse.csr_array:
        """Who took part, shape (n_tenders, n_bidders); rows of tenders that are left out are empty."""
        kept = slice(None) if tenders is None else tenders[self.tender]
        rows, columns = self.tender[kept], self.bidder[kept]
        ones = np.ones(len(rows), dtype=np.int64)
        return sparse.csr_array((ones, (rows, columns)), shape=(self.n_tenders, self.n_bidders))

    def wins(self) -> sparse.csr_array:
        """Who won each decided tender, shape (n_tenders, n_bidders)."""
        rows = np.flatnonzero(self.decided)
        ones = np.ones(len(rows), dtype=np.int64)
        return sparse.csr_array((ones, (rows, self.winner[rows])), shape=(self.n_tenders, self.n_bidders))

    def counts(self, tenders: BoolArray | None = None) -> IntArray:
        """Tenders in which each bidder took part, shape (n_bidders,)."""
        kept = slice(None) if tenders is None else tenders[self.tender]
        return np.bincount(self.bidder[kept], minlength=self.n_bidders).astype(np.int64)

    def win_counts(self) -> IntArray:
        """Decided tenders that each bidder won, shape (n_bidders,)."""
        return np.bincount(self.winner[self.decided], minlength=self.n_bidders).astype(np.int64)


def market_of(
    tender: IntArray,
    bidder: IntArray,
    *,
    won: BoolArray | None = None,
    price: FloatArray | None = None,
    order: IntArray | None = None,
    period: IntArray | None = None,
    n_tenders: int | None = None,
    n_bidders: int | None = None,
) -> Market:
    """Lay bids out; several bids of one bidder in one tender become one row with the price that won, else the lowest.

    Parameters
    ----------
    tender, bidder : ndarray of int, shape (n_bids,)
        Codes from 0, in any order of rows.
    won : ndarray of bool, shape (n_bids,), optional
        Which bids won.
    price : ndarray of float, shape (n_bids,), optional
        Prices; NaN where there is none.
    order, period : ndarray of int, shape (n_tenders,), optional
        Place in time, and year, of each tender.
    n_tenders, n_bidders : int, optional
        By default one more than the largest code.

    Returns
    -------
    Market
    """
    n = len(tender)
    n_tenders = int(tender.max()) + 1 if n_tenders is None and n else (n_tenders or 0)
    n_bidders = int(bidder.max()) + 1 if n_bidders is None and n else (n_bidders or 0)
    prices = np.full(n, np.nan) if price is None else np.asarray(price, dtype=np.float64)
    wins = np.zeros(n, dtype=bool) if won is None else np.asarray(won, dtype=bool)
    rows = np.lexsort((prices, ~wins, bidder, tender))  # NaN comes last
    t, b = np.asarray(tender, dtype=np.int64)[rows], np.asarray(bidder, dtype=np.int64)[rows]
    first = np.ones(n, dtype=bool)
    first[1:] = (np.diff(t) != 0) | (np.diff(b) != 0)
    group = np.cumsum(first) - 1
    any_win = np.bincount(group[wins[rows]], minlength=int(first.sum())) > 0
    return Market(t[first], b[first], any_win, prices[rows][first], n_tenders, n_bidders, order, period)
