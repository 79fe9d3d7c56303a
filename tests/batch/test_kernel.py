"""The bare kernel: margins, ties, tenders without order."""

from __future__ import annotations

import numpy as np

from strategies import policy_mapping
from supplier_eval.batch import compile_plan
from supplier_eval.batch.kernel import margins, margins_in_order, score_block
from supplier_eval.policy import Policy


def test_margins_look_at_the_next_in_the_order():
    total = np.array([[60.0, 50.0], [80.0, np.nan], [70.5, 49.0]])
    ranks = np.array([[3, 1], [1, 0], [2, 2]])
    np.testing.assert_array_equal(margins(total, ranks), [[np.nan, 1.0], [9.5, np.nan], [10.5, np.nan]])


def test_of_tied_bids_the_last_in_canonical_order_stands_before_the_next():
    total = np.array([[80.0], [80.0], [70.0]])
    ranks = np.array([[1], [1], [3]])
    found = margins_in_order(total, ranks, np.array([[1], [0], [2]]))
    np.testing.assert_array_equal(found, [[10.0], [0.0], [np.nan]])


def test_both_ways_to_margins_agree_where_nobody_is_tied():
    rng = np.random.default_rng(0)
    ranks = np.argsort(rng.random((6, 40)), axis=0) + 1
    total = 100.0 - ranks * rng.random(40)
    place = np.broadcast_to(np.arange(6)[:, None], ranks.shape)
    np.testing.assert_array_equal(margins(total, ranks), margins_in_order(total, ranks, place))


def test_a_tender_with_too_few_valid_bids_has_values_and_no_order():
    plan = compile_plan(Policy.from_mapping(policy_mapping(procedure={"minimum_valid_bids": 2})))
    values = np.full((4, 2, 2), 50.0)
    values[3] = np.nan
    eligible = np.array([[True, True], [True, False]])
    prices = np.full((2, 2), 100.0)
    found = score_block(plan.rules, plan.weights, values, prices[None], prices, eligible, eligible)
    assert found.enough.tolist() == [True, False]
    assert found.tied.tolist() == [True, False]
    assert np.isnan(found.total[:, 1]).all()
    assert found.ranks.tolist() == [[1, 0], [1, 0]]
    assert found.values[0, 0, 1] == 50.0
    assert np.isnan(found.values[3, 0, 1])


def test_a_tender_alone_and_in_a_block_gives_the_same_bits():
    plan = compile_plan(Policy.from_mapping(policy_mapping(rounding={"total": 2})))
    rng = np.random.default_rng(1)
    values = np.round(rng.uniform(0, 100, (4, 5, 30)), 1)
    values[3] = np.nan
    prices, eligible = np.round(rng.uniform(10, 99, (5, 30)), 2), rng.random((5, 30)) < 0.9
    whole = score_block(plan.rules, plan.weights, values, prices[None], prices, eligible, eligible)
    for t in range(30):
        one = slice(t, t + 1)
        mask = eligible[:, one]
        alone = score_block(
            plan.rules, plan.weights, values[..., one], prices[None, :, one], prices[:, one], mask, mask
        )
        np.testing.assert_array_equal(alone.total, whole.total[:, one])
        np.testing.assert_array_equal(alone.ranks, whole.ranks[:, one])
