r"""Quartiles and fences, as the published indicators take them.

.. math:: h = (n + \tfrac13)\, p + \tfrac13, \qquad Q(p) = x_{(\lfloor h \rfloor)} + (h - \lfloor h \rfloor)
    \big(x_{(\lfloor h \rfloor + 1)} - x_{(\lfloor h \rfloor)}\big)

and fences one and a half interquartile ranges beyond the quartiles, rounded once.

Source: Hyndman and Fan (1996), "Sample Quantiles in Statistical Packages", The American Statistician 50, definition 8
(also numpy's ``median_unbiased``); Tukey (1977), "Exploratory Data Analysis".
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

REACH = Fraction(3, 2)


class Fences(NamedTuple):
    """Quartiles of a set of figures and the fences beyond them; NaN where the set is empty."""

    q1: float
    q3: float
    lower: float
    upper: float


def quantile(values: Iterable[float], share: float) -> float:
    """The figure below which a share of the values lies (definition 8); NaN of nothing.

    Parameters
    ----------
    values : iterable of float
        In any order.
    share : float
        0-1.
    """
    x = sorted(values)
    n = len(x)
    if not n:
        return math.nan
    h = (n + 1.0 / 3.0) * share + 1.0 / 3.0
    below = math.floor(h)
    if below <= 0 or share == 0.0:
        return x[0]
    if below >= n or share == 1.0:
        return x[-1]
    return x[below - 1] + (h - below) * (x[below] - x[below - 1])


def fences(values: Iterable[float]) -> Fences:
    """Quartiles and fences of a set of figures."""
    x = sorted(values)
    if not x:
        return Fences(math.nan, math.nan, math.nan, math.nan)
    q1, q3 = quantile(x, 0.25), quantile(x, 0.75)
    reach = Fraction(q3 - q1) * REACH
    return Fences(q1, q3, float(Fraction(q1) - reach), float(Fraction(q3) + reach))
