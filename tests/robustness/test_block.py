"""The block scores as the evaluation does, and varies marks, prices and bids."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import supplier_eval as se
from strategies import flat, make_tender, offers, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.lay_out import lot_block

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def assert_like(block, result):
    """The block gives the bits of the evaluation, bid by bid."""
    sheet, ranking = result.sheet, result.ranking
    at = [sheet.bids.index(bid) for bid in block.bids]
    base = block.base
    np.testing.assert_array_equal(base.eligible, sheet.eligible[at])
    np.testing.assert_array_equal(base.values, sheet.values[:, at])
    np.testing.assert_array_equal(base.unrounded, ranking.unrounded[at])
    np.testing.assert_array_equal(base.total, ranking.total[at])


@pytest.mark.parametrize("sample", ["museum-services", "service-desk"])
def test_the_block_gives_what_the_evaluation_gives(sample):
    tender = se.read_tender(SAMPLES / sample)
    evaluation = se.evaluate(tender)
    for lot in tender.lots:
        block = lot_block(tender, lot)
        assert_like(block, evaluation.lots[lot])
        at = [evaluation.lots[lot].sheet.bids.index(bid) for bid in block.bids]
        np.testing.assert_array_equal(block.base.ranks, evaluation.lots[lot].ranking.ranks[at])


RULES = [
    {},
    {"floors": [{"criterion": "quality", "minimum": 40}]},
    {"rounding": {"mark": 0, "criterion": 1, "total": 1}},
    {"panel": {"aggregation": "trimmed_mean"}},
    {"ties": {"keys": ["higher:quality", "lower_price"]}},
    {"procedure": {"technical": {"criteria": ["quality", "capability"], "rescale_to_best": True}}},
]


@settings(max_examples=40, deadline=None)
@given(offers(fewest=2), st.sampled_from(RULES), st.sampled_from([None, Decimal(500)]))
def test_the_block_gives_what_any_evaluation_gives(made, rules, ceiling):
    policy = Policy.from_mapping(policy_mapping(**rules))
    tender = make_tender(made, policy, ceiling=ceiling)
    result = se.evaluate(tender).only_lot
    if result.ranking.stopped is not None:
        with pytest.raises(se.InvalidInput, match="no order"):
            lot_block(tender)
        return
    block = lot_block(tender)
    assert_like(block, result)
    at = [result.sheet.bids.index(bid) for bid in block.bids]
    np.testing.assert_array_equal(block.base.ranks, result.ranking.ranks[at])


@settings(max_examples=25, deadline=None)
@given(offers(fewest=2), st.integers(1, 10_000))
def test_a_varied_price_is_scored_as_a_tender_with_that_price(made, cents):
    policy = Policy.from_mapping(policy_mapping())
    block = lot_block(make_tender(made, policy))
    other = [replace(made[0], price=Decimal(cents) / 100), *made[1:]]
    result = se.evaluate(make_tender(other, policy)).only_lot
    varied = np.repeat(block.prices[:, :, None], 2, axis=2)
    varied[0, block.position(made[0].bid), 1] = cents / 100
    scored = block.score(prices=varied)
    np.testing.assert_array_equal(scored.total[:, 0], block.base.total)
    np.testing.assert_array_equal(scored.total[:, 1], result.ranking.total)
    np.testing.assert_array_equal(scored.ranks[:, 1], result.ranking.ranks)


@settings(max_examples=25, deadline=None)
@given(offers(fewest=2), st.integers(0, 2))
def test_a_member_left_out_is_scored_as_a_panel_without_them(made, member):
    policy = Policy.from_mapping(policy_mapping())
    block = lot_block(make_tender(made, policy))
    marks = block.marks.copy()
    marks[member] = np.nan
    gone = f"E{member + 1}"
    fewer = [replace(o, marks={e: m for e, m in o.marks.items() if e != gone}) for o in made]
    result = se.evaluate(make_tender(fewer, policy)).only_lot
    np.testing.assert_array_equal(block.score(marks=marks).total, result.ranking.total)


def test_a_bid_left_out_is_scored_as_a_tender_without_it():
    made = [flat("A", 90, "100"), flat("B", 80, "90"), flat("C", 20, "50")]
    policy = Policy.from_mapping(policy_mapping())
    block = lot_block(make_tender(made, policy))
    part = np.ones((3, 4), bool)
    part[[0, 1, 2], [1, 2, 3]] = False
    scored = block.score(taking_part=part)
    for gone in range(3):
        result = se.evaluate(make_tender([o for i, o in enumerate(made) if i != gone], policy)).only_lot
        left = [i for i in range(3) if i != gone]
        np.testing.assert_array_equal(scored.total[left, gone + 1], result.ranking.total)
        assert scored.ranks[gone, gone + 1] == 0
        assert np.isnan(scored.total[gone, gone + 1])


def test_a_bid_added_is_scored_as_a_tender_with_it():
    made = [flat("A", 90, "100"), flat("B", 80, "90")]
    policy = Policy.from_mapping(policy_mapping())
    block = lot_block(make_tender(made, policy))
    wider = block.with_bid("C", np.full((3, 3), 20.0), np.full(4, np.nan), [50.0])
    result = se.evaluate(make_tender([*made, flat("C", 20, "50")], policy)).only_lot
    np.testing.assert_array_equal(wider.base.total, result.ranking.total)
    assert block.bids == ("A", "B")
    with pytest.raises(ValueError, match="already"):
        block.with_bid("A", np.full((3, 3), 20.0), np.full(4, np.nan), [50.0])


def test_too_few_valid_bids_give_nobody_a_rank():
    policy = Policy.from_mapping(policy_mapping(procedure={"minimum_valid_bids": 2}))
    block = lot_block(make_tender([flat("A", 90, "100"), flat("B", 80, "90")], policy))
    assert block.score(taking_part=[True, False]).ranks.tolist() == [0, 0]


def test_a_price_above_the_ceiling_leaves_before_the_others_are_scored():
    policy = Policy.from_mapping(policy_mapping())
    block = lot_block(make_tender([flat("A", 90, "100"), flat("B", 80, "50")], policy, ceiling=Decimal(120)))
    scored = block.score(prices=[[130.0, 50.0]])
    assert scored.eligible.tolist() == [False, True]
    assert scored.ranks.tolist() == [0, 1]


def test_an_unknown_bid_is_named():
    block = lot_block(make_tender([flat("A", 90, "100"), flat("B", 80, "50")], Policy.from_mapping(policy_mapping())))
    assert block.winner == "B"
    assert block.whole_price
    with pytest.raises(se.errors.UnknownName, match="Z"):
        block.position("Z")


def test_a_recorded_draw_parts_a_tie_where_all_who_are_tied_took_part():
    """Lot L3 of the sample: TY-3 and LM-3 tie in every key and a draw on record put TY-3 first."""
    block = lot_block(se.read_tender(SAMPLES / "service-desk"), "L3")
    tied = [bid for bid, place in zip(block.bids, block.places, strict=True) if np.isfinite(place)]
    assert sorted(tied) == ["LM-3", "TY-3"] and block.winner == "TY-3"
    assert [int(block.base.ranks[block.position(bid)]) for bid in ("TY-3", "LM-3")] == [1, 2]
    marks = np.repeat(block.marks[..., None], 2, axis=-1)
    both = block.score(marks=marks)
    assert (both.ranks == block.base.ranks[:, None]).all()
    unchanged = se.robustness.what_if(block.tender, lot="L3")
    assert unchanged.winners_before == ("TY-3",) and not unchanged.changed
    assert "TY-3" not in {
        w for v in se.robustness.leave_one_evaluator_out(block.tender, "L3").variations if v.changed for w in v.winners
    }


def test_a_small_business_at_the_ceiling_stays_inside_it():
    """Its scored price is a rounded share of its price; the ceiling is held against the price itself."""
    line = {"kind": "below_share_of_ceiling", "limit": "0.001"}
    policy = Policy.from_mapping(policy_mapping(price={"small_business_deduction": "0.07", "abnormal": [line]}))
    for cents in range(10_001, 10_040):
        tender = make_tender([flat("A", 90, f"{cents / 100:.2f}"), flat("B", 80, "50")], policy, Decimal(cents) / 100)
        tender.bids.loc["A", "small_business"] = True
        assert lot_block(tender).base.eligible.all()
