"""Money and percentages read as exact decimals, and rounded to minor units as the contract says."""

from __future__ import annotations

import decimal
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from supplier_eval.errors import Finding

ROUNDINGS: Mapping[str, str] = MappingProxyType(
    {
        "half_up": decimal.ROUND_HALF_UP,
        "half_even": decimal.ROUND_HALF_EVEN,
        "down": decimal.ROUND_DOWN,
        "up": decimal.ROUND_UP,
    }
)
NOISE = 9
MOST = Decimal(10) ** 18
WIDE = decimal.Context(prec=60)


def exact(cell: object) -> Decimal | None:
    """A number as the decimal that was meant; None for what is none: text without a number, yes and no, infinity."""
    if isinstance(cell, bool | np.bool_) or cell is None:
        return None
    if isinstance(cell, float | np.floating):
        cell = repr(float(cell))
    elif isinstance(cell, np.integer):
        cell = int(cell)
    if not isinstance(cell, int | Decimal | str):
        return None
    try:
        figure = Decimal(cell)
    except decimal.InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def measured(cell: object, places: int | None, rounding: str) -> Decimal | None:
    """A measured figure, read to nine decimals (the noise of binary arithmetic), then rounded as the contract says."""
    figure = exact(cell)
    if figure is None:
        return None
    figure = figure.quantize(Decimal(1).scaleb(-NOISE), decimal.ROUND_HALF_EVEN, WIDE)
    if places is not None:
        figure = figure.quantize(Decimal(1).scaleb(-places), ROUNDINGS[rounding], WIDE)
    return figure.normalize() + 0


def to_whole(amount: Fraction, rounding: str) -> int:
    """An amount in minor units as a whole number of them."""
    whole, rest = divmod(abs(amount.numerator), amount.denominator)
    double = 2 * rest
    more = {
        "down": False,
        "up": rest > 0,
        "half_up": double >= amount.denominator,
        "half_even": double > amount.denominator or (double == amount.denominator and whole % 2 == 1),
    }[rounding]
    size = whole + (1 if more else 0)
    return size if amount >= 0 else -size


def minor_amount(cell: object, minor_units: int, column: str, found: list[Finding]) -> int:
    """Money as a whole number of minor units; 0 with a finding where it is none, negative, or has too many places."""
    figure = exact(cell)
    if figure is None or not 0 <= figure < MOST:
        found.append(Finding("credits.money", "arguments", column, value=str(cell)[:40]))
        return 0
    scaled = Fraction(figure) * 10**minor_units
    if scaled.denominator != 1:
        facts = {"places": minor_units}
        found.append(Finding("credits.money_places", "arguments", column, value=str(cell)[:40], facts=facts))
        return 0
    return int(scaled.numerator)


def cut_to(amounts: Sequence[int], total: int) -> list[int]:
    """Cut amounts in proportion so that they add up to `total`, to the unit.

    Parameters
    ----------
    amounts : sequence of int
        At least 0 each.
    total : int
        At least 0; amounts that add up to no more are left as they are.

    Returns
    -------
    list of int
        None above its amount. The units that rounding down leaves go to the largest remainders, among equal ones to
        the larger amount, then in the order given (that of the contract).
    """
    whole = sum(amounts)
    if whole <= total:
        return list(amounts)
    shares = [divmod(amount * total, whole) for amount in amounts]
    cut = [share for share, _ in shares]
    order = sorted(range(len(amounts)), key=lambda i: (-shares[i][1], -amounts[i], i))
    for i in order[: total - sum(cut)]:
        cut[i] += 1
    return cut
