"""The policy's arithmetic on arrays: floors on and off, limits, too few valid bids."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from strategies import policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.rank.arithmetic import Rules, column, widen
from supplier_eval.robustness.rehearsal_trial import rehearsed_price_rows

VALUES = np.array([[90.0, 40.0], [90.0, 40.0], [90.0, 40.0], [np.nan, np.nan]])
PRICES = np.array([[100.0, 50.0]])


def scored(rules: dict[str, object], **given: object):
    policy = Policy.from_mapping(policy_mapping(**rules))
    tree = policy.tree()
    weights = np.array([policy.weights()[leaf.id] for leaf in tree.leaves])
    every = np.ones(2, bool)
    arithmetic = Rules(policy, tree, rehearsed_price_rows(policy, tree), **given)
    return arithmetic.score(VALUES, PRICES, PRICES[0], weights, every, every)


def test_points_are_weights_times_values_with_the_price_formula_filled_in():
    assert scored({}).total.tolist() == [0.6 * 90 + 0.4 * 50, 0.6 * 40 + 0.4 * 100]


def test_a_floor_takes_a_bid_out_before_prices_are_compared_and_may_be_lifted():
    rules = {"floors": [{"criterion": "quality", "minimum": 60}]}
    kept = scored(rules)
    assert kept.eligible.tolist() == [True, False]
    assert kept.values[3, 0] == 100
    assert scored(rules, floored=False).eligible.all()


def test_the_limits_of_the_lot_take_bids_out():
    assert scored({}, ceiling=Decimal(99)).eligible.tolist() == [False, True]
    assert scored({}, price_floor=Decimal(51)).eligible.tolist() == [True, False]


def test_too_few_valid_bids_leave_nobody_a_rank():
    assert scored({"procedure": {"minimum_valid_bids": 3}}).ranks.tolist() == [0, 0]


def test_axes_are_widened_to_the_variation():
    assert widen(np.zeros((2, 3)), 2, (4, 5)).shape == (2, 3, 4, 5)
    assert widen(np.zeros((2, 3, 5)), 2, (4, 5)).shape == (2, 3, 4, 5)
    assert column(np.zeros(2), 3).shape == (2, 1, 1)
