"""Figures as sentences of the risk room say them: thousands parted by commas, never with an exponent."""

from __future__ import annotations

import math
from decimal import Decimal

DIGITS = 6


def figure_text(figure: float | None, digits: int = DIGITS) -> str:
    """A figure with so many significant digits; digits before the point are all kept.

    Parameters
    ----------
    figure : float or None
        Any; None and NaN are a dash, infinity is its sign.
    digits : int
        Significant digits, 1 or more.

    Returns
    -------
    str
        Such as ``1,234,568``, ``0.05`` or ``0.0000001``.
    """
    if figure is None or math.isnan(figure):
        return "-"
    if math.isinf(figure):
        return "∞" if figure > 0 else "-∞"
    if abs(figure) >= 10 ** (digits - 1):
        return f"{figure:,.0f}"
    shown = f"{Decimal(f'{figure:.{digits}g}'):,f}"
    return "0" if not shown.strip("-0.") else shown
