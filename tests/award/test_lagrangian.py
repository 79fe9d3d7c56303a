"""Any prices of the rows give a bound; those of the relaxation give the relaxation's."""

from __future__ import annotations

import numpy as np
import pytest
from award_instances import generated_problem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import optimum
from award_problems import small_problems
from supplier_eval.award.formulation import formulate
from supplier_eval.award.lagrangian import lagrangian_bound
from supplier_eval.award.model import solve


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_prices_of_the_relaxation_give_its_bound(seed):
    made = formulate(generated_problem(15, 6, 4, seed))
    found = solve(made.program, solver="scipy", relaxed=True)
    assert lagrangian_bound(made, found.duals) == pytest.approx(found.objective, rel=1e-7)


@settings(max_examples=80, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(), st.integers(0, 2**32 - 1), st.sampled_from([0.0, 1.0, 30.0]))
def test_any_prices_give_a_bound(problem, seed, size):
    made = formulate(problem)
    prices = np.random.default_rng(seed).normal(0, size, made.n_rows) if size else np.zeros(made.n_rows)
    stages, _ = optimum(problem)
    bound = lagrangian_bound(made, prices)
    if stages is not None:
        assert bound <= float(stages[0]) + 1e-6 * (1 + abs(bound))
