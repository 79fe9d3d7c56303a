"""What is laid out: prices that may be opened, rulings, closed envelopes."""

from __future__ import annotations

import numpy as np
import pytest

import supplier_eval as se
from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.lay_out import lot_block

FLOOR = {"floors": [{"criterion": "quality", "minimum": 60}]}
MADE = [flat("A", 90, "100"), flat("B", 50, "60")]


def test_with_one_envelope_a_bid_below_the_floor_keeps_its_price_for_the_question_what_if():
    block = lot_block(make_tender(MADE, Policy.from_mapping(policy_mapping(**FLOOR))))
    assert block.prices.tolist() == [[100.0, 60.0]]
    assert block.base.eligible.tolist() == [True, False]
    marks = block.marks.copy()
    marks[:, :, 1] = 90.0
    assert block.score(marks=marks).ranks.tolist() == [2, 1]


def test_with_two_envelopes_the_price_below_the_floor_stays_closed():
    rules = {**FLOOR, "procedure": {"envelopes": 2, "technical": {"criteria": ["quality", "capability", "emergency"]}}}
    policy = Policy.from_mapping(policy_mapping(**rules))
    tender = make_tender(MADE, policy, notice={"technical_locked": "2026-02-01T00:00:00+00:00"})
    block = lot_block(tender)
    assert np.isnan(block.prices[0, 1])
    marks = block.marks.copy()
    marks[:, :, 1] = 90.0
    assert block.score(marks=marks).ranks.tolist() == [1, 0]


def test_a_lot_without_an_order_is_refused_with_the_reason():
    rules = {"procedure": {"minimum_valid_bids": 3}}
    with pytest.raises(se.InvalidInput) as refused:
        lot_block(make_tender(MADE, Policy.from_mapping(policy_mapping(**rules))))
    assert refused.value.findings[0].code == "robustness.no_order"
    assert "3" in str(refused.value)
