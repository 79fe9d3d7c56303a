"""The lot scored again for any number of prices of one bid: as the evaluation of a tender with that price."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import supplier_eval as se
from strategies import flat, make_tender, offers, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.price_judge import PriceJudge


def small_business(tender, *bids):
    """The same tender with some bids of small businesses."""
    table = tender.bids.copy()
    table.loc[list(bids), "small_business"] = True
    return replace(tender, bids=table)


@settings(max_examples=15, deadline=None)
@given(offers(fewest=2), st.integers(1, 50_000), st.booleans())
def test_the_verdict_on_whole_cents_is_that_of_a_tender_with_that_price(made, cents, small):
    rule = {"small_business_deduction": "0.10", "abnormal": [{"kind": "below_share_of_ceiling", "limit": "0.001"}]}
    policy = Policy.from_mapping(policy_mapping(price=rule, rounding={"total": 1}))
    named = [made[0].bid] if small else []
    ceiling = Decimal("800.05")
    tender = small_business(make_tender(made, policy, ceiling=ceiling), *named)
    if se.evaluate(tender).ranking.stopped is not None:
        return
    block = lot_block(tender)
    judge = PriceJudge(block, [(block.position(made[0].bid), 0)])
    other = [replace(made[0], price=Decimal(cents) / 100), *made[1:]]
    result = se.evaluate(small_business(make_tender(other, policy, ceiling=ceiling), *named)).only_lot
    winners = [bid for bid in result.ranking.order if result.ranking.rank_of(bid) == 1]
    wanted = (0 if len(winners) > 1 else 1) if made[0].bid in winners else -1
    assert judge.outcome_whole(0, [cents]).tolist() == [wanted]


def test_prices_are_evaluated_money_and_are_scored_after_the_deduction():
    rule = {"small_business_deduction": "0.10", "abnormal": [{"kind": "below_share_of_ceiling", "limit": "0.001"}]}
    policy = Policy.from_mapping(policy_mapping(price=rule))
    tender = small_business(make_tender([flat("A", 80, "100"), flat("B", 80, "90")], policy), "A")
    judge = PriceJudge(lot_block(tender), [(0, 0)])
    assert judge.now(0) == 100.0
    assert judge.lead(np.array([0, 0]), np.array([100.0, 101.0]))[0] == pytest.approx(0.0, abs=1e-12)
    assert judge.outcome(np.array([0, 0, 0]), np.array([99.0, 100.0, 101.0])).tolist() == [1, -1, -1]  # B is cheaper


def test_the_range_lies_within_the_limits_of_the_lot():
    policy = Policy.from_mapping(policy_mapping())
    offered = [flat("A", 90, "100"), flat("B", 80, "50")]
    wide = PriceJudge(lot_block(make_tender(offered, policy)), [(0, 0)])
    assert wide.asked(0) == (0.01, 10_000.0)
    lots = {"lots": [{"id": "1", "ceiling": "120", "price_floor": "40"}]}
    narrow = PriceJudge(lot_block(make_tender(offered, policy, notice=lots)), [(0, 0)])
    assert narrow.asked(0) == (40.0, 120.0)
    assert narrow.outcome_whole(0, [3999, 4000, 12000, 12001]).tolist()[0] == -1
    assert narrow.outcome_whole(0, [3999, 4000, 12000, 12001]).tolist()[-1] == -1


def test_a_bid_above_the_ceiling_is_no_measure_for_the_others_but_may_come_down_itself():
    policy = Policy.from_mapping(policy_mapping())
    offered = [flat("A", 70, "100"), flat("B", 60, "110"), flat("C", 90, "500")]
    judge = PriceJudge(lot_block(make_tender(offered, policy, ceiling=Decimal(200))), [(1, 0), (2, 0)])
    assert judge.outcome(np.array([0, 0, 1]), np.array([100.0, 60.0, 110.0])).tolist() == [-1, 1, 1]


def test_the_leads_over_all_rivals_have_the_least_as_lead():
    policy = Policy.from_mapping(policy_mapping())
    offered = [flat("A", 70, "100"), flat("B", 60, "110"), flat("C", 90, "150")]
    judge = PriceJudge(lot_block(make_tender(offered, policy)), [(1, 0)])
    x = np.array([40.0, 90.0, 300.0])
    every = judge.leads(0, x)
    assert np.isnan(every[1]).all()
    np.testing.assert_array_equal(np.nanmin(every, axis=0), judge.lead(np.zeros(3, int), x))
    assert judge.steps(0, x).shape == (0, 3)
    assert judge.slack == 0.0


def test_rounding_widens_the_slack_and_has_steps():
    policy = Policy.from_mapping(policy_mapping(rounding={"criterion": 1, "total": 0}))
    judge = PriceJudge(lot_block(make_tender([flat("A", 70, "100"), flat("B", 60, "110")], policy)), [(1, 0)])
    assert judge.slack == pytest.approx(4 * 0.1 + 1.0)
    np.testing.assert_allclose(judge.steps(0, np.array([200.0])), [[400.0], [200.0]])
