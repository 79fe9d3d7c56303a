from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.policy.priorities import (
    farthest_judgement,
    harker,
    implied_by_others,
    least_inconsistent,
    log_least_squares,
    principal,
    ratios_of_error,
)

NAN = float("nan")
SCALE = [1 / k for k in range(9, 1, -1)] + list(range(1, 10))


@st.composite
def matrices(draw, smallest=2, largest=6, gaps=False):
    """Reciprocal matrices of Saaty's scale; with gaps, at least the first row is judged."""
    n = draw(st.integers(smallest, largest))
    full = np.eye(n)
    for i in range(n):
        for j in range(i + 1, n):
            a = draw(st.sampled_from(SCALE))
            full[i, j], full[j, i] = a, 1 / a
            if gaps and i > 0 and draw(st.booleans()):
                full[i, j] = full[j, i] = NAN
    return full


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=8))
def test_consistent_judgements_give_back_their_weights_by_every_method(raw):
    w = np.array(raw) / sum(raw)
    consistent = w[:, np.newaxis] / w
    lam, eigen = principal(consistent)
    assert lam == pytest.approx(len(w))
    assert eigen == pytest.approx(w)
    assert log_least_squares(consistent) == pytest.approx(w)
    assert harker(consistent)[1] == pytest.approx(w)
    assert farthest_judgement(consistent, w) is None


@given(matrices(smallest=3, largest=3))
def test_geometric_mean_and_eigenvector_agree_for_three_criteria(matrix):
    assert log_least_squares(matrix) == pytest.approx(principal(matrix)[1], abs=1e-12)


@given(matrices())
def test_log_least_squares_of_a_complete_matrix_is_the_geometric_mean_of_the_rows(matrix):
    rows = np.exp(np.log(matrix).mean(axis=1))
    assert log_least_squares(matrix) == pytest.approx(rows / rows.sum())


@given(matrices())
def test_the_largest_eigenvalue_is_never_below_the_number_of_criteria(matrix):
    lam, w = principal(matrix)
    assert lam >= len(matrix) - 1e-9
    assert matrix @ w == pytest.approx(lam * w)
    assert np.all(w > 0)


@given(matrices(gaps=True))
def test_log_least_squares_with_gaps_satisfies_the_normal_equations(matrix):
    w = log_least_squares(matrix)
    errors = np.log(ratios_of_error(matrix, w))
    assert np.nansum(errors, axis=1) == pytest.approx(0, abs=1e-9)


@settings(deadline=None)
@given(matrices(smallest=3, gaps=True))
def test_filling_for_the_least_eigenvalue_cannot_be_bettered_by_moving_a_gap(matrix):
    full = least_inconsistent(matrix)
    lam, right = principal(full)
    left = principal(full.T)[1]
    assert np.array_equal(np.isnan(matrix) | (full == matrix), np.ones(matrix.shape, dtype=bool))
    assert full * full.T == pytest.approx(np.ones(full.shape))
    for i, j in zip(*np.nonzero(np.triu(np.isnan(matrix))), strict=True):
        assert left[i] * full[i, j] * right[j] == pytest.approx(left[j] * full[j, i] * right[i], rel=1e-5)
        for step in (0.9, 1.1):
            moved = full.copy()
            moved[i, j], moved[j, i] = full[i, j] * step, full[j, i] / step
            assert principal(moved)[0] >= lam - 1e-9
    assert harker(matrix)[0] >= lam - 1e-9, "Harker's filling is one of many"


def test_harker_1987_fills_a_chain_of_three():
    """Harker 1987, example with a_12 = a_23 = 2 and a_13 not judged: weights 4/7, 2/7, 1/7, eigenvalue 3."""
    chain = np.array([[1, 2, NAN], [0.5, 1, 2], [NAN, 0.5, 1]])
    lam, w = harker(chain)
    assert lam == pytest.approx(3)
    assert w == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert least_inconsistent(chain)[0, 2] == pytest.approx(4)
    assert log_least_squares(chain) == pytest.approx(w)


def test_a_single_gap_among_four_agrees_with_a_fine_search():
    matrix = np.array([[1, 3, 5, NAN], [1 / 3, 1, 4, 2], [1 / 5, 1 / 4, 1, 3], [NAN, 1 / 2, 1 / 3, 1]])

    tries = np.exp(np.linspace(-2, 4, 6001))
    filled = np.repeat(matrix[np.newaxis], len(tries), axis=0)
    filled[:, 0, 3], filled[:, 3, 0] = tries, 1 / tries
    best = tries[np.argmin(np.linalg.eigvals(filled).real.max(axis=1))]
    assert least_inconsistent(matrix)[0, 3] == pytest.approx(best, rel=1.1e-3)


def test_the_judgement_farthest_from_the_rest_is_found_and_what_the_rest_says_of_it():
    w = np.array([8.0, 4.0, 2.0, 1.0])
    matrix = w[:, np.newaxis] / w
    matrix[0, 3], matrix[3, 0] = 1 / 2, 2
    assert farthest_judgement(matrix, principal(matrix)[1]) == (3, 0), "the one judged worth more comes first"
    assert implied_by_others(matrix, 3, 0) == pytest.approx(1 / 8)
    chain = np.array([[1, 2, NAN], [0.5, 1, 2], [NAN, 0.5, 1]])
    assert implied_by_others(chain, 0, 1) is None
