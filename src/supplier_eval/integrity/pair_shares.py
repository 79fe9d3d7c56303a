r"""Whether two bidders keep their shares of the wins between them steadier over the years than chance.

For a pair, a_p of the n_p wins of the two in period p fell to the first. If every win between them is like any other,
the a_p are, given their sum and the n_p, multivariate hypergeometric. The statistic is

.. math:: X^2 = \sum_p (a_p - n_p \pi)^2 / (n_p \pi (1 - \pi)), \quad \pi = \sum a_p / \sum n_p

and the p-value P(X^2 at most what was seen): shares steadier than chance. It is sampled until `HITS` draws are at
most what was seen, or `most` draws are done (J. Besag and P. Clifford 1991, Biometrika 78, 301-304), which keeps the
p-value valid; its standard error stands beside it.
"""

from __future__ import annotations

import functools
import math

import numpy as np

from supplier_eval.integrity.market_arrays import IntArray, Market

HITS = 20
CLOSE = 1e-9


def wins_by_period(market: Market, first: IntArray, second: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Wins of each of a pair where both bid, by period.

    Parameters
    ----------
    market : Market
        With periods.
    first, second : ndarray of int, shape (n_pairs,)
        Pairs.

    Returns
    -------
    tuple of ndarray
        Periods, shape (n_periods,), and the wins of first and second, shape (n_pairs, n_periods).
    """
    from supplier_eval.integrity.co_bidding import picked

    period = market.period if market.period is not None else np.zeros(market.n_tenders, dtype=np.int64)
    periods = np.unique(period[market.decided & (period >= 0)])
    one = np.zeros((len(first), len(periods)), dtype=np.int64)
    two = np.zeros_like(one)
    wins = market.wins()
    for k, at in enumerate(periods):
        part = market.incidence(market.decided & (period == at))
        won_with = (wins.T @ part).tocsr()
        one[:, k], two[:, k] = picked(won_with, first, second), picked(won_with, second, first)
    return periods, one, two


def steady_shares(one: IntArray, two: IntArray, most: int = 9999, seed: int = 0) -> tuple[float, float]:
    """Test whether the shares of two bidders in their wins are steadier over the periods than chance.

    Parameters
    ----------
    one, two : ndarray of int, shape (n_periods,)
        Wins of each; periods without a win of either do not count.
    most : int
        Draws at most.
    seed : int
        Of the draws; the same counts give the same figure whatever the bidders are called.

    Returns
    -------
    tuple of float
        p-value and its Monte-Carlo standard error; NaN twice with fewer than three periods, or if one never won.
    """
    n = np.asarray(one) + np.asarray(two)
    kept = n > 0
    wins = tuple(int(v) for v in (np.asarray(one) if np.sum(one) <= np.sum(two) else np.asarray(two))[kept])
    if np.sum(one) == np.sum(two):
        wins = min(tuple(int(v) for v in np.asarray(side)[kept]) for side in (one, two))
    if kept.sum() < 3 or sum(wins) == 0:
        return math.nan, math.nan
    return _sampled(wins, tuple(int(v) for v in n[kept]), most, seed)


@functools.lru_cache(maxsize=65_536)
def _sampled(wins: tuple[int, ...], n: tuple[int, ...], most: int, seed: int) -> tuple[float, float]:
    a, each = sum(wins), np.array(n)
    share = a / each.sum()
    expected, spread = each * share, each * share * (1 - share)
    seen = float((((np.array(wins) - expected) ** 2) / spread).sum())
    rng = np.random.default_rng(np.random.SeedSequence([seed, *wins, *n]))
    done, hits = 0, 0
    while done < most:
        size = min(most - done, 100 if done == 0 else 2000)
        drawn = rng.multivariate_hypergeometric(each, a, size=size)
        low = (((drawn - expected) ** 2) / spread).sum(axis=1) <= seen + CLOSE
        if hits + low.sum() >= HITS:
            at = done + int(np.flatnonzero(low)[HITS - hits - 1]) + 1
            p = HITS / at
            return p, _error(p, at)
        hits, done = hits + int(low.sum()), done + size
    p = (hits + 1) / (done + 1)
    return p, _error(p, done)


def _error(p: float, draws: int) -> float:
    """Standard error of a share; where all draws agree, that of one draw more which does not."""
    inside = min(p, draws / (draws + 1))
    return math.sqrt(inside * (1 - inside) / draws)
