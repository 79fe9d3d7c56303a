"""How far a price may go before the award changes, step by step, where figures bend in the price.

With discount tiers on spend, shares of the spend or a budget an award's figures jump and bend as a price moves, and the
award may change, change back and change again. Prices are looked at one by one, each solved anew: in doubled steps of
a minor unit until the award is no longer the best, then halved down to one minor unit. That brackets a change exactly;
that there is no nearer one between two prices that were looked at is not proven.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.audit import audit_award
from supplier_eval.award.parts import ZERO
from supplier_eval.award.price_ends import PriceEnd, best_at
from supplier_eval.award.priced_offers import PricedOffer

if TYPE_CHECKING:
    from supplier_eval.award.analysis_arguments import Ends
    from supplier_eval.award.awarded import Award


class StepSearch:
    """The ends of a price in which figures bend: doubled steps of a minor unit, then halving, each price solved again.

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
        self.start, self.step = offer.price or ZERO, offer.problem.terms.cent

    def end(self, direction: int) -> PriceEnd:
        """The end upwards (1) or downwards (-1)."""
        last = self.farthest() if direction > 0 else ZERO
        stays, steps = self.start, 1
        while stays != last:
            price = self.start + direction * steps * self.step
            if direction * (last - price) < 0:
                price = last
            changed = self._changed(price)
            if changed is None:
                return PriceEnd("open")
            if changed:
                return self._halved(stays, price, direction)
            stays, steps = price, 2 * steps
        return PriceEnd("seen", stays)

    def farthest(self) -> Fraction:
        """How far upwards is looked: twice the highest price of the lot, or of the bundle."""
        if isinstance(self.offer.key, str):
            return 2 * self.start
        bids = self.offer.problem.bids.values()
        return 2 * max((bid.price for bid in bids if bid.lot in self.offer.lots and bid.price), default=self.start)

    def _halved(self, stays: Fraction, changes: Fraction, direction: int) -> PriceEnd:
        """Between a price at which the award stays and one at which it does not, down to one step."""
        while abs(changes - stays) > self.step:
            steps = max(1, abs(changes - stays) / self.step // 2)
            middle = stays + direction * self.step * steps
            changed = self._changed(middle)
            if changed is None:
                return PriceEnd("open", beyond=changes)
            stays, changes = (stays, middle) if changed else (middle, changes)
        status, best = best_at(self.offer.at(changes), self.ends, self.solver)
        if status not in ("optimal", "infeasible"):
            return PriceEnd("open", beyond=changes)
        return PriceEnd("bracket", stays, changes, None if best is None else best.award)

    def _changed(self, price: Fraction) -> bool | None:
        """Whether the award is no longer allowed, or no longer the best; None where that was not settled."""
        problem = self.offer.at(price)
        own = audit_award(problem, self.award)
        if not own.valid:
            return True
        if self.ends.over:
            return None
        status, best = best_at(problem, self.ends, self.solver)
        if best is not None and best.stages < own.stages:
            return True
        return False if status == "optimal" else None
