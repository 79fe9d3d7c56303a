from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from method_laws import a_block, check_bits, check_degenerate, check_dominance
from supplier_eval.rank.mabac import METHOD, mabac
from supplier_eval.rank.method import ranks_of

SEEDS = st.integers(0, 2**32 - 1)
FORKLIFTS = np.array(
    [
        [22600.0, 3800.0, 2.0, 5.0, 1.06, 3.00, 3.5, 2.8, 24.5, 6.5],
        [19500.0, 4200.0, 3.0, 2.0, 0.95, 3.00, 3.4, 2.2, 24.0, 7.0],
        [21700.0, 4000.0, 1.0, 3.0, 1.25, 3.20, 3.3, 2.5, 24.5, 7.3],
        [20600.0, 3800.0, 2.0, 5.0, 1.05, 3.25, 3.2, 2.0, 22.5, 11.0],
        [22500.0, 3800.0, 4.0, 3.0, 1.35, 3.20, 3.7, 2.1, 23.0, 6.3],
        [23250.0, 4210.0, 3.0, 5.0, 1.45, 3.60, 3.5, 2.8, 23.5, 7.0],
        [20300.0, 3850.0, 2.0, 5.0, 0.90, 3.25, 3.0, 2.6, 21.5, 6.0],
    ]
).T


def test_mabac_reproduces_pamucar_and_cirovic_2015_forklifts():
    """Pamučar and Ćirović 2015, Expert Systems with Applications 42:3016-3028: seven forklifts, ten criteria."""
    weights = [0.146, 0.144, 0.119, 0.121, 0.115, 0.101, 0.088, 0.068, 0.050, 0.048]
    result = mabac(FORKLIFTS, weights, [-1, 1, 1, 1, -1, -1, 1, 1, 1, 1])
    np.testing.assert_allclose(result.score, [0.0826, 0.2183, -0.0488, 0.0246, -0.0704, 0.0465, 0.0464], atol=6e-5)
    assert ranks_of(result.score).tolist() == [2, 1, 6, 5, 7, 3, 4]
    assert (result.figures["upper"] + result.figures["lower"]).tolist() == [10] * 7


def test_the_border_is_a_geometric_mean():
    """By hand: places 0, 1/2, 1 give w times the cube root of 1 x 1.5 x 2."""
    result = mabac([[10.0, 15.0, 20.0]], [0.8], [1])
    np.testing.assert_allclose(result.notes["border"], [0.8 * 3.0 ** (1 / 3)])
    np.testing.assert_allclose(result.score, 0.8 * (np.array([1.0, 1.5, 2.0]) - 3.0 ** (1 / 3)))


def test_a_constant_criterion_lies_on_its_own_border():
    result = mabac([[0.1, 0.1, 0.1], [1.0, 2.0, 3.0]], [0.6, 0.4], [1, 1])
    assert result.notes["border"][0] == 0.6
    np.testing.assert_array_equal(result.score, mabac([[1.0, 2.0, 3.0]], [0.4], [1]).score)


def test_a_thousand_bids_do_not_overflow():
    result = mabac(np.arange(5000.0)[None], [1.0], [1])
    assert np.isfinite(result.score).all()
    np.testing.assert_allclose(result.notes["border"], [4 / np.e], rtol=1e-3)


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_mabac_keeps_the_laws(seed):
    check_bits(METHOD, seed)
    check_degenerate(METHOD, seed)
    check_dominance(METHOD, seed)


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_the_order_is_that_of_the_weighted_sum_of_min_max_values(seed):
    values, weights, directions, _ = a_block(seed)
    oriented = values * directions[:, None, None]
    spread = np.ptp(oriented, axis=1, keepdims=True)
    place = (oriented - oriented.min(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)
    expected = np.einsum("i,ib...->b...", weights, place)
    difference = mabac(values, weights, directions).score - expected
    np.testing.assert_allclose(np.ptp(difference, axis=0), 0.0, atol=1e-12)
