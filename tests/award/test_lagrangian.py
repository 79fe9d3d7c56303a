"""Any prices of the rows give a bound; those of the relaxation give the relaxation's."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from award_instances import generated_problem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import optimum
from award_problems import problem_of, small_problems
from supplier_eval.award.formulation import formulate
from supplier_eval.award.lagrangian import lagrangian_bound
from supplier_eval.award.model import solve
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier, Tiers


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


@pytest.mark.parametrize("seed", range(5))
def test_a_tier_that_only_a_bundle_fills_is_not_taken_for_out_of_reach(seed):
    """A's bid of 10 alone never reaches 90; with the bundle of 100 it does: (10 + 100) x 50 % = 55 is the best."""
    half = Tiers(
        kind="all_units", basis="spend", breaks=(Fraction(0), Fraction(90)), discount=(Fraction(0), Fraction(1, 2))
    )
    dear = [Bid(lot=lot, supplier="B", price=Fraction(200)) for lot in ("L1", "L2", "L3")]
    problem = problem_of(
        [Lot(id="L1"), Lot(id="L2"), Lot(id="L3")],
        [Supplier(id="A", tiers=half), Supplier(id="B")],
        [Bid(lot="L3", supplier="A", price=Fraction(10)), *dear],
        [Bundle(id="b", supplier="A", lots=("L1", "L2"), price=Fraction(100))],
    )
    made = formulate(problem)
    relaxed = solve(made.program, solver="scipy", relaxed=True)
    rng = np.random.default_rng(seed)
    for size in (0.0, 1.0, 10.0, 50.0):
        for _ in range(20):
            assert lagrangian_bound(made, relaxed.duals + rng.normal(0, size, made.n_rows)) <= 55 + 1e-6
