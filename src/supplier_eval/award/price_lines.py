"""How far a price may go before the award changes, exactly, where every award's figures are straight in the price.

The objective of every award is then a straight line in the price, and the best of them is concave. The end is found by
going to where the award's line meets a better one's, solving there, and so on (Newton's method on a piecewise linear
function; Dinkelbach 1967 for ratios): finitely many times, ending at an exact fraction.

Source: W. Dinkelbach (1967), "On nonlinear fractional programming", Management Science 13, 492-498; T. Radzik (1998),
"Fractional combinatorial optimization", Handbook of Combinatorial Optimization 1, 429-478 (Newton's method on lines).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.audit import audit_award
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.parts import ONE, ZERO
from supplier_eval.award.price_ends import PriceEnd, best_at
from supplier_eval.award.priced_offers import PricedOffer, crossing, value_at
from supplier_eval.award.rows import Builder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.analysis_arguments import Ends
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.exact import Solved
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.problem import AwardProblem

    Vector = NDArray[np.float64]

OWNER = "_price"
SLACK = 1e-7


class LineSearch:
    """The ends of a price in which nothing bends.

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

    Attributes
    ----------
    better : Award or None
        An award met on the way that is better at the price as offered, by less than half a minor unit.
    """

    def __init__(self, offer: PricedOffer, award: Award, ends: Ends, solver: str) -> None:
        self.offer, self.award, self.ends, self.solver = offer, award, ends, solver
        self.lines = offer.lines(award)
        self.start = offer.price or ZERO
        self.better: Award | None = None

    def end(self, direction: int) -> PriceEnd:
        """The end upwards (1) or downwards (-1)."""
        if self.offer.stage is None:
            return PriceEnd("unlimited") if direction > 0 else PriceEnd("zero", ZERO)
        if direction < 0:
            status, best = best_at(self.offer.at(ZERO), self.ends, self.solver)
            if status != "optimal" or best is None:
                return PriceEnd("open")
            if not best.stages < value_at(self.lines, ZERO):
                return PriceEnd("zero", ZERO)
            return self._approach(best.award, direction)
        rival = self._flattest(self.offer.stage, direction)
        return rival if isinstance(rival, PriceEnd) else self._approach(rival, direction)

    def _approach(self, rival: Award, direction: int) -> PriceEnd:
        """From an award that wins far out, back to where the first one does."""
        price = self._meets(rival, direction)
        while price is not None:
            if self.ends.over:
                return PriceEnd("open", beyond=price, award=rival)
            status, best = best_at(self.offer.at(price), self.ends, self.solver)
            if status != "optimal" or best is None:
                return PriceEnd("open", beyond=price, award=rival)
            nearer = None
            if best.stages < value_at(self.lines, price):
                rival = best.award
                nearer = self._meets(rival, direction, price)
                if nearer is None:
                    break
            if nearer is None or nearer == price:
                return PriceEnd("crossing", price, price, self._beyond(rival, price, direction))
            price = nearer
        return PriceEnd("open", award=rival)

    def _meets(self, rival: Award, direction: int, near: Fraction | None = None) -> Fraction | None:
        """Where a rival becomes as good; None where it is better at once, which is then noted."""
        price = crossing(self.lines, self.offer.lines(rival), self.start if near is None else near)
        if value_at(self.offer.lines(rival), self.start) < value_at(self.lines, self.start):
            self.better = rival
            return None
        return price if price is not None and direction * (price - self.start) >= 0 else None

    def _flattest(self, stage: int, direction: int) -> Award | PriceEnd:
        """An award of the least slope, which wins in the long run; or the end, where the first has the least itself."""
        slope = self._slopes(stage)
        own = direction * self.lines[stage][1]
        if not slope.any() or (not own and (direction * slope >= 0).all()):
            return PriceEnd("unlimited")
        made = self._kept(formulate(self.offer.problem), self.offer.problem, stage)
        found = self._least(made, direction * slope)
        if found.audit is not None and direction * self.offer.lines(found.audit.award)[stage][1] < own:
            return found.audit.award
        return PriceEnd("unlimited" if found.status == "optimal" else "open")

    def _beyond(self, rival: Award, price: Fraction, direction: int) -> Award:
        """Of the awards that are equal at the end, one of the least slope: it is the best right behind it."""
        stage = self.offer.stage or 0
        problem = self.offer.at(price)
        made = self._kept(formulate(problem), problem, stage + 1)
        found = self._least(made, direction * self._slopes(stage))
        if found.audit is None:
            return rival
        lines, before = self.offer.lines(found.audit.award), self.offer.lines(rival)
        equal = value_at(lines, price)[: stage + 1] == value_at(self.lines, price)[: stage + 1]
        steeper = direction * lines[stage][1] < direction * before[stage][1]
        return found.audit.award if equal and steeper else rival

    def _slopes(self, stage: int) -> Vector:
        """Slope of a stage by column of the model, scaled so that a unit of the grid counts at least one."""
        goal = self.offer.problem.terms.goal.stages[stage]
        one, zero = (
            formulate(self.offer.at(price)).stage_vector(goal, penalty=False) for price in (ONE, ZERO)
        )  # fmt: skip
        slope = one - zero
        least = np.abs(slope[slope != 0]).min(initial=np.inf)
        return slope * (self.offer.problem.terms.grid / least) if np.isfinite(least) else slope

    def _kept(self, made: Formulation, problem: AwardProblem, stages: int) -> Formulation:
        """The same awards, none worse than the first one in the first stages."""
        reached = audit_award(problem, self.award).stages
        for at, goal in enumerate(problem.terms.goal.stages[:stages]):
            vector = made.stage_vector(goal, penalty=at == 0)
            used = np.flatnonzero(vector)
            more = Builder()
            limit = float(reached[at])
            terms = dict(zip(used.tolist(), vector[used].tolist(), strict=True))
            more.row(OWNER, terms, upper=limit + SLACK * (1 + abs(limit)))
            made = made.with_rows(more) if terms else made
        return made

    def _least(self, made: Formulation, vector: Vector) -> Solved:
        return solve_formulation(
            made.minimising(vector), gap=0.0, time_limit=self.ends.left, solver=self.solver
        )  # fmt: skip
