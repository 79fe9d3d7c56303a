"""Weights drawn over every kind of region: inside, evenly, reproducible, whatever the size."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.robustness import region as regions
from supplier_eval.robustness.sampling import draw_weights, draws_per_scramble

REGIONS = {
    "all weights": regions.simplex(5),
    "one criterion": regions.simplex(1),
    "two criteria": regions.simplex(2),
    "an order": regions.order([3, 1, 2]),
    "an order with ties": regions.order([1, 2, 2, 3]),
    "intervals": regions.intervals([0.1, 0.2, 0, 0], [0.4, 0.5, 0.3, 0.9]),
    "a fixed weight": regions.intervals([0.1, 0.2, 0.3, 0], [0.4, 0.5, 0.3, 0.9]),
    "near the upper limits": regions.intervals([0] * 5, [0.25, 0.25, 0.25, 0.25, 0.1]),
    "a ball": regions.ball([0.3, 0.2, 0.1, 0.2, 0.2], 0.05),
    "a ball at a corner": regions.ball([1.0, 0, 0], 0.05),
    "a ball of twelve": regions.ball([1 / 12] * 12, 0.05),
    "a ball cut by zero": regions.ball([0.9, 0.08, 0.02], 0.05, "euclidean"),
    "a round ball": regions.ball([0.3, 0.2, 0.1, 0.2, 0.2], 0.1, "euclidean"),
    "a sum ball": regions.ball([0.3, 0.2, 0.1, 0.2, 0.2], 0.1, "sum"),
    "a point": regions.ball([0.5, 0.5], 0),
    "equal weights": regions.linear([[1, -1, 0], [-1, 1, 0]], [0, 0]),
    "inequalities": regions.linear(regions.order(range(5)).A, np.zeros(4)),
    "many inequalities": regions.linear(regions.order(range(8)).A, np.zeros(7)),
}


@pytest.mark.parametrize("name", REGIONS)
def test_every_draw_lies_in_the_region(name):
    region = REGIONS[name]
    drawn = draw_weights(region, 256, scrambles=4)
    assert drawn.weights.shape == (4, 64, region.n_criteria)
    assert region.contains(drawn.weights).all()
    assert (drawn.weights >= 0).all()
    assert 0 < drawn.acceptance <= 1


@pytest.mark.parametrize(
    ("name", "mean"),
    [
        ("all weights", [0.2] * 5),
        ("an order", [1 / 9, 11 / 18, 5 / 18]),
        ("a ball", [0.3, 0.2, 0.1, 0.2, 0.2]),
        ("a sum ball", [0.3, 0.2, 0.1, 0.2, 0.2]),
        ("a ball of twelve", [1 / 12] * 12),
        ("a round ball", [0.3, 0.2, 0.1, 0.2, 0.2]),
        ("near the upper limits", [0.23] * 4 + [0.08]),
        ("equal weights", [1 / 4, 1 / 4, 1 / 2]),
        ("inequalities", [sum(1 / k for k in range(r, 6)) / 5 for r in range(1, 6)]),
    ],
)
def test_means_agree_with_the_exact_ones_within_their_errors(name, mean):
    """Centroids: rank-order centroid for orders, the centre for balls that are not cut; 1/4 for the segment's ends."""
    means = draw_weights(REGIONS[name], 4096, seed=11).weights.mean(axis=1)
    error = means.std(axis=0, ddof=1) / 4
    assert (abs(means.mean(axis=0) - mean) <= 5 * error + 1e-12).all()


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("all weights", "simplex"),
        ("an order", "order"),
        ("a point", "point"),
        ("a ball", "box"),
        ("a sum ball", "ball"),
        ("inequalities", "triangulation"),
        ("near the upper limits", "simplex below the upper limits"),
    ],
)
def test_the_way_of_drawing_is_named(name, method):
    assert draw_weights(REGIONS[name], 64).method == method


def test_a_region_too_thin_for_rejection_is_walked():
    region = regions.linear(regions.order(range(10)).A, np.zeros(9))
    drawn = draw_weights(region, 64, scrambles=2)
    assert drawn.method == "hit and run"
    assert region.contains(drawn.weights).all()


def test_the_acceptance_of_a_box_is_the_ratio_of_the_volumes():
    """The plane where three moves sum to 0 cuts three quarters of its shadow out of a cube."""
    drawn = draw_weights(regions.ball([0.3, 0.3, 0.4], 0.05), 8192)
    assert drawn.acceptance == pytest.approx(0.75, abs=0.01)


def test_the_same_seed_gives_the_same_bits_and_another_seed_others():
    region = REGIONS["a ball"]
    one, two, three = (draw_weights(region, 128, seed=seed).weights for seed in (5, 5, 6))
    assert one.tobytes() == two.tobytes()
    assert (one != three).any()


def test_scrambles_differ_from_each_other():
    w = draw_weights(REGIONS["all weights"], 256).weights
    assert len({block.tobytes() for block in w}) == 16


@pytest.mark.parametrize(("draws", "each"), [(1, 1), (16, 1), (17, 2), (4096, 256), (4097, 512), (100_000, 8192)])
def test_each_scramble_takes_a_power_of_two(draws, each):
    assert draws_per_scramble(draws) == each


@pytest.mark.parametrize(("draws", "scrambles"), [(0, 16), (2**23, 16), (100, 1), (100, 5000)])
def test_numbers_out_of_range_are_refused(draws, scrambles):
    with pytest.raises(ValueError, match="from"):
        draws_per_scramble(draws, scrambles)


def test_sobol_draws_beat_independent_ones():
    """The error of a smooth mean is far below that of as many independent draws."""
    w = draw_weights(REGIONS["all weights"], 4096).weights
    error = w[:, :, 0].mean(axis=1).std(ddof=1) / 4
    assert error < 0.3 * w[:, :, 0].std() / 4096**0.5
