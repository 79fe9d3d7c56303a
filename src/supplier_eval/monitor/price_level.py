r"""How dear a supplier is against the others (§3.3.2): leave-one-out medians of the same item, or Fisher's index.

With the supplier's price :math:`p_i` and quantity :math:`q_i` of item :math:`i`, and the reference :math:`m_i` = the
median of the *other* suppliers' prices of the same item, with the others' quantity :math:`r_i`:

.. math::
    I_P = 100 \frac{\sum_i q_i p_i}{\sum_i q_i m_i}, \qquad
    I_L = 100 \frac{\sum_i r_i p_i}{\sum_i r_i m_i}, \qquad
    I_F = \sqrt{I_L I_P}

:math:`I_P` is what was bought against what it would have cost at the others' median, 100 at the market. Without
quantities every item counts alike: the geometric mean of the ratios :math:`p_i / m_i`, Jevons' index. Items that nobody
else offers have no market price and are left out; a supplier with no other item is not market-rated.

Source: Fisher (1922), The Making of Index Numbers; ILO et al. (2004), Consumer Price Index Manual, ch. 15 (recalled).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PriceLevels:
    """Price level of each supplier.

    Parameters
    ----------
    index : ndarray of float64, shape (n_suppliers,)
        100 at the market; NaN where there is no market.
    rated, offered : ndarray of int64, shape (n_suppliers,)
        Items with a market price, and all items.
    spend_rated : ndarray of float64, shape (n_suppliers,)
        Share of the spend on items with a market price; of the items where there are no quantities; NaN for none.
    """

    index: FloatArray
    rated: IntArray
    offered: IntArray
    spend_rated: FloatArray


def price_levels(
    price: npt.ArrayLike, quantity: npt.ArrayLike | None = None, method: str = "leave_one_out_median"
) -> PriceLevels:
    """Compare every supplier's prices with the others'.

    Parameters
    ----------
    price : array_like of shape (n_items, n_suppliers)
        Unit prices above zero; NaN where a supplier does not offer the item.
    quantity : array_like of shape (n_items, n_suppliers), optional
        Bought quantities, not negative; None, or any missing beside a price: every item counts alike.
    method : {"leave_one_out_median", "fisher"}
        `fisher` needs quantities.

    Returns
    -------
    PriceLevels
    """
    p = np.asarray(price, dtype=np.float64)
    there = ~np.isnan(p)
    market = leave_one_out_medians(p)
    rated = there & ~np.isnan(market)
    q = None if quantity is None else np.asarray(quantity, dtype=np.float64)
    if q is None or np.isnan(q[there]).any() or method not in {"leave_one_out_median", "fisher"}:
        index, share = _jevons(p, market, rated), rated.sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    else:
        q = np.where(there, q, 0.0)
        own = _ratio(q, p, market, rated)
        index = own
        if method == "fisher":
            others = q.sum(axis=1, keepdims=True) - q
            index = np.sqrt(own * _ratio(others, p, market, rated))
        spend = _sum(np.where(there, p * q, 0.0))
        share = _sum(np.where(rated, p * q, 0.0)) / np.where(spend > 0, spend, np.nan)
    any_item = there.any(axis=0)
    return PriceLevels(100 * index, rated.sum(axis=0), there.sum(axis=0), np.where(any_item, share, np.nan))


def leave_one_out_medians(price: FloatArray) -> FloatArray:
    """Median of the other suppliers' prices of each item, same shape; NaN where nobody else offers it."""
    medians = np.full(price.shape, np.nan)
    for supplier in range(price.shape[1]):
        others = np.delete(price, supplier, axis=1)
        offered = (~np.isnan(others)).any(axis=1)
        medians[offered, supplier] = np.nanmedian(others[offered], axis=1)
    return medians


def _ratio(q: FloatArray, p: FloatArray, m: FloatArray, rated: npt.NDArray[np.bool_]) -> FloatArray:
    """Sum of q p over sum of q m, of the items with a market price."""
    above, below = (_sum(np.where(rated, q * prices, 0.0)) for prices in (p, m))
    return np.asarray(above / np.where(below > 0, below, np.nan))


def _jevons(p: FloatArray, m: FloatArray, rated: npt.NDArray[np.bool_]) -> FloatArray:
    n = rated.sum(axis=0)
    logs = _sum(np.where(rated, np.log(np.where(rated, p, 1.0)) - np.log(np.where(rated, m, 1.0)), 0.0))
    return np.where(n > 0, np.exp(logs / np.maximum(n, 1)), np.nan)


def _sum(terms: FloatArray) -> FloatArray:
    """Sum over items in order of size, so that the order of rows changes no bit."""
    ordered = np.sort(terms, axis=0)
    return np.asarray(np.add.accumulate(ordered, axis=0)[-1]) if len(ordered) else np.zeros(terms.shape[1])
