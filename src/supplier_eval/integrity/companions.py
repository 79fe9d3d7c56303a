"""Bidders that always lose, and the winner to whom they are attached.

Losing: with equal chances of the s bidders of a tender, the wins of a bidder are a Poisson-binomial count with chances
1/s; the p-value is P(at most so many wins). Attached: of the n_j tenders of bidder j, the companion took part in m; of
j's w_j wins, x fell into those m. If the companion's presence does not matter to j, x is hypergeometric, and the
p-value is P(at least x). One more bidder lowers j's chance, so that this test errs on the careful side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from supplier_eval.integrity.co_bidding import picked
from supplier_eval.integrity.exact_tails import hypergeometric_upper, poisson_binomial_lower
from supplier_eval.integrity.market_arrays import FloatArray, IntArray, Market


@dataclass(frozen=True, eq=False)
class Losing:
    """Wins of every bidder beside those expected, shapes (n_bidders,).

    Parameters
    ----------
    chances : ndarray of int
        Decided tenders with at least two bidders in which the bidder took part.
    wins : ndarray of int
        Of these, won.
    expected : ndarray of float
        Wins under equal chances, the sum of 1 over the number of bidders.
    p : ndarray of float
        P(at most so many wins); NaN where there was no chance.
    """

    chances: IntArray
    wins: IntArray
    expected: FloatArray
    p: FloatArray


def losing(market: Market) -> Losing:
    """Test for every bidder whether it wins less often than equal chances give.

    Parameters
    ----------
    market : Market
        Winners are needed; tenders without one winner do not count.

    Returns
    -------
    Losing
    """
    sizes, place = np.unique(market.sizes, return_inverse=True)
    live = market.decided[market.tender]
    flat = market.bidder[live] * len(sizes) + place[market.tender[live]]
    by_size = np.bincount(flat, minlength=market.n_bidders * len(sizes)).reshape(market.n_bidders, len(sizes))
    chance = 1.0 / np.maximum(sizes, 1)
    wins, n = market.win_counts(), by_size.sum(axis=1).astype(np.int64)
    p = np.full(market.n_bidders, np.nan)
    for i in np.flatnonzero(n).tolist():
        p[i] = poisson_binomial_lower(int(wins[i]), by_size[i], chance)
    return Losing(n, wins, by_size @ chance, p)


@dataclass(frozen=True, eq=False)
class Attached:
    """Ordered pairs of a companion and a winner, shapes (n_pairs,).

    Parameters
    ----------
    companion, winner : ndarray of int
        Bidders.
    meetings : ndarray of int
        Decided tenders in which both bid.
    winner_tenders, winner_wins : ndarray of int
        Decided tenders of the winner, and how many of them it won.
    wins_with : ndarray of int
        Wins of the winner where the companion bid.
    p : ndarray of float
        P(at least so many of the wins where the companion bid).
    """

    companion: IntArray
    winner: IntArray
    meetings: IntArray
    winner_tenders: IntArray
    winner_wins: IntArray
    wins_with: IntArray
    p: FloatArray


def attached(market: Market, first: IntArray, second: IntArray, least_wins: int = 3) -> Attached:
    """Test for pairs, both ways round, whether one wins above all where the other bids.

    Parameters
    ----------
    market : Market
        Winners are needed.
    first, second : ndarray of int, shape (n_pairs,)
        Pairs; each is tested with either as the winner.
    least_wins : int
        Wins that the winner must have.

    Returns
    -------
    Attached
        Only ordered pairs whose winner has that many wins and bid at least once without the companion.
    """
    companion, winner = np.concatenate((first, second)), np.concatenate((second, first))
    part = market.incidence(market.decided)
    met = picked((part.T @ part).tocsr(), companion, winner)
    n, wins = market.counts(market.decided), market.win_counts()
    kept = (wins[winner] >= least_wins) & (met < n[winner]) & (met > 0)
    companion, winner, met = companion[kept], winner[kept], met[kept]
    won_with = picked((market.wins().T @ market.incidence()).tocsr(), winner, companion)
    p = hypergeometric_upper(won_with, n[winner], met, wins[winner])
    return Attached(companion, winner, met, n[winner], wins[winner], won_with, p)
