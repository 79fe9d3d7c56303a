"""Bids that should not matter: worse in everything, dominated by all, nonsense, drawn at random."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.robustness.block import LotBlock, Scores
from supplier_eval.score.order import FloatArray

NONSENSE = 0.5  # of the lowest price
CHEAPEST, DEAREST = 0.5, 1.5  # of the lowest and the highest price, for random bids
AT_ONCE = 512
NEW = "+"


def worse_bid(block: LotBlock, b: int) -> Scores:
    """The lot with one bid worse in everything: marks halfway to their minimum, price a tenth up (within limits)."""
    marks, prices = block.marks.copy(), block.prices.copy()
    lowest = np.array([_worst(block, row) for row in block.marked])
    if lowest.size:
        marks[:, :, b] = (marks[:, :, b] + lowest) / 2
    prices[:, b] = prices[:, b] * 1.1
    ceiling = block.tender.notice.lot(block.lot).ceiling
    if ceiling is not None and block.whole_price:
        prices[0, b] = max(min(prices[0, b], float(ceiling) * block.keep[b]), block.prices[0, b])
    return block.score(marks=marks, prices=prices)


def _worst(block: LotBlock, row: int) -> float:
    """The mark of a criterion that is worth least."""
    leaf = block.leaves[row]
    return float(leaf.minimum if leaf.direction == "max" else leaf.maximum)


def _lowest_of(block: LotBlock) -> tuple[FloatArray, FloatArray]:
    """The least valued mark of each marked criterion by every member, and the least stated value of each fact."""
    worst = np.array([_worst(block, row) for row in block.marked])
    marks = np.broadcast_to(worst, (len(block.members), len(block.marked)))
    given = ~np.isnan(block.marks).all(axis=2)
    return np.where(given, marks, np.nan), _at_least(block)


def _at_least(block: LotBlock) -> FloatArray:
    stated = np.where(np.isnan(block.stated), np.inf, block.stated).min(axis=1)
    return np.where(np.isinf(stated), np.nan, stated)


def _eligible(block: LotBlock) -> npt.NDArray[np.intp]:
    return np.flatnonzero(block.base.eligible)


def dominated_bid(block: LotBlock) -> tuple[FloatArray, FloatArray, FloatArray]:
    """A bid worse than every eligible bid: half their lowest marks, a tenth above their highest price."""
    inside = _eligible(block)
    worst = np.array([_worst(block, row) for row in block.marked])
    found = np.full((len(block.members), len(block.marked)), np.nan)
    for c, row in enumerate(block.marked):
        marks = block.marks[:, c, inside]
        worse = np.fmin.reduce if block.leaves[row].direction == "max" else np.fmax.reduce
        found[:, c] = (worse(marks, axis=1) + worst[c]) / 2
    return found, _at_least(block), block.prices[:, inside].max(axis=1, initial=0.0) * 1.1


def nonsense_bid(block: LotBlock) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Every mark at its worst, half the lowest price."""
    marks, stated = _lowest_of(block)
    inside = _eligible(block)
    prices = np.array([row[inside].min() * NONSENSE for row in block.prices])
    return marks, stated, prices


def random_reversals(block: LotBlock, draws: int, seed: int) -> tuple[int, int]:
    """How many random bids that do not win change the winner, of how many."""
    rng = np.random.default_rng(seed)
    inside = _eligible(block)
    ends = np.array([[float(block.leaves[r].minimum), float(block.leaves[r].maximum)] for r in block.marked])
    ends = ends.reshape(-1, 2)
    drawn = ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * rng.random((len(block.marked), draws))
    like = inside[rng.integers(0, len(inside), draws)]
    low = np.array([row[inside].min() * CHEAPEST for row in block.prices])[:, None]
    high = np.array([row[inside].max() * DEAREST for row in block.prices])[:, None]
    prices = np.concatenate([_repeated(block.prices, draws), (low + (high - low) * rng.random((1, draws)))[:, None]], 1)
    absent = np.asarray(np.isnan(block.marks).all(axis=2))
    given = np.where(absent[:, :, None], np.nan, drawn)
    marks = np.concatenate([_repeated(block.marks, draws), given[:, :, None]], axis=2)
    wider = block.with_bid(NEW, given[..., 0], np.full(len(block.criteria), np.nan), prices[:, -1, 0])
    winning = np.equal(block.base.ranks, 1).reshape(-1, 1)
    changed = irrelevant = 0
    for start in range(0, draws, AT_ONCE):
        span = slice(start, min(start + AT_ONCE, draws))
        stated = np.concatenate(
            [_repeated(block.stated, span.stop - start), block.stated[:, like[span]][:, None]], axis=1
        )
        ranks = wider.score(marks=marks[..., span], prices=prices[..., span], stated=stated).ranks
        old = np.where(ranks[:-1] > 0, ranks[:-1], np.iinfo(np.int64).max)
        first = (ranks[:-1] > 0) & (old == old.min(axis=0))
        idle = (ranks[-1] != 1) & (ranks > 0).any(axis=0)
        changed += int((idle & (first != winning).any(axis=0)).sum())
        irrelevant += int(idle.sum())
    return changed, irrelevant


def _repeated(table: FloatArray, n: int) -> FloatArray:
    return np.broadcast_to(table[..., None], (*table.shape, n))
