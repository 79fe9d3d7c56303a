"""All best sets, against brute force."""

from __future__ import annotations

import numpy as np
import pytest

from risk_measures import brute_force
from supplier_eval.risk.measure_sets import MeasureProblem, best_sets, groups


def random_problem(seed, measures=7, risks=4):
    rng = np.random.default_rng(seed)
    effects = []
    for _ in range(risks):
        chosen = rng.choice(measures, int(rng.integers(0, 4)), replace=False)
        effects.append(tuple((int(m), float(rng.choice([0, 0.2, 0.5, 0.9]))) for m in sorted(chosen)))
    costs = tuple(int(c) for c in rng.integers(0, 60, measures))
    return MeasureProblem(costs, tuple(float(x) for x in rng.integers(0, 1000, risks)), tuple(effects))


def test_factors_multiply_by_hand():
    """100 with factors 0.5 and 0.4: 100, 50, 40, 20; the first measure alone is dearer than the second."""
    problem = MeasureProblem((30, 20), (100.0,), (((0, 0.5), (1, 0.4)),))
    assert best_sets(problem) == [(0, 100, ()), (20, 40, (1,)), (50, 20, (0, 1))]


def test_groups_hang_together_by_shared_measures():
    problem = MeasureProblem((1, 1, 1, 1), (1.0,) * 3, (((0, 0.5), (1, 0.5)), ((1, 0.5), (2, 0.5)), ()))
    assert groups(problem) == [((0, 1, 2), (0, 1)), ((3,), ())]


@pytest.mark.parametrize("seed", range(40))
def test_every_step_is_what_brute_force_finds_at_its_budget_and_just_below(seed):
    problem = random_problem(seed)
    steps = best_sets(problem)
    for at, (cost, loss, held) in enumerate(steps):
        assert (cost, loss) == (problem.cost(held), pytest.approx(problem.loss(held), rel=1e-12))
        assert loss == pytest.approx(brute_force(problem, cost), rel=1e-9, abs=1e-9)
        if at:
            assert steps[at - 1][1] == pytest.approx(brute_force(problem, cost - 1), rel=1e-9, abs=1e-9)


def test_too_many_measures_of_one_group_are_not_listed():
    one = MeasureProblem((1,) * 15, (1.0,), (tuple((m, 0.5) for m in range(15)),))
    assert best_sets(one) is None


def test_nothing_to_buy():
    assert best_sets(MeasureProblem((), (3.0,), ((),))) == [(0, 3.0, ())]


def test_many_groups_whose_sets_are_too_many_to_look_at_are_not_listed():
    count = 400
    many = MeasureProblem(
        tuple(1000 + 7 * k * k for k in range(count)),
        tuple(1.0 + 0.37 * k**1.5 for k in range(count)),
        tuple(((k, 0.5),) for k in range(count)),
    )
    assert best_sets(many) is None
