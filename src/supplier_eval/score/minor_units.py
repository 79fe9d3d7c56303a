"""Money in integer minor units (cents, fen): read exactly, rounded half up in one place, added exactly.

0.1 + 0.2 is 10 + 20 = 30 cents, whatever the machine's binary arithmetic says (docs/convention.md §7).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

__all__ = ["exact_figure", "from_minor", "half_up", "plain", "show_figure", "to_minor"]

FIGURE_PLACES = 10
SHOWN_WHOLE = 12


def half_up(figure: Fraction) -> int:
    """Nearest whole number; a half goes away from zero, as on paper."""
    size = (abs(figure.numerator) * 2 + figure.denominator) // (2 * figure.denominator)
    return size if figure >= 0 else -size


def to_minor(money: Fraction | Decimal, minor_units: int) -> int:
    """Money as a whole number of minor units, rounded half up.

    Parameters
    ----------
    money : Fraction or Decimal
        In major units; finite.
    minor_units : int
        Decimal places of the currency: 2 for yuan and euro, 0 for yen.

    Returns
    -------
    int
        Minor units.
    """
    return half_up(Fraction(money) * 10**minor_units)


def from_minor(minor: int, minor_units: int) -> Decimal:
    """Exact decimal in major units with all its places: 1230 fen are ``Decimal('12.30')``."""
    return Decimal(f"{minor}E-{minor_units}")


def exact_figure(figure: Fraction) -> Decimal:
    """A figure that is not money (a unit price, a quantity) to ten places, half up, without idle zeros."""
    return Decimal(plain(from_minor(half_up(figure * 10**FIGURE_PLACES), FIGURE_PLACES)))


def show_figure(figure: Fraction) -> str:
    """The same as text; a figure that does not end is cut to six significant digits."""
    exact = exact_figure(figure)
    shown = plain(exact)
    return shown if len(shown) <= SHOWN_WHOLE else f"{float(figure):,.6g}"


def plain(figure: Decimal) -> str:
    """The figure without exponent, and without zeros behind the decimal mark that say nothing."""
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
