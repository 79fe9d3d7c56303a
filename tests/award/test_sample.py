"""A sample of lots is the same problem on a smaller scale; its tiers are ones that the whole can keep."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from award_instances import generated_problem

from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import solve
from supplier_eval.award.program import reduce
from supplier_eval.award.rules import Rule
from supplier_eval.award.sample import decisions_from_sample, sampled


def test_capacities_breaks_and_fixed_costs_shrink_as_the_demand_does():
    problem = generated_problem(40, 6, 4, seed=5)
    part = sampled(problem, 0.25)
    size = sum(lot.demand for lot in part.lots.values()) / sum(lot.demand for lot in problem.lots.values())
    assert len(part.lots) == 10
    assert {key[0] for key in part.bids} == set(part.lots)
    whole, small = problem.suppliers["S002"], part.suppliers["S002"]
    assert small.capacity == whole.capacity * size
    assert small.fixed_cost == whole.fixed_cost * size
    assert small.tiers.breaks == tuple(low * size for low in whole.tiers.breaks)
    assert small.tiers.discount == whole.tiers.discount


def test_rules_of_lots_that_are_not_in_the_sample_are_left_out_and_budgets_shrink():
    problem = generated_problem(10, 4, 3, seed=2)
    first, last = min(problem.lots), max(problem.lots)
    rules = {rule.id: rule for rule in (
        Rule(id="B", kind="budget", value=Fraction(1000)),
        Rule(id="F", kind="force_award", value=Fraction(1, 2), lots=(first,), suppliers=("S000",)),
        Rule(id="G", kind="force_award", value=Fraction(1, 2), lots=(last,), suppliers=("S000",)),
    )}  # fmt: skip
    part = sampled(problem.replace(rules=rules), 0.5)
    kept = {name for name, lot in (("F", first), ("G", last)) if lot in part.lots}
    assert set(part.rules) == {"B"} | kept
    assert part.rules["B"].value < 1000


@pytest.mark.parametrize("seed", [1, 4])
def test_the_tiers_fixed_can_be_kept_by_all_lots_and_cost_little_more_than_the_best(seed):
    made = formulate(generated_problem(60, 8, 5, seed))
    fixed = decisions_from_sample(made, solver="scipy", limit=30)
    part = reduce(fixed)
    assert part.possible
    found = solve(part.program, solver="scipy", relaxed=True)
    free = solve(made.program, solver="scipy", relaxed=True)
    assert found.status == "optimal"
    assert free.objective <= found.objective <= 1.05 * free.objective
    switches = np.concatenate(made.columns.in_tier)
    assert (fixed.lower[switches] == fixed.upper[switches]).all()
