"""Regions of weights: their inequalities, borders and refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.robustness.region import ball, bounds_of, extreme, intervals, linear, order, simplex


def test_the_simplex_holds_weights_that_are_not_negative_and_sum_to_one():
    region = simplex(3)
    assert region.contains([[1, 0, 0], [0.2, 0.3, 0.5], [0.5, 0.6, -0.1], [0.2, 0.2, 0.2]]).tolist() == [
        *(True, True),
        *(False, False),
    ]


def test_intervals_hold_their_borders_and_nothing_beyond():
    region = intervals([0.1, 0, 0], [0.4, 1, 0.5])
    assert region.contains([[0.1, 0.4, 0.5], [0.4, 0.6, 0.0]]).all()
    assert not region.contains([[0.09, 0.51, 0.4], [0.41, 0.3, 0.29], [0.2, 0.29, 0.51]]).any()


def test_an_order_leaves_criteria_of_one_rank_free_among_themselves():
    region = order([1, 2, 2, 3])
    assert region.contains([[0.4, 0.3, 0.2, 0.1], [0.4, 0.2, 0.3, 0.1]]).all()
    assert not region.contains([[0.2, 0.4, 0.3, 0.1], [0.4, 0.1, 0.3, 0.2]]).any()


@pytest.mark.parametrize("norm", ["max", "sum", "euclidean"])
@given(seed=st.integers(0, 1000), radius=st.floats(0.01, 0.8))
def test_a_ball_is_what_its_norm_says(norm, seed, radius):
    rng = np.random.default_rng(seed)
    centre, w = rng.dirichlet(np.ones(4)), rng.dirichlet(np.ones(4), 50)
    far = {"max": np.inf, "sum": 1, "euclidean": 2}[norm]
    distance = np.linalg.norm(w - centre, ord=far, axis=1)
    clear = abs(distance - radius) > 1e-8
    assert (ball(centre, radius, norm).contains(w) == (distance <= radius))[clear].all()


def test_only_the_euclidean_ball_is_not_linear():
    assert ball([0.5, 0.5], 0.1).linear
    assert ball([0.5, 0.5], 0.1, "sum").linear
    assert not ball([0.5, 0.5], 0.1, "euclidean").linear


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: intervals([0.6, 0.6], [1, 1]), "lower limits sum to 1.2"),
        (lambda: intervals([0, 0], [0.3, 0.3]), "upper limits sum to 0.6"),
        (lambda: intervals([0.5, 0], [0.4, 1]), "weight 1 is above"),
        (lambda: intervals([-0.1, 0], [0.4, 1]), "from 0 to 1"),
        (lambda: intervals([0.1], [0.4, 1]), "one lower and one upper"),
        (lambda: linear([[1, 1]], [0.5]), "contradict"),
        (lambda: linear([[1, np.nan]], [0.5]), "finite"),
        (lambda: linear([[1, 1]], [0.5, 1]), "one right side"),
        (lambda: ball([0.5, 0.6], 0.1), "centre"),
        (lambda: ball([0.5, 0.5], -0.1), "radius"),
        (lambda: ball([0.5, 0.5], 0.1, "manhattan"), "no norm"),
        (lambda: ball(np.ones(13) / 13, 0.1, "sum"), "at most 12"),
        (lambda: order([1, np.nan]), "one rank a criterion"),
        (lambda: simplex(0), "at least one"),
    ],
)
def test_a_region_without_weights_is_refused_with_its_reason(make, reason):
    with pytest.raises(ValueError, match=reason):
        make()


@pytest.mark.parametrize(
    "region",
    [
        intervals([0.1, 0.2, 0], [0.4, 0.5, 0.6]),
        order([2, 1, 3]),
        ball([0.2, 0.3, 0.5], 0.1),
        ball([0.2, 0.3, 0.5], 0.1, "sum"),
        ball([0.2, 0.3, 0.5], 0.1, "euclidean"),
        linear([[1.0, -2.0, 0.0]], [0.0]),
    ],
    ids=lambda region: f"{region.name} {region.parameters.get('norm', '')}",
)
def test_names_in_another_order_mean_the_same_region(region):
    named = region.bound_to(["a", "b", "c"])
    other = named.bound_to(["c", "a", "b"])
    w = np.random.default_rng(0).dirichlet(np.ones(3), 200)
    assert 0 < named.contains(w).sum() < 200
    assert (named.contains(w) == other.contains(w[:, [2, 0, 1]])).all()
    back = other.bound_to(["a", "b", "c"])
    assert back.parameters == named.parameters


def test_names_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="3 weights, not 2"):
        simplex(3).bound_to(["a", "b"])
    with pytest.raises(ValueError, match="not about a, x"):
        simplex(2).bound_to(["a", "b"]).bound_to(["a", "x"])


def test_limits_of_an_order_are_those_of_its_corners():
    low, high = bounds_of(order([1, 2, 3]))
    assert low == pytest.approx([1 / 3, 0, 0])
    assert high == pytest.approx([1, 1 / 2, 1 / 3])


def test_the_extreme_of_a_region_of_one_point_is_that_point():
    point = linear([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0]], [0.2, -0.2, 0.3, -0.3])
    assert extreme(point, [1, 5, -3]) == pytest.approx([0.2, 0.3, 0.5])


def test_a_region_says_what_it_is_on_one_line():
    assert repr(ball([0.5, 0.5], 0.1, "euclidean")) == "Region('ball': 2 weights, 0 inequalities, a Euclidean ball)"
