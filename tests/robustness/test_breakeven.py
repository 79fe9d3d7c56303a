"""Break-even of whole tenders: tables, sentences, who is not asked about, and the sample with three lots."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import supplier_eval as se
from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import SeveralLots, UnknownName
from supplier_eval.flags import Ruling
from supplier_eval.policy import Policy
from supplier_eval.robustness.breakeven import MARK_COLUMNS, PRICE_COLUMNS, break_even

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@pytest.fixture(scope="module")
def desk():
    return se.read_tender(SAMPLES / "service-desk")


@pytest.fixture(scope="module")
def field_support(desk):
    return break_even(desk, "L2")


def small(**rules):
    made = [flat("A", 80, "100"), flat("B", 70, "90"), flat("C", 60, "120")]
    return make_tender(made, Policy.from_mapping(policy_mapping(**rules)))


def test_the_tables_have_their_columns_and_types(field_support):
    prices, marks = field_support.to_frame(), field_support.marks_frame()
    assert tuple(prices.columns) == PRICE_COLUMNS
    assert tuple(marks.columns) == MARK_COLUMNS
    for frame in (prices, marks):
        assert frame["winner"].dtype == bool
        assert frame["intervals"].dtype == "int64"
        assert frame["change"].dtype == "Float64"
        assert frame["note"].dtype == "str"
    assert prices["bid"].tolist() == ["BT-2", "HZ-2", "LB-2", "QH-2", "YX-2"]
    assert prices["threshold"].notna().all()


@pytest.mark.parametrize("lot", ["L1", "L2", "L3"])
def test_a_tender_with_the_winning_price_has_that_winner_and_one_cent_more_has_not(desk, lot):
    """The whole chain again, from the price sheets: one item is made cheaper or dearer by the change found."""
    found = break_even(desk, lot)
    loser = next(one for (one,) in found.prices.values() if not one.winner and one.kind == "threshold")
    for extra, wins in ((Decimal(0), True), (Decimal("0.01"), False)):
        moved = with_adjustment(desk, loser.bid, loser.target - Decimal(repr(loser.price)) + extra)
        ranking = se.evaluate(moved).lots[lot].ranking
        assert (ranking.winners == (loser.bid,)) == wins


def with_adjustment(tender, bid, amount):
    """The tender with a recorded adjustment of one price."""
    ruling = Ruling(bid, "price.adjustment", "note", "the panel", date(2026, 3, 20), "break-even", value=amount)
    return replace(tender, rulings=(*tender.rulings, ruling))


def test_a_close_award_names_the_single_mark_that_is_nearest(field_support):
    one = field_support.nearest_mark
    assert (one.bid, one.winner, one.evaluator) == ("HZ-2", True, "E1")
    assert one.change == pytest.approx(-0.02)
    assert "HZ-2" in field_support.summary()
    assert "E1" in field_support.summary("zh")


def test_closed_envelopes_stay_closed_and_say_so(desk):
    found = break_even(desk, "L3", bids=["HZ-3"])
    assert [one.not_asked for one in found.prices["HZ-3"]] == ["not_opened"]
    assert [one.not_asked for one in found.marks["HZ-3"]] == ["not_opened"]
    assert found.prices["HZ-3"][0].price is None
    assert "not opened" in found.explain("HZ-3")
    assert found.to_frame()["price"].isna().all()


def test_bids_that_were_ruled_out_or_not_considered_have_their_reason(desk):
    found = break_even(desk, "L1", bids=["TY-1", "TA-1"])
    assert found.prices["TY-1"][0].not_asked == "ruled_out"
    assert found.prices["TA-1"][0].not_asked == "not_considered"
    assert "ruled out" in found.explain("TY-1")
    assert "Late" in found.explain("TA-1")


def test_a_tie_decided_by_a_draw_is_no_win_here(desk):
    found = break_even(desk, "L3", bids=["LM-3", "TY-3"])
    for bid in ("LM-3", "TY-3"):
        assert found.prices[bid][0].target == Decimal("1755359.99")
        assert "shares rank 1" in found.explain(bid)
    assert "No single mark" not in found.explain("TY-3")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_bid_is_explained_in_both_languages(desk, lang):
    for lot in desk.lots:
        found = break_even(desk, lot)
        for bid in found.prices:
            said = found.explain(bid, lang)
            assert bid in said
            assert len(said.splitlines()) >= 2


def test_museum_services_are_asked_by_price_criterion():
    found = break_even(se.read_tender(SAMPLES / "museum-services"))
    assert [one.criterion for one in found.prices["ATI CNS"]] == ["price1", "price2", "price3", "price4"]
    assert [one.kind for one in found.prices["ATI CNS"]] == ["threshold", "never", "never", "never"]
    assert found.prices["ATI CNS"][0].target == Decimal("81.27")  # per cent of the base: a discount of 18.73
    assert {one.not_asked for one in found.prices["ATI REAR"]} == {"not_opened"}


def test_the_result_is_exploratory_frozen_and_short():
    found = break_even(small())
    assert found.standing == "exploratory"
    assert found.policy_fingerprint == small().policy.fingerprint
    assert found.winners == ("A",)
    assert len(repr(found).splitlines()) == 1
    with pytest.raises(FrozenInstanceError):
        found.lot = "2"


def test_only_the_bids_that_are_named_are_asked_about():
    found = break_even(small(), bids=["B"])
    assert list(found.prices) == list(found.marks) == ["B"]
    with pytest.raises(UnknownName, match="A"):
        found.explain("A")
    with pytest.raises(UnknownName, match="Z"):
        break_even(small(), bids=["Z"])


def test_several_lots_must_be_told_apart(desk):
    with pytest.raises(SeveralLots):
        break_even(desk)


def test_without_an_order_nothing_is_asked():
    with pytest.raises(se.InvalidInput, match="no order"):
        break_even(small(procedure={"minimum_valid_bids": 9}))


def test_asking_changes_nothing(desk):
    before = pd.concat([desk.bids.astype(str), desk.marks.astype(str)])
    first, second = break_even(desk, "L2").to_frame(), break_even(desk, "L2").to_frame()
    pd.testing.assert_frame_equal(first, second)
    pd.testing.assert_frame_equal(before, pd.concat([desk.bids.astype(str), desk.marks.astype(str)]))


def test_without_a_bid_all_are_explained():
    found = break_even(small())
    for lang in ("en", "zh"):
        assert found.explain(lang=lang).split("\n\n") == [found.explain(bid, lang) for bid in found.prices]


def test_what_no_mark_can_do_is_missing_and_the_kind_says_why():
    """B with 70 against A with 80: a single evaluator's 100 on emergency lifts it by too little."""
    marks = break_even(small()).marks_frame()
    missing = marks[marks["change"].isna()]
    assert ("B", "emergency", "E1") in missing[["bid", "criterion", "evaluator"]].itertuples(index=False, name=None)
    assert (missing["kind"] == "never").all()
    assert {str(marks[name].dtype) for name in ("mark", "lower", "upper", "change", "change_share")} == {"Float64"}


def test_near_the_mean_the_dearest_bid_wins_within_a_window_only():
    """Prices 100, 80, 111, 133, 141, 125, all else equal, the nearest to the mean wins (`mean_ratio`).

    The others of the bid at 141 have the mean 549/5. At 108 the mean is 109.5, as far from 108 as from 111 (1.5 each),
    and the tie goes to the lower price; at 111 it is 110, as far as the other bid at 111, a tie without a key.
    """
    mapping = policy_mapping()
    for criterion in mapping["criteria"]:
        if "price" in criterion:
            criterion["price"] = {"formula": "mean_ratio"}
    prices = {"A": 100, "B": 80, "C": 111, "D": 133, "E": 141, "F": 125}
    made = [flat(bid, 70, str(price)) for bid, price in prices.items()]
    (found,) = break_even(make_tender(made, Policy.from_mapping(mapping)), bids=["E"]).prices["E"]
    (window,) = found.wins
    assert (window.lower, window.upper) == pytest.approx((108, 111), abs=1e-9)
    assert (window.lower_closed, window.upper_closed) == (True, False)
    assert found.whole == ((Decimal("108.00"), Decimal("110.99")),)
    assert found.kind == "intervals" and found.threshold is None
