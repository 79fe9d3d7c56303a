"""The terms of an award that hold for all of it: objective, cover, contract grid, money, keys of ties."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from supplier_eval.award.objective import Goal

Cover = Literal["exactly", "at_most", "free_disposal"]
FINEST_GRID = 10**6


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is declared once for the whole award.

    Parameters
    ----------
    goal : Goal
        What is optimised, stage by stage.
    cover : {"exactly", "at_most", "free_disposal"}
        Each lot is awarded exactly once; at most once; or at least once (being covered twice does no harm).
    grid : int
        Units in a whole lot: shares are multiples of 1/grid (10,000 for 0.01 %). 1 to 1,000,000.
    currency : str
        Currency of all money; empty where none is declared.
    minor_units : int
        Decimal places of the currency: 2 for cents.
    tie_keys : tuple of str
        What decides between awards of equal objective, in order: ``cost``, ``score``, ``winners`` (fewest),
        ``attr:NAME`` (highest).
    """

    goal: Goal
    cover: Cover = "exactly"
    grid: int = FINEST_GRID
    currency: str = ""
    minor_units: int = 2
    tie_keys: tuple[str, ...] = ("cost", "score", "winners")

    @property
    def cent(self) -> Fraction:
        """One minor unit of the currency."""
        return Fraction(1, 10**self.minor_units)

    @property
    def forgiven(self) -> Fraction:
        """By how much the first objective of an optimum may be away from its bound: half a minor unit of money.

        Where the objective is not money, at most 0.0005 of its own unit, whatever the currency.
        """
        money = any(measure in ("cost", "value") for measure, _ in self.goal.stages[0].weights)
        return (self.cent if money else min(self.cent, Fraction(1, 1000))) / 2

    def share_below(self, share: Fraction) -> Fraction:
        """The largest share of the contract grid that is smaller than `share`."""
        return Fraction(ceil(share * self.grid) - 1, self.grid)
