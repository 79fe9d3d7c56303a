"""The smallest change of the weight vector: by hand, from either side, against other solvers, degenerate tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from supplier_eval.robustness.weight_change import make_room, size_of, smallest_weight_change, sum_free_basis

NORMS = ("euclidean", "sum", "max")
SIDE = 1e-6


def change(values, weights, challenger, norm="euclidean", **bounds):
    return smallest_weight_change(np.asarray(values, dtype=float), make_room(weights, **bounds), challenger, norm)


def test_with_two_criteria_it_is_the_crossing_of_two_lines():
    """(90, 10) against (30, 50): level where the first weighs 0.4; from 0.5 that is 10 points from one to the other."""
    for norm, size in (("euclidean", 0.1 * np.sqrt(2)), ("sum", 0.2), ("max", 0.1)):
        found = change([[90, 30], [10, 50]], [0.5, 0.5], 1, norm)
        assert found.possible
        assert found.distance == pytest.approx(size, abs=1e-9)
        assert found.weights == pytest.approx([0.4, 0.6], abs=1e-9)
        assert found.level.tolist() == [True, False]


def test_tying_the_winner_is_not_winning_where_a_third_bid_is_ahead():
    """Bid 1 would tie the winner at a first weight of 0.4, but bid 2 has 46 there; it wins from 0.3125 on."""
    values = np.array([[90, 30, 40], [10, 50, 50]]) + np.array([[0, 0, 0], [0, 10, 5]])
    found = change(values, [0.8, 0.2], 1)
    totals = found.weights @ values
    assert totals[1] == pytest.approx(max(totals), abs=1e-9)
    pair = change(values[:, :2], [0.8, 0.2], 1)
    assert pair.distance < found.distance
    assert (pair.weights @ values)[2] > (pair.weights @ values)[1]


def test_bounds_make_it_dearer_or_impossible():
    values = [[90, 10, 60], [10, 90, 60], [50, 50, 70]]
    free = change(values, [0.6, 0.2, 0.2], 2)
    held = change(values, [0.6, 0.2, 0.2], 2, lower=[0, 0.2, 0], upper=[1, 0.2, 1])
    assert held.weights[1] == 0.2, "equal ends fix a weight"
    assert held.distance > free.distance
    shut = change(values, [0.6, 0.2, 0.2], 2, lower=[0.55, 0.2, 0], upper=[1, 0.2, 1])
    assert not shut.possible and shut.distance == np.inf
    assert shut.mix.tolist() == [1, 0, 0]
    assert shut.weights.tolist() == [0.6, 0.2, 0.2]


def test_weights_outside_their_bounds_are_refused():
    with pytest.raises(ValueError, match="within the bounds"):
        make_room([0.6, 0.4], upper=[0.5, 1.0])


def test_a_dominated_bid_and_one_below_a_mix_can_never_win():
    dominated = change([[90, 30], [50, 50]], [0.5, 0.5], 1)
    assert not dominated.possible, "a tie at the end of the simplex is no win"
    assert dominated.mix.tolist() == [1, 0]
    mixed = change([[100, 0, 40], [0, 100, 40]], [0.7, 0.3], 2)
    assert not mixed.possible
    assert mixed.mix == pytest.approx([0.5, 0.5, 0], abs=0.2) and mixed.mix.sum() == pytest.approx(1)


def test_a_bid_that_only_ties_at_one_point_inside_never_wins():
    """(50, 50) lies on the line between its rivals: level with both at equal weights, behind everywhere else."""
    found = change([[100, 0, 50], [0, 100, 50]], [0.7, 0.3], 2)
    assert not found.possible


def test_who_is_level_with_the_first_has_no_way_to_go():
    found = change([[90, 10, 0], [10, 90, 0]], [0.5, 0.5], 1)
    assert found.possible and found.distance == 0.0
    assert found.level.tolist() == [True, False, False]


def test_identical_bids_rise_together():
    values = [[90, 30, 30], [10, 50, 50]]
    first, second = change(values, [0.5, 0.5], 1), change(values, [0.5, 0.5], 2)
    assert first.distance == second.distance == pytest.approx(0.1 * np.sqrt(2))
    assert first.alongside.tolist() == [False, False, True]
    assert first.level.tolist() == [True, False, True]


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([[50.0]], [1.0]),
        ([[50.0, 40.0, 50.0]], [1.0]),
        ([[50.0, 50.0], [20.0, 20.0]], [0.3, 0.7]),
        ([[70.0] * 3, [20.0, 90.0, 20.0]], [1.0, 0.0]),
        ([[70.0, 60.0], [0.0, 100.0]], [1.0, 0.0]),
        (np.vstack([np.full((11, 4), 50.0), [[0.0, 10.0, 20.0, 100.0]]]), [1 / 12] * 12),
    ],
    ids=["one bid", "one criterion", "all equal", "constant criterion", "weight on a bound", "twelve criteria"],
)
def test_degenerate_tables_give_an_answer_without_a_gap(values, weights, norm):
    table = np.asarray(values)
    for c in range(table.shape[1]):
        found = change(table, weights, c, norm)
        assert np.isfinite(found.weights).all()
        assert found.weights.sum() == pytest.approx(1)
        assert found.possible == (strict_lead(table, c, np.zeros(len(table)), np.ones(len(table)))[0] > 1e-7)
        if found.possible:
            assert np.min(found.weights @ (table[:, [c]] - table)) >= -1e-9
        assert found.possible == np.isfinite(found.distance)
        assert found.possible != bool(found.mix.any())


@st.composite
def problems(draw, most_criteria=6):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    k, n = draw(st.integers(2, most_criteria)), draw(st.integers(2, 8))
    values = np.round(rng.uniform(0, 100, (k, n)), draw(st.integers(-1, 3)))
    weights = rng.dirichlet(np.ones(k)) if draw(st.booleans()) else np.eye(k)[0] * 0.4 + 0.6 / k
    width = draw(st.sampled_from([0.1, 0.3, 2.0]))
    bounds = {"lower": np.maximum(weights - width, 0), "upper": np.minimum(weights + width, 1)}
    return values, weights, bounds, int(rng.integers(n))


def strict_lead(values, challenger, lower, upper):
    """The largest lead over all others at once, by a linear programme of its own (potential optimality)."""
    leads = values[:, [challenger]] - np.delete(values, challenger, axis=1)
    leads = leads[:, np.any(leads != 0, axis=0)]
    k = len(values)
    if not leads.size:
        return np.inf, None
    answer = linprog(
        [*np.zeros(k), -1],
        A_ub=np.column_stack([-leads.T, np.ones(leads.shape[1])]),
        b_ub=np.zeros(leads.shape[1]),
        A_eq=[[*np.ones(k), 0]],
        b_eq=[1],
        bounds=[*zip(lower, upper, strict=True), (None, None)],
    )
    return -answer.fun, answer.x[:k]


@settings(max_examples=80, deadline=None)
@given(problems(), st.sampled_from(NORMS))
def test_a_step_beyond_wins_and_a_step_short_does_not(problem, norm):
    values, weights, bounds, c = problem
    found = change(values, weights, c, norm, **bounds)
    best, centre = strict_lead(values, c, **bounds)
    assert found.possible == (best > 1e-7)
    if not found.possible or found.distance == 0.0:
        return
    assert size_of(found.weights - weights, norm) == found.distance
    assert np.all(found.weights >= bounds["lower"] - 1e-12) and np.all(found.weights <= bounds["upper"] + 1e-12)
    others = np.any(values != values[:, [c]], axis=0)
    lead = lambda w: np.min((w @ (values[:, [c]] - values))[others])  # noqa: E731
    assert abs(lead(found.weights)) < 1e-7
    assert lead(found.weights + SIDE * (centre - found.weights)) > 0.5 * SIDE * best - 1e-8
    inside = found.distance - SIDE
    if inside > 0:
        short = weights + (found.weights - weights) * inside / found.distance
        assert lead(short) < 0 or lead(weights) > -1e-4


@settings(max_examples=40, deadline=None)
@given(problems(4), st.integers(0, 2**32 - 1))
def test_no_allowed_winning_weights_are_nearer_in_any_norm(problem, seed):
    """Many random weights near the present ones and near the answer; those at which it wins are never nearer."""
    values, weights, bounds, c = problem
    rng = np.random.default_rng(seed)
    tries = [rng.dirichlet(np.ones(len(weights)), 2000)]
    answers = {norm: change(values, weights, c, norm, **bounds) for norm in NORMS}
    for found in answers.values():
        noise = rng.normal(size=(1000, len(weights))) * max(min(found.distance, 1.0), 1e-3) * 0.3
        tries.append(np.maximum(found.weights + noise - noise.mean(axis=1, keepdims=True), 0))
    points = np.vstack(tries)
    points /= points.sum(axis=1, keepdims=True)
    allowed = np.all((points >= bounds["lower"]) & (points <= bounds["upper"]), axis=1)
    totals = points @ values
    others = np.any(values != values[:, [c]], axis=0)
    wins = allowed & np.all(totals[:, [c]] > totals[:, others], axis=1)
    for norm, found in answers.items():
        nearest = min((size_of(point - weights, norm) for point in points[wins]), default=np.inf)
        assert found.distance <= nearest + 1e-9


@settings(max_examples=30, deadline=None)
@given(problems())
def test_the_euclidean_change_is_never_larger_than_what_slsqp_finds(problem):
    values, weights, bounds, c = problem
    found = change(values, weights, c, **bounds)
    best, centre = strict_lead(values, c, **bounds)
    if best <= 1e-7 or centre is None:
        assert found.possible == (centre is None)
        return
    leads = values[:, [c]] - values
    for start in (centre, weights, 0.5 * (centre + weights)):
        other = minimize(
            lambda w: np.sum((w - weights) ** 2),
            start,
            jac=lambda w: 2 * (w - weights),
            bounds=list(zip(bounds["lower"], bounds["upper"], strict=True)),
            method="SLSQP",
            constraints=[
                {"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like},
                {"type": "ineq", "fun": lambda w: w @ leads, "jac": lambda w: leads.T},
            ],
            options={"ftol": 1e-15, "maxiter": 200},
        )
        if np.min(other.x @ leads) >= -1e-10 and abs(other.x.sum() - 1) < 1e-12:
            assert found.distance <= np.linalg.norm(other.x - weights) + 1e-9


@settings(max_examples=40, deadline=None)
@given(problems())
def test_each_norm_is_smallest_in_its_own_measure(problem):
    values, weights, bounds, c = problem
    answers = {norm: change(values, weights, c, norm, **bounds) for norm in NORMS}
    for norm, found in answers.items():
        for other in answers.values():
            if found.possible:
                assert found.distance <= size_of(other.weights - weights, norm) + 1e-8


def test_the_basis_keeps_the_sum_and_all_lengths():
    for n in (1, 2, 5, 12):
        basis = sum_free_basis(n)
        assert basis.shape == (n, n - 1)
        assert basis.sum(axis=0) == pytest.approx(np.zeros(n - 1), abs=1e-14)
        assert basis.T @ basis == pytest.approx(np.eye(n - 1), abs=1e-14)


def test_sizes_are_those_of_the_textbook():
    assert [size_of([0.03, -0.04, 0.01], norm) for norm in NORMS] == pytest.approx([np.sqrt(0.0026), 0.08, 0.04])
    assert [size_of([], norm) for norm in NORMS] == [0, 0, 0]
