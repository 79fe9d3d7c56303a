"""The search for smallest relaxations: one limit alone, and several together; every answer comes with an award.

How far a limit has to give way is always read off an award, exactly. One limit alone: the model minimises its
relaxation; a ratio is followed to its optimum by Dinkelbach (1967), "On nonlinear fractional programming", Management
Science 13, 492-498: find the award that keeps the present limit with most room, take the limit that this award needs,
until no award has room. Several together: best first over boxes of the relaxations of ratios, split between what the
model says and what the award needs, until the bound meets the best award.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.audit import audit_award
from supplier_eval.award.elastic import Box, elastic, pushed, totals
from supplier_eval.award.exact import Solved, solve_formulation
from supplier_eval.award.grid import award_of, grid_program, scale_of_columns, shares_of_bids
from supplier_eval.award.model import choose_solver, solve
from supplier_eval.award.parts import ONE, ZERO
from supplier_eval.award.relaxable import AVERAGES, RATIOS, WHOLE, limit_kept, scale, sign

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.awarded import Award
    from supplier_eval.award.elastic import Elastic
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.parts import Bid, Bundle
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rule_subsets import Clock
    from supplier_eval.award.rules import Rule

    Vector = NDArray[np.float64]

FINE = 1e6  # minor units that a whole scale counts as: half a minor unit, which the solver may miss, is then nothing
NEAR = 1e-6  # of the scale: two relaxations that lie nearer to each other are the same
WIDER = 1e-9
SAME_SHARE = 2e-9
MOST_BOXES = 200
MOST_STEPS = 50


@dataclass(frozen=True, eq=False)
class Found:
    """What a search for a relaxation gave.

    Parameters
    ----------
    award : Award or None
        Needs no more than the relaxation found.
    proven : bool
        Nothing smaller is enough (with an award), or nothing at all is enough (without).
    bound : float
        Proven bound on the weighted sum of relative relaxations, where several were searched together.
    """

    award: Award | None
    proven: bool
    bound: float = 0.0


class Search:
    """Searches over one infeasible problem.

    Parameters
    ----------
    problem : AwardProblem
        With hard rules only.
    clock : Clock
        Time for everything.
    solver : str or None
        As `solve_formulation`.
    """

    def __init__(self, problem: AwardProblem, *, clock: Clock, solver: str | None) -> None:
        self.problem, self.clock, self.solver = problem, clock, choose_solver(solver)
        self.fine = FINE * float(problem.terms.cent)
        self.solves = 0

    def run(self, made: Elastic, weights: Mapping[str, float], parts: int = 1) -> Solved:
        """Minimise relaxations (rule id → weight per unit of its limit) with a share of the time that is left."""
        if self.clock.over:
            return Solved("no_award_found", solver=self.solver)
        self.solves += 1
        formulation, seconds = made.minimising(weights), self.clock.share(parts)
        found = solve_formulation(formulation, time_limit=seconds, solver=self.solver)
        if found.values is None or not weights or self.clock.over or _stands_on_grid(formulation, found.values):
            return found
        self.solves += 1
        again = _in_whole_units(formulation, found, seconds)
        boxed = any(self.problem.rules[key].kind in RATIOS for key in made.relaxed)
        return again if again.award is not None or boxed else replace(found, status="feasible_at_limit")

    def without(self, left_out: Collection[str], parts: int = 1) -> Found:
        """Any award that keeps all rules but some."""
        found = self.run(elastic(self.problem.without_rules(left_out), {}), {}, parts)
        return Found(found.award, found.award is not None or found.status == "infeasible")

    def alone(self, rule: Rule, parts: int = 1) -> Found:
        """The award that needs the least relaxation of one limit when all other rules are kept."""
        if rule.kind in RATIOS:
            start = self.without([rule.id], parts)
            return start if start.award is None else self._followed(rule, start.award, parts)
        unit = 1.0 if rule.kind in WHOLE or rule.kind == "budget" else 1.0 / float(scale(rule))
        weight = unit * self.fine / (1e4 if rule.kind in WHOLE else 1e3 if rule.kind == "budget" else 1.0)
        found = self.run(elastic(self.problem, {rule.id: None}), {rule.id: weight}, parts)
        if found.award is None:
            return Found(None, found.status == "infeasible")
        needed = abs(limit_kept(self.problem, rule, found.award) - rule.limit)
        short = float(needed) - (found.bound or 0.0) / weight
        return Found(found.award, found.status == "optimal" and short <= self._told_apart(rule))

    def _told_apart(self, rule: Rule) -> float:
        """Changes of a limit that lie nearer to each other than that are the same."""
        if rule.kind == "budget":
            return float(self.problem.terms.cent)
        return 0.5 if rule.kind in WHOLE else max(1e-4, NEAR * float(scale(rule)))

    def _followed(self, rule: Rule, award: Award, parts: int) -> Found:
        """From the limit that an award needs to a tighter one, as long as some award has room."""
        limit = limit_kept(self.problem, rule, award)
        for _ in range(MOST_STEPS):
            made = pushed(self.problem, rule, limit)
            room = max(float(made.formulation.upper[made.relaxed[rule.id]]), NEAR)
            found = self.run(made, {rule.id: -10 * self.fine / room}, parts)
            if found.award is None:
                return Found(award, False)
            needed = limit_kept(self.problem, rule, found.award)
            if sign(rule) * (limit - needed) <= 0:
                return Found(award, found.status == "optimal")
            award, limit = found.award, needed
        return Found(award, False)

    def together(self, weights: Mapping[str, Fraction]) -> Found:
        """The award whose weighted sum of relative relaxations is smallest; rule id → weight > 0.

        Weights count as parts of the largest: two sums nearer to each other than a millionth of it are the same.
        """
        largest = max(weights.values(), default=ONE)
        found = self._together({key: weight / largest for key, weight in weights.items()})
        return replace(found, bound=found.bound * float(largest))

    def _together(self, weights: Mapping[str, Fraction]) -> Found:
        rate = {key: self.fine * float(weight / scale(self.problem.rules[key])) for key, weight in weights.items()}
        best: Award | None = None
        least, unsettled, order = inf, inf, count()
        queue: list[tuple[float, int, dict[str, Box | None]]] = [(0.0, next(order), self._boxes(weights))]
        for _ in range(MOST_BOXES):
            if not queue or queue[0][0] >= least - NEAR or self.clock.over:
                break
            low, _, node = heapq.heappop(queue)
            made = elastic(self.problem, node)
            found = self.run(made, rate, 2)
            if found.award is None or found.values is None:
                unsettled = unsettled if found.status == "infeasible" else min(unsettled, low)
                continue
            reached = float(self.weighed(found.award, weights))
            if reached < least:
                best, least = found.award, reached
            low = max(low, (found.bound or 0.0) / self.fine)
            parts = self._split(node, made, found, weights) if low < least - NEAR else []
            if low < least - NEAR and not parts:
                unsettled = min(unsettled, low)
            for part in parts:
                heapq.heappush(queue, (low, next(order), part))
        bound = min([least, unsettled, *(low for low, _, _ in queue)])
        return Found(best, bound >= least - NEAR if best is not None else bound == inf, bound)

    def weighed(self, award: Award, weights: Mapping[str, Fraction]) -> Fraction:
        """The weighted sum of relative relaxations that an award needs; exact."""
        return sum((weight * self._needed(key, award) for key, weight in weights.items()), ZERO)

    def _needed(self, key: str, award: Award) -> Fraction:
        """Relative relaxation of one rule that an award needs."""
        rule = self.problem.rules[key]
        return abs(limit_kept(self.problem, rule, award) - rule.limit) / scale(rule)

    def _split(
        self, node: dict[str, Box | None], made: Elastic, found: Solved, weights: Mapping[str, Fraction]
    ) -> list[dict[str, Box | None]]:
        """The node in two, where the model understates most what the award needs; empty where it does not."""
        if found.award is None or found.values is None:
            return []
        worst: tuple[float, str, Box, float] | None = None
        for key, box in node.items():
            if box is None:
                continue
            size = float(scale(self.problem.rules[key]))
            said, needed = float(found.values[made.relaxed[key]]), float(self._needed(key, found.award)) * size
            missed, middle = float(weights[key]) * (needed - said) / size, (said + needed) / 2
            if missed > NEAR / 10 and box.low < middle < box.high and (worst is None or missed > worst[0]):
                worst = (missed, key, box, middle)
        if worst is None:
            return []
        _, key, box, middle = worst
        return [node | {key: replace(box, high=middle)}, node | {key: replace(box, low=middle)}]

    def _boxes(self, keys: Iterable[str]) -> dict[str, Box | None]:
        """Everything that is possible: ratios have the whole range of their relaxation and of their total."""
        every = {key: self.problem.rules[key] for key in keys}
        ratios = [rule for rule in every.values() if rule.kind in RATIOS]
        free = elastic(self.problem, dict.fromkeys(every)) if ratios else None
        return dict.fromkeys(every) | {rule.id: self._box(rule, free) for rule in ratios if free is not None}

    def _box(self, rule: Rule, free: Elastic) -> Box:
        vector = np.zeros(free.formulation.n_columns)
        for column, value in next(iter(totals(self.problem, rule)), {}).items():
            vector[column] = value
        ends = [float(vector.clip(max=0) @ free.formulation.upper), float(vector.clip(min=0) @ free.formulation.upper)]
        for at, way in enumerate((1.0, -1.0)):
            program = free.formulation.minimising(way * vector).program
            found = solve(program, solver=self.solver, relaxed=True, time_limit=self.clock.share(4))
            if found.status == "optimal" and found.bound is not None:
                ends[at] = way * found.bound
        slack = WIDER * (1 + ends[1])
        return Box(0.0, self._furthest(rule), max(ends[0] - slack, 0.0), ends[1] + slack)

    def _furthest(self, rule: Rule) -> float:
        """A relaxation of a ratio at which it asks for nothing any more."""
        if rule.kind not in AVERAGES:
            return float(1 - rule.limit if sign(rule) > 0 else rule.limit)
        lots, concerned = set(self.problem.lots_of(rule)), set(self.problem.suppliers_of(rule))
        offers: list[Bid | Bundle] = [bid for bid in self.problem.bids.values() if bid.lot in lots]
        offers += [offer for offer in self.problem.bundles.values() if not lots.isdisjoint(offer.lots)]
        figures = [self.problem.figure(offer, rule.attribute) for offer in offers if offer.supplier in concerned]
        return float(max([ZERO, *(sign(rule) * (figure - rule.limit) for figure in figures)]))


def _stands_on_grid(formulation: Formulation, values: Vector) -> bool:
    """True where the point's shares are those of its award: what lies between them is no part of a limit."""
    shares = shares_of_bids(formulation, values)
    grid = formulation.problem.terms.grid
    return bool(np.allclose(shares, np.rint(shares * grid) / grid, rtol=0.0, atol=SAME_SHARE))


def _in_whole_units(formulation: Formulation, near: Solved, seconds: float) -> Solved:
    """The same search with shares as whole units: the audit does not ask for limits that give way, so the point must.

    Where that finds nothing in time, what is known stays, without being called optimal.
    """
    found = solve(grid_program(formulation), solver=near.solver, time_limit=seconds)
    if found.status == "infeasible":
        return Solved("infeasible", solver=near.solver)
    bound = max((bound for bound in (near.bound, found.bound) if bound is not None), default=None)
    if found.values is None:
        return replace(near, status="feasible_at_limit", bound=bound)
    values = found.values * scale_of_columns(formulation)
    award = award_of(formulation, values)
    audit = audit_award(formulation.problem, award)
    if not audit.valid:
        return replace(near, status="feasible_at_limit", bound=bound)
    return Solved(found.status, award, audit, found.objective, bound, found.message, near.solver, values)
