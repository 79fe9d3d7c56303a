"""The measures of the model are those of the audit."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from award_problems import small_problems
from supplier_eval.award.audit import audit_award
from supplier_eval.award.formulation import formulate
from supplier_eval.award.grid import award_of, on_grid
from supplier_eval.award.model import solve


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(hard=True))
def test_cost_of_the_model_is_the_cost_of_the_audit(problem):
    problem = problem.with_terms(grid=10**6)
    tiers = [supplier.tiers for supplier in problem.suppliers.values() if supplier.tiers]
    if any(list(part.discount) != sorted(part.discount) for part in tiers):
        return  # a discount that falls at a break: the model's closure reaches a price that no award has
    made = formulate(problem)
    outcome = solve(made.program, solver="scipy")
    if outcome.values is None or not on_grid(made, outcome.values):
        return
    audit = audit_award(problem, award_of(made, outcome.values))
    stage = problem.terms.goal.stages[0]
    vector = made.stage_vector(stage, penalty=True)
    if audit.valid:
        assert abs(float(audit.objective) - float(stage.reported(vector @ outcome.values))) < 1e-4
