"""The linear expressions that business rules are made of: who is present where, shares, volumes, spend.

A soft rule gets a breach variable per row, paid for in the penalty; a hard rule's rows stand as they are. Every row
carries the id of its rule, so that rules can be left out one by one without building the model again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.rows import plus
from supplier_eval.award.structure_rows import pieces_of_bids, spend_of_pieces, volume_of_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.columns import Columns
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rows import Builder
    from supplier_eval.award.rules import Rule

Terms = dict[int, float]


class RuleTerms:
    """Expressions for the rules of a problem; `penalties` holds column → penalty per unit of breach."""

    def __init__(self, problem: AwardProblem, columns: Columns, builder: Builder, cost: NDArray[np.float64]) -> None:
        self.problem, self.columns, self.builder, self.cost = problem, columns, builder, cost
        self.penalties: Terms = {}
        self._present: dict[tuple[str, str], int] = {}
        self.shares = pieces_of_bids(columns)
        self.switches: dict[int, int] = {
            int(share): int(switch)
            for share, switch in zip(columns.share, columns.on_segment, strict=True)
            if switch >= 0
        }
        self.volume = dict(zip(columns.share.tolist(), volume_of_pieces(columns)[0].tolist(), strict=True))
        self.bids_of: dict[str, list[int]] = defaultdict(list)
        self.bids_at: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, key in enumerate(columns.bids):
            self.bids_of[key[1]].append(at)
            self.bids_at[key[1], key[0]].append(at)
        self.bundles_of: dict[str, list[str]] = defaultdict(list)
        self.bundles_at: dict[tuple[str, str], list[str]] = defaultdict(list)
        for offer in problem.bundles.values():
            self.bundles_of[offer.supplier].append(offer.id)
            for lot in offer.lots:
                self.bundles_at[offer.supplier, lot].append(offer.id)
        self.bundle_at = dict(zip(columns.bundles, columns.bundle.tolist(), strict=True))

    def at_most(self, rule: Rule, terms: Mapping[int, float], limit: float) -> None:
        """``terms <= limit``, or the excess is paid for."""
        kept = dict(terms)
        if not rule.hard:
            kept[self._breach(rule, self._reach(terms, largest=True) - limit)] = -1.0
        self.builder.row(rule.id, kept, upper=limit)

    def at_least(self, rule: Rule, terms: Mapping[int, float], limit: float) -> None:
        """``terms >= limit``, or the shortfall is paid for."""
        kept = dict(terms)
        if not rule.hard:
            kept[self._breach(rule, limit - self._reach(terms, largest=False))] = 1.0
        self.builder.row(rule.id, kept, lower=limit)

    def _breach(self, rule: Rule, most: float) -> int:
        column = int(self.builder.columns("breach", 1, upper=max(most, 0.0))[0])
        self.penalties[column] = float(rule.penalty or 0)
        return column

    def _reach(self, terms: Mapping[int, float], *, largest: bool) -> float:
        return sum(value * self.builder.most(column) for column, value in terms.items() if (value > 0) is largest)

    def offers(
        self, rule: Rule, only: Iterable[str] | None = None
    ) -> tuple[dict[str, list[int]], dict[str, list[str]], set[str]]:
        """Bids and bundles of each supplier concerned (or of `only`) that touch lots concerned, and those lots."""
        lots = set(self.problem.lots_of(rule))
        concerned = self.problem.suppliers_of(rule) if only is None else only
        bids = {key: [at for at in self.bids_of.get(key, ()) if self.columns.bids[at][0] in lots] for key in concerned}
        bundles = {
            key: [name for name in self.bundles_of.get(key, ()) if lots & set(self.problem.bundles[name].lots)]
            for key in concerned
        }
        return bids, bundles, lots

    def presence(self, rule: Rule, *, strict: bool = False, only: Iterable[str] | None = None) -> dict[str, int]:
        """Supplier → column that is 1 where it wins anything in the lots concerned (`strict`: and only there)."""
        bids, bundles, lots = self.offers(rule, only)
        everywhere = len(lots) == len(self.problem.lots)
        place = {name: at for at, name in enumerate(self.columns.suppliers)}
        found: dict[str, int] = {}
        for key in bids:
            own = [self.bundle_at[name] for name in bundles[key]]
            if everywhere:
                found[key] = int(self.columns.active[place[key]])
            else:
                found[key] = int(self.builder.columns("presence", 1, integer=True)[0])
                self.link(rule, found[key], bids[key], own)
            if strict:
                opened = [(int(self.columns.opened[at]), 1.0) for at in bids[key]]
                terms = plus(opened, ((column, 1.0) for column in own), [(found[key], -1.0)])
                self.builder.row(rule.id, terms, lower=0.0)
        return found

    def link(self, rule: Rule, presence: int, bids: Iterable[int], bundles: Iterable[int]) -> None:
        """Whatever is awarded makes `presence` 1."""
        for at in bids:
            opened = int(self.columns.opened[at])
            parts = [(opened, 1.0)] if opened >= 0 else [(column, 1.0) for column in self.shares[at]]
            self.builder.row(rule.id, plus(parts, [(presence, -1.0)]), upper=0.0)
        for column in bundles:
            self.builder.row(rule.id, {column: 1.0, presence: -1.0}, upper=0.0)

    def won(self, supplier: str, lot: str) -> Terms:
        """1 where the supplier wins something of the lot: its openings and bundles.

        Where a lot may be covered twice, a supplier with several offers of it counts once.
        """
        opened = {int(self.columns.opened[at]): 1.0 for at in self.bids_at.get((supplier, lot), ())}
        offers = opened | {self.bundle_at[name]: 1.0 for name in self.bundles_at.get((supplier, lot), ())}
        if self.problem.terms.cover != "free_disposal" or len(offers) < 2 or len(offers) == len(opened):
            return offers
        if (supplier, lot) not in self._present:
            column = int(self.builder.columns("present", 1, integer=True)[0])
            for offer in offers:
                self.builder.row("link", {offer: 1.0, column: -1.0}, upper=0.0)
            self.builder.row("link", offers | {column: -1.0}, lower=0.0)
            self._present[supplier, lot] = column
        return {self._present[supplier, lot]: 1.0}

    def share_of(self, supplier: str, lot: str) -> Terms:
        """Share of the lot that goes to the supplier."""
        singles = {column: 1.0 for at in self.bids_at.get((supplier, lot), ()) for column in self.shares[at]}
        return singles | {self.bundle_at[name]: 1.0 for name in self.bundles_at.get((supplier, lot), ())}

    def suppliers_by_lot(self, rule: Rule) -> dict[str, list[str]]:
        """Lot concerned → suppliers concerned that offer something for it, in canonical order."""
        bids, bundles, lots = self.offers(rule)
        found: dict[str, set[str]] = {lot: set() for lot in lots}
        for supplier, own in bids.items():
            for at in own:
                found[self.columns.bids[at][0]].add(supplier)
        for supplier, names in bundles.items():
            for name in names:
                for lot in lots & set(self.problem.bundles[name].lots):
                    found[lot].add(supplier)
        return {lot: sorted(found[lot]) for lot in sorted(found)}

    def volume_of(self, bids: Iterable[int], bundles: Iterable[str], lots: set[str]) -> Terms:
        """Volume in the lots concerned."""
        singles = [(column, self.volume[column]) for at in bids for column in self.shares[at]]
        return plus(singles, [(self.bundle_at[name], self.demand(name, lots)) for name in bundles])

    def demand(self, bundle: str, lots: set[str]) -> float:
        """Demand of the bundle's lots that are concerned."""
        return float(sum(self.problem.lots[lot].demand for lot in self.problem.bundles[bundle].lots if lot in lots))

    def spend_of(self, bids: Iterable[int], bundles: Iterable[str]) -> Terms:
        """Base spend."""
        singles = [pair for at in bids for column in self.shares[at] for pair in self._spent(column)]
        return plus(singles, [(self.bundle_at[name], float(self.problem.bundles[name].price)) for name in bundles])

    def _spent(self, column: int) -> list[tuple[int, float]]:
        share, switch = self._spend
        own = [(column, share[column])]
        return [*own, (self.switches[column], switch[column])] if column in self.switches else own

    @cached_property
    def _spend(self) -> tuple[Terms, Terms]:
        share, switch = spend_of_pieces(self.problem, self.columns)
        columns = self.columns.share.tolist()
        return dict(zip(columns, share.tolist(), strict=True)), dict(zip(columns, switch.tolist(), strict=True))
