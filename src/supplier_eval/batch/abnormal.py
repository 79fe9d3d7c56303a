"""Prices beyond a line of the policy in many tenders: flags only, the same as one tender gives (convention §15)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.intake.notice import Lot
from supplier_eval.qualify.cases import ABNORMAL, abnormal_prices
from supplier_eval.score.block import node_value
from supplier_eval.score.minor_units import from_minor
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    from supplier_eval.policy.rules import AbnormalRule

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
NEAR = 1e-9  # shares nearer than this to the line are judged on exact decimals


def flagged_prices(
    rules: tuple[AbnormalRule, ...], money: FloatArray, inside: BoolArray, ceiling: FloatArray | None, places: int
) -> Iterator[tuple[str, BoolArray]]:
    """Bids whose price lies beyond a line, rule by rule.

    Parameters
    ----------
    rules : tuple of AbnormalRule
        Of the policy; ``points_fraction`` is judged by `flagged_points`.
    money : ndarray of shape (n_bids, n_tenders)
        Evaluated prices, whole minor units in major units; NaN where there is none.
    inside : ndarray of bool of the same shape
        Bids that are considered, within the published limits.
    ceiling : ndarray of shape (n_tenders,) or None
        Published ceilings in major units; NaN where a tender has none.
    places : int
        Decimal places of the currency.

    Yields
    ------
    tuple of (str, ndarray of bool)
        Code of the flag and the bids that have it.
    """
    n = np.count_nonzero(inside, axis=0)
    for rule in rules:
        if rule.kind == "points_fraction":
            continue
        off = money / _reference(rule, money, inside, ceiling, n) - float(rule.limit)
        asked = inside & (n >= rule.minimum_bids)
        beyond = asked & (off > 0 if rule.kind.startswith("above") else off < 0)
        for t in np.flatnonzero((asked & (np.abs(off) <= NEAR)).any(axis=0)).tolist():
            beyond[:, t] = _exactly(rule, money[:, t], inside[:, t], None if ceiling is None else ceiling[t], places)
        yield ABNORMAL + rule.kind, beyond


def flagged_points(
    rules: tuple[AbnormalRule, ...],
    values: FloatArray,
    weights: FloatArray,
    price_rows: list[int],
    scored: BoolArray,
) -> Iterator[tuple[str, BoolArray]]:
    """Bids whose price points and other points both reach the stated fraction of their maximum.

    Parameters
    ----------
    values : ndarray of shape (n_criteria, n_bids, n_tenders)
        0-100, prices filled in.
    scored : ndarray of bool of shape (n_bids, n_tenders)
        Bids that are scored, in tenders that have an order.
    """
    others = [i for i in range(len(weights)) if i not in price_rows]
    asked = [rule for rule in rules if rule.kind == "points_fraction"]
    if not (asked and others and price_rows):
        return
    price, other = node_value(values, weights, price_rows) / 100, node_value(values, weights, others) / 100
    for rule in asked:
        limit = float(rule.limit)
        yield ABNORMAL + rule.kind, scored & (price >= limit) & (other >= limit)


def _reference(
    rule: AbnormalRule, money: FloatArray, inside: BoolArray, ceiling: FloatArray | None, n: IntArray
) -> FloatArray:
    """What each price is held against; NaN where there is nothing."""
    if rule.kind.endswith("of_mean"):
        return np.asarray(np.where(inside, money, 0.0).sum(axis=0) / np.where(n > 0, n, np.nan))
    if rule.kind == "below_share_of_ceiling":
        return np.full(money.shape[1], np.nan) if ceiling is None else ceiling
    known = np.where(inside, money, np.inf)
    climbing = np.sort(known, axis=0)
    place = np.argsort(np.argsort(known, axis=0, kind="stable"), axis=0)
    edge = np.full((1, *climbing.shape[1:]), np.inf)
    following = np.take_along_axis(np.vstack([climbing[1:], edge]), place, axis=0)
    before = np.take_along_axis(np.vstack([-edge, climbing[:-1]]), place, axis=0)
    following = np.where(before == known, known, following)  # another bid at the same price is the next higher
    return np.where(np.isinf(following), np.nan, following)


def _exactly(rule: AbnormalRule, money: FloatArray, inside: BoolArray, ceiling: float | None, places: int) -> BoolArray:
    """The verdict on one tender, on decimals."""
    minor = np.rint(np.where(inside, money, 0.0) * 10.0**places)
    prices = {str(b): from_minor(int(minor[b]), places) for b in np.flatnonzero(inside)}
    top = None if ceiling is None or np.isnan(ceiling) else Decimal(repr(float(ceiling)))
    flagged = {flag.bid for flag in abnormal_prices(prices, (rule,), Lot(id="1", ceiling=top))}
    return np.array([str(b) in flagged for b in range(len(minor))], dtype=bool)
