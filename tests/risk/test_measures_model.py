"""The whole-number programme, by both solvers, against brute force."""

from __future__ import annotations

import numpy as np
import pytest

from risk_measures import brute_force
from supplier_eval.risk import measures_model
from supplier_eval.risk.measure_sets import MeasureProblem
from supplier_eval.risk.measures_model import buy_measures, too_large

INSTALLED = "scipy" if measures_model._cbc() is None else "cbc"  # pulp 4 carries no solver


def random_problem(seed):
    rng = np.random.default_rng(1000 + seed)
    effects = []
    for _ in range(4):
        chosen = sorted(rng.choice(7, int(rng.integers(0, 5)), replace=False))
        effects.append(tuple((int(m), float(rng.uniform(0, 0.95))) for m in chosen))
    costs = tuple(int(c) for c in rng.integers(1, 10**9, 7))
    return MeasureProblem(costs, tuple(rng.uniform(0, 1e6, 4)), tuple(effects))


@pytest.mark.parametrize("seed", range(12))
def test_the_installed_solver_finds_what_brute_force_finds(seed):
    problem = random_problem(seed)
    budget = sum(problem.costs) * (seed + 1) // 13
    chosen, solver = buy_measures(problem, budget)
    assert solver == INSTALLED
    assert problem.cost(chosen) <= budget
    assert problem.loss(chosen) == pytest.approx(brute_force(problem, budget), rel=1e-6)


@pytest.mark.parametrize("seed", range(30))
def test_scipy_finds_what_brute_force_finds(seed, monkeypatch):
    monkeypatch.setattr(measures_model, "_cbc", lambda: None)
    problem = random_problem(seed)
    budget = sum(problem.costs) * (seed + 1) // 31
    chosen, solver = buy_measures(problem, budget)
    assert solver == "scipy"
    assert problem.cost(chosen) <= budget
    assert problem.loss(chosen) == pytest.approx(brute_force(problem, budget), rel=1e-6)


@pytest.mark.parametrize("door", ["installed", "scipy"])
def test_a_hundredth_over_the_budget_is_over_it(door, monkeypatch):
    """Within the tolerance of the solver both would fit; exact figures say that they do not."""
    if door == "scipy":
        monkeypatch.setattr(measures_model, "_cbc", lambda: None)
    problem = MeasureProblem((10**11, 10**11), (100.0, 90.0), (((0, 0.0),), ((1, 0.0),)))
    assert buy_measures(problem, 2 * 10**11 - 1)[0] == (0,)
    assert buy_measures(problem, 2 * 10**11)[0] == (0, 1)


def test_what_is_too_large():
    def one(count):
        return MeasureProblem((1,) * count, (1.0,), (tuple((m, 0.5) for m in range(count)),))

    assert too_large(one(13)) and not too_large(one(12))
    many = MeasureProblem((1,) * 12, (1.0,) * 49, (tuple((m, 0.5) for m in range(12)),) * 49)
    assert too_large(many)


def test_no_measures_and_no_risks():
    assert buy_measures(MeasureProblem((), (), ()), 5)[0] == ()
    assert buy_measures(MeasureProblem((), (5.0,), ((),)), 5)[0] == ()
