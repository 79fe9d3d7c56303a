"""Prices of many bids in whole minor units: the figures of the price ladder, computed at once and exactly (§7)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from supplier_eval.score.minor_units import half_up, to_minor
from supplier_eval.score.order import FloatArray

IntArray = npt.NDArray[np.int64]
MOST = 10**15  # minor units below which every amount is a double of its own
WORD = 2**62
EXACT = 2**53


def minor_units(prices: FloatArray, places: int) -> tuple[IntArray, npt.NDArray[np.bool_]]:
    """Read prices as whole minor units, half up on the decimal that a figure prints as.

    Parameters
    ----------
    prices : ndarray
        Major units; NaN where nothing stands.
    places : int
        Decimal places of the currency.

    Returns
    -------
    tuple of ndarray
        Minor units (0 where nothing stands), and which prices are too large to be told apart by the minor unit.
    """
    step = 10.0**places
    whole = np.rint(prices * step)
    whole = np.where(np.isnan(whole), 0.0, whole)
    large = np.abs(whole) >= MOST
    odd = (whole / step != prices) & ~np.isnan(prices) & ~large
    if large.any():
        whole[large] = 0.0
    minor = whole.astype(np.int64)
    if odd.any():
        told = prices[odd].tolist()
        minor[odd] = [to_minor(Decimal(repr(price)), places) for price in told]
    return minor, large


def deducted(minor: IntArray, rate: Decimal) -> IntArray:
    """Amounts after a deduction, rounded half up to the minor unit: the price that is scored."""
    keep = 1 - Fraction(rate)
    most = int(minor.max(initial=0))
    if most * keep.numerator * 2 + keep.denominator < WORD and keep.denominator * 2 < WORD:
        return (minor * (keep.numerator * 2) + keep.denominator) // (keep.denominator * 2)
    return np.array([half_up(amount * keep) for amount in minor.tolist()], dtype=np.int64)


def major_units(minor: IntArray, places: int) -> FloatArray:
    """Amounts in major units: the double that is nearest to each."""
    return np.asarray(minor / 10.0**places)


def share_of(minor: IntArray, keep: Decimal, places: int) -> FloatArray:
    """Amounts times an exact factor in major units, not rounded: the double that is nearest to each."""
    factor = Fraction(keep)
    scale = factor.denominator * 10**places
    most = int(minor.max(initial=0))
    if most * factor.numerator < EXACT and scale <= EXACT:
        return np.asarray((minor * factor.numerator) / float(scale))
    return np.array([float(Fraction(amount) * factor / 10**places) for amount in minor.tolist()], dtype=np.float64)
