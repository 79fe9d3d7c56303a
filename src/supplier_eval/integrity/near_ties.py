r"""Missing close finishes: a hole in the differences between the two lowest bids next to zero.

The gap of a tender is the difference of its two lowest bids over the reserve price (over the lowest bid without one).
Where bidders compete, close finishes are at least as frequent as somewhat wider ones; a ring that keeps its losers away
from the winner leaves a hole next to zero (S. Chassang, K. Kawai, J. Nakabayashi and J. Ortner 2022, Robust screens for
noncompetitive bidding in procurement auctions, Econometrica 90, 315-346: a bidder who never wins or loses by little
would gain by bidding a little more).

Prices are written in round figures, and a gap smaller than the last digit cannot be. So gaps are counted in steps: the
step of a tender is the largest power of ten (from one hundredth) of which both bids are multiples, and the window w
holds m = floor(w * scale / step) of them. A tender whose window holds no step is left out and counted.

Test: c gaps of at most m steps (ties among them), f gaps of m + 1 to 2m. If the chance of a gap does not rise with the
number of steps, c is at least as large as a binomial count of c + f with chance one half, so that P(binomial at most c)
is a valid p-value. This is a test of the shape of the gaps, written for this package; it is not that paper's bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from supplier_eval.integrity.exact_tails import binomial_upper
from supplier_eval.integrity.market_arrays import BoolArray, FloatArray, IntArray, Market

FINEST = 0.01
COARSEST = 12  # powers of ten above the finest


@dataclass(frozen=True, eq=False)
class Gaps:
    """The two lowest bids of each tender, shapes (n_tenders,); NaN where fewer than two bids can win.

    Parameters
    ----------
    low, second : ndarray of float
        Lowest and second lowest price.
    scale : ndarray of float
        Reserve price, or the lowest price where there is none.
    """

    low: FloatArray
    second: FloatArray
    scale: FloatArray

    @property
    def share(self) -> FloatArray:
        """Difference over scale."""
        return np.asarray((self.second - self.low) / self.scale, dtype=np.float64)

    @property
    def step(self) -> FloatArray:
        """Largest power of ten of which both prices are multiples; 0 for prices finer than a hundredth."""
        found = np.zeros(len(self.low))
        for power in range(COARSEST + 1):
            unit = FINEST * 10.0**power
            parts = np.stack((self.low, self.second)) / unit
            with np.errstate(invalid="ignore"):
                whole = ((np.abs(parts - np.round(parts)) <= 1e-6) & (parts > 0.5)).all(axis=0)
            found[whole] = unit
        return found


def gaps(market: Market, reserve: FloatArray | None = None, minimum: FloatArray | None = None) -> Gaps:
    """Find the two lowest bids of each tender.

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
    Gaps
    """
    price = market.price
    if minimum is not None:
        price = np.where(price < minimum[market.tender], np.nan, price)
    rows = np.lexsort((price, market.tender))
    live = np.bincount(market.tender[~np.isnan(price)], minlength=market.n_tenders)
    low, second = np.full(market.n_tenders, np.nan), np.full(market.n_tenders, np.nan)
    two = live >= 2
    low[two], second[two] = price[rows[market.starts[:-1][two]]], price[rows[market.starts[:-1][two] + 1]]
    scale = low if reserve is None else np.where(np.isnan(reserve), low, reserve)
    return Gaps(low, second, scale)


def windows(found: Gaps, width: float) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Tell close gaps, wider ones, and tenders whose prices are written too coarsely, shapes (n_tenders,).

    Parameters
    ----------
    found : Gaps
        As `gaps` gives them.
    width : float
        Window as a share of the scale.
    """
    step = found.step
    known = ~np.isnan(found.share)
    with np.errstate(invalid="ignore", divide="ignore"):
        room = np.floor(width * found.scale / step + 1e-9)
        steps = np.round((found.second - found.low) / step)
        fine = known & (step == 0)
        close = np.where(fine, found.share <= width, known & (room >= 1) & (steps <= room))
        near = np.where(fine, found.share <= 2 * width, known & (room >= 1) & (steps <= 2 * room))
        coarse = known & ~fine & (room < 1)
    return close, near & ~close, coarse


def missing_close(close: IntArray, wider: IntArray) -> FloatArray:
    """P(at most so many close gaps) of close + wider with chance one half; 1 where there is no gap at all."""
    c, n = np.asarray(close, dtype=np.int64), np.asarray(close, dtype=np.int64) + np.asarray(wider, dtype=np.int64)
    return binomial_upper(n - c, n, np.full(n.shape, 0.5))
