"""An offer with one price that is varied while everything else stays: the problem at a price, and an award's lines."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from supplier_eval.award.audit import audit_award
from supplier_eval.award.offer_keys import BUNDLE, OfferKey
from supplier_eval.award.parts import ONE, ZERO

if TYPE_CHECKING:
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.problem import AwardProblem

SPEND_SHARES = ("max_spend_share", "min_spend_share")
PRICED = ("cost", "value")
Lines: TypeAlias = tuple[tuple[Fraction, Fraction], ...]


class PricedOffer:
    """A bid with a unit price, or a bundle.

    Parameters
    ----------
    problem : AwardProblem
        With the price as it was offered.
    key : OfferKey
        Of a bid, or ``bundle:ID``.
    """

    def __init__(self, problem: AwardProblem, key: OfferKey) -> None:
        self.problem, self.key = problem, key
        if isinstance(key, str):
            bundle = problem.bundles[key.removeprefix(BUNDLE)]
            self.supplier, self.lots = bundle.supplier, bundle.lots
            self.price: Fraction | None = bundle.price
        else:
            self.supplier, self.lots = key[1], (key[0],)
            self.price = problem.bids[key].price

    def at(self, price: Fraction) -> AwardProblem:
        """The problem with another price of this offer, and nothing else changed."""
        if not isinstance(self.key, str):
            return self.problem.with_bid(replace(self.problem.bids[self.key], price=price))
        name = self.key.removeprefix(BUNDLE)
        bundles = dict(self.problem.bundles) | {name: replace(self.problem.bundles[name], price=price)}
        return self.problem.replace(bundles=MappingProxyType(bundles))

    def share(self, award: Award) -> Fraction:
        """What an award gives to this offer: share of its lot; 1 for a bundle."""
        if isinstance(self.key, str):
            return Fraction(self.key.removeprefix(BUNDLE) in award.bundles)
        return award.share(self.key)

    @cached_property
    def bends(self) -> bool:
        """True where some award's figures are not a straight line in the price, or where it may become forbidden.

        That is so with discount tiers on spend, shares of the spend, and a budget; discounts on volume are straight.
        """
        tiers = self.problem.suppliers[self.supplier].tiers
        if tiers is not None and tiers.basis == "spend" and len(tiers.breaks) > 1:
            return True
        for rule in self.problem.rules.values():
            if rule.kind == "budget":
                return True
            if rule.kind in SPEND_SHARES and not set(self.lots).isdisjoint(self.problem.lots_of(rule)):
                return True
        return False

    @cached_property
    def stage(self) -> int | None:
        """Place of the first stage of the objective in which prices count; None where they count in none."""
        stages = self.problem.terms.goal.stages
        return next((at for at, stage in enumerate(stages) if {name for name, _ in stage.weights} & {*PRICED}), None)

    def lines(self, award: Award) -> Lines:
        """Each stage of an award as a line in the price: value at price 0, and slope; only where nothing bends."""
        at_zero, at_one = (audit_award(self.at(price), award).stages for price in (ZERO, ONE))
        return tuple((zero, one - zero) for zero, one in zip(at_zero, at_one, strict=True))


def value_at(lines: Lines, price: Fraction) -> tuple[Fraction, ...]:
    """The stages at a price; the lesser tuple is the better award."""
    return tuple(start + slope * price for start, slope in lines)


def crossing(first: Lines, second: Lines, price: Fraction) -> Fraction | None:
    """Where two awards are equal in the stage that tells them apart at a price; None where that never changes."""
    for (start, slope), (other, steepness) in zip(first, second, strict=True):
        if slope != steepness:
            return (other - start) / (slope - steepness)
        if start + slope * price != other + steepness * price:
            return None
    return None
