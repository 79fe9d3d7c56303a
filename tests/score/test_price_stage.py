"""The price stage: how each price criterion is scored, which quality feeds it, which price it reads."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import supplier_eval as se
from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.score.price_stage import feeding_quality, open_and_evaluate, price_rows, scored_prices

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def test_a_formula_that_needs_quality_is_fed_by_all_that_is_not_price_unless_told_otherwise():
    policy = Policy.from_mapping(policy_mapping())
    tree = policy.tree()
    assert feeding_quality(tree, policy.total, ()) == {"quality": 0.3, "capability": 0.2, "emergency": 0.1}
    assert feeding_quality(tree, policy.total, ("capability",)) == {"capability": 0.2}


def test_quality_that_weighs_nothing_feeds_in_equal_parts():
    weights = {"quality": 0, "capability": 0, "emergency": 0, "price": 100}
    policy = Policy.from_mapping(policy_mapping(weights=weights, adoption=None))
    assert set(feeding_quality(policy.tree(), policy.total, ("quality", "emergency")).values()) == {1.0}


def test_one_row_a_price_criterion_with_the_lots_ceiling():
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = {"formula": "share_of_ceiling"}
    tender = make_tender([flat("A", 50, "10")], Policy.from_mapping(mapping), ceiling=Decimal(40))
    (row,) = price_rows(tender, "1")
    assert (row.row, row.formula, row.parameters["ceiling"]) == (3, "share_of_ceiling", 40.0)


def test_the_small_business_deduction_acts_on_the_scored_price_only():
    line = {"kind": "below_share_of_ceiling", "limit": "0.001"}
    rules = {"price": {"small_business_deduction": "0.1", "abnormal": [line]}}
    tender = make_tender([flat("A", 50, "10"), flat("B", 50, "20")], Policy.from_mapping(policy_mapping(**rules)))
    tender.bids.loc["A", "small_business"] = True
    prices = open_and_evaluate(tender, se.qualify_bids(tender))
    assert scored_prices(tender, ("A", "B"), prices) == [[9.0, 20.0]]
    assert prices.evaluated["A"] == Decimal("10.00")


def test_each_price_criterion_reads_its_own_items():
    tender = se.read_tender(SAMPLES / "museum-services")
    sheet = se.evaluate(tender).only_lot.sheet
    rows = scored_prices(tender, sheet.bids, sheet.prices)
    priced = [leaf for leaf in tender.tree.leaves if leaf.price is not None]
    assert len(rows) == len(priced) == 4
    offered = sheet.prices.items
    for row, leaf in zip(rows, priced, strict=True):
        for bid, price in zip(sheet.bids, row, strict=True):
            if bid in offered:
                assert price == pytest.approx(float(sum(offered[bid][item] for item in leaf.price.items)))
