"""What is asked of simulated tenders, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from strategies import policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.arithmetic import Rules
from supplier_eval.robustness.market_sample import SimulatedPrices
from supplier_eval.robustness.rehearsal_trial import (
    Trial,
    effective_weights,
    rehearsed_price_rows,
    reversals,
    ties_decide,
)


def trial(values: list[list[float]], shares: list[float]) -> Trial:
    """One tender; values of quality, capability and emergency a bid."""
    policy = Policy.from_mapping(policy_mapping())
    tree = policy.tree()
    weights = np.array([policy.weights()[leaf.id] for leaf in tree.leaves])
    table = np.vstack([np.array(values, dtype=float).T, np.full(len(shares), np.nan)])[:, :, None]
    prices = SimulatedPrices(np.array(shares)[:, None], "by hand")
    return Trial(Rules(policy, tree, rehearsed_price_rows(policy, tree)), table, prices, weights)


def test_effective_weights_are_shares_of_the_covariance_with_the_total():
    lab = trial([[90, 50, 50], [50, 50, 50]], [1.0, 1.0])
    base = lab.score(lab.prices.present)
    assert effective_weights(base, lab.weights).tolist() == pytest.approx([1, 0, 0, 0])


def test_a_poor_and_cheap_bid_that_decides_is_a_reversal():
    """A 90 at 1.00, B 78 at 0.80, L 0 at 0.30: with L the price points shrink and A wins, without it B."""
    lab = trial([[90] * 3, [78] * 3, [0] * 3], [1.0, 0.8, 0.3])
    base = lab.score(lab.prices.present)
    assert base.ranks[:, 0].tolist() == [1, 2, 3]
    share = reversals(lab, base)
    assert (share.value, share.n) == (1.0, 1)


def test_a_shared_first_total_is_a_tie_whatever_the_tie_rule_makes_of_it():
    lab = trial([[50] * 3, [50] * 3], [0.5, 0.5])
    assert ties_decide(lab.score(lab.prices.present)).value == 1.0
