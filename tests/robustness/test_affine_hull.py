"""Weights and proportions that a region fixes."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.robustness.affine_hull import affine_hull, same_totals
from supplier_eval.robustness.polytope import polytope_of
from supplier_eval.robustness.region import ball, intervals, order, simplex


def hull_of(region):
    return affine_hull(region.A, region.b)


@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_the_simplex_fixes_nothing(n):
    hull = hull_of(simplex(n))
    assert hull.dimension == n - 1
    assert len(hull.equations) == 0
    assert (hull.inside > 0).all()


def test_six_of_twelve_weights_fixed_leave_six_free():
    low, high = np.zeros(12), np.ones(12)
    low[:6] = high[:6] = [0.05, 0.1, 0.15, 0.02, 0.0, 0.08]
    hull = hull_of(intervals(low, high))
    assert hull.dimension == 5
    np.testing.assert_allclose(hull.inside[:6], low[:6], atol=1e-9)


def test_a_limit_that_the_others_force_is_an_equation():
    """Lower limits that sum to 1 leave one point although no weight has equal limits."""
    assert hull_of(intervals([0.5, 0.3, 0.2], [1, 1, 1])).dimension == 0


def test_a_prescribed_proportion_is_an_equation():
    A = np.array([[1.0, -2.0, 0.0, 0.0], [-1.0, 2.0, 0.0, 0.0]])
    hull = affine_hull(A, np.zeros(2))
    assert hull.dimension == 2
    np.testing.assert_allclose(hull.span @ A[0], 0, atol=1e-12)


def test_an_empty_region_has_no_hull():
    assert affine_hull([[1.0, 0.0], [0.0, 1.0]], [0.4, 0.4]).dimension == -1


@pytest.mark.parametrize("seed", range(8))
def test_the_dimension_is_that_of_the_corners(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 7))
    region = [ball(rng.dirichlet(np.ones(n)), 0.05), order(rng.integers(1, 4, n))][seed % 2]
    assert hull_of(region).dimension == polytope_of(region.A, region.b).dimension


def test_bids_that_differ_only_where_the_weight_is_nought_have_the_same_total():
    values = np.array([[10.0, 10.0, 10.0], [50.0, 50.0, 60.0], [0.0, 100.0, 0.0]])
    hull = hull_of(intervals([0, 0, 0], [1, 1, 0]))
    assert same_totals(values, hull.span).tolist() == [0, 0, 2]
    assert same_totals(values, np.eye(3)).tolist() == [0, 1, 2]


def test_bids_whose_differences_cancel_under_every_weight_have_the_same_total():
    """With w1 = w2 throughout, (30, 70) and (60, 40) are the same bid."""
    hull = affine_hull([[1.0, -1.0, 0.0], [-1.0, 1.0, 0.0]], [0.0, 0.0])
    assert same_totals(np.array([[30.0, 60.0], [70.0, 40.0], [5.0, 5.0]]), hull.span).tolist() == [0, 0]
