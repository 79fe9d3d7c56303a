"""The bare kernel: blocks of tenders with equally many bids, arrays in, arrays out (convention §2).

The arithmetic is that of one tender (`rank.arithmetic.Rules`, which `score_bids` and `rank_points` agree with to the
last bit); here are only its margins and what becomes of a tender with too few valid bids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.competition import shared_ranks
from supplier_eval.score.order import FloatArray, settle

if TYPE_CHECKING:
    from supplier_eval.rank.arithmetic import Rules

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]


class BlockScores(NamedTuple):
    """A block scored.

    Attributes
    ----------
    values : ndarray of shape (n_criteria, n_bids, n_tenders)
        0-100; NaN for bids that are out, and for the price of a tender without order.
    total : ndarray of shape (n_bids, n_tenders)
        Points of 100 after the policy's rounding; NaN for bids that are out and in tenders without order.
    ranks : ndarray of int of shape (n_bids, n_tenders)
        1 is best, tied bids share a rank; 0 where there is none.
    margin : ndarray of shape (n_bids, n_tenders)
        Points ahead of the next in the order; NaN for the last, and where bids are tied (see `margins_in_order`).
    enough : ndarray of bool of shape (n_tenders,)
        Tenders with as many valid bids as the procedure needs.
    tied : ndarray of bool of shape (n_tenders,)
        Tenders in which bids share a rank.
    """

    values: FloatArray
    total: FloatArray
    ranks: IntArray
    margin: FloatArray
    enough: BoolArray
    tied: BoolArray


def score_block(
    rules: Rules,
    weights: FloatArray,
    values: FloatArray,
    offered: FloatArray,
    money: FloatArray,
    opened: BoolArray,
    eligible: BoolArray,
) -> BlockScores:
    """Score and rank the tenders of a block.

    Parameters
    ----------
    rules : Rules
        The policy's arithmetic, with the price rows of this block.
    weights : ndarray of shape (n_criteria,)
        Fractions of 1.
    values : ndarray of shape (n_criteria, n_bids, n_tenders)
        0-100, price rows NaN.
    offered : ndarray of shape (n_price_rows, n_bids, n_tenders)
        Scored prices.
    money : ndarray of shape (n_bids, n_tenders)
        Evaluated totals; NaN where there is none.
    opened, eligible : ndarray of bool of shape (n_bids, n_tenders)
        Bids whose price is looked at, and bids that are scored.
    """
    scored = rules.rank(values, offered, money, weights, opened, eligible)
    n_valid = np.count_nonzero(eligible, axis=0)
    enough = n_valid >= max(rules.policy.procedure.minimum_valid_bids, 1)
    total, table = scored.total, scored.values
    if not enough.all():
        total = np.where(enough, total, np.nan)
        unpriced = np.where(eligible[..., ~enough], values[..., ~enough], np.nan)
        table = table.copy()
        table[..., ~enough] = unpriced
    tied = enough & shared_ranks(scored.ranks)
    return BlockScores(table, total, scored.ranks, margins(total, scored.ranks), enough, tied)


def margins(total: FloatArray, ranks: IntArray) -> FloatArray:
    """How far each bid is ahead of the next one, where no two bids share a rank.

    Parameters
    ----------
    total : ndarray of shape (n_bids, n_tenders)
        What is ranked.
    ranks : ndarray of int of the same shape
        0 for bids without a rank.

    Returns
    -------
    ndarray of shape (n_bids, n_tenders)
        Points; NaN for the last and for bids without a rank.
    """
    n_bids = ranks.shape[0]
    by_rank = np.full((n_bids + 2, *ranks.shape[1:]), np.nan)
    np.put_along_axis(by_rank, ranks, total, axis=0)
    following = np.take_along_axis(by_rank, ranks + 1, axis=0)
    return settle(np.where(ranks > 0, total - following, np.nan))


def margins_in_order(total: FloatArray, ranks: IntArray, place: IntArray) -> FloatArray:
    """The same where bids are tied: of those on a rank the first in canonical order stands before the next.

    Parameters
    ----------
    total, ranks
        As `margins`.
    place : ndarray of int of the same shape
        Place of each bid in the canonical order of its tender.
    """
    last = np.where(ranks > 0, ranks, ranks.shape[0] + 1)
    order = np.lexsort((place, last), axis=0)
    ordered = np.take_along_axis(np.where(ranks > 0, total, np.nan), order, axis=0)
    ahead = np.full(ordered.shape, np.nan)
    ahead[:-1] = ordered[:-1] - ordered[1:]
    out = np.empty_like(ahead)
    np.put_along_axis(out, order, settle(ahead), axis=0)
    return out
