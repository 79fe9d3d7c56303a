"""Random walks over a region agree with exact means."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.robustness.hit_and_run import hit_and_run
from supplier_eval.robustness.region import ball, linear, order, simplex
from supplier_eval.robustness.weight_frame import frame_of


def test_walks_over_a_long_thin_region_have_the_exact_mean():
    region = linear(order(np.arange(1, 8)).A, np.zeros(6))
    w = hit_and_run(region, frame_of(region), 1500, np.random.default_rng(0))
    assert region.contains(w).all()
    roc = np.array([sum(1 / k for k in range(rank, 8)) / 7 for rank in range(1, 8)])
    assert (abs(w.mean(axis=0) - roc) <= 5 * w.std(axis=0) / 1500**0.5).all()
    direct = -np.sort(-np.random.default_rng(1).dirichlet(np.ones(7), 20000), axis=1)
    assert w.var(axis=0) == pytest.approx(direct.var(axis=0), rel=0.15)


def test_walks_within_a_euclidean_ball_stay_in_it_and_spread():
    region = ball([0.25] * 4, 0.1, "euclidean")
    w = hit_and_run(region, frame_of(region), 1500, np.random.default_rng(0))
    assert region.contains(w).all()
    far = ((w - 0.25) ** 2).sum(axis=1)
    assert far.mean() == pytest.approx(0.01 * 3 / 5, rel=0.05)


def test_the_same_generator_walks_the_same_way():
    region = simplex(3)
    one, two = (hit_and_run(region, frame_of(region), 10, np.random.default_rng(3)) for _ in range(2))
    assert (one == two).all()
