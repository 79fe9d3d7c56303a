"""Who wins at which own price: the lot scored again for any number of prices of one bid in one price criterion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.arithmetic import Rules, Scores
from supplier_eval.robustness.block import LotBlock
from supplier_eval.robustness.price_kinks import price_kinks, price_switches
from supplier_eval.robustness.winning_ends import IntArray, lead, leads, verdicts
from supplier_eval.score.block import PriceRow, node_value
from supplier_eval.score.minor_units import from_minor, half_up
from supplier_eval.score.order import FloatArray
from supplier_eval.score.price import PRICE_FORMULAS

TIMES_HIGHEST = 100.0
AT_ONCE = 8192  # prices scored in one block


class PriceJudge:
    """Answers for the searches in `winning_set`; prices are evaluated money.

    Parameters
    ----------
    block : LotBlock
        The lot.
    questions : sequence of (int, int)
        Place of the bid, and row of the price criterion.

    Notes
    -----
    The lot's own limits bound the range of the bid in question; the others keep the judgement of their offers. Where a
    criterion covers some items only, the evaluated total that limits and ties read moves with them.
    """

    def __init__(self, block: LotBlock, questions: Sequence[tuple[int, int]]) -> None:
        self.block, self.questions = block, list(questions)
        policy, rounding = block.tender.policy, block.tender.policy.rounding
        self.minor_units = policy.minor_units
        self.unit = 10.0**-policy.minor_units
        self._rules = Rules(policy, block.tender.tree, block.rows, block.lot)
        self._values = block.technical()
        self._own = np.array([own for own, _ in questions], dtype=np.int64)
        self._row = np.array([row for _, row in questions], dtype=np.int64)
        n = int((block.weights > 0).sum())
        self.slack = (n * 10.0**-rounding.criterion if rounding.criterion is not None else 0.0) + (
            10.0**-rounding.total if rounding.total is not None else 0.0
        )
        self.snap = 1e-13 * self._highest

    def row(self, which: int) -> PriceRow:
        """The price criterion of a question."""
        return self.block.rows[self.questions[which][1]]

    def now(self, which: int) -> float:
        """Present price."""
        own, row = self.questions[which]
        price = self.block.evaluated[own] if self.block.whole_price else self.block.prices[row, own] / self._keep(own)
        return float(price)

    def asked(self, which: int) -> tuple[float, float]:
        """Range that is searched: within the lot's limits, where it has some."""
        own, _ = self.questions[which]
        lot = self.block.tender.notice.lot(self.block.lot)
        beside = 0.0 if self.block.whole_price else float(self.block.evaluated[own]) - self.now(which)
        low, high = self.unit, TIMES_HIGHEST * self._highest
        if not np.isnan(beside):
            low = low if lot.price_floor is None else max(low, float(lot.price_floor) - beside)
            high = high if lot.ceiling is None else min(high, float(lot.ceiling) - beside)
        return low, max(low, high)

    def outcome(self, which: IntArray, x: FloatArray) -> IntArray:
        """See `Judge`."""
        return np.asarray(self._parts(which, x, lambda scores, own: verdicts(scores.ranks, own)), dtype=np.int64)

    def lead(self, which: IntArray, x: FloatArray) -> FloatArray:
        """See `Judge`."""
        found = self._parts(which, x, lambda scores, own: lead(scores.unrounded, own))
        return np.asarray(found, dtype=np.float64)

    def outcome_whole(self, which: int, minor: Sequence[int]) -> IntArray:
        """The verdict at whole minor units, scored as the price ladder does: after the deduction, rounded half up."""
        own, _ = self.questions[which]
        rate = (
            Fraction(self.block.tender.policy.price.small_business_deduction) if self._keep(own) != 1 else Fraction(0)
        )
        places = self.minor_units
        known = [max(units, 1) for units in minor]
        money = np.array([float(from_minor(units, places)) for units in known])
        kept = [units * (1 - rate) for units in known]
        if self.block.whole_price:
            scored = np.array([float(from_minor(max(half_up(units), 1), places)) for units in kept])
        else:
            scored = np.array([float(units / 10**places) for units in kept])
        low, high = self.asked(which)
        found = verdicts(self._score(np.full(len(known), which), money, scored).ranks, np.full(len(known), own))
        inside = (money >= low) & (money <= high) & (np.array(minor) >= 1)
        return np.where(inside, found, -1)

    def leads(self, which: int, x: FloatArray) -> FloatArray:
        """See `SmoothJudge`."""
        return self._one(which, x, lambda scores, own: leads(scores.unrounded, own))

    def kinks(self, which: int) -> FloatArray:
        """See `SmoothJudge`."""
        own, row = self.questions[which]
        low, high = self.asked(which)
        known = price_kinks(self.row(which), self.block.prices[row], own, self._counted(which), self._quality(which))
        apart = np.geomspace(low, high, 2 + int(np.log(high / low) / np.log(4.0))) if high > low else np.array([low])
        return np.concatenate([known / self._keep(own), apart])

    def switches(self, which: int, x: FloatArray) -> FloatArray:
        """See `SmoothJudge`."""
        own, row = self.questions[which]
        scored = x * self._keep(own)
        return price_switches(self.row(which), self.block.prices[row], own, self._counted(which), scored)

    def steps(self, which: int, x: FloatArray) -> FloatArray:
        """See `SmoothJudge`."""
        rounding, row = self.block.tender.policy.rounding, self.row(which).row
        if rounding.criterion is not None:
            size = float(self.block.weights[row]) * 10.0**rounding.criterion
            return self._one(which, x, lambda scores, _: scores.values[row] * size)
        if rounding.total is not None:
            size = 10.0**rounding.total
            return self._one(which, x, lambda scores, _: scores.unrounded * size)
        return np.zeros((0, x.size))

    @cached_property
    def _highest(self) -> float:
        """Highest price or ceiling that stands anywhere, evaluated."""
        money = [*(self.block.prices / self.block.keep).ravel().tolist(), *self.block.evaluated.tolist()]
        money += [
            float(np.asarray(row.parameters["ceiling"])) for row in self.block.rows if "ceiling" in row.parameters
        ]
        return float(np.nanmax(np.array(money)))

    @cached_property
    def _limited(self) -> npt.NDArray[np.bool_]:
        """Bids whose offer is outside the lot's limits."""
        lot, money = self.block.tender.notice.lot(self.block.lot), self.block.evaluated
        out = np.zeros(money.shape, bool)
        out |= False if lot.ceiling is None else money > float(lot.ceiling)
        return out | (False if lot.price_floor is None else money < float(lot.price_floor))

    def _keep(self, own: int) -> float:
        return float(self.block.keep[own])

    def _counted(self, which: int) -> npt.NDArray[np.bool_]:
        """The bids that are scored beside the one in question."""
        own, _ = self.questions[which]
        scored = self._score(np.array([which]), np.array([self.asked(which)[0]]))
        return np.asarray(scored.eligible[:, 0] & (np.arange(len(self.block.bids)) != own))

    def _quality(self, which: int) -> FloatArray:
        """Quality that feeds the formula; zeros where it reads none."""
        row, n = self.row(which), len(self.block.bids)
        if not any(p.per_bid for p in PRICE_FORMULAS[row.formula].parameters):
            return np.zeros(n)
        values = self._score(np.array([which]), np.array([self.asked(which)[0]])).values[:, :, 0]
        found = node_value(values[list(row.quality)], list(row.quality.values()), range(len(row.quality)))
        return np.nan_to_num(found, nan=0.0)

    def _one(self, which: int, x: FloatArray, read: Callable[[Scores, IntArray], FloatArray]) -> FloatArray:
        every = np.full(x.shape, which, dtype=np.int64)
        return read(self._score(every, x), self._own[every])

    def _parts(
        self, which: IntArray, x: FloatArray, read: Callable[[Scores, IntArray], npt.ArrayLike]
    ) -> npt.NDArray[np.generic]:
        found = [
            read(self._score(which[at : at + AT_ONCE], x[at : at + AT_ONCE]), self._own[which[at : at + AT_ONCE]])
            for at in range(0, max(x.size, 1), AT_ONCE)
        ]
        return np.concatenate([np.asarray(part) for part in found])

    def _score(self, which: IntArray, x: FloatArray, scored: FloatArray | None = None) -> Scores:
        """Score the lot at evaluated prices `x`, or at these scored ones."""
        own, row, at, block = self._own[which], self._row[which], np.arange(x.size), self.block
        offered = np.repeat(block.prices[:, :, np.newaxis], x.size, axis=2)
        was = offered[row, own, at] / block.keep[own]
        offered[row, own, at] = x * block.keep[own] if scored is None else scored
        money = np.repeat(block.evaluated[:, np.newaxis], x.size, axis=1)
        money[own, at] = x if block.whole_price else money[own, at] + (x - was)
        values = np.repeat(self._values[:, :, np.newaxis], x.size, axis=2)
        opened = np.repeat(~block.closed[:, np.newaxis], x.size, axis=1)
        allowed = np.repeat(~(block.out | self._limited)[:, np.newaxis], x.size, axis=1)
        allowed[own, at] = ~block.out[own]
        return self._rules.score(values, offered, money, block.weights, opened, allowed)
