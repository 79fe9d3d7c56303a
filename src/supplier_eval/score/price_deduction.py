"""The small-business deduction, taken off before any price formula: P' = P · (1 − r)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.score.price_formula import FloatArray, Parameter

RATE = Parameter("rate", required=True, lowest=0.0, below=1.0, meaning="deduction as a fraction of the price")


def deduct(prices: npt.ArrayLike, small: npt.ArrayLike, rate: npt.ArrayLike) -> FloatArray:
    """Take the small-business deduction off the prices before any formula sees them: P' = P · (1 − r).

    Parameters
    ----------
    prices : array_like of shape (n_bids, ...)
        Evaluated prices; NaN stays NaN.
    small : array_like of bool of the same shape
        Whose price is deducted.
    rate : float or array_like
        Deduction r as a fraction, 0 to below 1: one figure, one a tender, or (shape of the prices) one a bid.

    Returns
    -------
    ndarray of the same shape
        Prices to be scored, in the same currency. The award price stays what was bid.

    Raises
    ------
    ValueError
        If shapes do not fit or the rate is out of range.

    Notes
    -----
    Lowest price, mean and benchmark are taken from the deducted prices, because the formula gets only these.

    References
    ----------
    Ministry of Finance of China, measures for small and medium enterprises (财库〔2020〕46 号), art. 9;
    财库〔2022〕19 号: 10 to 20 % for goods and services.
    """
    p = np.asarray(prices, dtype=np.float64)
    mask = np.asarray(small)
    if mask.dtype != np.bool_ or mask.shape != p.shape:
        raise ValueError(f"small must be a mask of True and False of the shape of the prices, {p.shape}.")
    wrong = RATE.problems(rate)
    share = np.asarray(rate, dtype=np.float64)
    if not wrong and share.shape not in {(), p.shape[1:], p.shape}:
        wrong.append(f"rate has shape {share.shape}; one figure, one a tender or one a bid is needed")
    if wrong:
        raise ValueError("; ".join(wrong) + ".")
    return np.where(mask, p * (1.0 - share), p)
