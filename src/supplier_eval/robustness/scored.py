"""What every question about robustness starts from: the bids that are in the order, their values and weights."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.rank.additive import weighted_sum
from supplier_eval.rank.asked import asked_sheet
from supplier_eval.rank.points import PointsRanking, rank_points
from supplier_eval.score.order import FloatArray, settle
from supplier_eval.score.sheet import ScoreSheet

if TYPE_CHECKING:
    from decimal import Decimal

    from supplier_eval.policy.tree import CriteriaTree

NODE = "node"


@dataclass(frozen=True, eq=False)
class Node:
    """A criterion or a group of criteria whose weight may move inside its parent.

    Parameters
    ----------
    id : str
        Criterion id.
    parent : str
        Id of the node above; empty at the top.
    share : float
        Its present weight as a fraction of its parent (0-1).
    parent_weight : float
        The parent's weight as a fraction of the whole (1 at the top).
    inside : ndarray of shape (n_criteria,)
        How the node's weight is spread over its leaves; sums to 1.
    beside : ndarray of shape (n_criteria,)
        How the weight of its siblings is spread over theirs, in the published proportion; sums to 1. Equal shares
        among the siblings where all of them weigh nothing. All zero for an only child.
    """

    id: str
    parent: str
    share: float
    parent_weight: float
    inside: FloatArray
    beside: FloatArray


@dataclass(frozen=True, eq=False)
class Scored:
    """The eligible bids of a score sheet as plain arrays, in canonical order.

    Parameters
    ----------
    sheet : ScoreSheet
        Where they come from.
    ranking : PointsRanking
        The order that the sheet gives.
    bids : tuple of str
        Eligible bids.
    values : ndarray of shape (n_criteria, n_bids)
        Finite, 0-100 (rescaled nodes may exceed 100).
    weights : ndarray of shape (n_criteria,)
        Fractions that sum to 1.
    totals : ndarray of shape (n_bids,)
        Unrounded points of 100.
    """

    sheet: ScoreSheet
    ranking: PointsRanking
    bids: tuple[str, ...]
    values: FloatArray
    weights: FloatArray
    totals: FloatArray

    @property
    def criteria(self) -> tuple[str, ...]:
        """Leaves, in tree order."""
        return self.sheet.criteria

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy; empty for a sheet made from a table."""
        return self.sheet.policy_fingerprint

    @property
    def winners(self) -> tuple[str, ...]:
        """The bids on rank 1 by the policy's rounding and tie rule."""
        return tuple(bid for bid in self.ranking.order if self.ranking.rank_of(bid) == 1)

    @property
    def winner(self) -> str:
        """The first bid on rank 1; with several in a tie, the first in canonical order."""
        return self.winners[0]

    @property
    def tied_first(self) -> tuple[str, ...]:
        """The bids that share rank 1, where no key and no recorded draw parts them; empty where one has it alone."""
        return self.winners if len(self.winners) > 1 else ()

    @property
    def top_only(self) -> bool:
        """Whether the sheet was laid together on its top criteria (`top_level`), so that leaves follow their group."""
        policy = self.sheet.policy
        return policy is not None and any(criterion.parent in self.sheet.criteria for criterion in policy.criteria)

    def position(self, bid: str) -> int:
        """Place of an eligible bid on the bid axis of `values`."""
        if not isinstance(bid, str) or bid not in self.bids:
            raise UnknownName("ranked bid", bid, self.bids)
        return self.bids.index(bid)

    def name(self, bid: str) -> str:
        """Display name of a bid."""
        return self.sheet.names.get(bid, bid)

    @cached_property
    def rounding_step(self) -> float:
        """The coarsest step, in points, to which criterion points or totals are rounded; 0 where nothing is."""
        rounding = self.sheet.policy.rounding if self.sheet.policy is not None else None
        places = [] if rounding is None else [p for p in (rounding.criterion, rounding.total) if p is not None]
        return max((10.0**-p for p in places), default=0.0)

    @cached_property
    def margin(self) -> float:
        """Unrounded points by which the winner leads the best other bid, read to nine decimals.

        Negative where rounding or a tie key decided for it, infinite where it stands alone.
        """
        w = self.position(self.winner)
        others = np.delete(self.totals, w)
        return float(settle(self.totals[w] - others.max())) + 0.0 if others.size else float("inf")

    @property
    def rounding_decides(self) -> bool:
        """Whether the winner's margin is below the rounding step, so that rounding can decide."""
        return self.margin < self.rounding_step

    @cached_property
    def weights_move_values(self) -> bool:
        """Whether some value itself depends on the weights (a node rescaled to its best, a price fed by quality).

        Whoever moves weights over fixed values must then say so.
        """
        from supplier_eval.score.price import PRICE_FORMULAS

        if self.sheet.tree is None:
            return False
        fed = (
            any(p.per_bid for p in PRICE_FORMULAS[leaf.price.formula].parameters)
            for leaf in self.sheet.tree.leaves
            if leaf.price is not None
        )
        return self.sheet.factor != 1.0 or any(fed)

    @property
    def declared_ball(self) -> dict[str, object]:
        """The ball around the published weights that the policy declares, as `read_region` takes it."""
        from supplier_eval.policy.rules import RobustnessRule

        rule = self.sheet.policy.robustness if self.sheet.policy is not None else RobustnessRule()
        return {"ball": float(rule.radius), "norm": rule.norm}

    def label(self, criterion: str, lang: str = "en") -> str:
        """Display name of a criterion in a language."""
        tree = self.sheet.tree
        return (tree[criterion].name.say(lang) or criterion) if tree is not None else criterion

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every criterion whose weight may move, top criteria first, each parent before its children."""
        if self.sheet.tree is None:
            shares = dict(zip(self.criteria, self.weights.tolist(), strict=True))
            leaves = {name: np.eye(len(self.criteria))[i] for i, name in enumerate(self.criteria)}
            return tuple(_node(name, "", 1.0, shares, leaves) for name in self.criteria)
        assert self.sheet.policy is not None
        return tree_nodes(self.sheet.tree, self.sheet.policy.total, self.criteria)


def tree_nodes(tree: CriteriaTree, total: Decimal, criteria: Sequence[str]) -> tuple[Node, ...]:
    """Every criterion of a tree, parents before children, with how weights are spread over the leaves.

    Parameters
    ----------
    tree : CriteriaTree
        The criteria.
    total : Decimal
        What the top weights add up to.
    criteria : sequence of str
        Leaves, in the order of the spreads.
    """
    at = {name: i for i, name in enumerate(criteria)}

    def below(parent: str, parent_weight: float) -> Iterator[Node]:
        children = tree.children(parent)
        whole = tree[parent].total if parent else total
        shares = {child.id: float(child.weight / whole) for child in children}
        leaves = {}
        for child in children:
            leaves[child.id] = np.zeros(len(at))
            for leaf in tree.leaves_below(child.id):
                leaves[child.id][at[leaf.id]] = float(tree.share_within(child.id, leaf.id))
        for child in children:
            yield _node(child.id, parent, parent_weight, shares, leaves)
            yield from below(child.id, parent_weight * shares[child.id])

    return tuple(below("", 1.0))


def _node(
    name: str, parent: str, parent_weight: float, shares: dict[str, float], leaves: dict[str, FloatArray]
) -> Node:
    others = [other for other in shares if other != name]
    rest = math.fsum(shares[other] for other in others)
    beside = np.zeros_like(leaves[name])
    for other in others:
        beside += leaves[other] * (shares[other] / rest if rest > 0 else 1 / len(others))
    return Node(name, parent, shares[name], parent_weight, leaves[name], beside)


def scored_bids(sheet: ScoreSheet) -> Scored:
    """Take the eligible bids out of a score sheet.

    Parameters
    ----------
    sheet : ScoreSheet
        As `score_bids` or `ScoreSheet.from_frame` gives it.

    Raises
    ------
    InvalidInput
        If what was given is no sheet, or there is no order to question: the procedure stopped, or no bid is eligible.
    """
    asked_sheet(sheet)
    if sheet.stopped is not None or not sheet.eligible.any():
        why = sheet.stopped.say() if sheet.stopped is not None else ""
        raise InvalidInput([Finding("robustness.no_order", "scores", value=sheet.lot, facts={"why": why})], "scores")
    values = np.ascontiguousarray(sheet.values[:, sheet.eligible])
    bids = tuple(bid for bid, ok in zip(sheet.bids, sheet.eligible.tolist(), strict=True) if ok)
    totals = weighted_sum(values, sheet.weights).unrounded
    return Scored(sheet, rank_points(sheet), bids, values, sheet.weights, totals)


def identical_to(values: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """For each bid the first bid with exactly the same values, itself where there is none before it.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids)
        Finite values.

    Returns
    -------
    ndarray of int of shape (n_bids,)
        Identical bids share every rank; they are computed once.
    """
    table = np.asarray(values, dtype=np.float64)
    seen: dict[bytes, int] = {}
    columns = np.ascontiguousarray(table.T + 0.0)
    return np.array([seen.setdefault(row.tobytes(), b) for b, row in enumerate(columns)], dtype=np.int64)
