r"""How concentrated spend is: the Herfindahl-Hirschman index, the effective number, and what stays open if one leaves.

.. math:: HHI = \sum_i (100\, q_i)^2, \qquad N_{eff} = 1 / \sum_i q_i^2

with :math:`q_i` the share of supplier *i*. HHI runs from near 0 to 10 000; N suppliers of equal shares have the
effective number N.

Source: US Department of Justice, Herfindahl-Hirschman Index (shares 30, 30, 20, 20: HHI 2600); US DOJ & FTC (2023),
Merger Guidelines, guideline 1: above 1800 highly concentrated, from 1000 moderately (recalled). The guidelines are
about markets; here the lines are borrowed for a buyer's own spend.

Everything is exact: fractions in, fractions out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

WHOLE = Fraction(10_000)
ZERO = Fraction(0)


def herfindahl(amounts: Sequence[Fraction]) -> Fraction | None:
    """The index in points.

    Parameters
    ----------
    amounts : sequence of Fraction
        Spend or volume of each supplier, not negative.

    Returns
    -------
    Fraction or None
        Above 0, up to 10 000; None where nothing is spent: shares of nothing are not defined.
    """
    total = sum(amounts, ZERO)
    return WHOLE * sum((amount * amount for amount in amounts), ZERO) / (total * total) if total else None


def effective_number(amounts: Sequence[Fraction]) -> Fraction | None:
    """How many suppliers of equal shares would have this index.

    Parameters
    ----------
    amounts : sequence of Fraction
        As in `herfindahl`.

    Returns
    -------
    Fraction or None
        From 1 to the number of suppliers with spend; None where nothing is spent.
    """
    index = herfindahl(amounts)
    return None if index is None else WHOLE / index


def left_open(amount: Fraction, spare: Fraction, unknown: bool) -> tuple[Fraction, Fraction]:
    """What the others cannot take over when one leaves.

    Parameters
    ----------
    amount : Fraction
        What the one who leaves delivers now.
    spare : Fraction
        Room of the others in the same unit: capacity less present amount, of all whose capacity is known.
    unknown : bool
        Whether the capacity of another one is not known.

    Returns
    -------
    least, most : Fraction
        Bounds of what stays open: with unknown capacities as large as needed, and with no room there.
    """
    most = max(ZERO, amount - spare)
    return (ZERO if unknown else most), most
