r"""All groups of three or four that met often enough: how close their bids lie, beside other groups of the tenders.

The coefficient of variation (sample standard deviation over mean) is computed for every subset of k bids of every
tender. By tender its mean, median, least and largest value over the subsets (H. Wallimann, D. Imhof and M. Huber 2022,
A machine learning approach for flagging incomplete bid-rigging cartels, Computational Economics 62, 1669-1720), by
coalition the same over the tenders in which it met (D. Imhof and H. Wallimann 2021, Detecting bid-rigging coalitions in
different countries and auction formats, International Review of Law and Economics 68).

Test of a coalition: in a tender of s > k bids let u be the share of its subsets whose coefficient is at most that of
the coalition. If the bids of a tender are exchangeable, u is at least as large as a uniform draw of 1/c, 2/c, ..., 1 (c
subsets). Over m tenders the statistic is - sum ln u (R. A. Fisher 1932); its chance is that of such draws, summed on a
grid with all rounding on the careful side. Where chi-square of 2m degrees already says more than 0.2 it stands.
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from scipy.signal import fftconvolve
from scipy.special import gammaincc
from scipy.stats import rankdata

from supplier_eval.integrity.market_arrays import BoolArray, FloatArray, IntArray, Market

CHUNK = 400_000  # values at a time
PLACES = 12  # coefficients that agree to so many decimals are equal
ROUGH = 0.2
GRID = 0.01
SHORT = 64


@dataclass(frozen=True, eq=False)
class Subsets:
    """Every subset of k bidders of every tender that was searched.

    Parameters
    ----------
    members : ndarray of int, shape (n_subsets, k)
        Bidders, in rising order.
    tender : ndarray of int, shape (n_subsets,)
    variation : ndarray of float, shape (n_subsets,)
        Coefficient of variation of the prices; NaN where a price is missing.
    place : ndarray of float, shape (n_subsets,)
        Share of the tender's subsets that vary at most as much; NaN in a tender of k bids, where there is no other.
    choices : ndarray of int, shape (n_subsets,)
        Subsets of the tender.
    by_tender : ndarray of float, shape (n_tenders, 4)
        Mean, median, least and largest variation over all subsets of each tender, occasional bidders among them; NaN
        for a tender that was not searched.
    searched, left_out : int
        Tenders of at least k bids that were searched, and that were not because they would have exceeded the bound.
    seen : int
        Subsets that were computed.
    """

    members: IntArray
    tender: IntArray
    variation: FloatArray
    place: FloatArray
    choices: IntArray
    by_tender: FloatArray
    searched: int
    left_out: int
    seen: int


def subsets_of(market: Market, k: int, most: int = 8_000_000, regulars: BoolArray | None = None) -> Subsets:
    """Enumerate the subsets of k bidders of every tender, small tenders first.

    Parameters
    ----------
    market : Market
        Prices are needed for the variation.
    k : int
        Members, at least two.
    most : int
        Subsets at most; tenders that would exceed it are left out, the largest first, and counted.
    regulars : ndarray of bool, shape (n_bidders,), optional
        Subsets with any other bidder serve as comparison and are not kept.

    Returns
    -------
    Subsets
    """
    parts: list[tuple[IntArray, IntArray, FloatArray, FloatArray, IntArray]] = []
    summary = np.full((market.n_tenders, 4), np.nan)
    budget, searched, left_out = most, 0, 0
    for size in np.unique(market.sizes[market.sizes >= k]).tolist():
        tenders = np.flatnonzero(market.sizes == size)
        fit = min(len(tenders), budget // comb(size, k))
        searched, left_out, budget = searched + fit, left_out + len(tenders) - fit, budget - fit * comb(size, k)
        chosen = np.array(list(combinations(range(size), k)) if fit else np.zeros((0, k)), dtype=np.int64)
        step = max(1, CHUNK // max(1, len(chosen) * k))
        for at in range(0, fit, step):
            block = tenders[at : min(fit, at + step)]
            members, variation, place = _of_size(market, block, chosen, size)
            summary[block] = _row_summary(variation)
            kept = np.ones(len(members), dtype=bool) if regulars is None else regulars[members].all(axis=1)
            tender = np.repeat(block, len(chosen))[kept]
            each = np.full(len(tender), len(chosen), dtype=np.int64)
            parts.append((members[kept], tender, variation.ravel()[kept], place.ravel()[kept], each))
    seen = most - budget
    if not parts:
        nobody = np.zeros((0, k), dtype=np.int64)
        none = np.zeros(0, dtype=np.int64)
        return Subsets(nobody, none, np.zeros(0), np.zeros(0), none, summary, searched, left_out, seen)
    found = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Subsets(found[0], found[1], found[2], found[3], found[4], summary, searched, left_out, seen)


def _of_size(
    market: Market, tenders: IntArray, chosen: IntArray, size: int
) -> tuple[IntArray, FloatArray, FloatArray]:  # fmt: skip
    """Members, variation and place of all subsets of tenders with the same number of bids."""
    rows = market.starts[tenders][:, np.newaxis] + np.arange(size)
    members = market.bidder[rows][:, chosen]  # (n_tenders, n_subsets, k)
    prices = np.sort(market.price[rows][:, chosen], axis=2)  # in order of price: sums do not depend on names
    variation = coefficient_of_variation(prices)
    n, each = variation.shape
    place = np.full((n, each), np.nan)
    if each > 1:
        known = ~np.isnan(variation).any(axis=1)
        place[known] = rankdata(np.round(variation[known], PLACES), method="max", axis=1) / each
    return members.reshape(n * each, -1), variation, place


def _row_summary(variation: FloatArray) -> FloatArray:
    """Mean, median, least and largest of each row, shape (n_rows, 4); NaN for a row in which a price is missing."""
    low_to_high = np.sort(variation, axis=1)
    middle = low_to_high.shape[1] // 2
    median = (low_to_high[:, (low_to_high.shape[1] - 1) // 2] + low_to_high[:, middle]) / 2
    figures = np.stack([low_to_high.mean(axis=1), median, low_to_high[:, 0], low_to_high[:, -1]], axis=1)
    figures[np.isnan(variation).any(axis=1)] = np.nan
    return figures


def coefficient_of_variation(prices: FloatArray) -> FloatArray:
    """Sample standard deviation over mean along the last axis; NaN where a price is missing."""
    k = prices.shape[-1]
    mean = sum(prices[..., i] for i in range(k)) / k
    square = sum((prices[..., i] - mean) ** 2 for i in range(k)) / (k - 1)
    return np.asarray(np.sqrt(square) / mean, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Coalitions:
    """Coalitions that met often enough, one entry a coalition, in order of their members.

    Parameters
    ----------
    members : ndarray of int, shape (n_coalitions, k)
        Bidders.
    meetings : ndarray of int
        Tenders, among those searched, in which all of them bid.
    mean, median, least, largest : ndarray of float
        Of the coefficient of variation over these tenders.
    compared : ndarray of int
        Tenders with other bids beside the coalition, on which the test stands.
    p : ndarray of float
        P(bids so close together); NaN where nothing could be compared.
    subset_rows : tuple of ndarray of int
        Rows of each coalition in the subsets.
    """

    members: IntArray
    meetings: IntArray
    mean: FloatArray
    median: FloatArray
    least: FloatArray
    largest: FloatArray
    compared: IntArray
    p: FloatArray
    subset_rows: tuple[IntArray, ...]


def coalitions_of(subsets: Subsets, least: int = 5, least_compared: int = 3) -> Coalitions:
    """Gather the subsets by their members and test each coalition that met at least so often.

    Parameters
    ----------
    subsets : Subsets
        All of one size.
    least : int
        Meetings at least.
    least_compared : int
        Tenders with other bids beside that the test needs.

    Returns
    -------
    Coalitions
    """
    order = np.lexsort(tuple(subsets.members.T[::-1]))
    sorted_ = subsets.members[order]
    new = np.ones(len(sorted_), dtype=bool)
    new[1:] = (sorted_[1:] != sorted_[:-1]).any(axis=1)
    starts = np.append(np.flatnonzero(new), len(sorted_))
    sizes = np.diff(starts)
    kept = np.flatnonzero(sizes >= least)
    rows = tuple(order[starts[i] : starts[i + 1]] for i in kept)
    figures = np.array([_summary(subsets.variation[r]) for r in rows]).reshape(len(rows), 4)
    tested = [_closeness(subsets.place[r], subsets.choices[r], least_compared) for r in rows]
    return Coalitions(
        sorted_[starts[kept]],
        sizes[kept].astype(np.int64),
        figures[:, 0],
        figures[:, 1],
        figures[:, 2],
        figures[:, 3],
        np.array([n for n, _ in tested], dtype=np.int64),
        np.array([p for _, p in tested], dtype=np.float64),
        rows,
    )


def _summary(values: FloatArray) -> tuple[float, float, float, float]:
    known = np.sort(values[~np.isnan(values)])
    if not known.size:
        return (np.nan, np.nan, np.nan, np.nan)
    n = known.size
    middle = float(known[(n - 1) // 2] + known[n // 2]) / 2
    return float(known.sum() / n), middle, float(known[0]), float(known[-1])


def _closeness(places: FloatArray, choices: IntArray, least: int) -> tuple[int, float]:
    known = ~np.isnan(places)
    n = int(known.sum())
    if n < least:
        return n, np.nan
    statistic = float(-np.log(np.sort(places[known])).sum())
    p = float(gammaincc(n, statistic))
    return n, p if p > ROUGH else min(p, product_of_places(tuple(sorted(choices[known].tolist())), statistic))


def product_of_places(choices: tuple[int, ...], statistic: float) -> float:
    """P(- sum ln u >= statistic), each u drawn evenly from 1/c, ..., 1; not below the true chance.

    Parameters
    ----------
    choices : tuple of int
        Subsets c of each tender, in rising order.
    statistic : float
        Zero or more.
    """
    tails = _tails(choices)
    at = int(np.floor(statistic / GRID + 1e-9))
    return float(min(1.0, max(0.0, tails[at]))) if at < len(tails) else 0.0


@functools.lru_cache(maxsize=64)
def _tails(choices: tuple[int, ...]) -> FloatArray:
    """P(at least so many steps of the grid), one law for all coalitions that were compared over such tenders."""
    mass = np.ones(1)
    for c, times in sorted(Counter(choices).items()):
        steps = np.ceil(-np.log(np.arange(1, c + 1) / c) / GRID - 1e-9).astype(np.int64)
        square, left = np.bincount(steps) / c, times  # the law of 1, 2, 4, ... tenders
        while left:
            mass = _convolved(mass, square) if left % 2 else mass
            left //= 2
            square = _convolved(square, square) if left else square
    return np.asarray(np.cumsum(mass[::-1])[::-1])


def _convolved(one: FloatArray, two: FloatArray) -> FloatArray:
    return np.asarray(fftconvolve(one, two) if min(len(one), len(two)) > SHORT else np.convolve(one, two))
