"""Weights that a person moves: one criterion takes or gives, those beside it share the rest, and the order follows.

Moved weights are exploratory, always; what was published stays beside them. The order is the policy's arithmetic
(values that depend on weights, rounding, tie keys, draws) with other weights: floors stay as they were published, so
that no slider changes who is considered.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from numbers import Real

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.evaluation import Evaluation, LotResult
from supplier_eval.rank.points import rank_points
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.scored import Node, Scored, scored_bids
from supplier_eval.score.order import FloatArray
from supplier_eval.score.sheet import ScoreSheet, Standing

POINTS = 100.0
SAME = 1e-12
EXACT = 12  # decimals of points that are told: what is beyond them is the rounding of a sum

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Order:
    """Who stands where under some weights.

    Parameters
    ----------
    bids : tuple of str
        All bids that could be ranked, in canonical order.
    ranks : ndarray of int of shape (n_bids,)
        Competition style; 0 for a bid that is out.
    totals : ndarray of shape (n_bids,)
        Points of 100 after the policy's rounding; NaN for a bid that is out.
    points : ndarray of shape (n_criteria, n_bids)
        Unrounded points of 100 of each leaf; NaN for a bid that is out.
    """

    bids: tuple[str, ...]
    ranks: npt.NDArray[np.int64]
    totals: FloatArray
    points: FloatArray

    @property
    def best_first(self) -> tuple[int, ...]:
        """Places of the ranked bids, best first; tied ones in canonical order, which decides nothing."""
        ranked = np.flatnonzero(self.ranks > 0).tolist()
        return tuple(sorted(ranked, key=lambda b: (int(self.ranks[b]), b)))


@dataclass(frozen=True, eq=False)
class MovedWeights:
    """Weights of the leaves, and how they move.

    Parameters
    ----------
    published, weights : ndarray of shape (n_criteria,)
        Fractions of 1: as published, and as they are now.
    nodes : mapping
        Criterion id → Node with its published shares.
    rows, beside : mapping
        Criterion id → places of its leaves, and of those of its siblings, on the criteria axis.
    """

    published: FloatArray
    weights: FloatArray
    nodes: Mapping[str, Node]
    rows: Mapping[str, Rows]
    beside: Mapping[str, Rows]

    @property
    def as_published(self) -> bool:
        """Whether nothing is moved."""
        return bool(np.abs(self.weights - self.published).max(initial=0.0) <= SAME)

    def points(self, node: str) -> float:
        """What a criterion weighs now, in points of the whole 100."""
        return round(float(self.weights[self._known(node)].sum()) * POINTS, EXACT)

    def most(self, node: str) -> float:
        """What it can weigh now: all that its parent has, in points of the whole 100."""
        return round(
            float(self.weights[self._known(node)].sum() + self.weights[self.beside[node]].sum()) * POINTS, EXACT
        )

    def movable(self, node: str) -> bool:
        """Whether it has somebody beside it to take weight from."""
        return bool(self.beside[node].size)

    def asked(self, node: str, points: object) -> float:
        """What somebody wants a criterion to weigh, in points of the whole 100.

        Raises
        ------
        UnknownName
            Where there is no such criterion.
        InvalidInput
            If it is no number from 0 to what its parent has; nothing is cut to the range silently.
        """
        most = self.most(node)
        try:
            number = isinstance(points, Real | Decimal) and not isinstance(points, bool | np.bool_)
            wanted = float(points) if number else math.nan  # type: ignore[arg-type]
        except (OverflowError, ValueError):
            wanted = math.nan
        if not -SAME <= wanted <= most + SAME * POINTS:
            facts = {"criterion": node, "most": f"{most:.10g}"}
            raise InvalidInput([Finding("asked.points", "arguments", "points", value=repr(points), facts=facts)])
        return min(max(wanted, 0.0), most)

    def move(self, node: str, points: float) -> MovedWeights:
        """Let a criterion weigh otherwise; those beside it give or take in the proportion that they have now.

        Parameters
        ----------
        node : str
            Criterion id.
        points : float
            Of the whole 100; what is below nothing or above its parent's weight is taken as that.

        Returns
        -------
        MovedWeights
            A copy. Where all that share a rest weigh nothing, they share it as published.
        """
        mine, others = self._known(node), self.beside[node]
        if not others.size:
            return self
        whole = self.most(node) / POINTS
        wanted = min(max(points / POINTS, 0.0), whole)
        moved = self.weights.copy()
        moved[mine] = _shared(self.weights[mine], self.nodes[node].inside[mine], wanted)
        moved[others] = _shared(self.weights[others], self.nodes[node].beside[others], whole - wanted)
        same = bool(np.abs(moved - self.published).max() <= SAME)
        return replace(self, weights=self.published if same else moved)

    def reset(self) -> MovedWeights:
        """Give the published weights."""
        return replace(self, weights=self.published)

    def _known(self, node: str) -> Rows:
        if node not in self.nodes:
            raise UnknownName("criterion", node, self.nodes)
        return self.rows[node]


def _shared(now: FloatArray, published: FloatArray, weight: float) -> FloatArray:
    """Share a weight in the present proportion, in the published one where nothing is there."""
    whole = float(now.sum())
    if whole > SAME:
        return np.asarray(now / whole * weight)
    return np.asarray(published * (weight / float(published.sum())))


def moved_weights(scored: Scored) -> MovedWeights:
    """Take the published weights of a sheet, ready to be moved."""
    sheet = scored.sheet
    at = {name: i for i, name in enumerate(scored.criteria)}

    def below(node: str) -> list[int]:
        leaves = [node] if sheet.tree is None else [leaf.id for leaf in sheet.tree.leaves_below(node)]
        return [at[leaf] for leaf in leaves]

    nodes = {node.id: node for node in scored.nodes}
    rows = {name: np.array(below(name), dtype=np.int64) for name in nodes}
    beside = {name: _beside(node, nodes, rows) for name, node in nodes.items()}
    return MovedWeights(scored.weights, scored.weights, nodes, rows, beside)


def _beside(node: Node, nodes: Mapping[str, Node], rows: Mapping[str, Rows]) -> Rows:
    """Places of the leaves of a node's siblings."""
    others = [rows[other.id] for other in nodes.values() if other.parent == node.parent and other.id != node.id]
    return np.concatenate([np.zeros(0, np.int64), *others])


@dataclass(frozen=True, eq=False)
class Recount:
    """A lot that can be ranked again with other weights.

    Parameters
    ----------
    scored : Scored
        As it stands.
    standing : {"binding", "exploratory"}
        Of the order with the published weights.
    again : callable
        Weights of the leaves → `Order`.
    """

    scored: Scored
    standing: Standing
    again: Callable[[FloatArray], Order]


def recount_of(given: Evaluation | ScoreSheet, lot: str | None = None) -> Recount:
    """Lay out an evaluation or a sheet so that it can be ranked with other weights.

    Parameters
    ----------
    given : Evaluation or ScoreSheet
        Of an evaluation everything is counted again; the values of a sheet are taken as they are.
    lot : str, optional
        Lot of an evaluation; may be left out where there is only one.

    Raises
    ------
    SeveralLots, UnknownName
        If the lot is not named, or does not exist.
    InvalidInput
        If what was given is neither, or there is no order to question.
    """
    if isinstance(given, Evaluation):
        result = _lot(given, lot)
        return Recount(scored_bids(result.sheet), result.ranking.standing, _of_block(given, result))
    scored = scored_bids(given)
    return Recount(scored, given.standing, _of_sheet(given))


def _lot(evaluation: Evaluation, lot: str | None) -> LotResult:
    if lot is None:
        return evaluation.only_lot
    if lot not in evaluation.lots:
        raise UnknownName("lot", str(lot), evaluation.lots)
    return evaluation.lots[lot]


def _of_block(evaluation: Evaluation, result: LotResult) -> Callable[[FloatArray], Order]:
    block = lot_block(evaluation.tender, result.lot)

    def again(weights: FloatArray) -> Order:
        scores = block.score(weights=weights)
        points = np.where(scores.eligible, scores.values * weights[:, None], np.nan)
        return Order(block.bids, scores.ranks, scores.total, points)

    return again


def _of_sheet(sheet: ScoreSheet) -> Callable[[FloatArray], Order]:
    def again(weights: FloatArray) -> Order:
        ranking = rank_points(replace(sheet, weights=weights, standing="exploratory"))
        return Order(ranking.bids, ranking.ranks, ranking.total, ranking.points)

    return again
