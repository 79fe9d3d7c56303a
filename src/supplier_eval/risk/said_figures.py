"""Figures and rows of names as sentences of the risk room say them: no exponents, no lists without end."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from supplier_eval.messages import Lang
from supplier_eval.messages.minus import said_figure

DIGITS = 6
MOST_NAMED = 12


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
        return "∞" if figure > 0 else "−∞"
    if abs(figure) >= 10 ** (digits - 1):
        return said_figure(f"{figure:,.0f}")
    shown = f"{Decimal(f'{figure:.{digits}g}'):,f}"
    return said_figure(shown) if shown.strip("-0.") else "0"


def some_names(several: Iterable[str], lang: Lang) -> str:
    """The first twelve names, parted as the language does it, with the number of the others; a dash for none.

    Parameters
    ----------
    several : iterable of str
        In the order in which they are said.
    lang : {"en", "zh"}
        Language.
    """
    listed = list(several)
    shown = ("、" if lang == "zh" else ", ").join(listed[:MOST_NAMED])
    return shown + (f" … (+{len(listed) - MOST_NAMED})" if len(listed) > MOST_NAMED else "") or "-"
