"""An award: who gets which share of which lot, in whole units of the contract grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.award.parts import BidKey

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem


@dataclass(frozen=True)
class Award:
    """Shares on the contract grid, exact.

    Parameters
    ----------
    grid : int
        Units in a whole lot: 10,000 where shares go by 0.01 %.
    units : mapping
        (lot, supplier, alternate) → units > 0, in canonical order.
    bundles : frozenset of str
        Bundles awarded.
    """

    grid: int
    units: Mapping[BidKey, int] = field(default_factory=dict)
    bundles: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        kept = {key: int(units) for key, units in sorted(self.units.items()) if units}
        object.__setattr__(self, "units", MappingProxyType(kept))

    def __hash__(self) -> int:
        return hash((self.grid, tuple(self.units.items()), self.bundles))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.grid, dict(self.units), self.bundles))

    def share(self, key: BidKey) -> Fraction:
        """Share of the lot, 0-1."""
        return Fraction(self.units.get(key, 0), self.grid)

    def shares(self) -> dict[BidKey, Fraction]:
        """All shares above 0."""
        return {key: Fraction(units, self.grid) for key, units in self.units.items()}

    def covered(self, problem: AwardProblem) -> dict[str, Fraction]:
        """Lot → share awarded in all, bundles included; above 1 only under free disposal."""
        covered = dict.fromkeys(problem.lots, Fraction(0))
        for (lot, _, _), units in self.units.items():
            covered[lot] += Fraction(units, self.grid)
        for bundle in self.bundles:
            for lot in problem.bundles[bundle].lots:
                covered[lot] += 1
        return covered

    def winners(self, problem: AwardProblem) -> tuple[str, ...]:
        """Suppliers that get anything, in canonical order."""
        single = {supplier for _, supplier, _ in self.units}
        return tuple(sorted(single | {problem.bundles[bundle].supplier for bundle in self.bundles}))

    def label(self) -> dict[str, float]:
        """``lot|supplier`` → share, ``bundle:id`` → 1: the short form of documents."""
        single = {"|".join(part for part in key if part): float(share) for key, share in self.shares().items()}
        return single | {f"bundle:{bundle}": 1.0 for bundle in sorted(self.bundles)}
