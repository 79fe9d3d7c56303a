"""The tree of a scorecard: branches above, KPIs as leaves, every weight an exact fraction of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.intake.identifiers import id_key

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_definitions import KpiDefinition
    from supplier_eval.monitor.plan_rules import Branch


@dataclass(frozen=True)
class ScoreTree:
    """Where every KPI stands and what it weighs.

    Parameters
    ----------
    branches : tuple of Branch
        Parents before children, brothers in the order of their ids.
    places : mapping of str to str
        KPI id → branch id.
    weights : mapping of str to Fraction
        KPI id → weight as a fraction of the whole, in the order of the ids.
    branch_weights : mapping of str to Fraction
        Branch id → weight as a fraction of the whole.
    """

    branches: tuple[Branch, ...]
    places: Mapping[str, str]
    weights: Mapping[str, Fraction]
    branch_weights: Mapping[str, Fraction]

    @classmethod
    def of(cls, branches: Iterable[Branch], kpis: Iterable[KpiDefinition], total: Decimal) -> ScoreTree:
        """Lay out a tree that was checked (`plan_checks`)."""
        by_id = {branch.id: branch for branch in branches}
        shares: dict[str, Fraction] = {}

        def share(branch: Branch) -> Fraction:
            if branch.id not in shares:
                above = by_id.get(branch.parent)
                whole = Fraction(above.total if above is not None else total)
                shares[branch.id] = Fraction(branch.weight) / whole * (share(above) if above is not None else 1)
            return shares[branch.id]

        for branch in by_id.values():
            share(branch)
        places = placed(by_id.values(), kpis)
        ordered = sorted(kpis, key=lambda kpi: (id_key(kpi.id), kpi.id))
        weights = {
            kpi.id: Fraction(kpi.weight) / Fraction(by_id[places[kpi.id]].total) * shares[places[kpi.id]]
            for kpi in ordered
        }
        return cls(_parents_first(by_id), places, weights, shares)

    def path(self, branch: str) -> tuple[str, ...]:
        """Ids from the top branch down to this one."""
        by_id = {one.id: one for one in self.branches}
        above: list[str] = []
        while branch in by_id:
            above.append(branch)
            branch = by_id[branch].parent
        return tuple(reversed(above))

    def kpis_below(self, branch: str) -> tuple[str, ...]:
        """KPIs in a branch or in any branch below it, in the order of their ids."""
        return tuple(kpi for kpi, place in self.places.items() if branch in self.path(place))


def placed(branches: Iterable[Branch], kpis: Iterable[KpiDefinition]) -> dict[str, str]:
    """KPI id → branch: the one that lists it, else its part."""
    listed = {kpi: branch.id for branch in branches for kpi in branch.kpis}
    ordered = sorted(kpis, key=lambda kpi: (id_key(kpi.id), kpi.id))
    return {kpi.id: listed.get(kpi.id, kpi.part) for kpi in ordered}


def _parents_first(by_id: Mapping[str, Branch]) -> tuple[Branch, ...]:
    found: list[Branch] = []

    def below(parent: str) -> None:
        for branch in sorted((b for b in by_id.values() if b.parent == parent), key=lambda b: (id_key(b.id), b.id)):
            found.append(branch)
            below(branch.id)

    below("")
    return tuple(found)
