"""Prices of columns: read exactly, deducted, limited."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategies import policy_mapping
from supplier_eval.batch import compile_plan
from supplier_eval.batch.columns import bind
from supplier_eval.batch.faults import Faults
from supplier_eval.batch.prices import read_prices
from supplier_eval.policy import Policy


def read(frame: dict[str, object], split: bool = False, **rules: object):
    mapping = policy_mapping(**rules)
    if split:
        own = mapping["criteria"].pop()
        for i, items in enumerate((["hours", "travel"], ["licence"])):
            price = {"formula": "lowest_over_price", "items": items}
            mapping["criteria"].append({**own, "id": f"p{i}", "name": f"p{i}", "weight": 20, "price": price})
    plan = compile_plan(Policy.from_mapping(mapping))
    table = pd.DataFrame(frame).assign(tender=1, bid=1, quality=1, capability=1, emergency=1)
    faults = Faults(len(table))
    return read_prices(plan, table, bind(plan, table), faults), faults


def test_a_price_is_brought_to_the_minor_unit_before_anything_is_done_with_it():
    prices, faults = read({"price": [100.005, 99.994, np.nan]})
    assert prices.money.tolist()[:2] == [100.01, 99.99]
    assert prices.missing.tolist() == [False, False, True]
    assert np.isnan(prices.offered[0, 2])
    assert not faults.found  # whether a price is missed is judged where it is needed


def test_the_deduction_counts_for_the_score_alone():
    small = policy_mapping()["price"] | {"small_business_deduction": "0.06"}
    prices, _ = read({"price": [100.05, 100.05], "small_business": ["yes", None]}, price=small)
    assert prices.offered[0].tolist() == [94.05, 100.05]
    assert prices.money.tolist() == [100.05, 100.05]


def test_items_are_scored_each_by_itself_and_add_up():
    frame = {"hours": [10.10, 1.0], "travel": [0.20, np.nan], "licence": [5.0, 1.0]}
    prices, _ = read(frame, split=True)
    np.testing.assert_array_equal(prices.offered, [[10.3, np.nan], [5.0, np.nan]])
    assert prices.money[0] == 15.3
    assert prices.missing.tolist() == [False, True]


def test_prices_and_limits_that_are_none_are_faults():
    frame = {"price": [0.0, -5.0, 0.004, 2e15], "ceiling": [100.0, 0.0, 50.0, 50.0], "price_floor": [10.0, 10, 60, 60]}
    _, faults = read(frame)
    assert {f.code: f.at.tolist() for f in faults.found} == {
        "batch.price.too_large": [3],
        "batch.price.not_positive": [0, 1, 2],
        "batch.limit.not_positive": [1],
        "batch.limits.crossed": [2, 3],
    }


def test_a_price_of_which_nothing_is_left_is_a_fault():
    small = policy_mapping()["price"] | {"small_business_deduction": "0.6"}
    _, faults = read({"price": [0.01], "small_business": [True]}, price=small)
    assert [f.code for f in faults.found] == ["batch.price.nothing_left"]
