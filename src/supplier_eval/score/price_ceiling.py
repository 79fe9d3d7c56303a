"""Price formulas that need a published ceiling C: the discount d = (C − P) / C is what is scored.

::

    linear to the ceiling    s = 100 · (C − P) / (C − Pmin)
    share of the ceiling     s = 100 · (C − P) / C
    power of the discount    s = 100 · (d / dmax)^α
    bilinear                 s = 100 · X · d / dmean                              d ≤ dmean
                             s = 100 · (X + (1 − X) · (d − dmean)/(dmax − dmean)) d > dmean
    concave to the ceiling   s = 100 · (1 − (P / C)^n)

A price at or above the ceiling has no discount and scores 0. Where a bid above a published ceiling is out, a
gate puts it out before the formula sees it; left in, it counts as a discount of 0.
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
    mean_of,
    read_bids,
    to_power,
)

CEILING = Parameter(
    "ceiling", required=True, above=0.0, meaning="published highest price, in the currency of the prices"
)
ALPHA = Parameter(
    "alpha", required=True, above=0.0, highest=10.0, meaning="exponent of the discount; below 1 is concave"
)
X = Parameter("x", required=True, lowest=0.0, highest=1.0, meaning="share of the score at the mean discount")
EXPONENT = Parameter("exponent", required=True, lowest=1.0, highest=50.0, meaning="exponent n; 1 is a straight line")


def linear_to_ceiling(prices: npt.ArrayLike, eligible: Eligible = None, *, ceiling: Given) -> FloatArray:
    """Give the lowest price 100, the ceiling 0, and the prices between their place on the line.

    s = 100 · (C − P) / (C − Pmin).

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.
    ceiling : float or array_like, one a tender
        Published highest price C > 0.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; 0 at or above the ceiling; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero, or the ceiling is not above zero.

    Notes
    -----
    The only bid, and bids at one price, score 100 below the ceiling and 0 at it.

    References
    ----------
    ANAC, Linee guida n. 2 (2018): Ra/Rmax, the ratio of discounts.
    """
    p, ok = read_bids(prices, eligible)
    room = CEILING.read(ceiling, ok) - p
    best = highest_of(room, ok)
    return as_scores(np.where(best > 0, room / np.where(best > 0, best, 1.0), 0.0), ok)


def share_of_ceiling(prices: npt.ArrayLike, eligible: Eligible = None, *, ceiling: Given) -> FloatArray:
    """Score the discount itself, whatever the others ask: s = 100 · (C − P) / C.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.
    ceiling : float or array_like, one a tender
        Published highest price C > 0.

    Returns
    -------
    ndarray of the same shape
        Scores, at least 0 and below 100; 0 at or above the ceiling; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero, or the ceiling is not above zero.

    Notes
    -----
    No bid moves another's score. Nobody reaches 100, so the price weighs less than its weight says.

    References
    ----------
    Consip, linear on the absolute discount; Portugal, Código dos Contratos Públicos, art. 139 (no formula may
    depend on the other bids).
    """
    p, ok = read_bids(prices, eligible)
    top = CEILING.read(ceiling, ok)
    return as_scores((top - p) / top, ok)


def power_discount(prices: npt.ArrayLike, eligible: Eligible = None, *, ceiling: Given, alpha: Given) -> FloatArray:
    """Score the discount against the highest discount, bent by an exponent: s = 100 · (d / dmax)^α.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.
    ceiling : float or array_like, one a tender
        Published highest price C > 0; d = (C − P)/C.
    alpha : float or array_like, one a tender
        Exponent, above 0 to 10: below 1 concave (further discounts earn less), 1 linear to the ceiling.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; 0 at or above the ceiling; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero, or a parameter is out of range.

    Notes
    -----
    The only bid, and bids at one price, score 100 below the ceiling and 0 at it.

    References
    ----------
    ANAC, Linee guida n. 2 (2018), non-linear formula V = (Ra/Rmax)^α; Consip, "concava alla migliore
    offerta".
    """
    p, ok = read_bids(prices, eligible)
    room = np.maximum(CEILING.read(ceiling, ok) - p, 0.0)
    best = highest_of(room, ok)
    ratio = np.where(best > 0, room / np.where(best > 0, best, 1.0), 0.0)
    return as_scores(to_power(np.where(ok, ratio, 0.0), ALPHA.read(alpha, ok)), ok)


def bilinear(prices: npt.ArrayLike, eligible: Eligible = None, *, ceiling: Given, x: Given) -> FloatArray:
    """Reward discounts quickly up to the mean discount and slowly beyond it.

    s = 100 · X · d/dmean up to the mean discount, 100 · (X + (1 − X) · (d − dmean)/(dmax − dmean)) beyond.

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0. Where discounts are bid in per cent, pass 100 − discount with ceiling 100.
    eligible : array_like of bool of the same shape, or None
        Who counts, also for the mean; None for all.
    ceiling : float or array_like, one a tender
        Published highest price C > 0; d = (C − P)/C, not below 0.
    x : float or array_like, one a tender
        Share of the full score at the mean discount, 0 to 1; ANAC names 0.80, 0.85 and 0.90.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; 0 at or above the ceiling; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero, or a parameter is out of range.

    Notes
    -----
    The highest discount scores 100, so the only bid, and bids that all offer one discount, score 100 (the
    formula is 0/0 there); where nobody offers a discount, all score 0.

    References
    ----------
    D.P.R. 207/2010 (IT), allegato P; ANAC, Linee guida n. 2 (2018), bilinear interpolation.
    """
    p, ok = read_bids(prices, eligible)
    top = CEILING.read(ceiling, ok)
    share = X.read(x, ok)
    d = np.maximum((top - p) / top, 0.0)
    mean, best = mean_of(d, ok), highest_of(d, ok)
    low = share * d / np.where(mean > 0, mean, 1.0)
    high = share + (1.0 - share) * (d - mean) / np.where(best > mean, best - mean, 1.0)
    fraction = np.where(d <= mean, low, high)
    return as_scores(np.where(d == best, np.where(best > 0, 1.0, 0.0), fraction), ok)


def concave_ceiling(prices: npt.ArrayLike, eligible: Eligible = None, *, ceiling: Given, exponent: Given) -> FloatArray:
    """Score the discount on a fixed curve whatever the others ask: s = 100 · (1 − (P/C)^n).

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices, > 0.
    eligible : array_like of bool of the same shape, or None
        Who counts; None for all.
    ceiling : float or array_like, one a tender
        Published highest price C > 0.
    exponent : float or array_like, one a tender
        n, 1 to 50; the larger, the more the first discounts earn; 1 is `share_of_ceiling`.

    Returns
    -------
    ndarray of the same shape
        Scores 0-100; 0 at or above the ceiling; NaN for ineligible bids.

    Raises
    ------
    ValueError
        If an eligible price is missing, infinite or not above zero, or a parameter is out of range.

    References
    ----------
    Consip, "non lineare concava": 1 − (P/BA)^n with BA the base price (n = 2 is the parabola).
    """
    p, ok = read_bids(prices, eligible)
    ratio = np.minimum(p / CEILING.read(ceiling, ok), 1.0)
    return as_scores(1.0 - to_power(ratio, EXPONENT.read(exponent, ok)), ok)


FORMULAS = (
    PriceFormula(
        "linear_to_ceiling",
        linear_to_ceiling,
        (CEILING,),
        relative=True,
        bounded=True,
        monotone=True,
        formula="100 · (C − P) / (C − Pmin); 0 at or above C",
        source="ANAC Linee guida n. 2 (2018), Ra/Rmax",
    ),
    PriceFormula(
        "share_of_ceiling",
        share_of_ceiling,
        (CEILING,),
        relative=False,
        bounded=True,
        monotone=True,
        formula="100 · (C − P) / C; 0 at or above C",
        source="Consip, absolute discount; PT Código dos Contratos Públicos art. 139",
    ),
    PriceFormula(
        "power_discount",
        power_discount,
        (CEILING, ALPHA),
        relative=True,
        bounded=True,
        monotone=True,
        formula="100 · ((C − P) / (C − Pmin))^alpha; 0 at or above C",
        source="ANAC Linee guida n. 2 (2018), V = (Ra/Rmax)^α; Consip concava alla migliore offerta",
    ),
    PriceFormula(
        "bilinear",
        bilinear,
        (CEILING, X),
        relative=True,
        bounded=True,
        monotone=True,
        formula="d = (C − P)/C; d ≤ mean: 100 · x · d/mean; else 100 · (x + (1 − x)(d − mean)/(max − mean))",
        source="IT D.P.R. 207/2010 allegato P; ANAC Linee guida n. 2 (2018)",
    ),
    PriceFormula(
        "concave_ceiling",
        concave_ceiling,
        (CEILING, EXPONENT),
        relative=False,
        bounded=True,
        monotone=True,
        formula="100 · (1 − (P / C)^exponent); 0 at or above C",
        source="Consip non lineare concava",
    ),
)
