"""Maps from the unit cube to weights: evenly spread, by exact means and volumes."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.robustness.region import ball, intervals, linear, order, simplex
from supplier_eval.robustness.weight_frame import frame_of
from supplier_eval.robustness.weight_proposals import (
    deepest,
    fold_into_order,
    free_inequalities,
    proposals,
    spread_on_simplex,
    triangulation,
)

N = 20_000


def cube(dimension, seed=0):
    return np.random.default_rng(seed).random((N, dimension))


def near(figures, exact, errors=5):
    """Sample means within a few standard errors of exact means."""
    figures = np.asarray(figures)
    return np.abs(figures.mean(axis=0) - exact) <= errors * figures.std(axis=0) / np.sqrt(len(figures)) + 1e-12


def test_the_simplex_has_the_moments_of_a_dirichlet_distribution():
    w = spread_on_simplex(cube(3))
    assert (w >= 0).all()
    assert w.sum(axis=1) == pytest.approx(1)
    assert near(w, 1 / 4).all()
    assert near(w**2, 2 / (4 * 5)).all()
    assert near(w[:, 0] * w[:, 3], 1 / (4 * 5))


def test_an_order_of_importance_has_the_rank_order_centroid_as_its_mean():
    """Barron and Barrett (1996), Management Science 42: (1/n) times the sum of 1/k from the rank on."""
    w = fold_into_order(spread_on_simplex(cube(3)), np.array([2, 1, 4, 3]))
    roc = [sum(1 / k for k in range(rank, 5)) / 4 for rank in (2, 1, 4, 3)]
    assert near(w, roc).all()


def test_criteria_of_one_rank_share_the_mean_of_their_places():
    w = fold_into_order(spread_on_simplex(cube(2)), np.array([1, 2, 2]))
    assert near(w, [11 / 18, 7 / 36, 7 / 36]).all()
    assert 0.45 < np.mean(w[:, 1] > w[:, 2]) < 0.55


def by_name(region):
    return {way.name: way for way in proposals(region, frame_of(region))}


def test_the_share_of_a_box_that_is_kept_is_the_ratio_of_the_volumes():
    """Section of a cube by the plane where three moves sum to 0: three quarters of its shadow."""
    region = ball([0.3, 0.3, 0.4], 0.05)
    way = by_name(region)["box"]
    kept = region.contains(way.draw(cube(way.dimension)))
    assert near(kept.astype(float), 0.75)


def test_corner_simplices_hold_the_intervals():
    region = intervals([0.1, 0.2, 0.3, 0], [0.5, 0.6, 0.3, 0.2])
    ways = by_name(region)
    w = np.random.default_rng(1).uniform(0, 1, (N, 4))
    for name in ("simplex above the lower limits", "simplex below the upper limits"):
        drawn = ways[name].draw(cube(ways[name].dimension))
        assert drawn.sum(axis=1) == pytest.approx(1)
        inside = drawn[region.contains(drawn)]
        assert len(inside) > 100
        box = ways["box"].draw(w[:, :2])
        box = box[region.contains(box)]
        spread = np.hypot(inside.std(axis=0) / len(inside) ** 0.5, box.std(axis=0) / len(box) ** 0.5)
        assert (abs(inside.mean(axis=0) - box.mean(axis=0)) <= 5 * spread + 1e-12).all()


def test_the_euclidean_ball_has_the_moments_of_a_ball():
    """In k dimensions the mean squared distance is k / (k + 2) of the squared radius."""
    way = by_name(ball([0.25] * 4, 0.1, "euclidean"))["ball"]
    moves = way.draw(cube(way.dimension)) - 0.25
    assert moves.sum(axis=1) == pytest.approx(0)
    assert near((moves**2).sum(axis=1), 0.01 * 3 / 5)
    assert near(moves, 0).all()
    assert near(moves[:, 0] * moves[:, 1], -0.01 * (3 / 5) / 3 / 4)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_the_ball_in_the_sum_norm_agrees_with_rejection(n):
    centre, radius = np.full(n, 1 / n), 0.1
    region = ball(centre, radius, "sum")
    ways = by_name(region)
    moves = ways["ball"].draw(cube(ways["ball"].dimension)) - centre
    assert np.abs(moves).sum(axis=1).max() <= radius + 1e-12
    other = ways["box"].draw(cube(n - 1, 1))
    other = other[region.contains(other)] - centre
    for power in (1, 2, 4):
        a, b = moves**power, other**power
        error = np.hypot(a.std(axis=0) / len(a) ** 0.5, b.std(axis=0) / len(b) ** 0.5)
        assert (abs(a.mean(axis=0) - b.mean(axis=0)) <= 5 * error).all()


def test_triangulation_spreads_evenly_over_an_order_given_as_inequalities():
    region = linear(order([1, 2, 3, 4]).A, np.zeros(3))
    way = triangulation(region, frame_of(region))
    w = way.draw(cube(way.dimension))
    assert region.contains(w).all()
    assert near(w, [sum(1 / k for k in range(r, 5)) / 4 for r in (1, 2, 3, 4)]).all()


def test_triangulation_of_a_round_ball_fills_it():
    """Six weights in the max norm: thirty-two or more corners on one sphere, the hard case of a triangulation."""
    region = ball([1 / 6] * 6, 0.05)
    way = triangulation(region, frame_of(region))
    moves = way.draw(cube(way.dimension)) - 1 / 6
    box = by_name(region)["box"].draw(cube(5, 1))
    other = box[region.contains(box)] - 1 / 6
    error = np.hypot((moves**2).std(axis=0) / N**0.5, (other**2).std(axis=0) / len(other) ** 0.5)
    assert (abs((moves**2).mean(axis=0) - (other**2).mean(axis=0)) <= 5 * error).all()


def test_no_triangulation_where_it_cannot_be_had():
    assert triangulation(ball([0.2] * 5, 0.1, "euclidean"), frame_of(ball([0.2] * 5, 0.1, "euclidean"))) is None
    assert triangulation(simplex(9), frame_of(simplex(9))) is None


def test_the_deepest_point_of_the_simplex_is_as_far_from_every_side():
    left, right = free_inequalities(simplex(3), frame_of(simplex(3)))
    point, depth = deepest(left, right)
    assert depth == pytest.approx(1 / (2 + 2**0.5))
    assert point == pytest.approx([depth, depth])


def test_a_polytope_without_inside_has_no_deepest_point():
    with pytest.raises(ValueError, match="no inside"):
        deepest(np.array([[1.0], [-1.0]]), np.array([0.0, -1.0]))
