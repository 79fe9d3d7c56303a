"""Rows that were found good, scored in blocks of tenders with equally many bids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.abnormal import flagged_points, flagged_prices
from supplier_eval.batch.groups import Groups
from supplier_eval.batch.kernel import BlockScores, margins_in_order, score_block
from supplier_eval.batch.reasons import Reasons, plain_words
from supplier_eval.batch.rows import Rows
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.qualify.cases import ABNORMAL
from supplier_eval.rank.arithmetic import Rules
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    from supplier_eval.batch.plan import Plan

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Blocks:
    """Results of all rows as arrays.

    Parameters
    ----------
    rows : Rows
        What was read.
    values : ndarray of shape (n_criteria, n_rows)
        0-100; NaN for bids that are out.
    total, margin : ndarray of shape (n_rows,)
        Points of 100.
    ranks : ndarray of int of shape (n_rows,)
        0 where there is none.
    eligible : ndarray of bool of shape (n_rows,)
        Who is scored.
    """

    rows: Rows
    values: FloatArray
    total: FloatArray
    margin: FloatArray
    ranks: IntArray
    eligible: BoolArray
    reasons: Reasons
    flags: Reasons

    @property
    def groups(self) -> Groups:
        """Where each tender's rows stand."""
        return self.rows.groups


def score_read(plan: Plan, rows: Rows) -> Blocks:
    """Score rows that were read and found good."""
    n = len(rows.eligible)
    total, margin = np.full(n, np.nan), np.full(n, np.nan)
    ranks, enough = np.zeros(n, np.int64), np.ones(rows.groups.n, bool)
    values, prices = rows.values, rows.prices
    flags = Reasons(n)
    raised: dict[str, BoolArray] = {}
    moved = _moved(plan)
    everybody, stops = bool(rows.eligible.all()), bool(rows.unopened.any())
    for tenders, at in rows.groups.blocks():
        eligible = np.ones(at.shape, bool) if everybody else rows.eligible[at]
        opened = eligible if everybody else rows.opened[at]
        money = np.full(at.shape, np.nan) if prices is None else np.take(prices.money, at)
        offered = money[None] if prices is not None and prices.as_offered else _offered(rows, at)
        ceiling = None if prices is None or prices.ceiling is None else prices.ceiling[at[0]]
        scored = _scored(_rules(plan, ceiling), plan, _block(plan, values, at), offered, money, (opened, eligible))
        total[at], ranks[at], margin[at] = scored.total, scored.ranks, scored.margin
        enough[tenders] = scored.enough
        for i in moved:
            values[i][at] = scored.values[i]
        if scored.tied.any():
            tied = at[:, scored.tied]
            margin[tied] = margins_in_order(total[tied], ranks[tied], canonical_places(rows, tied))
        if prices is not None and plan.policy.price.abnormal:
            priced = eligible & ~rows.unopened[at[0]] if stops else eligible
            for code, where in _flags(plan, scored, money, priced, eligible, ceiling):
                if where.any():
                    raised.setdefault(code, np.zeros(n, bool))[at] |= where
    for i in set(range(len(values))) - set(moved) if not everybody else ():
        values[i][~rows.eligible] = np.nan
    for code in dict.fromkeys(ABNORMAL + rule.kind for rule in plan.policy.price.abnormal):
        if code in raised:
            flags.add(code, plain_words("batch.flag.abnormal", rule=code), raised[code])
    _too_few(plan, rows, enough)
    return Blocks(rows, values, total, margin, ranks, rows.eligible, rows.reasons, flags)


def _scored(
    rules: Rules,
    plan: Plan,
    values: FloatArray,
    offered: FloatArray,
    money: FloatArray,
    masks: tuple[BoolArray, BoolArray],
) -> BlockScores:
    """One block through the kernel; what a price formula refuses is a finding."""
    try:
        return score_block(rules, plan.weights, values, offered, money, *masks)
    except ValueError as refused:
        formulas = ", ".join(row.formula for row in plan.rows)
        facts = {"why": str(refused).rstrip(".")}
        raise InvalidInput([Finding("batch.formula.refused", "bids", value=formulas, facts=facts)], "bids") from refused


def _moved(plan: Plan) -> list[int]:
    """Criteria whose values depend on the other bids' rows: prices, and what is rescaled to the best."""
    moved = {row.row for row in plan.rows}
    technical = plan.policy.procedure.technical
    if technical.rescale_to_best:
        index = {leaf.id: i for i, leaf in enumerate(plan.leaves)}
        moved |= {index[leaf.id] for name in technical.criteria for leaf in plan.tree.leaves_below(name)}
    return sorted(moved)


def _rules(plan: Plan, ceiling: FloatArray | None) -> Rules:
    """The arithmetic with the price rows of a block."""
    rows = plan.price_rows(ceiling)
    return plan.rules if rows is plan.rules.rows else plan.rules.with_prices(rows)


def canonical_places(rows: Rows, at: IntArray) -> IntArray:
    """Place of each bid in the canonical order of its tender, for a few tenders."""
    ids = rows.bids
    out = np.empty(at.shape, np.int64)
    for t in range(at.shape[1]):
        labels = [ids.label(int(code)) for code in ids.codes[at[:, t]]]
        order = sorted(range(len(labels)), key=lambda b: (id_key(labels[b]), labels[b]))
        out[order, t] = np.arange(len(labels))
    return out


def _offered(rows: Rows, at: IntArray) -> FloatArray:
    """What the price criteria of a block score."""
    return np.zeros((0, *at.shape)) if rows.prices is None else rows.prices.offered[:, at]


def _block(plan: Plan, values: FloatArray, at: IntArray) -> FloatArray:
    """Values of a block; the rows of prices are filled by the kernel."""
    block = np.empty((len(values), *at.shape))
    for i, leaf in enumerate(plan.leaves):
        if leaf.source == "price":
            block[i] = np.nan
        else:
            np.take(values[i], at, out=block[i], mode="clip")
    return block


def _flags(
    plan: Plan,
    scored: BlockScores,
    money: FloatArray,
    priced: BoolArray,
    eligible: BoolArray,
    ceiling: FloatArray | None,
) -> Iterator[tuple[str, BoolArray]]:
    """Who is beyond a line of the policy, by the code of the flag."""
    lines = plan.policy.price.abnormal
    yield from flagged_prices(lines, money, priced, ceiling, plan.policy.minor_units)
    rows = [row.row for row in plan.rows]
    yield from flagged_points(lines, scored.values, plan.weights, rows, eligible & scored.enough)


def _too_few(plan: Plan, rows: Rows, enough: BoolArray) -> None:
    """Say of bids that are valid why they have no rank all the same."""
    if enough.all():
        return
    needed = max(plan.policy.procedure.minimum_valid_bids, 1)
    where = rows.eligible & ~enough[rows.groups.codes]
    rows.reasons.add("score.too_few_valid_bids", plain_words("batch.reason.too_few", needed=needed), where)
