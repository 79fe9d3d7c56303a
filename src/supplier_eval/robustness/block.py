"""One lot as arrays that can be scored again many times: other marks, prices, bids, all in one block.

Whatever is asked about a tender (which price would have won, who decides, does an irrelevant bid matter) is asked
of this block. It runs through the same arithmetic as `score_bids` (marks, floors, rescaling, price formulas, rounding,
ties) with variations on the last axis, and gives the same bits as the evaluation where nothing is varied.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import UnknownName
from supplier_eval.evaluation import LotResult
from supplier_eval.rank.arithmetic import BoolArray, FloorRow, Rules, Scores, column, widen
from supplier_eval.score.block import PriceRow
from supplier_eval.score.leaf import leaf_values
from supplier_eval.score.order import FloatArray, round_half_up
from supplier_eval.score.panel import AggregationRule, aggregate

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.policy.criteria import Criterion

__all__ = ["FloorRow", "LotBlock", "Scores"]


@dataclass(frozen=True, eq=False)
class LotBlock:
    """The bids of one lot that passed the gates, with everything that scoring needs.

    Parameters
    ----------
    tender : Tender
        Where it comes from.
    result : LotResult
        The evaluation of the lot as it stands.
    bids : tuple of str
        Bids that passed the gates, in canonical order; the bid axis of all arrays.
    members : tuple of str
        Evaluators who mark this lot; the first axis of `marks`.
    marks : ndarray of shape (n_members, n_marked, n_bids)
        Raw marks; NaN where none was given.
    marked : tuple of int
        Places of the marked leaves on the criteria axis.
    stated : ndarray of shape (n_criteria, n_bids)
        Values (0-100) of facts and past scores; NaN for marked and price leaves.
    prices : ndarray of shape (n_price_rows, n_bids)
        Scored prices in the policy's currency; NaN for envelopes that stay closed.
    keep : ndarray of shape (n_bids,)
        Scored money per evaluated money (1 minus the small-business deduction).
    evaluated : ndarray of shape (n_bids,)
        Evaluated totals in the policy's currency; NaN where there is no money total or it stays closed.
    out : ndarray of bool of shape (n_bids,)
        Bids that a ruling excluded after their prices were opened: out whatever is varied.
    closed : ndarray of bool of shape (n_bids,)
        Bids whose envelope the published procedure keeps closed.
    """

    tender: Tender
    result: LotResult
    bids: tuple[str, ...]
    members: tuple[str, ...]
    marks: FloatArray
    marked: tuple[int, ...]
    stated: FloatArray
    rows: tuple[PriceRow, ...]
    prices: FloatArray
    keep: FloatArray
    evaluated: FloatArray
    out: BoolArray
    closed: BoolArray

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria axis, in tree order."""
        return self.tender.tree.leaves

    @property
    def criteria(self) -> tuple[str, ...]:
        """Ids of the leaves."""
        return tuple(leaf.id for leaf in self.leaves)

    @property
    def lot(self) -> str:
        """Lot id."""
        return self.result.lot

    @cached_property
    def weights(self) -> FloatArray:
        """Weights of the leaves as fractions of 1."""
        return self.result.sheet.weights

    @cached_property
    def base(self) -> Scores:
        """The block as it stands: what the evaluation gave."""
        return self.score()

    @property
    def winner(self) -> str:
        """The bid on rank 1 as evaluated; the first in canonical order in a tie."""
        return next(bid for bid in self.result.ranking.order if self.result.ranking.rank_of(bid) == 1)

    def first(self, ranks: npt.NDArray[np.int64]) -> tuple[str, ...]:
        """The bids on rank 1 of one variation: one, several in a tie, or none; a bid added last may have no rank."""
        return tuple(bid for bid, rank in zip(self.bids, ranks.tolist(), strict=False) if rank == 1)

    def position(self, bid: str) -> int:
        """Place of a bid on the bid axis."""
        if bid not in self.bids:
            raise UnknownName("bid that passed the gates", bid, self.bids)
        return self.bids.index(bid)

    def name(self, bid: str) -> str:
        """Display name of a bid."""
        return self.result.qualification.names.get(bid, bid)

    def raw(self, marks: npt.ArrayLike | None = None) -> FloatArray:
        """One raw mark a marked leaf and bid, aggregated and rounded by the policy: (n_marked, n_bids, ...).

        Raises
        ------
        ValueError
            If a trimmed mean has too few marks left.
        """
        rule = self.tender.policy.panel
        method: AggregationRule = "mean" if rule.aggregation == "moderated" else rule.aggregation
        given = self.marks if marks is None else np.asarray(marks, dtype=np.float64)
        if not self.marked:
            return np.zeros((0, *given.shape[2:]))
        return round_half_up(aggregate(given, method, rule.trim), self.tender.policy.rounding.mark)

    def technical(self, marks: npt.ArrayLike | None = None, stated: npt.ArrayLike | None = None) -> FloatArray:
        """Values before any price: (n_criteria, n_bids, ...), price rows NaN."""
        raw = self.raw(marks)
        told = self.stated if stated is None else np.asarray(stated, dtype=np.float64)
        extra = np.broadcast_shapes(raw.shape[2:], told.shape[2:])
        values, raw = np.array(widen(told, 2, extra)), widen(raw, 2, extra)
        for at, row in enumerate(self.marked):
            values[row] = leaf_values(self.leaves[row], raw[at])
        return values

    def score(
        self,
        marks: npt.ArrayLike | None = None,
        prices: npt.ArrayLike | None = None,
        taking_part: npt.ArrayLike | None = None,
        weights: npt.ArrayLike | None = None,
        stated: npt.ArrayLike | None = None,
    ) -> Scores:
        """Score the block, whole or varied.

        Parameters
        ----------
        marks : array_like of shape (n_members, n_marked, n_bids, ...), optional
            In place of the marks given; NaN where a member gives none.
        prices : array_like of shape (n_price_rows, n_bids, ...), optional
            Scored prices in place of those offered; the price limits of the lot are judged on them where one price
            criterion covers the whole price, else on the totals offered.
        taking_part : array_like of bool of shape (n_bids, ...), optional
            Bids that take part in each variation; all where omitted.
        weights : array_like of shape (n_criteria,), optional
            In place of the policy's.
        stated : array_like of shape (n_criteria, n_bids, ...), optional
            Values (0-100) of facts in place of those stated; NaN for marked and price leaves.

        Returns
        -------
        Scores
            With the axes of the variation after the bids; all given arrays broadcast against each other.
        """
        w = self.weights if weights is None else np.asarray(weights, dtype=np.float64)
        offered = self.prices if prices is None else np.asarray(prices, dtype=np.float64)
        values = self.technical(marks, stated)
        part = np.ones(len(self.bids), bool) if taking_part is None else np.asarray(taking_part, dtype=bool)
        extra = np.broadcast_shapes(values.shape[2:], offered.shape[2:], part.shape[1:])
        values, offered = widen(values, 2, extra), widen(offered, 2, extra)
        money = self._money(offered)
        opened = widen(part & ~column(self.closed, part.ndim), 1, extra)
        allowed = np.broadcast_to(~column(self.out, opened.ndim), opened.shape)
        return self._drawn(self.rules.score(values, offered, money, w, opened, allowed))

    @cached_property
    def places(self) -> FloatArray:
        """Places that a recorded draw gave, on the bid axis; NaN for bids that took no part in one."""
        drawn = self.result.sheet.drawn
        return np.array([float(drawn[bid]) if bid in drawn else np.nan for bid in self.bids])

    def _drawn(self, scores: Scores) -> Scores:
        """Part tied bids by the recorded draw, where all who are tied took part in it with a place of their own."""
        if np.isnan(self.places).all():
            return scores
        ranks = scores.ranks
        tied = (ranks[:, None] == ranks[None]) & (ranks > 0)
        absent = column(np.isnan(self.places), ranks.ndim)
        same = self.places[:, None] == self.places[None]
        np.fill_diagonal(same, False)
        before = self.places[None] < self.places[:, None]
        broken = (tied & (absent[None] | column(same, tied.ndim))).any(axis=1) | absent
        ahead = np.asarray((tied & column(before, tied.ndim)).sum(axis=1))
        return replace(scores, ranks=np.where(broken, ranks, ranks + ahead))

    @cached_property
    def rules(self) -> Rules:
        """The policy's arithmetic in this lot."""
        lot = self.tender.notice.lot(self.lot)
        return Rules(self.tender.policy, self.tender.tree, self.rows, self.lot, lot.ceiling, lot.price_floor)

    @property
    def floors(self) -> tuple[FloorRow, ...]:
        """Quality floors that hold for this lot."""
        return self.rules.floors

    @property
    def whole_price(self) -> bool:
        """Whether one price criterion covers the whole evaluated price."""
        return self.rules.whole_price

    def with_bid(
        self,
        bid: str,
        marks: npt.ArrayLike,
        stated: npt.ArrayLike,
        prices: npt.ArrayLike,
        keep: float = 1.0,
    ) -> LotBlock:
        """Give a copy with one more bid, last on the bid axis.

        Parameters
        ----------
        bid : str
            An id that is not taken.
        marks : array_like of shape (n_members, n_marked)
            Its raw marks.
        stated : array_like of shape (n_criteria,)
            Its facts' values (0-100); NaN for marked and price leaves.
        prices : array_like of shape (n_price_rows,)
            Its scored prices.
        keep : float
            Scored money per evaluated money: below 1 for a small business under a deduction.
        """
        if bid in self.bids:
            raise ValueError(f"there is a bid {bid!r} already")

        def beside(old: FloatArray, new: npt.ArrayLike) -> FloatArray:
            return np.concatenate([old, np.asarray(new, dtype=np.float64)[..., None]], axis=-1)

        offered = np.asarray(prices, dtype=np.float64)
        return replace(
            self,
            bids=(*self.bids, bid),
            marks=beside(self.marks, marks),
            stated=beside(self.stated, stated),
            prices=beside(self.prices, offered),
            keep=np.append(self.keep, keep),
            evaluated=np.append(self.evaluated, offered[0] / keep if self.whole_price else np.nan),
            out=np.append(self.out, False),
            closed=np.append(self.closed, False),
        )

    def _money(self, offered: FloatArray) -> FloatArray:
        """Evaluated totals in every variation: as evaluated, to the cent, where a price is the one that was offered."""
        fixed = widen(self.evaluated, 1, offered.shape[2:])
        if not self.whole_price:
            return fixed
        moved = offered[0] != column(self.prices[0], offered.ndim - 1)
        return np.where(moved, offered[0] / column(self.keep, offered.ndim - 1), fixed)
