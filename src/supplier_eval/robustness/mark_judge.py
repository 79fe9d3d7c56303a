"""Who wins at which value of one mark: the lot scored again for any number of values of one mark of one bid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.policy.criteria import (
    Criterion,
    Exponential,
    Linear,
    PiecewiseLinear,
    Rubric,
    Step,
    Threshold,
    YesNo,
)
from supplier_eval.rank.arithmetic import Scores
from supplier_eval.robustness.block import LotBlock
from supplier_eval.robustness.winning_ends import IntArray, lead, leads, verdicts
from supplier_eval.score.block import node_value
from supplier_eval.score.leaf import leaf_values
from supplier_eval.score.order import FloatArray, round_half_up
from supplier_eval.score.panel import AggregationRule, aggregate
from supplier_eval.score.price import PRICE_FORMULAS

PANEL = -1
AT_ONCE = 8192
ONE_WAY_QUALITY = frozenset({"price_per_quality_point", "reduced_price"})


class MarkQuestion(NamedTuple):
    """Place of the bid, place of the criterion among the marked ones, place of the member; `PANEL` for all alike."""

    own: int
    at: int
    member: int


def moves_one_way(block: LotBlock) -> bool:
    """Whether a better mark of a bid is proved never to cost it rank 1, whatever the marks are.

    True where a mark moves the bid's own points of that criterion and nothing else, or also price points that only
    rise with it while those of others only fall. Rescaling to the best keeps this as long as nothing reads the
    rescaled criteria one by one (rounding by criterion, tie keys inside the node, price formulas fed with quality).
    """
    policy, tree = block.tender.policy, block.tender.tree
    fed = {row.formula for row in block.rows if any(p.per_bid for p in PRICE_FORMULAS[row.formula].parameters)}
    technical = policy.procedure.technical
    named = {leaf.id for name in technical.criteria for leaf in tree.leaves_below(name)}
    if not (technical.rescale_to_best and named):
        return fed <= ONE_WAY_QUALITY
    keys = [key.removeprefix("higher:") for key in policy.ties.keys if key.startswith("higher:")]
    read = [{leaf.id for leaf in tree.leaves_below(key)} for key in keys if key in tree.by_id]
    return not fed and policy.rounding.criterion is None and all(named <= key or not named & key for key in read)


def levels_of(leaf: Criterion) -> tuple[float, ...]:
    """The only marks that can be given on a criterion, rising; empty where any figure of the scale can."""
    rule = leaf.value_rule()
    if isinstance(rule, Rubric):
        return tuple(sorted({float(worth) for worth in rule.levels.values()}))
    return (0.0, 1.0) if isinstance(rule, YesNo) else ()


class MarkJudge:
    """Answers for the searches in `winning_set`; values are marks in the criterion's unit.

    Parameters
    ----------
    block : LotBlock
        The lot.
    questions : sequence of MarkQuestion
        Whose mark by whom.
    """

    def __init__(self, block: LotBlock, questions: Sequence[MarkQuestion]) -> None:
        self.block, self.questions = block, list(questions)
        rounding = block.tender.policy.rounding
        self._own, self._at, self._member = (np.array(part, dtype=np.int64) for part in zip(*questions, strict=True))
        self._values = block.technical()
        n = int((block.weights > 0).sum())
        self.slack = (n * 10.0**-rounding.criterion if rounding.criterion is not None else 0.0) + (
            10.0**-rounding.total if rounding.total is not None else 0.0
        )
        if rounding.mark is not None:
            self.slack = float("inf")
        self.snap = 1e-8 * max(high - low for low, high in map(self.scale, range(len(self.questions))))

    def leaf(self, which: int) -> Criterion:
        """The criterion of a question."""
        return self.block.leaves[self.block.marked[self.questions[which].at]]

    def scale(self, which: int) -> tuple[float, float]:
        """Lowest and highest mark that can be given."""
        leaf = self.leaf(which)
        levels = levels_of(leaf)
        return (levels[0], levels[-1]) if levels else (float(leaf.minimum), float(leaf.maximum))

    def now(self, which: int) -> float:
        """The mark given; for the whole panel the aggregated one."""
        own, at, member = self.questions[which]
        return float(self.block.raw()[at, own] if member == PANEL else self.block.marks[member, at, own])

    def levels(self, which: int) -> tuple[float, ...]:
        """See `levels_of`; between yes and no only marks that leave the panel's mark a yes or a no."""
        levels = levels_of(self.leaf(which))
        if not levels or not isinstance(self.leaf(which).value_rule(), YesNo):
            return levels
        found = self._cell(np.full(len(levels), which), np.array(levels), rounded=True)
        return tuple(level for level, raw in zip(levels, found.tolist(), strict=True) if raw in (0.0, 1.0))

    def outcome(self, which: IntArray, x: FloatArray) -> IntArray:
        """See `Judge`."""
        return np.asarray(self._parts(which, x, lambda scores, own: verdicts(scores.ranks, own)), dtype=np.int64)

    def lead(self, which: IntArray, x: FloatArray) -> FloatArray:
        """See `Judge`."""
        found = self._parts(which, x, lambda scores, own: lead(scores.unrounded, own))
        return np.asarray(found, dtype=np.float64)

    def leads(self, which: int, x: FloatArray) -> FloatArray:
        """See `SmoothJudge`; marks are not rounded here."""
        every = np.full(x.shape, which, dtype=np.int64)
        return leads(self._score(every, x, rounded=False).unrounded, self._own[every])

    def kinks(self, which: int) -> FloatArray:
        """See `SmoothJudge`: where the mark passes another member's, so that another is in the middle or trimmed."""
        own, at, _ = self.questions[which]
        others = self.block.marks[:, at, own]
        return others[~np.isnan(others)]

    def switches(self, which: int, x: FloatArray) -> FloatArray:
        """See `SmoothJudge`: knots of the value function, floors, the best of a rescaled node, edges of a corridor."""
        every = np.full(x.shape, which, dtype=np.int64)
        raw = self._cell(every, x, rounded=False)
        values = self._placed(every, x, rounded=False)
        rows = [raw - knot for knot in _knots(self.leaf(which))]
        own = self.questions[which].own
        for floor in self.block.floors:
            found = node_value(values[list(floor.rows), own], floor.within, range(len(floor.rows)))
            rows.append(found * floor.full / 100.0 - floor.minimum)
        rows += [row for pair in self._against(which, values, every, x) for row in pair]
        return np.array(rows).reshape(len(rows), x.size)

    def steps(self, which: int, x: FloatArray) -> FloatArray:
        """See `SmoothJudge`."""
        rounding, every = self.block.tender.policy.rounding, np.full(x.shape, which, dtype=np.int64)
        if rounding.mark is not None:
            return self._cell(every, x, rounded=False)[np.newaxis] * 10.0**rounding.mark
        if rounding.criterion is None and rounding.total is None:
            return np.zeros((0, x.size))
        scores = self._score(every, x, rounded=False)
        if rounding.criterion is None:
            return scores.unrounded * 10.0 ** (rounding.total or 0)
        sized = self.block.weights[:, np.newaxis, np.newaxis] * scores.values * 10.0**rounding.criterion
        return np.asarray(sized.reshape(-1, x.size))

    def _against(
        self, which: int, values: FloatArray, every: IntArray, x: FloatArray
    ) -> Iterator[tuple[FloatArray, ...]]:
        """Where the bid passes another in a rescaled node, or in quality per price by the width of a corridor."""
        own, block = self.questions[which].own, self.block
        technical = block.tender.policy.procedure.technical
        named = [
            block.criteria.index(leaf.id) for n in technical.criteria for leaf in block.tender.tree.leaves_below(n)
        ]
        if technical.rescale_to_best and named:
            node = node_value(values, block.weights, named)
            yield tuple(node[own] - node[other] for other in range(len(block.bids)) if other != own)
        for row, price in zip(block.rows, block.prices, strict=True):
            if row.formula != "performance_per_price":
                continue
            scored = self._score(every, x, rounded=False).values[list(row.quality)]
            quality = node_value(scored, list(row.quality.values()), range(len(row.quality)))
            width = 1.0 - float(np.asarray(row.parameters["corridor"]))
            for other in range(len(block.bids)):
                if other == own or np.isnan(price[other]) or not np.any(quality[other] > 0):
                    continue
                even = quality[own] / quality[other]
                ratio = even * (price[other] / price[own])
                yield even - 1.0, ratio - 1.0, ratio - width, ratio - 1.0 / width

    def _parts(
        self, which: IntArray, x: FloatArray, read: Callable[[Scores, IntArray], npt.ArrayLike]
    ) -> npt.NDArray[np.generic]:
        found = [
            read(self._score(which[at : at + AT_ONCE], x[at : at + AT_ONCE]), self._own[which[at : at + AT_ONCE]])
            for at in range(0, max(x.size, 1), AT_ONCE)
        ]
        return np.concatenate([np.asarray(part) for part in found])

    def _cell(self, which: IntArray, x: FloatArray, rounded: bool) -> FloatArray:
        """The panel's one mark of the bid on the criterion in question."""
        policy, every = self.block.tender.policy, np.arange(x.size)
        given = np.array(self.block.marks[:, self._at[which], self._own[which]])
        member = self._member[which]
        single = member != PANEL
        given[member[single], every[single]] = x[single]
        alike = np.where(np.isnan(given), np.nan, x)
        method: AggregationRule = "mean" if policy.panel.aggregation == "moderated" else policy.panel.aggregation
        raw = aggregate(np.where(single, given, alike), method, policy.panel.trim)
        return round_half_up(raw, policy.rounding.mark if rounded else None)

    def _placed(self, which: IntArray, x: FloatArray, rounded: bool) -> FloatArray:
        """Values before any price, with the mark in its place: (n_criteria, n_bids, n)."""
        raw, places = self._cell(which, x, rounded), self._at[which]
        values = np.repeat(self._values[:, :, np.newaxis], x.size, axis=2)
        for at in np.unique(places).tolist():
            here, row = np.flatnonzero(places == at), self.block.marked[at]
            values[row, self._own[which[here]], here] = leaf_values(self.block.leaves[row], raw[here])
        return values

    def _score(self, which: IntArray, x: FloatArray, rounded: bool = True) -> Scores:
        block = self.block
        values = self._placed(which, x, rounded)
        prices = np.repeat(block.prices[:, :, np.newaxis], x.size, axis=2)
        money = np.repeat(block.evaluated[:, np.newaxis], x.size, axis=1)
        opened = np.repeat(~block.closed[:, np.newaxis], x.size, axis=1)
        allowed = np.repeat(~block.out[:, np.newaxis], x.size, axis=1)
        return block.rules.score(values, prices, money, block.weights, opened, allowed)


def _knots(leaf: Criterion) -> list[float]:
    """Raw figures at which a value function bends or jumps."""
    rule = leaf.value_rule()
    if isinstance(rule, Linear | Exponential):
        return [float(rule.floor), float(rule.target)]
    if isinstance(rule, PiecewiseLinear):
        return [float(x) for x, _ in rule.knots]
    if isinstance(rule, Step):
        return [float(x) for x, _ in rule.steps]
    return [float(rule.at)] if isinstance(rule, Threshold) else []
