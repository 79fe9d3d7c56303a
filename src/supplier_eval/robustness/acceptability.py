"""How often each bid takes each rank over many draws of weights and values: the counting of SMAA-2.

Lahdelma and Salminen (2001), "SMAA-2: Stochastic multicriteria acceptability analysis for group decision making",
Operations Research 49; Tervonen and Lahdelma (2007), "Implementing stochastic multicriteria acceptability analysis",
EJOR 178.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.robustness.scored import identical_to
from supplier_eval.score.order import NOISE_DIGITS, FloatArray

Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.unsignedinteger]

CHUNK = 524_288  # totals held at once, so that they stay near the processor
MOST_AT_ONCE = 22  # bids whose pairs are counted in one byte
NOBODY = 255  # mark of the places that fill up a row
LANES = 8  # bytes of a word
MOST_WORDS = 255  # words whose bytes are added without carry


class Tally(NamedTuple):
    """Counts over draws, one entry a scramble.

    Attributes
    ----------
    draws : int
        Draws of each scramble.
    ranks : ndarray of int of shape (n_scrambles, n_bids, n_bids)
        Draws in which a bid (second axis) has rank 1, 2, ... (third axis); tied bids share the better rank.
    ahead : ndarray of int of shape (n_scrambles, n_bids, n_bids)
        Draws in which a bid (second axis) is strictly ahead of another (third axis).
    first_weights : ndarray of shape (n_scrambles, n_bids, n_criteria)
        Sums of the weights of the draws in which a bid has rank 1.
    """

    draws: int
    ranks: Counts
    ahead: Counts
    first_weights: FloatArray


class Layout(NamedTuple):
    """How the draws of some scrambles lie in a row: each scramble filled up to whole words that can be counted fast.

    Attributes
    ----------
    scrambles, draws : int
        Scrambles in the row, draws of each.
    blocks, words : int
        Each scramble has so many blocks of so many words of eight draws.
    """

    scrambles: int
    draws: int
    blocks: int
    words: int

    @classmethod
    def of(cls, scrambles: int, draws: int) -> Layout:
        """The layout that fills up least."""
        blocks = 1 << (-(-draws // (LANES * MOST_WORDS)) - 1).bit_length()
        return cls(scrambles, draws, blocks, -(-draws // (LANES * blocks)))

    @property
    def length(self) -> int:
        """Places of one scramble."""
        return self.blocks * self.words * LANES

    def fill(self, weights: FloatArray, dtype: type[np.floating]) -> npt.NDArray[np.floating]:
        """Weights of shape (n_places, n_criteria), zeros where a scramble is filled up."""
        if self.length == self.draws:
            return weights.reshape(-1, weights.shape[-1]).astype(dtype, copy=False)
        row = np.zeros((self.scrambles, self.length, weights.shape[-1]), dtype)
        row[:, : self.draws] = weights
        return row.reshape(-1, weights.shape[-1])

    def spread(self, values: FloatArray) -> FloatArray:
        """Drawn values of one scramble with zeros where it is filled up."""
        return np.pad(values, ((0, 0), (0, 0), (0, self.length - self.draws)))

    def how_often(self, truths: npt.NDArray[np.bool_]) -> Counts:
        """How often rows of shape (n, n_places) are true, by scramble: (n_scrambles, n)."""
        words = truths.view(np.uint64).reshape(len(truths), self.scrambles, self.blocks, self.words)
        lanes = np.add.reduce(words, axis=-1).view(np.uint8)
        return np.asarray(lanes.reshape(len(truths), self.scrambles, -1).sum(axis=-1, dtype=np.int64).T)


def tally(values: npt.ArrayLike, weights: npt.ArrayLike, central: bool = True, pairwise: bool = True) -> Tally:
    """Rank the bids under every draw and count.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids) or (n_criteria, n_bids, n_draws)
        Finite; higher is better. Drawn values have a last axis and go with one scramble of weights.
    weights : array_like of shape (n_scrambles, n_draws, n_criteria)
        Fractions.
    central : bool
        Whether the sums of weights are wanted as well; zeros where not.
    pairwise : bool
        Whether the counts of being ahead are wanted as well; zeros where not.

    Returns
    -------
    Tally
        Bids whose certain values are equal wherever a weight is above 0 are computed once and share every rank.

    Raises
    ------
    ValueError
        If a value is missing or the shapes do not fit.

    Notes
    -----
    Totals are read to nine decimals before they are compared (docs/convention.md §9). Up to 22 bids, single-precision
    totals are compared first; draws in which two of them come closer than their rounding error allows to tell are
    done again in double precision, so that the counts are those of double precision throughout.
    """
    table, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    drawn = table.ndim == 3
    if table.ndim not in {2, 3} or w.ndim != 3 or w.shape[-1] != len(table) or (drawn and len(w) != 1):
        raise ValueError(f"values {table.shape} do not go with weights {w.shape}")
    if not np.isfinite(table).all() or (drawn and table.shape[2] != w.shape[1]):
        raise ValueError("values must be finite, one for every draw: a missing value has no rank")
    n_bids = table.shape[1]
    once = np.arange(n_bids) if drawn else identical_to(table[_weighing(w)])
    size = max(64, CHUNK // n_bids)
    found = Tally(
        w.shape[1],
        np.zeros((len(w), n_bids, n_bids), np.int64),
        np.zeros((len(w), n_bids, n_bids), np.int64),
        np.zeros((len(w), n_bids, len(table))),
    )
    several = max(1, size // w.shape[1])
    for start in range(0, len(w), several):
        at = slice(start, start + several)
        part = _Part(
            found.ranks[at], found.ahead[at] if pairwise else None, found.first_weights[at] if central else None
        )
        for left in range(0, w.shape[1], size):
            draws = slice(left, left + size)
            _tally_part(table[:, :, draws] if drawn else table, w[at, draws], once, part)
    return found


def _weighing(weights: FloatArray) -> npt.NDArray[np.bool_]:
    """Which criteria have a weight above 0 in some draw."""
    some = np.ones(weights.shape[-1], np.bool_)
    for i in np.flatnonzero(weights[:1, :1].sum(axis=(0, 1)) == 0):
        some[i] = bool(weights[:, :, i].any())
    return some


class _Part(NamedTuple):
    """Where the draws of some scrambles are counted; None for what is not wanted."""

    ranks: Counts
    ahead: Counts | None
    first_weights: FloatArray | None


def _tally_part(values: FloatArray, weights: FloatArray, once: npt.NDArray[np.int64], part: _Part) -> None:
    """Add the draws of some scrambles to their counts."""
    lay, n_bids = Layout.of(*weights.shape[:2]), values.shape[1]
    values = values if values.ndim == 2 else lay.spread(values)
    alone = n_bids <= MOST_AT_ONCE and bool((once == np.arange(n_bids)).all())
    behind = _quick(values, weights, lay, part.ahead) if alone else _exact(values, weights, once, lay, part.ahead)
    by_scramble = behind.reshape(n_bids, lay.scrambles, lay.length)
    by_scramble[:, :, lay.draws :] = NOBODY if n_bids <= NOBODY else n_bids
    at = np.empty(behind.shape, np.bool_)
    rest = np.full(part.ranks.shape[:2], lay.draws)
    for rank in range(n_bids - 1):
        np.equal(behind, behind.dtype.type(rank), out=at)
        counted = lay.how_often(at)
        part.ranks[:, :, rank] += counted
        rest -= counted
    part.ranks[:, :, -1] += rest
    if part.first_weights is not None:
        for s, w in enumerate(weights):
            part.first_weights[s] += (by_scramble[:, s, : lay.draws] == 0).astype(np.float64) @ w


def _totals(values: FloatArray, weights: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Totals of shape (n_bids, n_places)."""
    if values.ndim == 2:
        return np.asarray(values.astype(weights.dtype).T @ weights.T)
    totals = values[0] * weights[:, 0]
    for row, w in zip(values[1:], weights.T[1:], strict=True):
        totals += row * w
    return np.asarray(totals)


def _whole(values: FloatArray, weights: FloatArray) -> npt.NDArray[np.floating]:
    """Totals as whole numbers of the ninth decimal."""
    return np.asarray(np.rint(_totals(values, weights) * 10.0**NOISE_DIGITS))


def _exact(
    values: FloatArray, weights: FloatArray, once: npt.NDArray[np.int64], lay: Layout, ahead: Counts | None
) -> Places:
    """For every bid and place how many bids are strictly ahead; `ahead` counts who is ahead of whom."""
    totals = _whole(values, np.asarray(lay.fill(weights, np.float64)))[once]
    return _compare(totals, 0.0, lay, ahead, None if ahead is None else ahead.transpose(0, 2, 1))


def _quick(values: FloatArray, weights: FloatArray, lay: Layout, ahead: Counts | None) -> Places:
    """The same in single precision, draws that it cannot decide done again."""
    n_criteria, n_bids = values.shape[:2]
    unsure = 2 * (n_criteria + 4) * float(np.finfo(np.float32).eps) * float(np.abs(values).max(initial=1.0))
    w = lay.fill(weights, np.float32)
    totals = _totals(values, w).astype(np.float32, copy=False)
    wins = None if ahead is None else np.zeros((lay.scrambles, n_bids, n_bids), np.int64)
    behind = _compare(totals, unsure, lay, wins)
    unsettled = (behind.sum(axis=0, dtype=np.uint8) != n_bids * (n_bids - 1) // 2).reshape(lay.scrambles, -1)
    unsettled[:, lay.draws :] = False
    again = np.flatnonzero(unsettled)
    scramble, draw = np.divmod(again, lay.length)
    whole = _whole(values if values.ndim == 2 else values[:, :, draw], weights[scramble, draw])
    better = whole[:, None] > whole
    behind[:, again] = better.sum(axis=0, dtype=np.uint8)
    if ahead is not None and wins is not None:
        close = totals[:, again]
        sure = close < close[:, None] - np.float32(unsure)
        upper = np.triu(np.ones((n_bids, n_bids), np.int64), 1)
        for s in range(lay.scrambles):
            there = scramble == s
            settled = (wins[s] - np.count_nonzero(sure & there, axis=-1)) * upper
            others = (lay.draws - np.count_nonzero(there)) * upper - settled
            ahead[s] += settled + others.T + np.count_nonzero(better & there, axis=-1)
    return behind


def _compare(
    totals: npt.NDArray[np.floating], unsure: float, lay: Layout, wins: Counts | None, losses: Counts | None = None
) -> Places:
    """Count for every bid and place the bids ahead of it by more than `unsure`; pair by pair the draws."""
    n_bids = len(totals)
    step = totals.dtype.type(unsure)
    behind = np.zeros(totals.shape, np.uint8 if n_bids <= NOBODY else np.uint32)
    found = np.empty((max(n_bids - 1, 0), totals.shape[1]), np.bool_)
    for a in range(n_bids - 1):
        others, out = totals[a + 1 :], found[: n_bids - 1 - a]
        np.less(others, totals[a] - step, out=out)
        behind[a + 1 :] += out.view(np.uint8)
        if wins is not None:
            wins[:, a, a + 1 :] += lay.how_often(out)
        np.greater(others, totals[a] + step, out=out)
        behind[a] += np.add.reduce(out.view(np.uint8), axis=0, dtype=behind.dtype)
        if losses is not None:
            losses[:, a, a + 1 :] += lay.how_often(out)
    return behind
