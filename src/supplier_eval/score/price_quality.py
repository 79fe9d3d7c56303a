"""Price formulas that read quality or other merits beside the price.

::

    price per quality point  s = 100 · (Q/P) / (Q/P)max
    performance per price    Z = L/P; within the corridor below Zmax the quality decides
    reduced price            P' = P / (1 + f / (1 − F));  s = 100 · P'min / P'
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.score.price_formula import (
    BoolArray,
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

QUALITY = Parameter("quality", required=True, lowest=0.0, per_bid=True, meaning="quality points of the bid")
CORRIDOR = Parameter(
    "corridor",
    required=True,
    lowest=0.0,
    below=1.0,
    meaning="width below the best ratio as a fraction; UfAB uses up to 0.10, 0 for none",
)
FEATURES = Parameter(
    "features",
    required=True,
    lowest=0.0,
    below=1.0,
    per_bid=True,
    meaning="sum of the bid's non-price coefficients, as a fraction",
)
FEATURES_MAX = Parameter(
    "features_max",
    required=True,
    lowest=0.0,
    below=1.0,
    meaning="sum of the highest coefficients that can be had, as a fraction",
)


def price_per_quality_point(prices: npt.ArrayLike, eligible: Eligible = None, *, quality: Given) -> FloatArray:
    """Score what a point of quality costs against the cheapest point: s = 100 · (Q/P) / (Q/P)max.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.
    quality : array_like of the same shape
        Quality points, 0 or more; may be NaN for ineligible bids.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price or quality is missing, infinite or out of range.

    Notes
    -----
    The score orders the bids by P/Q and is the whole award criterion: it is not added to quality again. A
    quality of 0 scores 0; where nobody has a point, all score 0. The only bid with any quality scores 100.

    References
    ----------
    UK, Bid Evaluation Guidance Note (2021), price per quality point: price / quality score, lowest wins.
    """
    p, ok = read_bids(prices, eligible)
    return as_scores(_of_best(QUALITY.read(quality, ok) / p, ok), ok)


def performance_per_price(
    prices: npt.ArrayLike, eligible: Eligible = None, *, quality: Given, corridor: Given
) -> FloatArray:
    """Order bids by quality per price; among those close to the best ratio the better quality wins.

    Z = L/P. Within the corridor, Z ≥ (1 − k)·Zmax: s = 100 · (1 − k + k·L/Lmax), with Lmax the best quality
    in the corridor. Outside it: s = 100 · Z/Zmax.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.
    quality : array_like of the same shape
        Performance points L, 0 or more; may be NaN for ineligible bids.
    corridor : float or array_like, one a tender
        Width k of the corridor, 0 to below 1; UfAB allows up to 0.10. With 0 this is the simple method.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100: those in the corridor above 100·(1 − k), the others below; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price or quality is missing, infinite or out of range.

    Notes
    -----
    UfAB gives an order, not points; the score puts that order on 0-100. It is the whole award criterion. A
    bid exactly on the edge (to nine decimals) is inside. Equal quality in the corridor ties: let the lower
    price decide in the tie rule. Where nobody has a point, all score 0.

    References
    ----------
    UfAB (Unterlage für Ausschreibung und Bewertung von IT-Leistungen), einfache and erweiterte
    Richtwertmethode.
    """
    p, ok = read_bids(prices, eligible)
    points = QUALITY.read(quality, ok)
    width = CORRIDOR.read(corridor, ok)
    share = _of_best(points / p, ok)
    inside = ok & (share > 0) & (np.round(share, 9) >= np.round(1.0 - width, 9))
    best = highest_of(points, inside)
    within = 1.0 - width * (1.0 - points / best)
    return as_scores(np.where(inside, within, share), ok)


def reduce_prices(prices: npt.ArrayLike, features: npt.ArrayLike, features_max: npt.ArrayLike) -> FloatArray:
    """Lower a price on paper for what the bid offers beyond it: P' = P / (1 + f / (1 − F)).

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices; NaN stays NaN.
    features : array_like of the same shape
        Sum f of the bid's coefficients, 0 to F; NaN stays NaN.
    features_max : float or array_like, one a tender
        Sum F of the highest coefficients that can be had, 0 to below 1.

    Returns
    -------
    ndarray of the same shape
        Reduced prices, never above the prices.

    Raises
    ------
    ValueError
        If the coefficients are out of range.

    References
    ----------
    Prozorro (UA), reduced price of tenders with non-price criteria.
    """
    p = np.asarray(prices, dtype=np.float64)
    every = np.ones(p.shape, dtype=bool)
    most = FEATURES_MAX.read(features_max, every)
    wrong = FEATURES.problems(features)
    had = np.asarray(features, dtype=np.float64)
    if had.shape != p.shape:
        wrong.append(f"features has shape {had.shape}, prices have {p.shape}")
    elif np.any(had > most * (1.0 + 1e-12)):
        wrong.append("features are above features_max")
    if wrong:
        raise ValueError("; ".join(wrong) + ".")
    return np.asarray(p / (1.0 + had / (1.0 - most)))


def reduced_price(
    prices: npt.ArrayLike, eligible: Eligible = None, *, features: Given, features_max: Given
) -> FloatArray:
    """Score the price reduced for non-price coefficients against the lowest reduced price.

    P' = P / (1 + f / (1 − F)); s = 100 · P'min / P'.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.
    features : array_like of the same shape
        Sum f of the bid's coefficients, 0 to F; may be NaN for ineligible bids.
    features_max : float or array_like, one a tender
        Sum F of the highest coefficients that can be had, 0 to below 1.

    Returns
    -------
    ndarray of the same shape
        Scores, above 0 and at most 100; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price or coefficient is missing, infinite or out of range.

    Notes
    -----
    The only bid scores 100. The coefficients are in the score: they are not added to quality again.

    References
    ----------
    Prozorro (UA), reduced price of tenders with non-price criteria; the score over it is lowest over price.
    """
    p, ok = read_bids(prices, eligible)
    reduced = reduce_prices(p, FEATURES.read(features, ok), features_max)
    return as_scores(lowest_of(reduced, ok) / reduced, ok)


def _of_best(ratio: FloatArray, ok: BoolArray) -> FloatArray:
    """Each ratio as a fraction of the best eligible one; 0 where the best is 0."""
    best = highest_of(ratio, ok)
    return np.where(best > 0, ratio / np.where(best > 0, best, 1.0), 0.0)


FORMULAS = (
    PriceFormula(
        "price_per_quality_point",
        price_per_quality_point,
        (QUALITY,),
        relative=True,
        bounded=True,
        monotone=True,
        formula="100 · (quality / P) / max(quality / P)",
        source="UK Bid Evaluation Guidance Note (2021), price per quality point",
    ),
    PriceFormula(
        "performance_per_price",
        performance_per_price,
        (QUALITY, CORRIDOR),
        relative=True,
        bounded=True,
        monotone=True,
        formula="Z = quality/P; Z ≥ (1 − k)·Zmax: 100·(1 − k + k·quality/best in corridor); else 100·Z/Zmax",
        source="DE UfAB, einfache and erweiterte Richtwertmethode",
    ),
    PriceFormula(
        "reduced_price",
        reduced_price,
        (FEATURES, FEATURES_MAX),
        relative=True,
        bounded=True,
        monotone=True,
        formula="P' = P / (1 + features/(1 − features_max)); 100 · P'min / P'",
        source="UA Prozorro, non-price criteria",
    ),
)
