"""Free coordinates of a region: fixed weights and equations eliminated."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.robustness.region import ball, intervals, linear, order, simplex
from supplier_eval.robustness.weight_frame import frame_of


@pytest.mark.parametrize(
    ("region", "dimension"),
    [
        (simplex(1), 0),
        (simplex(4), 3),
        (order([1, 2, 3]), 2),
        (intervals([0.3, 0, 0, 0.2], [0.3, 1, 1, 0.2]), 1),
        (intervals([0.3, 0.7, 0], [0.4, 1, 1]), 0),
        (intervals([0, 0, 0], [0.3, 0.3, 0.4]), 0),
        (ball([0.2, 0.3, 0.5], 0), 0),
        (ball([0.2, 0.3, 0.5], 0, "euclidean"), 0),
        (ball([0.2, 0.3, 0.5], 0, "sum"), 0),
        (ball([1.0, 0, 0], 0.1), 2),
        (linear([[1, -1, 0, 0], [-1, 1, 0, 0]], [0, 0]), 2),
        (linear([[1, 1, 0], [0, 0, 1]], [0.5, 0.5]), 1),
        (linear([[0, 1.0, 1.0]], [0]), 0),
    ],
)
def test_a_region_has_as_many_free_weights_as_nothing_ties(region, dimension):
    frame = frame_of(region)
    assert frame.dimension == dimension
    free = np.random.default_rng(0).uniform(0, 0.2, (20, dimension))
    weights = frame.weights(free)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert weights[:, frame.free] == pytest.approx(free)


def test_limits_are_narrowed_to_what_the_others_leave():
    frame = frame_of(intervals([0.5, 0, 0.2], [1, 1, 1]))
    assert frame.lower == pytest.approx([0.5, 0, 0.2])
    assert frame.upper == pytest.approx([0.8, 0.3, 0.5])


def test_an_equation_between_two_weights_is_kept_by_every_draw():
    frame = frame_of(linear([[1, -2, 0, 0], [-1, 2, 0, 0]], [0, 0]))
    w = frame.weights(np.random.default_rng(0).uniform(0, 0.1, (50, 2)))
    assert w[:, 0] == pytest.approx(2 * w[:, 1])
    assert not frame.only_sum


def test_a_point_lies_where_its_equations_say():
    assert frame_of(intervals([0.3, 0.7, 0], [0.4, 1, 1])).origin == pytest.approx([0.3, 0.7, 0])
