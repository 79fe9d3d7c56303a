from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from method_laws import a_block, check_bits, check_degenerate, check_dominance
from supplier_eval.rank.method import ranks_of
from supplier_eval.rank.promethee import METHODS_OF, partial_order, promethee_i, promethee_ii
from supplier_eval.rank.promethee_preference import SHAPES

SEEDS = st.integers(0, 2**32 - 1)
THRESHOLDS = {
    "usual": {},
    "u_shape": {"q": 1.5},
    "v_shape": {"p": 4.0},
    "level": {"q": 1.0, "p": 3.0},
    "linear": {"q": 1.0, "p": 3.0},
    "gaussian": {"s": 2.0},
}


def test_promethee_ii_reproduces_papathanasiou_and_ploskas_2018():
    """Papathanasiou and Ploskas 2018, Multiple Criteria Decision Aid, ch. 3: six sites, linear with q = 1, p = 2."""
    values = np.array([[8, 7, 2, 1], [5, 3, 7, 5], [7, 5, 6, 4], [9, 9, 7, 3], [11, 10, 3, 7], [6, 9, 5, 4]]).T
    result = promethee_ii(values, [0.4, 0.3, 0.1, 0.2], np.ones(4), function="linear", q=1, p=2)
    np.testing.assert_allclose(result.score, [-0.26, -0.52, -0.22, 0.36, 0.70, -0.06], atol=0.006)


def test_promethee_reproduces_zhao_peng_and_li_2013():
    """Zhao, Peng and Li 2013, Procedia Computer Science 17:181-188: three bids, three criteria, usual."""
    values = np.array([[4.0, 3.0, 2.0], [3.0, 2.0, 4.0], [5.0, 1.0, 3.0]]).T
    result = promethee_ii(values, [0.5, 0.3, 0.2], np.ones(3))
    np.testing.assert_allclose(result.figures["plus"], [0.55, 0.35, 0.60], atol=1e-9)
    np.testing.assert_allclose(result.figures["minus"], [0.45, 0.65, 0.40], atol=1e-9)
    np.testing.assert_allclose(result.score, [0.1, -0.3, 0.2], atol=1e-9)
    partial = promethee_i(values, [0.5, 0.3, 0.2], np.ones(3))
    assert partial.score.tolist() == [2.0, 3.0, 1.0]
    assert partial.notes["incomparable_pairs"] == 0


def test_promethee_i_says_which_bids_cannot_be_compared():
    """By hand, preference growing to 10, weights 1/2, three bids.

    With the second bid at (5, 4) and the last at (0, 3) the first wins .5 x (.5 + 1) / 2 = .375 and loses
    .5 x (.4 + .3) / 2 = .175; the second wins .5 x (.5 + .4 + .1) / 2 = .25 and loses .5 x .5 / 2 = .125: more won
    against less lost. At (5, 6), the last at (0, 0), the second is better on both.
    """
    result = promethee_i([[10.0, 5.0, 0.0], [0.0, 6.0, 0.0]], [0.5, 0.5], [1, 1], function="v_shape", p=10)
    np.testing.assert_allclose(result.figures["plus"], [0.375, 0.425, 0.0], atol=1e-15)
    np.testing.assert_allclose(result.figures["minus"], [0.15, 0.125, 0.525], atol=1e-15)
    assert result.score.tolist() == [2.0, 1.0, 3.0]
    specialist = promethee_i([[10.0, 5.0, 0.0], [0.0, 4.0, 3.0]], [0.5, 0.5], [1, 1], function="v_shape", p=10)
    np.testing.assert_allclose(specialist.figures["plus"], [0.375, 0.25, 0.075], atol=1e-15)
    np.testing.assert_allclose(specialist.figures["minus"], [0.175, 0.125, 0.4], atol=1e-15)
    assert specialist.figures["incomparable"].tolist() == [1, 1, 0]
    assert specialist.score.tolist() == [1.0, 1.0, 3.0], "the first two share rank 1 because neither is preferred"
    assert specialist.notes["incomparable_pairs"] == 1
    order = partial_order(specialist.figures["plus"], specialist.figures["minus"])
    assert order.tolist() == [["I", "R", "P"], ["R", "I", "P"], ["-", "-", "I"]]


def test_the_order_of_several_tables_is_theirs_one_by_one():
    values, weights, directions, _ = a_block(11, n_tables=4)
    result = promethee_i(values, weights, directions)
    plus, minus = result.figures["plus"], result.figures["minus"]
    for t in range(4):
        order = partial_order(plus[:, t], minus[:, t])
        np.testing.assert_array_equal(partial_order(plus, minus)[:, :, t], order)
        np.testing.assert_array_equal(result.score[:, t], 1 + (order == "P").sum(axis=0))
        np.testing.assert_array_equal(result.figures["incomparable"][:, t], (order == "R").sum(axis=0))
        assert result.notes["incomparable_pairs"][t] == (order == "R").sum() / 2


def test_one_bid_has_no_flows():
    for method in METHODS_OF:
        result = method.function([[3.0], [4.0]], [0.5, 0.5], [1, -1])
        assert result.figures["plus"].tolist() == result.figures["minus"].tolist() == [0.0]


def test_each_criterion_may_have_its_own_function():
    values, weights = np.array([[1.0, 2.0, 9.0], [5.0, 5.5, 8.0]]), [0.7, 0.3]
    both = promethee_ii(values, weights, [1, -1], function=["usual", "level"], q=[np.nan, 1.0], p=[np.nan, 2.6])
    first = promethee_ii(values[:1], [0.7], [1])
    second = promethee_ii(values[1:], [0.3], [-1], function="level", q=1.0, p=2.6)
    np.testing.assert_allclose(both.score, first.score + second.score)
    assert [preference.shape for preference in both.notes["preferences"]] == ["usual", "level"]


def test_raising_a_cost_can_help_in_promethee_i_and_not_in_promethee_ii():
    """Why PROMETHEE I is exempt: the second bid of four costs 10 instead of 7 and moves from rank 4 to rank 3.

    It still has two bids before it, but now the third has one more before it as well and shares its place.
    """
    values = np.array([[2.0, 1.0, 4.0, 9.0], [6.0, 7.0, 9.0, 7.0], [8.0, 7.0, 4.0, 7.0]])
    how = {"function": "linear", "q": 1, "p": 3}
    dearer = values.copy()
    dearer[1, 1] = 10.0
    ranks = [
        [ranks_of(m.function(x, [0.5, 0.25, 0.25], [1, -1, 1], **how).score, m.better)[1] for x in (values, dearer)]
        for m in METHODS_OF
    ]
    assert ranks[0][1] < ranks[0][0]
    assert ranks[1][1] >= ranks[1][0]
    assert [set(m.exempt) for m in METHODS_OF] == [{"raising_cost"}, set()]


@pytest.mark.parametrize("method", METHODS_OF, ids=lambda m: m.name)
@pytest.mark.parametrize("shape", SHAPES)
@given(seed=SEEDS)
@settings(max_examples=12, deadline=None)
def test_promethee_keeps_the_laws_with_every_function(method, shape, seed):
    check_bits(method, seed, function=shape, **THRESHOLDS[shape])
    check_degenerate(method, seed, function=shape, **THRESHOLDS[shape])
    check_dominance(method, seed, function=shape, **THRESHOLDS[shape])


@pytest.mark.parametrize("shape", SHAPES)
def test_many_bids_keep_the_laws_too(shape):
    rng = np.random.default_rng(2)
    values = np.round(rng.uniform(0, 20, (3, 130, 2)), 1)
    values[:, 1] = values[:, 0]
    block = promethee_ii(values, [0.5, 0.3, 0.2], [1, -1, 1], function=shape, **THRESHOLDS[shape])
    order = rng.permutation(130)
    for t in range(2):
        single = promethee_ii(values[:, order, t], [0.5, 0.3, 0.2], [1, -1, 1], function=shape, **THRESHOLDS[shape])
        np.testing.assert_array_equal(single.score, block.score[order, t])
    np.testing.assert_array_equal(block.score[0], block.score[1])
    np.testing.assert_allclose(block.score.sum(axis=0), 0.0, atol=1e-12)
    assert np.abs(block.score).max() <= 1.0
