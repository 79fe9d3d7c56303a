"""Volumes, centres and corners against closed forms, Qhull and an exact recursion in fractions."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import ConvexHull, HalfspaceIntersection

from supplier_eval.robustness.polytope import cut, homogeneous, polytope_of, section
from supplier_eval.robustness.region import ball, intervals, order, simplex


def volume_of(A, b):
    return polytope_of(A, b).moments()[0]


def lasserre(A, b):
    """Exact volume of {x : A x <= b} in fractions (Lasserre 1983): sum of b_i / |a_ip| * volume of facet i / n."""
    rows = {}
    for row, side in zip(A, b, strict=True):
        size = next((abs(x) for x in row if x), None)
        if size is None:
            if side < 0:
                return Fraction(0)
            continue
        key = tuple(x / size for x in row)
        rows[key] = min(rows.get(key, side / size), side / size)
    n = len(A[0])
    if n == 1:
        high = min((s for (x,), s in rows.items() if x > 0), default=None)
        low = max((-s for (x,), s in rows.items() if x < 0), default=None)
        return max(Fraction(0), high - low)
    total = Fraction(0)
    for row, side in rows.items():
        if side == 0:
            continue
        p = next(i for i, x in enumerate(row) if x)
        rest_rows, rest_sides = [], []
        for other, limit in rows.items():
            if other == row:
                continue
            factor = other[p] / row[p]
            rest_rows.append([o - factor * r for i, (o, r) in enumerate(zip(other, row, strict=True)) if i != p])
            rest_sides.append(limit - factor * side)
        total += side / abs(row[p]) * lasserre(rest_rows, rest_sides)
    return total / n


def reduced(A, b, n):
    """The same region without its last weight, in fractions, nonnegativity written out."""
    rows = [[Fraction(float(x)) for x in row] for row in A] + [
        [Fraction(-int(i == j)) for j in range(n)] for i in range(n)
    ]
    sides = [Fraction(float(x)) for x in b] + [Fraction(0)] * n
    return [[x - row[-1] for x in row[:-1]] for row in rows], [s - row[-1] for row, s in zip(rows, sides, strict=True)]


@pytest.mark.parametrize("n", range(2, 7))
def test_the_whole_simplex_has_volume_one_over_factorial(n):
    whole = simplex(n)
    volume, centre = polytope_of(whole.A, whole.b).moments()
    assert volume == pytest.approx(1 / math.factorial(n - 1), rel=1e-15)
    np.testing.assert_allclose(centre, np.full(n, 1 / n), atol=1e-15)


@pytest.mark.parametrize("n", range(1, 7))
def test_the_centre_of_an_order_of_importance_is_the_rank_order_centroid(n):
    """Barron and Barrett (1996), Management Science 42: w_k = (1/n) sum_{i>=k} 1/i; n = 5: .45667 .25667 .15667 ..."""
    ranked = order(range(1, n + 1))
    volume, centre = polytope_of(ranked.A, ranked.b).moments()
    exact = [sum(1 / i for i in range(k, n + 1)) / n for k in range(1, n + 1)]
    np.testing.assert_allclose(centre, exact, atol=1e-13)
    assert volume == pytest.approx(1 / math.factorial(n - 1) / math.factorial(n), rel=1e-13)
    if n == 5:
        np.testing.assert_allclose(centre, [137 / 300, 77 / 300, 47 / 300, 9 / 100, 4 / 100], atol=1e-13)


@pytest.mark.parametrize("n", range(2, 7))
def test_an_uncut_max_ball_has_the_volume_of_a_central_slice_of_a_cube(n):
    """{|x_i| <= r, sum x = 0} in n - 1 coordinates has (2r)^(n-1) times the middle density of Irwin and Hall (1927)."""
    near = ball(np.full(n, 1 / n), 0.03)
    middle = sum((-1) ** k * math.comb(n, k) * (n / 2 - k) ** (n - 1) for k in range(n // 2 + 1) if n / 2 > k)
    assert volume_of(near.A, near.b) == pytest.approx(0.06 ** (n - 1) * middle / math.factorial(n - 1), rel=1e-11)


@pytest.mark.parametrize("n", range(2, 7))
def test_an_uncut_sum_ball_has_the_volume_of_the_root_polytope(n):
    """conv{r/2 (e_i - e_j)} has normalised volume C(2n-2, n-1) (Ardila et al. 2011, SIAM J. Discrete Math. 25)."""
    near = ball(np.full(n, 1 / n), 0.1, "sum")
    exact = math.comb(2 * n - 2, n - 1) / math.factorial(n - 1) * 0.05 ** (n - 1)
    assert volume_of(near.A, near.b) == pytest.approx(exact, rel=1e-11)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_volumes_equal_lasserres_recursion_in_fractions(data):
    """Small whole coefficients: many borders through one corner, duplicates, empty and flat regions."""
    n, m = data.draw(st.integers(2, 4)), data.draw(st.integers(0, 4))
    row = st.lists(st.integers(-2, 2), min_size=n, max_size=n)
    A = np.array(data.draw(st.lists(row, min_size=m, max_size=m)), dtype=float).reshape(m, n)
    b = np.array(data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, -0.25]), min_size=m, max_size=m)))
    exact = float(lasserre(*reduced(A, b, n)))
    body = polytope_of(A, b)
    volume = body.moments(tuple(range(n - 1)))[0]
    assert volume == pytest.approx(exact, abs=1e-14)
    assert (body.dimension == n - 1) == (exact > 0)
    if not body.empty:
        assert (body.vertices @ A.T <= b + 1e-12).all() and (body.vertices >= 0).all()


@pytest.mark.parametrize(("n", "seed"), [(n, s) for n in (3, 4, 5, 6) for s in range(4)])
def test_volumes_and_corners_equal_those_of_qhull(n, seed):
    rng = np.random.default_rng([n, seed])
    near = ball(rng.dirichlet(np.full(n, 3.0)), 0.1)
    A, b = np.vstack([near.A, rng.normal(size=(4, n))]), np.concatenate([near.b, np.zeros(4)])
    point = np.asarray(near.parameters["centre"])
    b[-4:] = A[-4:] @ point + 0.02
    body = polytope_of(A, b)
    rows = np.vstack([A, -np.eye(n)])
    sides = np.concatenate([b, np.zeros(n)])
    flat = np.column_stack([rows[:, :-1] - rows[:, [-1]], rows[:, -1] - sides])
    centre = polytope_of(A, b).vertices.mean(axis=0)
    corners = HalfspaceIntersection(flat, centre[:-1]).intersections
    hull = ConvexHull(corners)
    assert body.moments(tuple(range(n - 1)))[0] == pytest.approx(hull.volume, rel=1e-9)
    gaps = np.abs(body.vertices[:, None, :-1] - corners[None]).max(axis=2)
    assert gaps.min(axis=1).max() < 1e-9 and gaps.min(axis=0).max() < 1e-9


def test_the_volume_in_other_columns_is_in_one_proportion_for_all_parts():
    half = homogeneous([[1.0, -1.0, 0.0]], [0.0])[0]
    body = polytope_of(np.array([[1.0, 0.0, 0.0]]), np.array([0.7]))
    part = cut(body, half)
    ratios = [part.moments(c)[0] / body.moments(c)[0] for c in combinations(range(3), 2)]
    np.testing.assert_allclose(ratios, ratios[0], rtol=1e-14)


def test_a_fixed_weight_leaves_a_polytope_of_fewer_dimensions():
    fixed = intervals([0.2, 0, 0], [0.2, 1, 1])
    body = polytope_of(fixed.A, fixed.b)
    assert (body.dimension, len(body.vertices)) == (1, 2)
    volume, centre = body.moments()
    assert volume == pytest.approx(0.8)
    np.testing.assert_allclose(centre, [0.2, 0.4, 0.4], atol=1e-15)


@pytest.mark.parametrize("weights", [[0.1, 0.2, 0.7], [1 / 3, 1 / 3, 1 / 3], [1.0, 0.0, 0.0], [0.15, 0.35, 0.5]])
def test_a_region_of_a_single_point_has_dimension_nought_and_volume_one(weights):
    w = np.array(weights)
    point = polytope_of(np.vstack([np.eye(3), -np.eye(3)]), np.concatenate([w, -w]))
    assert point.dimension == 0
    volume, centre = point.moments()
    assert volume == 1.0
    np.testing.assert_allclose(centre, w, atol=1e-15)


def test_inequalities_that_contradict_each_other_give_an_empty_polytope():
    body = polytope_of(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.4, 0.4]))
    assert body.empty
    assert body.moments() == (0.0, pytest.approx(np.zeros(2)))


def test_inequalities_that_meet_only_at_their_border_leave_a_flat_polytope():
    body = polytope_of(np.array([[1.0, -1.0, 0.0], [-1.0, 1.0, 0.0]]), np.zeros(2))
    assert body.dimension == 1
    assert body.moments((0, 1))[0] == 0.0


def test_duplicate_and_idle_inequalities_change_nothing_to_the_last_bit():
    A, b = np.array([[1.0, -2.0, 0.5], [0.0, 1.0, 0.0]]), np.array([0.1, 0.6])
    once = polytope_of(A, b).moments()
    again = polytope_of(
        np.vstack([A[::-1], 3 * A, [[1.0, 1.0, 1.0]]]), np.concatenate([b[::-1], 3 * b, [5.0]])
    ).moments()
    assert again[0] == pytest.approx(once[0], rel=1e-15)
    swapped = polytope_of(A[::-1], b[::-1]).moments()
    assert swapped[0] == once[0] and (swapped[1] == once[1]).all()


def test_a_section_is_what_both_sides_share():
    body = polytope_of(np.zeros((0, 4)), np.zeros(0))
    row = np.array([1.0, -1.0, 0.5, -0.25])
    flat = section(body, row)
    assert flat.dimension == 2
    np.testing.assert_allclose(flat.vertices @ row, 0, atol=1e-15)


def test_figures_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="right side"):
        polytope_of([[1.0, 0.0]], [0.1, 0.2])
    with pytest.raises(ValueError, match="finite"):
        polytope_of([[np.nan, 0.0]], [0.1])
