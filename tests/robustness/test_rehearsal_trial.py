"""What is asked of simulated tenders, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from strategies import policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.policy.criteria import Criterion
from supplier_eval.rank.arithmetic import Rules
from supplier_eval.robustness.market_sample import SimulatedPrices
from supplier_eval.robustness.rehearsal_trial import (
    Trial,
    drawn_values,
    effective_weights,
    pass_or_fail,
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


def criterion(**value: object) -> Criterion:
    falls = value.get("direction") == "min"
    made = {"id": "c", "name": "c", "weight": 1, "source": "facts", "value": value or None}
    return Criterion.model_validate(made | ({"direction": "min"} if falls else {}))


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        ({"kind": "threshold", "at": 100}, (0, 100)),
        ({"kind": "yes_no"}, (0, 100)),
        ({"kind": "yes_no", "yes": 80, "no": 20}, (20, 80)),
        ({"kind": "rubric", "levels": {"pass": 100, "fail": 0}}, (0, 100)),
        ({"kind": "rubric", "levels": {"A": 100, "B": 50, "C": 0}}, None),
        ({"kind": "step", "steps": [[1, 100]]}, (0, 100)),
        ({"kind": "step", "steps": [[1, 60], [2, 100]]}, None),
        ({"kind": "step", "steps": [[1, 60], [2, 100]], "below": 60}, (60, 100)),
        ({}, None),
    ],
    ids=str,
)
def test_a_criterion_of_two_values_is_passed_or_failed(value, ends):
    assert pass_or_fail(criterion(**value)) == ends


def test_passes_are_drawn_with_the_chance_of_the_mean_and_the_rest_is_normal():
    leaves = [criterion(), criterion(kind="yes_no", yes=80, no=20)]
    values = drawn_values(leaves, (70.0, 12.0), (5, 4000), np.random.default_rng(3))
    assert set(np.unique(values[1])) == {20.0, 80.0}
    assert (values[1] == 80).mean() == pytest.approx(0.7, abs=0.01)  # three standard errors of 20,000 draws
    assert values[0].mean() == pytest.approx(70, abs=0.3)
    np.testing.assert_array_equal(
        values[0], np.clip(70 + 12 * np.random.default_rng(3).standard_normal((2, 5, 4000))[0], 0, 100)
    )
    for mean, worth in ((100.0, 80.0), (0.0, 20.0)):
        assert (drawn_values(leaves, (mean, 0.0), (2, 3), np.random.default_rng(1))[1] == worth).all()
