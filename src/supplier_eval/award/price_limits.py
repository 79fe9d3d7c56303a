"""Exact ends of a price where a budget, or a rule on shares of the spend, does not decide about the award.

Without these rules figures are straight in the price, and whatever is best without them and keeps them is best with
them. So the award's end is the exact one without the rules, as long as the award itself and the award behind the end
keep them; where the award would break a hard one before, it ends there. In all other cases nothing is said.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.parts import ONE, ZERO
from supplier_eval.award.price_ends import PriceEnd, best_at
from supplier_eval.award.price_lines import LineSearch
from supplier_eval.award.priced_offers import SPEND_SHARES, PricedOffer, value_at
from supplier_eval.award.rule_checks import CHECKS
from supplier_eval.award.tally import tally_of

if TYPE_CHECKING:
    from supplier_eval.award.analysis_arguments import Ends
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.rules import Rule


class LimitSearch:
    """The ends of a price in which figures are straight but for rules that may not decide.

    Parameters
    ----------
    offer : PricedOffer
        Whose price moves.
    award : Award
        An award that is the best at the price as offered.
    ends : Ends
        When to stop.
    solver : str
        Which solver.
    """

    def __init__(self, offer: PricedOffer, award: Award, ends: Ends, solver: str) -> None:
        self.offer, self.award, self.ends, self.solver = offer, award, ends, solver
        self.rules = [rule for rule in offer.problem.rules.values() if rule.kind in ("budget", *SPEND_SHARES)]
        self.straight = PricedOffer(offer.problem.without_rules([rule.id for rule in self.rules]), offer.key)
        self.start = offer.price or ZERO
        self._usable: bool | None = None

    @property
    def usable(self) -> bool:
        """True where the award is the best without the rules too, and pays no penalty for them."""
        if self._usable is None:
            self._usable = not self.straight.bends and self._best_without()
        return self._usable

    def end(self, direction: int) -> PriceEnd | None:
        """The end upwards (1) or downwards (-1); None where the rules may decide."""
        if not self.usable:
            return None
        free = LineSearch(self.straight, self.award, self.ends, self.solver).end(direction)
        if not free.proven:
            return None
        limit, hard = self._limit(direction)
        if limit is not None and (free.price is None or direction * (limit - free.price) < 0):
            return PriceEnd("limit", limit, limit) if hard else None
        kept = free.award is None or free.price is None or self._keeps(free.award, free.price, direction)
        return free if kept else None

    def _best_without(self) -> bool:
        if any(amount > 0 for rule in self.rules for amount in self._amounts(rule, self.award, self.start)):
            return False
        status, best = best_at(self.straight.problem, self.ends, self.solver)
        own = value_at(self.straight.lines(self.award), self.start)
        return status == "optimal" and best is not None and not best.stages < own

    def _limit(self, direction: int) -> tuple[Fraction | None, bool]:
        """The nearest price beyond which the award breaks a rule, and whether only hard ones are broken there."""
        found: dict[Fraction, bool] = {}
        for rule in self.rules:
            for start, slope in self._lines(rule, self.award):
                if direction * slope > 0:
                    price = -start / slope
                    found[price] = found.get(price, False) or rule.hard
        if not found:
            return None, True
        nearest = min(found, key=lambda price: direction * (price - self.start))
        return (None, True) if nearest < 0 else (nearest, found[nearest])

    def _keeps(self, award: Award, price: Fraction, direction: int) -> bool:
        """Whether an award keeps the rules at a price and right behind it."""
        lines = [line for rule in self.rules for line in self._lines(rule, award)]
        return all(
            start + slope * price < 0 or (start + slope * price == 0 and direction * slope <= 0)
            for start, slope in lines
        )

    def _lines(self, rule: Rule, award: Award) -> list[tuple[Fraction, Fraction]]:
        """By how much a rule is broken, below 0 where it is kept, as lines in the price: value at 0 and slope."""
        at_zero, at_one = (self._amounts(rule, award, price) for price in (ZERO, ONE))
        return [(zero, one - zero) for zero, one in zip(at_zero, at_one, strict=True)]

    def _amounts(self, rule: Rule, award: Award, price: Fraction) -> list[Fraction]:
        problem = self.offer.at(price)
        return [amount for _, amount in CHECKS[rule.kind](problem, rule, tally_of(problem, award))]
