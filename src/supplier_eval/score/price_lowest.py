"""Price formulas that look at the lowest (and highest) eligible price.

::

    lowest over price        s = 100 · Pmin / P
    linear to twice lowest   s = 100 · (1 − (P − Pmin) / ((f − 1) · Pmin))
    min-max                  s = 100 · (Pmax − P) / (Pmax − Pmin)
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.score.price_formula import (
    Eligible,
    FloatArray,
    Given,
    Parameter,
    PriceFormula,
    as_scores,
    highest_of,
    lowest_of,
    read_bids,
)

FACTOR = Parameter(
    "factor", default=2.0, above=1.0, highest=1000.0, meaning="multiple of the lowest price that scores 0"
)


def lowest_over_price(prices: npt.ArrayLike, eligible: Eligible = None) -> FloatArray:
    """Score a price by how the lowest price compares with it: s = 100 · Pmin / P.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0, one currency and tax basis.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.

    Returns
    -------
    ndarray of the same shape
        Scores, above 0 and at most 100; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero.

    Notes
    -----
    The only bid, and bids at one price, score 100.

    References
    ----------
    Ministry of Finance of China, Order 87 (2017), art. 55; World Bank, Procurement Regulations, QCBS
    financial score 100·Fm/F; UK Digital Outcomes and Specialists, fixed quotes.
    """
    p, ok = read_bids(prices, eligible)
    return as_scores(lowest_of(p, ok) / p, ok)


def linear_to_twice_lowest(prices: npt.ArrayLike, eligible: Eligible = None, *, factor: Given = 2.0) -> FloatArray:
    """Take points off in proportion to the distance from the lowest price, down to 0 at twice the lowest.

    s = 100 · (1 − (P − Pmin) / ((f − 1) · Pmin)), not below 0.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.
    factor : float or array_like, one a tender
        Multiple f > 1 of the lowest price at which the score reaches 0.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero, or `factor` is not above 1.

    Notes
    -----
    The only bid, and bids at one price, score 100. The South African text lets a score fall below 0; here 0
    is the floor.

    References
    ----------
    South Africa, Preferential Procurement Regulations 2022, 80/20: 80·(1 − (Pt − Pmin)/Pmin); Peru, OSCE,
    art. 101: 2·PM − (Oi/Om)·PM.
    """
    p, ok = read_bids(prices, eligible)
    low = lowest_of(p, ok)
    return as_scores(1.0 - (p - low) / ((FACTOR.read(factor, ok) - 1.0) * low), ok)


def min_max(prices: npt.ArrayLike, eligible: Eligible = None) -> FloatArray:
    """Give the lowest price 100, the highest 0 and the others their place between: (Pmax − P)/(Pmax − Pmin).

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero.

    Notes
    -----
    The only bid, and bids that all ask one price, score 100. Two close prices are pulled apart to 100 and 0:
    a dear outlier decides what a difference is worth.

    References
    ----------
    Consip, "lineare min-max".
    """
    p, ok = read_bids(prices, eligible)
    low, high = lowest_of(p, ok), highest_of(p, ok)
    spread = high - low
    fraction = (high - p) / np.where(spread > 0, spread, 1.0)
    return as_scores(np.where(spread > 0, fraction, 1.0), ok)


FORMULAS = (
    PriceFormula(
        "lowest_over_price",
        lowest_over_price,
        (),
        relative=True,
        bounded=True,
        monotone=True,
        formula="100 · Pmin / P",
        source="CN Order 87 (2017) art. 55; World Bank QCBS; UK relative price (DOS fixed quotes)",
    ),
    PriceFormula(
        "linear_to_twice_lowest",
        linear_to_twice_lowest,
        (FACTOR,),
        relative=True,
        bounded=True,
        monotone=True,
        formula="100 · (1 − (P − Pmin) / ((factor − 1) · Pmin)), not below 0",
        source="ZA Preferential Procurement Regulations 2022 (80/20, 90/10); Peru OSCE art. 101",
    ),
    PriceFormula(
        "min_max",
        min_max,
        (),
        relative=True,
        bounded=True,
        monotone=True,
        formula="100 · (Pmax − P) / (Pmax − Pmin); 100 when all prices are equal",
        source="Consip, lineare min-max",
    ),
)
