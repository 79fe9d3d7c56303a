"""The rows of a long table as arrays: who is considered and why not, values, prices, tenders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.cells import BoolArray
from supplier_eval.batch.faults import Faults
from supplier_eval.batch.gates import holds_in, judge_gates
from supplier_eval.batch.groups import Groups
from supplier_eval.batch.ids import Ids, read_ids
from supplier_eval.batch.prices import Prices, read_prices
from supplier_eval.batch.reasons import Reasons, floor_words, plain_words
from supplier_eval.batch.times import EPOCH
from supplier_eval.batch.values import criterion_values
from supplier_eval.score.order import FloatArray, settle

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.batch.columns import Bound
    from supplier_eval.batch.plan import Plan

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Rows:
    """What was read of a table.

    Parameters
    ----------
    tenders : ndarray of int of shape (n_rows,)
        Number of each row's tender (and lot); -1 where it has no id.
    groups : Groups
        Rows by tender; rows without one stand in a group of their own and are never scored.
    bids : Ids
        Bid of every row.
    values : ndarray of shape (n_criteria, n_rows)
        0-100 before any rescaling; NaN for prices and where nothing stands.
    prices : Prices or None
        None where no price is scored.
    opened, eligible : ndarray of bool of shape (n_rows,)
        Bids whose price is looked at, and bids that are scored.
    unopened : ndarray of bool of shape (n_rows,)
        Rows of tenders that stop before any price is looked at.
    reasons : Reasons
        Why the others are out.
    deadline_days : ndarray of int or None
        Day of each row's deadline, from 1970; None without such a column.
    """

    tenders: IntArray
    groups: Groups
    bids: Ids
    values: FloatArray
    prices: Prices | None
    opened: BoolArray
    eligible: BoolArray
    unopened: BoolArray
    reasons: Reasons
    deadline_days: IntArray | None = None

    @property
    def first_deadline(self) -> date | None:
        """Day of the first deadline of all tenders; None where there is no such column or row."""
        if self.deadline_days is None or not self.deadline_days.size:
            return None
        return EPOCH + timedelta(days=int(self.deadline_days.min()))

    def kept(self, good: BoolArray) -> Rows:
        """The rows of a mask alone, all rows of a tender or none."""
        prices = self.prices
        if prices is not None:
            prices = replace(
                prices,
                money=prices.money[good],
                offered=prices.offered[:, good],
                missing=prices.missing[good],
                ceiling=None if prices.ceiling is None else prices.ceiling[good],
                price_floor=None if prices.price_floor is None else prices.price_floor[good],
            )
        words = [word[good] for word in self.reasons.words]
        reasons = Reasons(int(good.sum()), self.reasons.codes, self.reasons.says, words)
        return Rows(
            tenders=self.tenders[good],
            groups=Groups.of(self.tenders[good]),
            bids=Ids(self.bids.codes[good], self.bids.labels),
            values=np.ascontiguousarray(self.values[:, good]),
            prices=prices,
            opened=self.opened[good],
            eligible=self.eligible[good],
            unopened=self.unopened[good],
            reasons=reasons,
            deadline_days=None if self.deadline_days is None else self.deadline_days[good],
        )


def read_rows(plan: Plan, frame: pd.DataFrame, bound: Bound) -> tuple[Rows, Faults]:
    """Read a table: ids, gates, values, floors, prices and limits, with everything that is wrong."""
    n = len(frame)
    faults, reasons = Faults(n), Reasons(n)
    ids = {role: _ids(frame, bound, role, faults) for role in ("tender", "lot", "bid")}
    lots, bids = ids["lot"], ids["bid"]
    assert ids["tender"] is not None
    assert bids is not None
    tenders = _tenders(ids["tender"], lots)
    groups = Groups.of(tenders)
    _check_duplicates(groups, tenders, bids, faults, bound.roles["bid"])
    deadline = judge_gates(plan, frame, bound, lots, faults, reasons)
    considered = ~reasons.out
    values = criterion_values(plan, frame, bound, considered, faults)
    for floor, row in plan.rules.declared_floors:
        below = considered & holds_in((floor.lot,), lots, n) & row.missed(values)
        reasons.add(f"qualify.floor[{floor.criterion}]", floor_words(floor, plan.tree), below)
    opened = ~reasons.out
    prices = read_prices(plan, frame, bound, faults) if plan.priced else None
    unopened = _stopped(plan, groups, opened)
    eligible = opened
    if prices is not None:
        eligible = opened & _within(plan, prices, opened & ~unopened, bound, faults, reasons)
    told: dict[str, npt.NDArray[np.generic] | None] = {"deadline": None if deadline is None else deadline.moments}
    told |= {} if prices is None else {"ceiling": prices.ceiling, "price_floor": prices.price_floor}
    for role, figures in told.items():
        if figures is not None:
            faults.add("batch.tender.differs", bound.roles[role], groups.varies(figures) & (tenders >= 0))
    days = None if deadline is None else deadline.days
    return Rows(tenders, groups, bids, values, prices, opened, eligible, unopened, reasons, days), faults


def _ids(frame: pd.DataFrame, bound: Bound, role: str, faults: Faults) -> Ids | None:
    column = bound.roles.get(role)
    return None if column is None else read_ids(frame[column], faults, column)


def _tenders(tenders: Ids, lots: Ids | None) -> IntArray:
    """Number of each row's order: the tender, or its lot."""
    import pandas as pd

    if lots is None:
        return tenders.codes
    there = (tenders.codes >= 0) & (lots.codes >= 0)
    out = np.full(len(there), -1, np.int64)
    out[there] = pd.factorize(tenders.codes[there] * lots.n + lots.codes[there])[0]
    return out


def _check_duplicates(groups: Groups, tenders: IntArray, bids: Ids, faults: Faults, column: str) -> None:
    """Bids that stand twice in one tender."""
    twice = np.zeros(len(tenders), bool)
    for _, at in groups.blocks():
        codes = bids.codes[at]
        n_bids = len(codes)
        if n_bids <= FEW:
            for a in range(n_bids - 1):
                same = codes[a + 1 :] == codes[a]
                if same.any():
                    twice[at[a + 1 :][same]] = True
                    twice[at[a][same.any(axis=0)]] = True
            continue
        order = np.argsort(codes, axis=0, kind="stable")
        along = np.take_along_axis(codes, order, axis=0)
        same = along[1:] == along[:-1]
        if same.any():
            places = np.take_along_axis(at, order, axis=0)
            twice[places[1:][same]] = True
            twice[places[:-1][same]] = True
    twice &= (tenders >= 0) & (bids.codes >= 0)
    if twice.any():
        faults.add("batch.bid.twice", column, twice, bids.label(int(bids.codes[twice.argmax()])))


FEW = 24


def _stopped(plan: Plan, groups: Groups, opened: BoolArray) -> BoolArray:
    """Rows of tenders that stop before prices are looked at: too few bids are valid already."""
    needed = plan.policy.procedure.minimum_valid_bids
    if needed <= 1 or opened.all():
        short = groups.sizes < needed
        return short[groups.codes] if short.any() else np.zeros(len(opened), bool)
    return (groups.count(opened) < needed)[groups.codes]


def _within(
    plan: Plan, prices: Prices, looked_at: BoolArray, bound: Bound, faults: Faults, reasons: Reasons
) -> BoolArray:
    """Which bids are not outside the published limits of the price; a price that is needed and missing is a fault."""
    faults.add("batch.price.missing", prices.column, prices.missing & looked_at)
    inside = np.ones(len(looked_at), bool)
    money = settle(prices.money)
    if plan.needs_ceiling and prices.ceiling is not None:
        faults.add("batch.ceiling.missing", bound.roles["ceiling"], np.isnan(prices.ceiling) & looked_at)
    if prices.ceiling is not None:
        above = looked_at & (money > settle(prices.ceiling))
        reasons.add("qualify.ceiling", plain_words("batch.reason.ceiling"), above)
        inside &= ~above
    if prices.price_floor is not None:
        below = looked_at & inside & (money < settle(prices.price_floor))
        reasons.add("qualify.price_floor", plain_words("batch.reason.price_floor"), below)
        inside &= ~below
    return inside
