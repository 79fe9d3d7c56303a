"""How firm the order of each tender of a batch is: the figures that the analysis of one tender gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.columns import ROBUST
from supplier_eval.batch.scored_blocks import canonical_places
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.robustness.acceptability_block import count_block
from supplier_eval.robustness.acceptability_shares import estimate
from supplier_eval.robustness.region_spec import read_region
from supplier_eval.robustness.sampling import MOST_DRAWS, SCRAMBLES, draw_weights
from supplier_eval.robustness.scored import Node, tree_nodes
from supplier_eval.robustness.stability import room, slopes
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.batch.plan import Plan
    from supplier_eval.batch.scored_blocks import Blocks

IntArray = npt.NDArray[np.int64]


def with_robustness(
    frame: pd.DataFrame, plan: Plan, result: Blocks, asked: tuple[str, ...], *, draws: int, seed: int
) -> pd.DataFrame:
    """The scored table with the robustness columns asked for.

    Parameters
    ----------
    frame : DataFrame
        As `with_results` gives it.
    plan, result
        What was asked, and the figures of the rows.
    asked : tuple of str
        ``"acceptability"``: share of the draws in which the bid has rank 1, and its standard error.
        ``"expected_rank"``: mean rank over the draws, and its standard error. ``"radius"``: points of the whole by
        which one weight may move before the first place changes hands, the same for all bids of a tender; infinite
        where no single weight can.
    draws, seed : int
        As `rank_acceptability`; the same draws serve all tenders.

    Returns
    -------
    DataFrame
        With the columns behind the others; NaN for bids and tenders without an order.
    """
    import pandas as pd

    figures = {name: np.full(len(frame), np.nan) for one in asked for name in ROBUST[one]}
    weights = draw_policy_weights(plan, draws, seed) if {"acceptability", "expected_rank"} & set(asked) else None
    nodes = tree_nodes(plan.tree, plan.policy.total, plan.rules.criteria) if "radius" in asked else ()
    for _, block in result.groups.blocks():
        at = block[:, (result.ranks[block] > 0).any(axis=0)]
        if not at.size:
            continue
        ranks = result.ranks[at]
        values = result.values[:, at]
        if weights is not None:
            _acceptability(figures, values, weights, ranks > 0, at)
        if nodes:
            radius = winner_radius(values, plan.weights, nodes, ranks, _winners(result, at, ranks))
            figures["weight_radius"][at] = radius
    beside = pd.DataFrame(figures, index=frame.index, copy=False)
    return pd.concat([frame, beside], axis=1)


def draw_policy_weights(plan: Plan, draws: int, seed: int) -> FloatArray:
    """The draws that `rank_acceptability` makes for any sheet of this policy: (n_scrambles, n_draws, n_criteria)."""
    rule, criteria = plan.policy.robustness, plan.rules.criteria
    if draws > MOST_DRAWS:
        value = f"{draws}, {SCRAMBLES}"
        raise InvalidInput(
            [Finding("acceptability.number.invalid", "acceptability", "draws, scrambles", value=value)], "acceptability"
        )
    region = read_region({"ball": float(rule.radius), "norm": rule.norm}, criteria, plan.weights)
    names = tuple(sorted(criteria))
    weight_seed, _ = np.random.SeedSequence(seed).spawn(2)
    drawn = draw_weights(region.bound_to(names), draws, SCRAMBLES, weight_seed)
    return np.ascontiguousarray(drawn.weights[:, :, [names.index(name) for name in criteria]])


def winner_radius(
    values: FloatArray, weights: FloatArray, nodes: tuple[Node, ...], ranks: IntArray, winner: IntArray
) -> FloatArray:
    """Points by which the tightest weight may move before the winner of each tender is overtaken.

    Parameters
    ----------
    values : ndarray of shape (n_criteria, n_bids, n_tenders)
        0-100; NaN for bids that are out.
    weights : ndarray of shape (n_criteria,)
        Fractions of 1.
    nodes : tuple of Node
        Criteria whose weight may move.
    ranks : ndarray of int of shape (n_bids, n_tenders)
        0 for bids that are out.
    winner : ndarray of int of shape (n_tenders,)
        Place of the bid that is asked about.

    Returns
    -------
    ndarray of shape (n_tenders,)
        `weight_stability(sheet).tightest.room` of each tender; infinite where no single weight decides.
    """
    out = ranks == 0
    table = np.where(out, 0.0, values)
    first = winner[None, :]

    def ahead(figures: FloatArray) -> FloatArray:
        return np.take_along_axis(figures, first, axis=0) - figures

    gap = np.where(out, np.inf, ahead(sum_sorted(weights[:, None, None] * table)))
    nearest = np.full(winner.shape, np.inf)
    flat = table.reshape(len(table), -1)
    for node in nodes:
        if node.beside.any():
            slope = slopes(flat, node.inside, node.beside, node.parent_weight).reshape(ranks.shape)
            moved = np.where(out, 0.0, ahead(slope))
            nearest = np.minimum(nearest, room(gap, moved, node.share, node.parent_weight))
    return nearest


def _acceptability(
    figures: dict[str, FloatArray], values: FloatArray, weights: FloatArray, ranked: npt.NDArray[np.bool_], at: IntArray
) -> None:
    """Write first-rank shares and expected ranks of one block."""
    counts = count_block(values, weights, ranked)
    total = counts.draws * len(counts.first)
    share = estimate(counts.first / counts.draws, total)
    rank = estimate((counts.behind + counts.draws) / counts.draws, total)
    for name, found in {
        "first_rank_share": share.mean,
        "first_rank_share_error": share.error,
        "expected_rank": rank.mean,
        "expected_rank_error": rank.error,
    }.items():
        if name in figures:
            figures[name][at] = np.where(ranked, found, np.nan)


def _winners(result: Blocks, at: IntArray, ranks: IntArray) -> IntArray:
    """Place of the bid on rank 1; of several in a tie the first in canonical order."""
    winner: IntArray = np.argmax(ranks == 1, axis=0)
    tied = np.flatnonzero(np.count_nonzero(ranks == 1, axis=0) > 1)
    if tied.size:
        place = canonical_places(result.rows, at[:, tied])
        winner[tied] = np.argmin(np.where(ranks[:, tied] == 1, place, len(place)), axis=0)
    return winner
