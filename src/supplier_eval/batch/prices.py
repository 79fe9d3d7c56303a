"""Prices of many bids: read, brought to the minor unit, deducted; what each price criterion scores (§3.1.4, §7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.cells import BoolArray, read_numbers, read_yes_no
from supplier_eval.batch.faults import Faults
from supplier_eval.batch.money import deducted, major_units, minor_units, share_of
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.batch.columns import Bound
    from supplier_eval.batch.plan import Plan

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Prices:
    """Prices of the rows.

    Parameters
    ----------
    money : ndarray of shape (n_rows,)
        Evaluated totals, whole minor units in major units; NaN where there is none.
    offered : ndarray of shape (n_price_rows, n_rows)
        What each price criterion scores.
    missing : ndarray of bool of shape (n_rows,)
        Rows without a whole price.
    ceiling, price_floor : ndarray of shape (n_rows,) or None
        Published limits; NaN where a row has none.
    column : str
        Where the price stands, for the findings.
    as_offered : bool
        Whether the one price that is scored is the evaluated total of every row.
    """

    money: FloatArray
    offered: FloatArray
    missing: BoolArray
    ceiling: FloatArray | None
    price_floor: FloatArray | None
    column: str
    as_offered: bool = False


def read_prices(plan: Plan, frame: pd.DataFrame, bound: Bound, faults: Faults) -> Prices:
    """Read the prices of all rows, and the limits of their tenders.

    A price that is missing is none here: whether the bid needs one is judged once floors are known.
    """
    n, places = len(frame), plan.policy.minor_units
    columns = {name: bound.items[name] for name in plan.items} or {"": bound.roles["price"]}
    amounts: dict[str, IntArray] = {}
    missing = np.zeros(n, bool)
    for name, column in columns.items():
        amounts[name], empty = _amounts(frame[column], places, faults, column)
        missing |= empty
    minor = _added(list(amounts.values()))
    money = major_units(minor, places)
    if missing.any():
        money[missing] = np.nan
    small = _small(plan, frame, bound, faults)
    as_offered = len(plan.rows) == 1 and not plan.items and small is None
    offered = money[None] if as_offered else _offered(plan, bound, faults, amounts, small)
    if not as_offered and missing.any():
        offered[:, missing] = np.nan
    limits = [_limit(role, frame, bound, faults) for role in ("ceiling", "price_floor")]
    if limits[0] is not None and limits[1] is not None:
        crossed = limits[1] > limits[0]
        faults.add("batch.limits.crossed", bound.roles["price_floor"], crossed, bound.roles["ceiling"])
    return Prices(money, offered, missing, limits[0], limits[1], ", ".join(columns.values()), as_offered)


def _amounts(series: pd.Series, places: int, faults: Faults, column: str) -> tuple[IntArray, BoolArray]:
    """One column of money in minor units, and where nothing stands."""
    before = len(faults.found)
    figures = read_numbers(series, faults, column).values
    minor, large = minor_units(figures, places)
    empty = np.isnan(figures)
    faults.add("batch.price.too_large", column, large, f"{figures[large][0]:g}" if large.any() else "")
    wrong = (minor < 1) & ~empty & ~large
    faults.add("batch.price.not_positive", column, wrong, f"{figures[wrong][0]:g}" if wrong.any() else "")
    for fault in faults.found[before:]:
        empty[fault.at] = False  # something stands there: it is wrong, not missing
        minor[fault.at] = 1
    return minor, empty


def _small(plan: Plan, frame: pd.DataFrame, bound: Bound, faults: Faults) -> BoolArray | None:
    """Who has the small-business deduction; None where nobody has."""
    if not plan.policy.price.small_business_deduction or "small_business" not in bound.roles:
        return None
    column = bound.roles["small_business"]
    small = read_yes_no(frame[column], faults, column).values == 1.0
    return small if small.any() else None


def _offered(
    plan: Plan, bound: Bound, faults: Faults, amounts: dict[str, IntArray], small: BoolArray | None
) -> FloatArray:
    """What each price criterion scores, after the small-business deduction."""
    places, rate = plan.policy.minor_units, plan.policy.price.small_business_deduction
    rows = []
    for leaf in plan.leaves:
        if leaf.price is None:
            continue
        if not leaf.price.items:
            whole = amounts[""]
            after = np.where(small, deducted(whole, rate), whole) if small is not None else whole
            faults.add("batch.price.nothing_left", bound.roles["price"], (after < 1) & (whole > 0))
            rows.append(major_units(np.maximum(after, 1), places))
            continue
        summed = _added([amounts[name] for name in leaf.price.items])
        each = major_units(summed, places)
        rows.append(np.where(small, share_of(summed, 1 - rate, places), each) if small is not None else each)
    return np.stack(rows)


def _added(amounts: list[IntArray]) -> IntArray:
    """Amounts of the rows added up, in whole minor units."""
    return amounts[0] if len(amounts) == 1 else np.asarray(np.sum(np.stack(amounts), axis=0), dtype=np.int64)


def _limit(role: str, frame: pd.DataFrame, bound: Bound, faults: Faults) -> FloatArray | None:
    """A published limit of the price; NaN where a row has none."""
    if role not in bound.roles:
        return None
    column = bound.roles[role]
    limit = read_numbers(frame[column], faults, column).values
    wrong = limit <= 0
    faults.add("batch.limit.not_positive", column, wrong, f"{limit[wrong][0]:g}" if wrong.any() else "")
    return np.where(wrong, np.nan, limit)
