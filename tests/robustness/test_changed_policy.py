"""Changed policies stay exact: weights add up to the last decimal, formulas and floors are replaced."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import supplier_eval as se
from strategies import policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.changed_policy import with_floors, with_formula, with_weights

POLICY = Policy.from_mapping(policy_mapping())


@given(st.decimals(0, 100, places=9))
def test_siblings_share_the_rest_in_proportion_and_add_up_exactly(price):
    changed = with_weights(POLICY, POLICY.tree(), {"price": price})
    points = {c.id: c.weight for c in changed.criteria}
    assert sum(points.values()) == 100 and points["price"] == price
    assert abs(points["quality"] - 3 * points["emergency"]) <= Decimal("4e-12")


def test_siblings_that_weigh_nothing_share_equally():
    weights = {"quality": 0, "capability": 0, "emergency": 0, "price": 100}
    alone = Policy.from_mapping(policy_mapping(weights=weights, adoption=None))
    changed = with_weights(alone, alone.tree(), {"price": 40})
    assert {c.id: c.weight for c in changed.criteria if c.id != "price"} == dict.fromkeys(
        ("quality", "capability", "emergency"), Decimal(20)
    )


def test_a_criterion_inside_a_node_moves_within_its_parent():
    default = Policy.default()
    tree = default.tree("ITO")
    parent = next(c for c in tree.criteria if len(tree.children(c.id)) > 1)
    child = tree.children(parent.id)[0]
    changed = with_weights(default, tree, {child.id: 50})
    after = changed.tree("ITO")
    assert sum(c.weight for c in after.children(parent.id)) == parent.total
    assert after[parent.id].weight == parent.weight


def test_a_formula_loses_the_parameters_of_the_old_one():
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = {"formula": "linear_to_twice_lowest", "parameters": {"factor": 2}}
    policy = Policy.from_mapping(mapping)
    changed = with_formula(policy, "lowest_over_price")
    assert changed.criteria[-1].price.formula == "lowest_over_price"
    assert not changed.criteria[-1].price.parameters
    again = with_formula(changed, {"price": "linear_to_twice_lowest"}, {"factor": 3})
    assert again.criteria[-1].price.parameters["factor"] == 3


def test_floors_are_replaced_as_a_whole():
    floored = with_floors(POLICY, {"quality": 60})
    assert [(f.criterion, f.minimum) for f in floored.floors] == [("quality", 60)]
    assert with_floors(floored, {}).floors == ()
    with pytest.raises(se.InvalidPolicy):
        with_floors(POLICY, {"qualty": 60})
