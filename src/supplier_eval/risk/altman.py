r"""Altman's discriminant scores of financial distress: a weighted sum of balance-sheet ratios, in named variants.

.. math:: Z = c + \sum_i a_i X_i

with X1 working capital, X2 retained earnings, X3 earnings before interest and taxes, X5 sales, each over total assets,
and X4 the value of equity over total liabilities: at market in the scores of listed companies, by the books in all
others. Below the lower cut-off is distress, above the upper one is safe, from one to the other (both included, as
published) is the grey zone, Altman's "zone of ignorance".

Sources: Altman (1968), Journal of Finance 23(4), 589-609 (``z``: 0.999 for X5; ``z_rounded`` has 1.0, as most tools
print it); Altman (1983), Corporate Financial Distress (``z_prime``); Altman, Hartzell & Peck (1995), Emerging Markets
Corporate Bonds: A Scoring System (``z_double_prime``, and with the constant 3.25 ``z_double_prime_em``). Coefficients
and cut-offs are recalled; those of ``z``, ``z_rounded`` and the cut-offs of ``z_double_prime`` were compared with
secondary pages. With the constant, cut-offs are moved by it: 4.35 and 5.85, so that a company has one zone in both.

Everything is exact: fractions in, fractions out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

RATIOS = ("x1", "x2", "x3", "x4", "x5")
Zone = Literal["distress", "grey", "safe"]


@dataclass(frozen=True)
class AltmanVariant:
    """One published score.

    Parameters
    ----------
    name : str
        Such as ``z_double_prime``.
    weights : mapping
        Ratio -> coefficient, only of the ratios that it uses.
    constant : Fraction
        Added to the sum.
    low, high : Fraction
        Cut-offs: below `low` distress, above `high` safe.
    equity : {"market", "book"}
        Which value of equity X4 takes.
    source : str
        Where it was published.
    """

    name: str
    weights: Mapping[str, Fraction]
    constant: Fraction
    low: Fraction
    high: Fraction
    equity: Literal["market", "book"]
    source: str

    def terms(self, ratios: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """Coefficient times ratio, for each ratio that the score uses.

        Parameters
        ----------
        ratios : mapping
            Ratio -> figure, at least of those in `weights`.
        """
        return {name: weight * ratios[name] for name, weight in self.weights.items()}

    def score(self, ratios: Mapping[str, Fraction]) -> Fraction:
        """The score; parameters as `terms`."""
        return self.constant + sum(self.terms(ratios).values(), Fraction(0))

    def zone(self, score: Fraction) -> Zone:
        """The zone of a score."""
        return "distress" if score < self.low else "safe" if score > self.high else "grey"

    def position(self, score: Fraction) -> Fraction:
        """Where a score lies between the cut-offs: 0 at the lower, 1 at the upper; comparable between variants."""
        return (score - self.low) / (self.high - self.low)


def _variant(name: str, weights: str, cuts: str, equity: Literal["market", "book"], source: str) -> AltmanVariant:
    figures = [Fraction(text) for text in weights.split()]
    constant, low, high = (Fraction(text) for text in cuts.split())
    named = MappingProxyType(dict(zip(RATIOS, figures, strict=False)))
    return AltmanVariant(name, named, constant, low, high, equity, source)


ALTMAN_VARIANTS: Mapping[str, AltmanVariant] = MappingProxyType(
    {
        one.name: one
        for one in (
            _variant("z", "1.2 1.4 3.3 0.6 0.999", "0 1.81 2.99", "market", "Altman 1968"),
            _variant("z_rounded", "1.2 1.4 3.3 0.6 1.0", "0 1.81 2.99", "market", "Altman 1968, X5 rounded"),
            _variant("z_prime", "0.717 0.847 3.107 0.420 0.998", "0 1.23 2.90", "book", "Altman 1983"),
            _variant("z_double_prime", "6.56 3.26 6.72 1.05", "0 1.10 2.60", "book", "Altman, Hartzell & Peck 1995"),
            _variant(
                "z_double_prime_em", "6.56 3.26 6.72 1.05", "3.25 4.35 5.85", "book",
                "Altman, Hartzell & Peck 1995, with constant",
            ),
        )
    }
)  # fmt: skip
