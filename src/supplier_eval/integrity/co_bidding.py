r"""Who bids together more often than chance: the co-bidding graph.

For two bidders with n_i and n_j of T tenders, the number of tenders in which they meet is hypergeometric if the n_j
tenders of one fall at random among the T:

.. math:: P(X \geq n_{ij}) = \sum_{x \geq n_{ij}} \binom{n_i}{x} \binom{T - n_i}{n_j - x} / \binom{T}{n_j}

which is Fisher's exact test, one side (R. A. Fisher 1935, The Design of Experiments). The lift is n_ij T / (n_i n_j),
the Jaccard index n_ij / (n_i + n_j - n_ij). Joint wins: who of the two wins where both bid, against equal chances of
all bidders of a tender (two of s), a Poisson-binomial count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from supplier_eval.integrity.exact_tails import (
    binomial_two_sided_half,
    hypergeometric_upper,
    poisson_binomial_upper,
)
from supplier_eval.integrity.market_arrays import FloatArray, IntArray, Market


@dataclass(frozen=True, eq=False)
class Meetings:
    """Pairs that met often enough, one entry a pair, first code below second.

    Parameters
    ----------
    first, second : ndarray of int, shape (n_pairs,)
        Bidders.
    meetings : ndarray of int
        Tenders in which both bid.
    lift, jaccard : ndarray of float
        Meetings over those expected by chance; meetings over tenders in which at least one of the two bid.
    p : ndarray of float
        P(at least so many meetings).
    pairs_met : int
        Pairs that met at all, those below the least number of meetings among them.
    """

    first: IntArray
    second: IntArray
    meetings: IntArray
    lift: FloatArray
    jaccard: FloatArray
    p: FloatArray
    pairs_met: int


def co_bidding(market: Market, least: int = 5) -> Meetings:
    """Find the pairs of bidders that meet at least so often, and how likely that many meetings are by chance.

    Parameters
    ----------
    market : Market
        Tenders with one bidder count among the tenders: nobody met there.
    least : int
        Meetings at least; pairs below are counted and not tested.

    Returns
    -------
    Meetings
    """
    met = _upper(market.incidence())
    enough = met.data >= least
    first, second = met.row[enough].astype(np.int64), met.col[enough].astype(np.int64)
    together = met.data[enough].astype(np.int64)
    n = market.counts()
    total = np.full(len(first), market.n_tenders, dtype=np.int64)
    p = hypergeometric_upper(together, total, n[first], n[second])
    lift = together * float(market.n_tenders) / (n[first] * n[second])
    jaccard = together / (n[first] + n[second] - together)
    return Meetings(first, second, together, lift, jaccard, p, len(met.data))


@dataclass(frozen=True, eq=False)
class MutualWins:
    """Who won where both of a pair bid, shapes (n_pairs,).

    Parameters
    ----------
    decided : ndarray of int
        Meetings with one winner and at least two bidders.
    first_wins, second_wins : ndarray of int
        Of these, won by each.
    expected : ndarray of float
        Joint wins expected under equal chances, the sum of 2 over the number of bidders.
    p_joint : ndarray of float
        P(at least so many joint wins); 1 for tenders of two, which one of them must win.
    p_dominance : ndarray of float
        Two-sided p-value of first against second wins, one half each.
    """

    decided: IntArray
    first_wins: IntArray
    second_wins: IntArray
    expected: FloatArray
    p_joint: FloatArray
    p_dominance: FloatArray


def mutual_wins(market: Market, first: IntArray, second: IntArray) -> MutualWins:
    """Count who wins where two bidders meet, and test their joint wins against equal chances.

    Parameters
    ----------
    market : Market
        Winners are needed.
    first, second : ndarray of int, shape (n_pairs,)
        Pairs.

    Returns
    -------
    MutualWins
    """
    sizes = np.unique(market.sizes[market.decided])
    by_size = np.zeros((len(first), len(sizes)), dtype=np.int64)
    for k, size in enumerate(sizes):
        part = market.incidence(market.decided & (market.sizes == size))
        by_size[:, k] = picked((part.T @ part).tocsr(), first, second)
    won_with = (market.wins().T @ market.incidence()).tocsr()
    one, two = picked(won_with, first, second), picked(won_with, second, first)
    chances = np.minimum(1.0, 2.0 / sizes)
    joint = one + two
    tails = [poisson_binomial_upper(int(j), row, chances) for j, row in zip(joint, by_size, strict=True)]
    p = np.array(tails, dtype=np.float64)
    dominance = binomial_two_sided_half(one, joint)
    expected = np.asarray(by_size @ chances, dtype=np.float64)
    return MutualWins(by_size.sum(axis=1), one, two, expected, p, dominance)


def picked(matrix: sparse.csr_array, rows: IntArray, columns: IntArray) -> IntArray:
    """Entries of a sparse matrix at places, shape (n_places,)."""
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    return np.asarray(matrix[rows, columns]).ravel().astype(np.int64)


def _upper(incidence: sparse.csr_array) -> sparse.coo_array:
    """Meetings of every pair that met, first below second, in order."""
    met = sparse.triu((incidence.T @ incidence).tocsr(), k=1).tocsr()
    met.sort_indices()
    return sparse.coo_array(met)
