"""The arithmetic of a policy on arrays: floors, price limits, rescaling, price formulas, rounding, ties.

The same steps as `score_bids` and `rank_points`, in the same order and to the same bits, with variations on the axes
after the bids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from supplier_eval.intake.identifiers import id_key
from supplier_eval.rank.additive import weighted_sum
from supplier_eval.rank.competition import competition_ranks, shared_ranks
from supplier_eval.score.block import PriceRow, fill_prices, node_value, rescale_to_best
from supplier_eval.score.order import FloatArray, round_half_up, settle, sum_in_order

if TYPE_CHECKING:
    from supplier_eval.policy.document import Policy
    from supplier_eval.policy.rules import Floor
    from supplier_eval.policy.tree import CriteriaTree

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Scores:
    """A block scored: bids on the second (or first) axis, variations after.

    Attributes
    ----------
    values : ndarray of shape (n_criteria, n_bids, ...)
        0-100; NaN for bids that are out.
    unrounded, total : ndarray of shape (n_bids, ...)
        Points of 100 before and after the policy's rounding; NaN for bids that are out.
    eligible : ndarray of bool of shape (n_bids, ...)
        Who is scored: floors and price limits are judged anew in every variation.
    ranks : ndarray of int of shape (n_bids, ...)
        By total and the policy's tie keys; 0 for bids that are out, and for all where too few bids are valid.
    """

    values: FloatArray
    unrounded: FloatArray
    total: FloatArray
    eligible: BoolArray
    ranks: npt.NDArray[np.int64]


@dataclass(frozen=True)
class FloorRow:
    """A quality floor on the leaves below a node: weights among each other, points of a full mark, minimum."""

    criterion: str
    rows: tuple[int, ...]
    within: tuple[float, ...]
    full: float
    minimum: float

    def missed(self, values: FloatArray) -> BoolArray:
        """Which bids are below it, in values of shape (n_criteria, n_bids, ...); a bid without values is not."""
        found = node_value(values[list(self.rows)], self.within, range(len(self.rows)))
        return np.asarray(settle(found * self.full / 100.0) < self.minimum)


@dataclass(frozen=True, eq=False)
class Rules:
    """What a policy does with values and prices, in one lot.

    Parameters
    ----------
    policy : Policy
        Floors, rescaling, rounding and ties are read from it.
    tree : CriteriaTree
        Its criteria for the service category; the leaves are the criteria axis.
    rows : tuple of PriceRow
        How each price criterion is scored; none where prices are not scored.
    lot : str
        For floors that hold in one lot only.
    ceiling, price_floor : Decimal, ndarray or None
        Published limits of the evaluated price: one for all, or one a tender in the shape of the axes after the bids
        (NaN where a tender has none).
    floored : bool
        Whether the policy's quality floors are applied.
    """

    policy: Policy
    tree: CriteriaTree
    rows: tuple[PriceRow, ...]
    lot: str = "1"
    ceiling: Decimal | FloatArray | None = None
    price_floor: Decimal | FloatArray | None = None
    floored: bool = True

    @cached_property
    def criteria(self) -> tuple[str, ...]:
        """Ids of the leaves."""
        return tuple(leaf.id for leaf in self.tree.leaves)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.criteria)}

    @cached_property
    def floors(self) -> tuple[FloorRow, ...]:
        """Quality floors that hold for this lot."""
        mine = {"", id_key(self.lot)}
        return tuple(row for floor, row in self.declared_floors if id_key(floor.lot) in mine) if self.floored else ()

    @cached_property
    def declared_floors(self) -> tuple[tuple[Floor, FloorRow], ...]:
        """Quality floors of this service category, of whatever lot."""
        out = []
        for floor in self.policy.floors:
            if floor.criterion not in self.tree.by_id:
                continue
            below = self.tree.leaves_below(floor.criterion)
            within = tuple(float(self.tree.share_within(floor.criterion, leaf.id)) for leaf in below)
            share = float(self.tree.exact_weight(floor.criterion, self.policy.total) * 100)
            full = 100.0 if floor.unit == "value" else share
            rows = tuple(self._index[leaf.id] for leaf in below)
            out.append((floor, FloorRow(floor.criterion, rows, within, full, float(floor.minimum))))
        return tuple(out)

    def with_prices(self, rows: tuple[PriceRow, ...]) -> Rules:
        """The same rules with other price rows: those of a block of tenders whose ceilings differ."""
        other = replace(self, rows=rows)
        other.__dict__.update(declared_floors=self.declared_floors, criteria=self.criteria, _index=self._index)
        return other

    @property
    def whole_price(self) -> bool:
        """Whether one price criterion covers the whole evaluated price."""
        priced = [leaf.price for leaf in self.tree.leaves if leaf.price is not None]
        return len(priced) == 1 and not priced[0].items

    def score(
        self,
        values: FloatArray,
        offered: FloatArray,
        money: FloatArray,
        weights: FloatArray,
        opened: BoolArray,
        allowed: BoolArray,
    ) -> Scores:
        """Score values and prices.

        Parameters
        ----------
        values : ndarray of shape (n_criteria, n_bids, ...)
            0-100, price rows NaN.
        offered : ndarray of shape (n_price_rows, n_bids, ...)
            Scored prices; NaN for envelopes that stay closed.
        money : ndarray of shape (n_bids, ...)
            Evaluated totals, for limits and ties; NaN where there is none.
        weights : ndarray of shape (n_criteria,)
            Fractions of 1.
        opened : ndarray of bool of shape (n_bids, ...)
            Bids whose envelope may be opened, floors aside.
        allowed : ndarray of bool of shape (n_bids, ...)
            Bids that no ruling excludes.
        """
        opened = opened & self._above_floors(values)
        eligible = opened & allowed & self._within_limits(money)
        if self.rows:
            eligible = eligible & ~np.isnan(offered).any(axis=0)
        return self.rank(values, offered, money, weights, opened, eligible)

    def rank(
        self,
        values: FloatArray,
        offered: FloatArray,
        money: FloatArray,
        weights: FloatArray,
        opened: BoolArray,
        eligible: BoolArray,
    ) -> Scores:
        """Score and rank where floors and limits are settled: parameters as `score`, `eligible` says who is scored."""
        values = self.values(values, offered, weights, opened, eligible)
        rounding = self.policy.rounding
        everybody = bool(eligible.all())
        counted = values if everybody else np.where(eligible, values, 0.0)
        points, unrounded, total = weighted_sum(counted, weights, rounding.criterion, rounding.total)
        if not everybody:
            points, unrounded, total = (np.where(eligible, x, np.nan) for x in (points, unrounded, total))
        ranks = self._ranks(total, points, money, eligible)
        enough = np.count_nonzero(eligible, axis=0) >= max(self.policy.procedure.minimum_valid_bids, 1)
        return Scores(values, unrounded, total, eligible, ranks if bool(enough.all()) else np.where(enough, ranks, 0))

    def _ranks(self, total: FloatArray, points: FloatArray, money: FloatArray, eligible: BoolArray) -> IntArray:
        """Ranks by the total; the tie keys are worked out where totals are equal."""
        if total.ndim == 1:
            return competition_ranks(self._keys(total, points, money), eligible)
        ranks = competition_ranks([total], eligible)
        tied = shared_ranks(ranks)
        if self.policy.ties.keys and tied.any():
            keys = self._keys(total[:, tied], points[:, :, tied], money[:, tied])
            ranks[:, tied] = competition_ranks(keys, eligible[:, tied])
        return ranks

    def values(
        self, values: FloatArray, offered: FloatArray, weights: FloatArray, opened: BoolArray, eligible: BoolArray
    ) -> FloatArray:
        """Values with rescaled nodes and prices filled in, where eligibility is settled; NaN for bids that are out."""
        return fill_prices(self._rescale(values, weights, opened, eligible), offered, self.rows, eligible)

    def _above_floors(self, values: FloatArray) -> BoolArray:
        kept = np.ones(values.shape[1:], bool)
        for floor in self.floors:
            kept &= ~floor.missed(values)
        return kept

    def _within_limits(self, money: FloatArray) -> BoolArray:
        kept = np.ones(money.shape, bool)
        if self.ceiling is not None:
            kept &= ~(settle(money) > settle(np.asarray(self.ceiling, dtype=np.float64)))
        if self.price_floor is not None:
            kept &= ~(settle(money) < settle(np.asarray(self.price_floor, dtype=np.float64)))
        return kept

    def _rescale(self, values: FloatArray, weights: FloatArray, opened: BoolArray, eligible: BoolArray) -> FloatArray:
        procedure = self.policy.procedure
        named = [self._index[leaf.id] for n in procedure.technical.criteria for leaf in self.tree.leaves_below(n)]
        if not (procedure.technical.rescale_to_best and named):
            return values
        return rescale_to_best(values, weights, named, opened if procedure.envelopes == 2 else eligible)[0]

    def _keys(self, total: FloatArray, points: FloatArray, money: FloatArray) -> list[FloatArray]:
        """Total, then the policy's tie keys."""
        keys = [total]
        tree, rounding = self.tree, self.policy.rounding
        for key in self.policy.ties.keys:
            name = key.removeprefix("higher:")
            if key == "lower_price":
                known = ~(np.isnan(money) & ~np.isnan(total)).any(axis=0)
                keys.append(np.where(np.isnan(total), np.nan, np.where(known, -money, 0.0)))
            elif name in tree.by_id:
                rows = [self._index[leaf.id] for leaf in tree.leaves_below(name)]
                keys.append(sum_in_order(round_half_up(points[rows], rounding.criterion)))
        return keys


def widen(x: npt.NDArray[Kind], own: int, extra: tuple[int, ...]) -> npt.NDArray[Kind]:
    """Broadcast the axes after the first `own` ones to those of the variation."""
    shaped = x.reshape(x.shape[:own] + (1,) * (len(extra) - (x.ndim - own)) + x.shape[own:])
    return np.broadcast_to(shaped, x.shape[:own] + extra)


def column(x: npt.NDArray[Kind], ndim: int) -> npt.NDArray[Kind]:
    """Append axes of length one."""
    return x.reshape(x.shape + (1,) * (ndim - x.ndim))
