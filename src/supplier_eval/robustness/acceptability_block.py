r"""First ranks and expected ranks of thousands of tenders under the same draws of weights.

The counts are those of `tally` for each tender alone. What makes a block quick is that most pairs of bids need no
draw: with the drawn weights :math:`w` no further than :math:`h` from their mean :math:`m`, and both adding up to 1,

.. math:: |(w - m) \cdot \Delta| \le \sum_i h_i \, |\Delta_i - c| \quad \text{for any } c,

so that a pair whose gap :math:`m \cdot \Delta` is wider than the right side at the middle difference :math:`c` keeps
its order in every draw. Only the other pairs are multiplied out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import NOISE_DIGITS, FloatArray

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

SURE = 1e-7  # points: a gap this wide cannot close by the noise of the arithmetic
APART = 1e-8  # points: totals further apart than this differ at the ninth decimal
PAIRS_AT_ONCE = 48  # pairs multiplied out at once, so that their draws stay near the processor
PAIRS_HELD = 400_000  # pairs of a block whose counts are held at once
LANES, MOST_WORDS = 8, 255
EVERY_OTHER = np.uint64(0x00FF00FF00FF00FF)


class BlockCounts(NamedTuple):
    """Counts over draws.

    Attributes
    ----------
    draws : int
        Draws of each scramble.
    first : ndarray of int of shape (n_scrambles, n_bids, n_tenders)
        Draws in which no bid is strictly ahead; 0 for bids that take no part.
    behind : ndarray of int of the same shape
        How many bids are strictly ahead, added up over the draws: rank less one.
    """

    draws: int
    first: IntArray
    behind: IntArray


def count_block(values: npt.ArrayLike, weights: npt.ArrayLike, eligible: npt.ArrayLike) -> BlockCounts:
    """Count first ranks and ranks of every bid of a block of tenders.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, n_tenders)
        0-100; anything for bids that take no part.
    weights : array_like of shape (n_scrambles, n_draws, n_criteria)
        Fractions that add up to 1.
    eligible : array_like of bool of shape (n_bids, n_tenders)
        Who takes part.

    Returns
    -------
    BlockCounts
        As `tally` counts; tied bids share the better rank.
    """
    mask = np.asarray(eligible, dtype=bool)
    table = np.where(mask, np.asarray(values, dtype=np.float64), 0.0)
    draws = _Draws.of(np.asarray(weights, dtype=np.float64))
    n_bids, n_tenders = mask.shape
    pairs = max(n_bids * (n_bids - 1) // 2, 1)
    step = max(1, PAIRS_HELD // pairs)
    found = [
        _count(table[draws.used, :, at : at + step], mask[:, at : at + step], draws)
        for at in range(0, max(n_tenders, 1), step)
    ]
    first, behind = (np.concatenate([part[i] for part in found], axis=-1) for i in range(2))
    return BlockCounts(draws.n, first, behind)


class _Draws(NamedTuple):
    """Drawn weights of the criteria that weigh something, as columns, with their mean and reach."""

    scrambles: int
    n: int
    used: IntArray
    columns: FloatArray
    mean: FloatArray
    reach: FloatArray
    scratch: FloatArray  # memory for the gaps of some pairs: asked for once

    @classmethod
    def of(cls, weights: FloatArray) -> _Draws:
        """Lay the draws out so that eight draws of one scramble lie beside each other, and the scrambles after that."""
        scrambles, n, n_criteria = weights.shape
        lanes = LANES if n % LANES == 0 else 1
        flat = weights.reshape(scrambles, n // lanes, lanes, n_criteria).transpose(3, 1, 0, 2).reshape(n_criteria, -1)
        used = np.flatnonzero(flat.any(axis=1))
        columns = np.ascontiguousarray(flat[used])
        mean = columns.mean(axis=1)
        reach = np.abs(columns - mean[:, None]).max(axis=1)
        return cls(scrambles, n, used, columns, mean, reach, np.empty((PAIRS_AT_ONCE, columns.shape[1])))

    def how_often(self, truths: BoolArray) -> IntArray:
        """How often rows of shape (n, n_draws) in that layout are true, by scramble: (n, n_scrambles)."""
        n = len(truths)
        if self.n % LANES:
            return np.asarray(truths.reshape(n, self.n, self.scrambles).sum(axis=1))
        words = self.n // LANES
        parts = 1 if words <= MOST_WORDS else words // 128
        each = truths.view(np.uint64).reshape(n, parts, words // parts, self.scrambles)
        lanes = np.einsum("npws->nps", each)  # eight counts below 256 in every word
        pairs = (lanes & EVERY_OTHER) + ((lanes >> np.uint64(8)) & EVERY_OTHER)
        fours = pairs + (pairs >> np.uint64(16))
        eights = (fours + (fours >> np.uint64(32))) & np.uint64(0xFFFF)
        return np.asarray(eights.sum(axis=1, dtype=np.uint64).astype(np.int64))


def _count(table: FloatArray, mask: BoolArray, draws: _Draws) -> tuple[IntArray, IntArray]:
    """First ranks and bids ahead of one part of a block."""
    n_bids = len(mask)
    a, b = np.triu_indices(n_bids, 1)
    delta = table[:, a] - table[:, b]
    both = mask[a] & mask[b]
    level = (delta == 0.0).all(axis=0)
    middle = np.sort(delta, axis=0)[len(delta) // 2] if len(delta) else np.zeros(level.shape)
    gap = np.tensordot(draws.mean, delta, axes=1)
    swing = np.tensordot(draws.reach, np.abs(delta - middle), axes=1) + SURE
    over, under = both & (gap > swing), both & (gap < -swing)
    open_pair = both & ~(over | under | level)
    wins = np.zeros((*both.shape, draws.scrambles), np.int32)  # draws in which the first of a pair is ahead
    losses = np.zeros_like(wins)
    wins[over], losses[under] = draws.n, draws.n
    lost = _by_bid(over, under, n_bids)
    leading = mask & (lost == 0)
    several = leading.sum(axis=0)
    joint = open_pair & leading[a] & leading[b] & (several >= 3)
    _multiply_out(delta, table, np.nonzero(open_pair & ~joint), (a, b), draws, (wins, losses))
    first = _first_of_two(leading, wins, losses, (a, b), draws)
    _first_of_many(table, leading, several, draws, (wins, losses, first))
    behind = np.moveaxis(_by_bid(wins, losses, n_bids), -1, 0)
    return first, behind.astype(np.int64)


def _by_bid(wins: npt.NDArray[Any], losses: npt.NDArray[Any], n_bids: int) -> npt.NDArray[np.int32]:
    """What pairs lose to each other, added up by bid: a pair's first loses `losses`, its second `wins`."""
    out = np.zeros((n_bids, *wins.shape[1:]), np.int32)
    at = 0
    for bid in range(n_bids - 1):
        mine = slice(at, at + n_bids - 1 - bid)
        out[bid + 1 :] += wins[mine]
        out[bid] += losses[mine].sum(axis=0)
        at = mine.stop
    return out


def _multiply_out(
    delta: FloatArray,
    table: FloatArray,
    which: tuple[IntArray, ...],
    ends: tuple[IntArray, IntArray],
    draws: _Draws,
    counts: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]],
) -> None:
    """Count who is ahead in the pairs of `which` (pair, tender), and write the counts there."""
    pair, tender = which
    for at in range(0, len(pair), PAIRS_AT_ONCE):
        p, t = pair[at : at + PAIRS_AT_ONCE], tender[at : at + PAIRS_AT_ONCE]
        here = (table[:, ends[0][p], t], table[:, ends[1][p], t])
        ahead, after = _ahead(delta[:, p, t], here, draws)
        counts[0][p, t], counts[1][p, t] = _both(ahead, after, draws)


def _ahead(delta: FloatArray, ends: tuple[FloatArray, FloatArray], draws: _Draws) -> tuple[BoolArray, BoolArray | None]:
    """In which draws the first, and the second, of each pair is strictly ahead: (n_pairs, n_draws).

    None for the second where no draw of any pair ties: it is then the contrary of the first.
    """
    m = delta.shape[1]
    gaps = np.matmul(delta.T, draws.columns, out=draws.scratch[:m] if m <= len(draws.scratch) else None)
    ahead, upwards = gaps > APART, gaps > -APART
    if np.count_nonzero(ahead) == np.count_nonzero(upwards):
        return ahead, None
    after = gaps < -APART
    row, draw = np.nonzero(upwards & ~ahead | ~(upwards | after))  # read to nine decimals, as everywhere
    whole = [_whole(end[:, row], draws.columns[:, draw]) for end in ends]
    ahead[row, draw], after[row, draw] = whole[0] > whole[1], whole[0] < whole[1]
    return ahead, after


def _both(ahead: BoolArray, after: BoolArray | None, draws: _Draws) -> tuple[IntArray, IntArray]:
    """How often the first, and the second, of each pair is ahead, by scramble."""
    wins = draws.how_often(ahead)
    return wins, draws.n - wins if after is None else draws.how_often(after)


def _whole(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Totals as whole numbers of the ninth decimal."""
    total = np.zeros(values.shape[1])
    for row, w in zip(values, weights, strict=True):
        total += row * w
    return np.asarray(np.rint(total * 10.0**NOISE_DIGITS))


def _first_of_two(
    leading: BoolArray,
    wins: npt.NDArray[np.int32],
    losses: npt.NDArray[np.int32],
    ends: tuple[IntArray, IntArray],
    draws: _Draws,
) -> IntArray:
    """First ranks where at most two bids lead somewhere: all draws less those in which the other is ahead."""
    first = np.where(leading[..., None], np.int64(draws.n), 0) * np.ones(draws.scrambles, np.int64)
    pair, tender = np.nonzero(leading[ends[0]] & leading[ends[1]] & (leading.sum(axis=0) == 2))
    first[ends[0][pair], tender] -= losses[pair, tender]
    first[ends[1][pair], tender] -= wins[pair, tender]
    return np.moveaxis(first, -1, 0)


def _first_of_many(
    table: FloatArray,
    leading: BoolArray,
    several: IntArray,
    draws: _Draws,
    counts: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], IntArray],
) -> None:
    """First ranks where three bids or more lead somewhere: who has nobody ahead, draw by draw."""
    wins, losses, first = counts
    n_bids = len(leading)
    for n in np.unique(several[several >= 3]).tolist():
        tenders = np.flatnonzero(several == n)
        places = np.argsort(~leading[:, tenders], axis=0, kind="stable")[:n]
        step = max(1, PAIRS_AT_ONCE // (n - 1))
        for at in range(0, len(tenders), step):
            t, place = tenders[at : at + step], places[:, at : at + step]
            mine = table[:, place, t]
            passed = np.zeros((n, len(t), draws.columns.shape[1]), bool)
            for i in range(n - 1):
                shape = (len(mine), -1)
                one = np.broadcast_to(mine[:, i : i + 1], mine[:, i + 1 :].shape).reshape(shape)
                others = mine[:, i + 1 :].reshape(shape)
                ahead, after = _ahead(one - others, (one, others), draws)
                pair = place[i] * n_bids - place[i] * (place[i] + 1) // 2 + place[i + 1 :] - place[i] - 1
                seat = (pair, np.broadcast_to(t, pair.shape))
                won, given_up = _both(ahead, after, draws)
                wins[seat], losses[seat] = won.reshape(*pair.shape, -1), given_up.reshape(*pair.shape, -1)
                behind = ~ahead if after is None else after
                passed[i + 1 :] |= ahead.reshape(n - 1 - i, len(t), -1)
                passed[i] |= np.bitwise_or.reduce(behind.reshape(n - 1 - i, len(t), -1), axis=0)
            clear = draws.how_often(~passed.reshape(n * len(t), -1)).reshape(n, len(t), -1)
            first[:, place, np.broadcast_to(t, place.shape)] = np.moveaxis(clear, -1, 0)
