from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from method_laws import check_bits, check_degenerate
from supplier_eval.rank.codas import METHOD, codas
from supplier_eval.rank.method import ranks_of

SEEDS = st.integers(0, 2**32 - 1)
ROBOTS = np.array(
    [
        [60.0, 0.40, 2540.0, 500.0, 990.0],
        [6.35, 0.15, 1016.0, 3000.0, 1041.0],
        [6.8, 0.10, 1727.2, 1500.0, 1676.0],
        [10.0, 0.20, 1000.0, 2000.0, 965.0],
        [2.5, 0.10, 560.0, 500.0, 915.0],
        [4.5, 0.08, 1016.0, 350.0, 508.0],
        [3.0, 0.10, 1778.0, 1000.0, 920.0],
    ]
).T
OFFICES = np.array(
    [
        [7.6, 46, 18, 390, 0.10, 11],
        [5.5, 32, 21, 360, 0.05, 11],
        [5.3, 32, 21, 290, 0.05, 11],
        [5.7, 37, 19, 270, 0.05, 9],
        [4.2, 38, 19, 240, 0.10, 8],
        [4.4, 38, 19, 260, 0.10, 8],
        [3.9, 42, 16, 270, 0.10, 5],
        [7.9, 44, 20, 400, 0.05, 6],
        [8.1, 44, 20, 380, 0.05, 6],
        [4.5, 46, 18, 320, 0.10, 7],
        [5.7, 48, 20, 320, 0.05, 11],
        [5.2, 48, 20, 310, 0.05, 11],
        [7.1, 49, 19, 280, 0.10, 12],
        [6.9, 50, 16, 250, 0.05, 10],
    ]
).T


def test_codas_reproduces_keshavarz_ghorabaee_2016_industrial_robots():
    """Keshavarz Ghorabaee et al. 2016, first example: seven robots (data of Chakraborty and Zavadskas 2014)."""
    result = codas(ROBOTS, [0.036, 0.192, 0.326, 0.326, 0.120], [1, -1, 1, 1, 1])
    np.testing.assert_allclose(result.score, [0.5122, 1.4633, 1.0715, -0.2125, -1.8515, -1.1717, 0.1887], atol=5.1e-5)
    assert ranks_of(result.score).tolist() == [3, 1, 2, 5, 7, 6, 4]


def test_codas_reproduces_keshavarz_ghorabaee_2016_microclimate():
    """Keshavarz Ghorabaee et al. 2016, second example: fourteen offices (data of Zavadskas and Turskis 2010)."""
    result = codas(OFFICES, [0.21, 0.16, 0.26, 0.17, 0.12, 0.08], [1, 1, 1, 1, -1, -1])
    expected = [0.768, 0.363, -0.105, -0.329, -2.384, -2.207, -2.043, 2.929, 2.890, -1.282, 0.568, 0.313, 0.157, 0.364]
    np.testing.assert_allclose(result.score, expected, atol=5.1e-4)
    assert ranks_of(result.score).tolist() == [3, 6, 9, 10, 14, 13, 12, 1, 2, 11, 4, 7, 8, 5]


def test_codas_reproduces_a_supplier_selection_for_libyan_steel():
    """Badi, Abdulshahed and Shetwan 2018, a case study of supplier selection for a steelmaking company in Libya."""
    suppliers = [
        [45.0, 25.0, 23.0, 14.0, 15.0, 28.0],
        [3600.0, 3800.0, 3100.0, 3400.0, 3300.0, 3000.0],
        [45.0, 60.0, 35.0, 50.0, 40.0, 30.0],
        [0.9, 0.8, 0.9, 0.7, 0.8, 0.6],
    ]
    result = codas(suppliers, [0.2857, 0.3036, 0.2321, 0.1786], [1, -1, 1, 1])
    np.testing.assert_allclose(result.score, [1.3914, 0.3411, -0.2170, -0.5381, -0.7292, -0.2481], atol=5.1e-5)


def test_a_difference_of_exactly_tau_counts():
    """E is 0.3 and 0.1, T the same: a difference of 0.2, stored as 0.19999999999999998, reaches a tau of 0.2."""
    assert 0.3 - 0.1 < 0.2
    values = [[0.3 / 0.3, 0.1 / 0.3, 0.0]]
    assert codas(values, [0.3], [1], tau=0.2).score[0] == pytest.approx(2 * 0.2 + 2 * 0.3)
    assert codas(values, [0.3], [1], tau=0.21).score[0] == pytest.approx(0.2 + 2 * 0.3)


def test_a_cost_of_zero_is_worth_the_whole_weight_and_dearer_bids_nothing():
    near = codas([[1e-12, 2.0, 4.0], [1.0, 2.0, 3.0]], [0.5, 0.5], [-1, 1]).score
    np.testing.assert_allclose(codas([[0.0, 2.0, 4.0], [1.0, 2.0, 3.0]], [0.5, 0.5], [-1, 1]).score, near, atol=1e-9)
    assert codas([[0.0, 0.0]], [1.0], [-1]).score.tolist() == [0.0, 0.0]


def test_tau_and_values_are_not_negative():
    with pytest.raises(ValueError, match="tau"):
        codas([[1.0, 2.0]], [1.0], [1], tau=-0.1)
    with pytest.raises(ValueError, match="tau"):
        codas([[1.0, 2.0]], [1.0], [1], tau=float("nan"))
    with pytest.raises(ValueError, match="below zero"):
        codas([[-1.0, 2.0]], [1.0], [1])


def test_a_dominated_bid_can_rank_above_in_codas():
    """Why it is exempt: the second bid is nowhere better than the first, and ranks above it.

    E of the third is .0231 below that of the first, so that its longer taxicab distance (.4469 against .35) counts
    against the first; it is .0160 below that of the second, where it does not.
    """
    values = np.array([[84.0, 83.0, 58.0, 35.0], [27.0, 27.0, 92.0, 81.0]])
    assert (values[:, 0] >= values[:, 1]).all()
    result = codas(values, [0.6, 0.4], [1, 1])
    np.testing.assert_allclose(result.figures["euclidean"], [0.35, 0.342857, 0.326891, 0.234783], atol=1e-6)
    np.testing.assert_allclose(result.figures["taxicab"][:3], [0.35, 0.342857, 0.446894], atol=1e-6)
    assert ranks_of(result.score).tolist() == [3, 2, 1, 4]


def test_raising_a_cost_can_help_in_codas():
    """Why it is exempt: the second bid raises its price from 9 to 13 and moves from rank 3 to rank 2."""
    values = np.array([[2.0, 2.0, 9.0, 3.0], [7.0, 7.0, 7.0, 9.0], [8.0, 9.0, 3.0, 4.0]])
    thirds, directions = np.full(3, 1 / 3), [-1, 1, -1]
    before = ranks_of(codas(values, thirds, directions).score)
    values[2, 1] = 13.0
    assert (before[1], ranks_of(codas(values, thirds, directions).score)[1]) == (3, 2)
    assert set(METHOD.exempt) == {"dominance", "raising_cost"}


@given(seed=SEEDS, tau=st.sampled_from([0.0, 0.02, 0.5]))
@settings(max_examples=30, deadline=None)
def test_codas_keeps_the_laws_that_it_can(seed, tau):
    check_bits(METHOD, seed, tau=tau)
    check_degenerate(METHOD, seed, tau=tau)


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_scores_sum_to_zero(seed):
    rng = np.random.default_rng(seed)
    score = codas(rng.uniform(0, 10, (4, 6, 3)), [0.4, 0.3, 0.2, 0.1], [1, -1, 1, -1]).score
    np.testing.assert_allclose(score.sum(axis=0), 0.0, atol=1e-12)
