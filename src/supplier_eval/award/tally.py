"""What an award comes to, added up exactly from the bids alone: shares, volumes, base spend, rebates, money.

No solver and no model is looked at. Everything is a `Fraction`; sums run over whole numbers of a common denominator,
so that they are exact and do not depend on an order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from supplier_eval.award.parts import ONE, ZERO, Bid, BidKey, Bundle, Supplier
from supplier_eval.errors import UnknownName

if TYPE_CHECKING:
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.problem import AwardProblem


@dataclass(frozen=True, slots=True)
class Line:
    """What one offer was awarded of one lot.

    Parameters
    ----------
    offer : Bid or Bundle
        The offer; a bundle has one line for each of its lots.
    lot : str
        Lot id.
    share : Fraction
        Share of the lot, > 0.
    volume : Fraction
        Demand units.
    spend : Fraction
        Base cost of a bid's quantity; 0 for a bundle, which is priced as a whole.
    """

    offer: Bid | Bundle
    lot: str
    share: Fraction
    volume: Fraction
    spend: Fraction


@dataclass(frozen=True, slots=True)
class SupplierFigures:
    """What one winner is awarded in all.

    Parameters
    ----------
    lots : tuple of str
        Lots of which it wins something, in canonical order.
    volume : Fraction
        Demand units, bundles included.
    base_spend : Fraction
        Money before discounts and once-only costs.
    tier : int
        Discount tier that it reaches, 0 for the first or where it has none.
    rebate : Fraction
        Money taken off the base spend.
    spend : Fraction
        Base spend less rebate.
    capacity_used : Fraction
        In the unit of its capacity.
    """

    lots: tuple[str, ...]
    volume: Fraction
    base_spend: Fraction
    tier: int
    rebate: Fraction
    spend: Fraction
    capacity_used: Fraction


@dataclass(frozen=True, eq=False)
class Tally:
    """An award added up.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    lines : tuple of Line
        Bids awarded, then bundles by lot, each in canonical order.
    bundles : tuple of Bundle
        Bundles awarded, in canonical order.
    covered : mapping
        Lot → share awarded in all, only lots of which something is; above 1 where covered more than once.
    shares : mapping
        Lot → supplier → share > 0, all its offers together.
    suppliers : mapping
        Winner → its figures, in canonical order.
    """

    problem: AwardProblem
    lines: tuple[Line, ...]
    bundles: tuple[Bundle, ...]
    covered: Mapping[str, Fraction]
    shares: Mapping[str, Mapping[str, Fraction]]
    suppliers: Mapping[str, SupplierFigures]

    @cached_property
    def costs(self) -> dict[str, Fraction]:
        """Money by kind: bids, bundles, rebates (negative), fixed, switching, award, unserved."""
        parts = [self.problem.suppliers[name] for name in self.suppliers]
        return {
            "bids": total(line.spend for line in self.lines),
            "bundles": total(bundle.price for bundle in self.bundles),
            "rebates": -total(figures.rebate for figures in self.suppliers.values()),
            "fixed": total(part.fixed_cost for part in parts),
            "switching": total(chain(_newcomers(parts), self._incumbents_left())),
            "award": total(line.offer.award_cost for line in self.lines if isinstance(line.offer, Bid)),
            "unserved": total(self._emergency()),
        }

    @cached_property
    def cost(self) -> Fraction:
        """All money; penalties of soft rules are not in it."""
        return total(self.costs.values())

    @property
    def value(self) -> Fraction:
        """Sum of price x share, and the prices of bundles; no curve bids among those awarded."""
        return total(chain(self._prices(), (bundle.price for bundle in self.bundles)))

    def attribute(self, name: str) -> Fraction:
        """Sum of awarded volume x attribute, of the offer or else of its supplier."""
        return total(line.volume * self.problem.figure(line.offer, name) for line in self.lines)

    def rest(self, lot: str) -> Fraction:
        """Share of the lot that nobody is awarded, never below 0."""
        return max(ZERO, ONE - self.covered.get(lot, ZERO))

    def _prices(self) -> Iterable[Fraction]:
        for line in self.lines:
            if isinstance(line.offer, Bid):
                if line.offer.price is None:
                    raise ValueError(f"the bid {line.offer.key} has a curve and no price: no value can be computed")
                yield line.offer.price * line.share

    def _incumbents_left(self) -> Iterable[Fraction]:
        for key, lot in self.problem.lots.items():
            if lot.switching_cost and lot.incumbent and lot.incumbent not in self.shares.get(key, ()):
                yield lot.switching_cost

    def _emergency(self) -> Iterable[Fraction]:
        for key, lot in self.problem.lots.items():
            if lot.unserved_cost is not None and (rest := self.rest(key)):
                yield lot.unserved_cost * lot.demand * rest


def total(amounts: Iterable[Fraction]) -> Fraction:
    """The exact sum; whole numbers are added by denominator, which is fast and needs no order."""
    by_denominator: dict[int, int] = defaultdict(int)
    for amount in amounts:
        by_denominator[amount.denominator] += amount.numerator
    return sum((Fraction(above, below) for below, above in by_denominator.items()), ZERO)


def tally_of(problem: AwardProblem, award: Award) -> Tally:
    """Add an award up; units below 0 count as nothing (the audit reports them).

    Raises
    ------
    UnknownName
        A bid or a bundle that the problem does not have.
    ValueError
        A grid that is not above 0.
    """
    if award.grid <= 0:
        raise ValueError(f"the grid of an award is {award.grid}; units in a lot are above 0")
    _known(problem, award)
    bundles = tuple(problem.bundles[name] for name in sorted(award.bundles))
    lines = (*_bid_lines(problem, award), *_bundle_lines(problem, bundles))
    covered: dict[str, list[Fraction]] = defaultdict(list)
    together: dict[str, dict[str, Fraction]] = {}
    own: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        supplier, shares = line.offer.supplier, together.setdefault(line.lot, {})
        shares[supplier] = shares[supplier] + line.share if supplier in shares else line.share
        covered[line.lot].append(line.share)
        own[supplier].append(line)
    spent: dict[str, list[Fraction]] = defaultdict(list)
    for bundle in bundles:
        spent[bundle.supplier].append(bundle.price)
    figures = {name: _figures(problem.suppliers[name], own[name], spent[name]) for name in sorted(own)}
    whole = {lot: shares[0] if len(shares) == 1 else total(shares) for lot, shares in covered.items()}
    return Tally(problem=problem, lines=lines, bundles=bundles, covered=whole, shares=together, suppliers=figures)


def _known(problem: AwardProblem, award: Award) -> None:
    """Refuse what the problem does not have."""
    for key in award.units:
        if key not in problem.bids:
            raise UnknownName("bid", _said(key), (_said(known) for known in problem.bids))
    for name in sorted(award.bundles):
        if name not in problem.bundles:
            raise UnknownName("bundle", name, problem.bundles)


def _said(key: BidKey) -> str:
    return "|".join(str(part) for part in key if part)


def _bid_lines(problem: AwardProblem, award: Award) -> Iterable[Line]:
    grid = award.grid
    for key, units in award.units.items():
        if units > 0:
            bid, demand = problem.bids[key], problem.lots[key[0]].demand
            volume = Fraction(units * demand.numerator, grid * demand.denominator)
            yield Line(bid, key[0], Fraction(units, grid), volume, bid.base_cost(volume))


def _bundle_lines(problem: AwardProblem, bundles: Iterable[Bundle]) -> Iterable[Line]:
    for bundle in bundles:
        for lot in bundle.lots:
            yield Line(bundle, lot, ONE, problem.lots[lot].demand, ZERO)


def _figures(supplier: Supplier, lines: Iterable[Line], bundle_prices: Iterable[Fraction]) -> SupplierFigures:
    """Volume, spend, tier and rebate of one winner."""
    own = list(lines)
    volume = total(line.volume for line in own)
    base = total(chain((line.spend for line in own), bundle_prices))
    tier, rebate = 0, ZERO
    if supplier.tiers is not None and base > 0:
        amount = base if supplier.tiers.basis == "spend" else volume
        tier, rebate = supplier.tiers.tier_of(amount), supplier.tiers.rebate(base, amount)
    return SupplierFigures(
        lots=tuple(sorted({line.lot for line in own})),
        volume=volume,
        base_spend=base,
        tier=tier,
        rebate=rebate,
        spend=base - rebate,
        capacity_used=total(_used(line) for line in own),
    )


def _used(line: Line) -> Fraction:
    """Capacity that a line takes: its volume, or its share of what the bid says that the whole lot takes."""
    if isinstance(line.offer, Bid) and line.offer.use is not None:
        return line.offer.use * line.share
    return line.volume


def _newcomers(winners: Iterable[Supplier]) -> Iterable[Fraction]:
    return (part.switching_cost for part in winners if not part.incumbent)
