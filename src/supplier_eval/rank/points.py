"""The ranking by points: order, margins, ties, candidates; with the figures that let a loser check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import SupplierEvalError, UnknownName
from supplier_eval.flags import Reason
from supplier_eval.messages import Lang, message
from supplier_eval.rank.additive import WeightedSum, weighted_sum
from supplier_eval.rank.competition import competition_ranks
from supplier_eval.rank.ranking import Ranking
from supplier_eval.score.order import FloatArray, round_half_up, settle, sum_in_order
from supplier_eval.score.sheet import ScoreSheet, Standing

if TYPE_CHECKING:
    import pandas as pd

WEIGHTED_SUM = "weighted_sum"
ROUNDING = "rounding"
ACTS = 1e-9


@dataclass(frozen=True, eq=False)
class PointsRanking(Ranking):
    """An order of bids by weighted points, the method that binds, and how it came about.

    Parameters
    ----------
    sheet : ScoreSheet
        The values that were ranked.
    points : ndarray of shape (n_criteria, n_bids)
        Points of 100 of each leaf, unrounded; NaN for bids that are out.
    unrounded, total : ndarray of shape (n_bids,)
        Sum of the points, and the total after the policy's rounding, which is what is ranked.
    ranks : ndarray of int of shape (n_bids,)
        1 is best; tied bids share a rank, competition style 1-2-2-4; 0 for a bid that has none.
    keys : tuple of (str, ndarray)
        What decided, in order: the total, the tie keys of the policy, a recorded draw. Higher is better.
    stopped : Reason or None
        Why there is no order, as an answer.
    withdrawn : tuple of str
        Candidates who withdrew after the results were locked, in that order.
    """

    sheet: ScoreSheet
    points: FloatArray
    unrounded: FloatArray
    total: FloatArray
    ranks: npt.NDArray[np.int64]
    keys: tuple[tuple[str, FloatArray], ...]
    standing: Standing
    stopped: Reason | None = None
    withdrawn: tuple[str, ...] = ()

    @property
    def method(self) -> str:
        """``"weighted_sum"``."""
        return WEIGHTED_SUM

    @property
    def bids(self) -> tuple[str, ...]:
        """All bids of the lot, in canonical order."""
        return self.sheet.bids

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy."""
        return self.sheet.policy_fingerprint

    @property
    def winners(self) -> tuple[str, ...]:
        """The bids on rank 1 who have not withdrawn: one, several in a tie, or none."""
        standing = [bid for bid in self.order if bid not in self.withdrawn]
        if not standing:
            return ()
        best = self.rank_of(standing[0])
        return tuple(bid for bid in standing if self.rank_of(bid) == best)

    def total_of(self, bid: str) -> float:
        """Total of a bid after rounding, in points of 100."""
        return float(self.total[self.sheet.position(bid)])

    @cached_property
    def margins(self) -> dict[str, float]:
        """Bid → points ahead of the next total below it in the order; NaN for the last."""
        out: dict[str, float] = {}
        for bid, following in zip(self.order, (*self.order[1:], None), strict=False):
            behind = float("nan") if following is None else float(settle(self.total_of(bid) - self.total_of(following)))
            out[bid] = behind
        return out

    def decided_by(self, first: str, second: str) -> str | None:
        """The first key in which two bids differ: ``total``, a tie key, ``draw``; None where none parts them."""
        a, b = self.sheet.position(first), self.sheet.position(second)
        return next((name for name, key in self.keys if settle(key[a]) != settle(key[b])), None)

    def candidates(self, n: int | None = None) -> tuple[str, ...]:
        """The candidates in order (§3.2.4): as many as the policy names, those who withdrew left out.

        A tie at the end of the list is kept whole.
        """
        if n is None:
            n = self.sheet.policy.award.candidates if self.sheet.policy is not None else 3
        remaining = [bid for bid in self.order if bid not in self.withdrawn]
        if len(remaining) <= n:
            return tuple(remaining)
        last = self.rank_of(remaining[n - 1])
        return tuple(bid for bid in remaining if self.rank_of(bid) <= last)

    def withdraw(self, bid: str) -> PointsRanking:
        """Give a copy in which a candidate withdrew after the lock: the next moves up, nobody is re-scored.

        Totals, points and ranks stay as they were published (convention §3).
        """
        if self.rank_of(bid) == 0:
            raise UnknownName("ranked bid", bid, self.order)
        if bid in self.withdrawn:
            raise SupplierEvalError(f"{bid} has withdrawn already")
        return replace(self, withdrawn=(*self.withdrawn, bid))

    def contributions(self, bid: str) -> dict[str, float]:
        """Points by leaf, and one line ``rounding`` where rounding acts; they add up to the total."""
        b = self.sheet.position(bid)
        lines = dict(zip(self.sheet.criteria, self.points[:, b].tolist(), strict=True))
        rest = float(self.total[b]) - float(sum_in_order(self.points[:, b]))
        if abs(rest) > ACTS:
            lines[ROUNDING] = rest
        return lines

    def criteria_points(self, bid: str) -> dict[str, float]:
        """Points by top criterion (and ``rounding`` where it acts); they add up to the total."""
        lines = self.contributions(bid)
        tree = self.sheet.tree
        if tree is None:
            return lines
        summed: dict[str, float] = {root.id: 0.0 for root in tree.roots}
        for name, points in lines.items():
            top = name if name == ROUNDING else tree.root_of(name).id
            summed[top] = summed.get(top, 0.0) + points
        return summed

    def to_frame(self) -> pd.DataFrame:
        """One row a bid, best first: ``bid name rank total unrounded margin`` and points by top criterion.

        Totals and points are out of 100. A bid that is out has rank 0 and NaN.
        """
        import pandas as pd

        rows = []
        for bid in (*self.order, *(b for b in self.bids if self.rank_of(b) == 0)):
            b = self.sheet.position(bid)
            row = {
                "bid": bid,
                "name": self.sheet.names.get(bid, bid),
                "rank": self.rank_of(bid),
                "total": float(self.total[b]),
                "unrounded": float(self.unrounded[b]),
                "margin": self.margins.get(bid, float("nan")),
            }
            points = self.criteria_points(bid) if self.rank_of(bid) else {}
            rows.append(row | points)
        return pd.DataFrame(rows)

    def explain(self, bid: str | None = None, lang: Lang = "en") -> str:
        """Say in sentences how a bid came to its total and its rank, or the whole order where no bid is named."""
        from supplier_eval.rank.points_words import explain_points, explain_points_order

        return explain_points_order(self, lang) if bid is None else explain_points(self, bid, lang)

    def label(self, criterion: str, lang: Lang = "en") -> str:
        """Name of a criterion, or of the line ``rounding``, in a language."""
        if criterion == ROUNDING:
            return message("rank.rounding", lang)
        tree = self.sheet.tree
        return tree[criterion].name.say(lang) or criterion if tree is not None else criterion

    def __repr__(self) -> str:
        if self.stopped is not None:
            return f"PointsRanking(lot {self.sheet.lot!r}: no order; {self.stopped.say()})"
        first = ", ".join(f"{bid} {self.total_of(bid):.2f}" for bid in self.order[:3])
        return f"PointsRanking(lot {self.sheet.lot!r}: {first}; {self.standing})"


def rank_points(sheet: ScoreSheet) -> PointsRanking:
    """Rank the bids of a score sheet by weighted points, rounded and parted as the policy says.

    Parameters
    ----------
    sheet : ScoreSheet
        Values and weights.

    Returns
    -------
    PointsRanking
        Ties are judged after rounding, by the policy's keys only; what is left is a tie.
    """
    rounding = sheet.policy.rounding if sheet.policy is not None else None
    values = np.where(sheet.eligible, sheet.values, 0.0)
    result = (
        WeightedSum(*(np.full(s, np.nan) for s in (values.shape, values.shape[1:], values.shape[1:])))
        if sheet.stopped is not None
        else weighted_sum(
            values,
            sheet.weights,
            rounding.criterion if rounding else None,
            rounding.total if rounding else None,
        )
    )
    points = np.where(sheet.eligible, result.points, np.nan)
    total = np.where(sheet.eligible, result.total, np.nan)
    keys = _keys(sheet, points, total)
    ranks = np.zeros(len(sheet.bids), dtype=np.int64)
    if sheet.stopped is None and sheet.bids:
        ranks = competition_ranks([key for _, key in keys], sheet.eligible)
        drawn = _draw(sheet, ranks)
        if drawn.any():
            keys = (*keys, ("draw", drawn))
            ranks = competition_ranks([key for _, key in keys], sheet.eligible)
    return PointsRanking(
        sheet=sheet,
        points=points,
        unrounded=np.where(sheet.eligible, result.unrounded, np.nan),
        total=total,
        ranks=ranks,
        keys=keys,
        standing=sheet.standing,
        stopped=sheet.stopped,
    )


def _keys(sheet: ScoreSheet, points: FloatArray, total: FloatArray) -> tuple[tuple[str, FloatArray], ...]:
    """Total, then the policy's tie keys, then a recorded draw."""
    keys: list[tuple[str, FloatArray]] = [("total", total)]
    if sheet.policy is None or sheet.stopped is not None:
        return tuple(keys)
    for key in sheet.policy.ties.keys:
        if key == "lower_price":
            if sheet.prices is not None:
                keys.append((key, _lower_price(sheet, sheet.prices.evaluated)))
        elif sheet.tree is not None and (name := key.removeprefix("higher:")) in sheet.tree.by_id:
            rows = [sheet.criteria.index(leaf.id) for leaf in sheet.tree.leaves_below(name)]
            rounded = round_half_up(points[rows], sheet.policy.rounding.criterion)
            keys.append((key, np.asarray(sum_in_order(rounded))))
    return tuple(keys)


def _draw(sheet: ScoreSheet, ranks: npt.NDArray[np.int64]) -> FloatArray:
    """A recorded draw decides inside a tied group, if it gives each of the group its own place; else nothing."""
    key = np.zeros(len(sheet.bids))
    for rank in np.unique(ranks[ranks > 0]):
        group = np.flatnonzero(ranks == rank)
        places = [sheet.drawn.get(sheet.bids[b]) for b in group]
        if len(group) > 1 and None not in places and len(set(places)) == len(places):
            key[group] = [-float(place) for place in places if place is not None]
    return key


def _lower_price(sheet: ScoreSheet, evaluated: Mapping[str, Decimal | None]) -> FloatArray:
    """Lower price is better, compared exactly; where a bid has no money total the key parts nobody."""
    prices = [evaluated.get(bid) if ok else None for bid, ok in zip(sheet.bids, sheet.eligible, strict=True)]
    place = {price: i for i, price in enumerate(sorted({price for price in prices if price is not None}))}
    if any(price is None for price, ok in zip(prices, sheet.eligible, strict=True) if ok):
        return np.zeros(len(prices))
    return np.array([-float(place[price]) if price is not None else np.nan for price in prices])
