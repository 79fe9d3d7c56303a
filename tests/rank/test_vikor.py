from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from method_laws import check_bits, check_degenerate, check_dominance
from supplier_eval.rank.method import ranks_of
from supplier_eval.rank.vikor import METHOD, vikor

SEEDS = st.integers(0, 2**32 - 1)


def test_vikor_reproduces_opricovic_and_tzeng_2004_mountain_climbing():
    """Opricovic and Tzeng 2004, EJOR 156:445-455: risk (less is better) and altitude of three routes."""
    result = vikor([[1.0, 2.0, 5.0], [3000.0, 3750.0, 4500.0]], [0.5, 0.5], [-1, 1])
    np.testing.assert_allclose(result.figures["S"], [0.5, 0.375, 0.5], atol=1e-9)
    np.testing.assert_allclose(result.figures["R"], [0.5, 0.25, 0.5], atol=1e-9)
    np.testing.assert_allclose(result.score, [1.0, 0.0, 1.0], atol=1e-9)
    assert result.figures["compromise"].tolist() == [False, True, False]


DAMS = np.array(
    [
        [4184.3, 2914.0, 407.2, 251.0, 195.0, 244.0, 15.0, 2.41],
        [5211.9, 3630.0, 501.7, 308.3, 282.0, 346.0, 21.0, 1.41],
        [5021.3, 3920.5, 504.0, 278.6, 12.0, 56.0, 3.0, 4.42],
        [5566.1, 3957.9, 559.5, 335.3, 167.0, 268.0, 16.0, 3.36],
        [5060.5, 3293.5, 514.1, 284.2, 69.0, 90.0, 7.0, 4.04],
        [4317.9, 2925.9, 432.8, 239.3, 12.0, 55.0, 3.0, 4.36],
    ]
).T


def test_vikor_reproduces_opricovic_and_tzeng_2007_hydropower_with_equal_weights():
    """Opricovic and Tzeng 2007, EJOR 178:514-529: six hydropower systems on the Drina, eight criteria."""
    result = vikor(DAMS, np.full(8, 0.125), [1, -1, 1, 1, -1, -1, -1, 1])
    np.testing.assert_allclose(result.figures["S"], [0.692, 0.700, 0.290, 0.423, 0.280, 0.346], atol=0.0012)
    np.testing.assert_allclose(result.figures["R"], [0.125, 0.125, 0.121, 0.125, 0.067, 0.125], atol=0.0012)
    np.testing.assert_allclose(result.score, [0.991, 1.0, 0.473, 0.670, 0.0, 0.578], atol=0.0012)
    assert ranks_of(result.score, METHOD.better).tolist() == [5, 6, 2, 4, 1, 3]
    assert np.flatnonzero(result.figures["compromise"]).tolist() == [4], "the paper's compromise solution: A5"
    assert result.notes["acceptable_advantage"] is True
    assert result.notes["acceptable_stability"] is True


def test_without_acceptable_advantage_all_bids_near_the_first_are_a_compromise_and_the_ranks_stay():
    """By hand, weighted losses: 0 .05 .5 .25 in the first criterion and .5 .4 0 .3 in the second."""
    values = [[0.0, 0.1, 1.0, 0.5], [1.0, 0.8, 0.0, 0.6]]
    result = vikor(values, [0.5, 0.5], [-1, -1])
    np.testing.assert_allclose(result.figures["S"], [0.5, 0.45, 0.5, 0.55])
    np.testing.assert_allclose(result.figures["R"], [0.5, 0.4, 0.5, 0.3])
    np.testing.assert_allclose(result.score, [0.75, 0.25, 0.75, 0.5])
    assert result.notes["acceptable_advantage"] is False, "0.25 behind; 1/3 is needed"
    assert result.figures["compromise"].tolist() == [False, True, False, True]
    assert ranks_of(result.score, "lower").tolist() == [3, 1, 3, 2]


def test_without_acceptable_stability_the_first_and_the_second_are_a_compromise():
    """By hand, weighted losses: 1/16 7/16 1/2 0 and 4/9 1/6 0 1/2; the first by Q leads neither by S nor by R."""
    values = [[2.0, 8.0, 9.0, 1.0], [9.0, 4.0, 1.0, 10.0]]
    result = vikor(values, [0.5, 0.5], [-1, -1], v=0.55)
    np.testing.assert_allclose(result.figures["S"], [73 / 144, 87 / 144, 0.5, 0.5])
    np.testing.assert_allclose(result.figures["R"], [4 / 9, 7 / 16, 0.5, 0.5])
    np.testing.assert_allclose(result.score, [0.55 / 15 + 0.45 / 9, 0.55, 0.45, 0.45])
    assert result.notes["acceptable_advantage"] is True
    assert result.notes["acceptable_stability"] is False
    assert result.figures["compromise"].tolist() == [True, False, True, True], "two share the second place"


def test_a_tie_for_the_first_place_has_no_advantage():
    result = vikor([[1.0, 1.0, 5.0]], [1.0], [1])
    assert result.score.tolist() == [1.0, 1.0, 0.0]
    tied = vikor([[5.0, 5.0, 1.0]], [1.0], [1])
    assert tied.notes["acceptable_advantage"] is False
    assert tied.figures["compromise"].tolist() == [True, True, False]


def test_one_bid_is_its_own_compromise():
    result = vikor([[3.0], [4.0]], [0.5, 0.5], [1, -1])
    assert result.score.tolist() == [0.0]
    assert result.figures["compromise"].tolist() == [True]
    assert result.notes["acceptable_advantage"] is True
    assert result.notes["acceptable_stability"] is True
    assert result.notes["advantage_needed"] == 0.0


def test_where_all_total_losses_are_equal_only_the_worst_loss_counts():
    """Losses (0, .5), (.5, 0) and (.25, .25): S is .5 for all."""
    result = vikor([[2.0, 0.0, 1.0], [0.0, 2.0, 1.0]], [0.5, 0.5], [1, 1])
    np.testing.assert_allclose(result.score, [0.5, 0.5, 0.0])


def test_the_weight_of_the_total_loss_is_from_0_to_1():
    only_S = vikor(DAMS, np.full(8, 0.125), [1, -1, 1, 1, -1, -1, -1, 1], v=1.0)
    assert ranks_of(only_S.score, "lower").tolist() == ranks_of(only_S.figures["S"], "lower").tolist()
    with pytest.raises(ValueError, match="from 0 to 1"):
        vikor(DAMS, np.full(8, 0.125), np.ones(8), v=1.1)


def test_raising_a_cost_can_help_in_vikor():
    """Why it is exempt: the fourth bid raises its price from 9 to 12 and moves from rank 2 to a shared rank 1."""
    values = np.array([[9.0, 2.0, 8.0, 9.0], [2.0, 1.0, 7.0, 8.0], [5.0, 8.0, 7.0, 2.0]])
    rank = [ranks_of(vikor(values, [0.4, 0.2, 0.4], [-1, 1, -1]).score, "lower")[3]]
    values[0, 3] = 12.0
    rank.append(ranks_of(vikor(values, [0.4, 0.2, 0.4], [-1, 1, -1]).score, "lower")[3])
    assert rank == [2, 1]
    assert set(METHOD.exempt) == {"raising_cost"}


def test_conditions_of_several_tables_come_as_arrays():
    block = np.stack([DAMS, DAMS[:, ::-1]], axis=2)
    result = vikor(block, np.full(8, 0.125), [1, -1, 1, 1, -1, -1, -1, 1])
    assert result.notes["acceptable_advantage"].tolist() == [True, True]
    assert result.figures["compromise"].shape == (6, 2)


@given(seed=SEEDS, v=st.sampled_from([0.0, 0.3, 0.5, 1.0]))
@settings(max_examples=30, deadline=None)
def test_vikor_keeps_the_laws(seed, v):
    check_bits(METHOD, seed, v=v)
    check_degenerate(METHOD, seed, v=v)
    check_dominance(METHOD, seed, v=v)


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_the_first_by_q_is_always_in_the_compromise_set(seed):
    rng = np.random.default_rng(seed)
    result = vikor(rng.integers(0, 6, (3, 5, 10)).astype(float), [0.5, 0.3, 0.2], [1, -1, 1])
    first = ranks_of(result.score, "lower") == 1
    assert result.figures["compromise"][first].all()
