"""The arithmetic of one tender and of a block of tenders: fill in price scores, rescale, nothing else.

Arrays have criteria first, bids second, tenders after (convention §2). A single tender is a block of one; both
run through this code and give the same bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, sum_in_order
from supplier_eval.score.price import PRICE_FORMULAS


@dataclass(frozen=True)
class PriceRow:
    """How one price criterion of a block is scored.

    Parameters
    ----------
    row : int
        Index on the criteria axis.
    formula : str
        Name in ``PRICE_FORMULAS``.
    parameters : mapping
        Numbers, or arrays of the shape of the tender axes.
    quality : mapping of int to float
        Criteria, with their weights among each other, whose mean value feeds a formula that needs quality.
    """

    row: int
    formula: str
    parameters: Mapping[str, npt.ArrayLike] = field(default_factory=dict)
    quality: Mapping[int, float] = field(default_factory=dict)


def node_value(values: npt.ArrayLike, weights: npt.ArrayLike, rows: Sequence[int]) -> FloatArray:
    """Weighted mean value (0-100) of some criteria, by their weights among each other.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
    weights : array_like of shape (n_criteria,)
    rows : sequence of int
        Criteria that form the node; equal weights where all of theirs are zero.

    Returns
    -------
    ndarray of shape (n_bids, ...)
        NaN where one of the values is missing.
    """
    table = np.asarray(values, dtype=np.float64)[list(rows)]
    w = np.asarray(weights, dtype=np.float64)[list(rows)]
    if not w.any():
        w = np.ones_like(w)
    shaped = w.reshape((-1,) + (1,) * (table.ndim - 1))
    return np.asarray(sum_in_order(shaped * table) / sum_in_order(w))


def rescale_to_best(
    values: npt.ArrayLike, weights: npt.ArrayLike, rows: Sequence[int], eligible: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Stretch a node so that its best eligible bid has 100; the proportions between bids stay.

    Returns
    -------
    tuple of ndarray
        The values with the rows stretched, and the factor of each tender (1 where the best has 0).
    """
    table = np.array(values, dtype=np.float64)
    mask = np.asarray(eligible, dtype=bool)
    node = np.where(mask, node_value(table, weights, rows), 0.0)
    best = np.max(node, axis=0, initial=0.0)
    factor = np.where(best > 0, 100.0 / np.where(best > 0, best, 1.0), 1.0)
    table[list(rows)] *= factor
    return table, np.asarray(factor)


def fill_prices(
    values: npt.ArrayLike,
    prices: npt.ArrayLike,
    price_rows: Sequence[PriceRow],
    eligible: npt.ArrayLike,
) -> FloatArray:
    """Score the prices of a block and write them into the table of values.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Values on 0-100; the price rows may hold anything.
    prices : array_like of shape (n_price_rows, n_bids, ...)
        Scored prices, one row for each of `price_rows`.
    price_rows : sequence of PriceRow
        How each is scored.
    eligible : array_like of bool of shape (n_bids, ...)
        Bids that take part; all figures of the others become NaN.

    Returns
    -------
    ndarray of shape (n_criteria, n_bids, ...)
        A new table.
    """
    table = np.array(values, dtype=np.float64)
    mask = np.asarray(eligible, dtype=bool)
    offered = np.asarray(prices, dtype=np.float64)
    for price, how in zip(offered, price_rows, strict=True):
        formula = PRICE_FORMULAS[how.formula]
        given = dict(how.parameters)
        per_bid = [p.name for p in formula.parameters if p.per_bid]
        if per_bid:
            quality = node_value(table[list(how.quality)], list(how.quality.values()), range(len(how.quality)))
            for name in per_bid:
                scale = np.asarray(given.get("features_max", 1.0)) / 100.0 if name == "features" else 1.0
                given[name] = np.where(mask, quality, np.nan) * scale
        table[how.row] = formula.function(price, mask, **given)
    return table if bool(mask.all()) else np.where(mask, table, np.nan)
