"""The nearest point under inequalities: by hand, against another solver, and the proof that there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from supplier_eval.robustness.least_distance import least_distance


def unit(rows):
    table = np.asarray(rows, dtype=float)
    return table / np.linalg.norm(table, axis=1, keepdims=True)


def test_one_inequality_gives_the_foot_of_the_perpendicular():
    found = least_distance([[0.6, 0.8]], [0.5], 2.0)
    assert found.point == pytest.approx([0.3, 0.4], abs=1e-15)
    assert found.possible and found.binding.tolist() == [True]
    assert found.inward @ [0.6, 0.8] > 0


def test_two_inequalities_give_their_corner():
    """x ≥ 1 and y ≥ 2 and x + y ≥ 2: the corner (1, 2), the third does not bind."""
    found = least_distance(unit([[1, 0], [0, 1], [1, 1]]), [1, 2, np.sqrt(2)], 9.0)
    assert found.point == pytest.approx([1, 2], abs=1e-14)
    assert found.binding.tolist() == [True, True, False]


def test_an_origin_that_is_allowed_is_the_answer():
    found = least_distance(unit([[1, 2], [-1, 1]]), [-0.1, 0.0], 1.0)
    assert found.possible and found.point.tolist() == [0.0, 0.0]


def test_inequalities_that_contradict_each_other_have_no_point():
    found = least_distance([[1.0, 0.0], [-1.0, 0.0]], [0.2, 0.1], 2.0)
    assert not found.possible
    assert found.binding.tolist() == [True, True]


def test_no_dimension_left_and_something_asked_for_is_impossible():
    assert not least_distance(np.zeros((1, 0)), [0.1], 1.0).possible
    assert least_distance(np.zeros((0, 0)), [], 1.0).possible


def test_distances_of_any_size_are_exact():
    for size in (1e-10, 1e-6, 1e-3, 1.0):
        found = least_distance(unit([[1, 1], [1, -2]]), [size, size / 7], 2.0)
        assert unit([[1, 1], [1, -2]]) @ found.point == pytest.approx([size, size / 7], rel=1e-12, abs=1e-22)


def test_inequalities_that_all_meet_in_one_point_are_no_obstacle():
    """Ten planes through (1, 1, 1): many more bind than there are dimensions."""
    rng = np.random.default_rng(5)
    rows = unit(rng.uniform(0.2, 1.0, (10, 3)))
    found = least_distance(np.vstack([rows, -np.eye(3)]), [*rows.sum(axis=1), -1, -1, -1], 9.0)
    assert found.possible
    assert found.point == pytest.approx([1, 1, 1], abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(1, 15))
def test_it_is_never_farther_than_what_another_solver_finds(seed, n, m):
    rng = np.random.default_rng(seed)
    rows, bounds = unit(rng.normal(size=(m, n))), np.round(rng.normal(size=m) * 0.3, 2)
    found = least_distance(rows, bounds, 1e3)
    feasible = linprog(np.zeros(n), A_ub=-rows, b_ub=-bounds, bounds=(None, None)).status == 0
    if not found.possible:
        assert not feasible
        return
    assert np.min(rows @ found.point - bounds) >= -1e-11
    other = minimize(
        lambda z: z @ z,
        found.point + 0.1,
        jac=lambda z: 2 * z,
        method="SLSQP",
        constraints={"type": "ineq", "fun": lambda z: rows @ z - bounds, "jac": lambda z: rows},
        options={"ftol": 1e-14, "maxiter": 300},
    )
    if np.min(rows @ other.x - bounds) >= -1e-9:
        assert np.linalg.norm(found.point) <= np.linalg.norm(other.x) + 1e-7
