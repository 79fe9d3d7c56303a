"""From a tender to the screens: only what may be opened, and only what was opened."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import supplier_eval as se
from supplier_eval.errors import InvalidInput, NotOpened, UnknownName
from supplier_eval.integrity.opened_prices import opened_prices
from supplier_eval.integrity.screening import screen_bids

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
DESK = se.read_tender(SAMPLES / "service-desk")
MUSEUM = se.read_tender(SAMPLES / "museum-services")
OPENED = ["YX-1", "BT-1"]


def untouchable(*_):
    raise AssertionError("an envelope was opened")


def test_prices_are_read_by_the_notices_volumes():
    """BT-1: (18.20 x 3,200 + 118 x 160) x 24 + 72,000."""
    bids, sheet = opened_prices(DESK, ["BT-1"])
    assert bids["price"].tolist() == [(18.20 * 3200 + 118 * 160) * 24 + 72000]
    assert bids[["tender", "lot", "bidder", "reserve"]].values.tolist() == [
        ["service-desk-2026", "L1", "BT", 2600000.0]
    ]
    assert sorted(sheet["item"]) == ["desk-ticket", "desk-transition", "desk-vip"]


def test_only_named_bids_are_opened():
    screens = screen_bids(DESK, opened=OPENED)
    assert screens.table.bidders == ("BT", "YX")
    assert screens.policy_fingerprint == DESK.policy.fingerprint


def test_two_envelopes_ask_for_the_opened_bids():
    with pytest.raises(InvalidInput) as refused:
        screen_bids(DESK)
    assert [finding.code for finding in refused.value.findings] == ["screens.two_envelopes"]


def test_prices_stay_closed_before_the_marks_are_locked():
    closed = replace(
        DESK,
        notice=DESK.notice.model_copy(update={"technical_locked": None}),
        envelope=replace(DESK.envelope, read=untouchable),
    )
    with pytest.raises(NotOpened):
        screen_bids(closed, opened=OPENED)
    with pytest.raises(NotOpened):
        screen_bids(closed)
    with pytest.raises(NotOpened):
        screen_bids(closed, opened={"YX-1": 1, "BT-1": 2})


def test_evaluated_prices_can_be_given_and_no_envelope_is_touched():
    sealed = replace(DESK, envelope=replace(DESK.envelope, read=untouchable))
    screens = screen_bids(sealed, opened={"YX-1": Decimal("2108160"), "BT-1": 1_900_000})
    assert screens.table.price.tolist() == [1_900_000, 2_108_160]
    for wrong in ({}, {"YX-1": "2108160"}, {"YX-1": True}):
        with pytest.raises(InvalidInput):
            screen_bids(sealed, opened=wrong)


def test_the_bids_that_an_evaluation_priced_are_screened_lot_by_lot():
    evaluation = se.evaluate(DESK)
    opened = [
        bid
        for result in evaluation.lots.values()
        for bid, eligible in zip(result.sheet.bids, result.sheet.eligible, strict=True)
        if eligible
    ]
    screens = screen_bids(DESK, opened=opened)
    assert screens.to_frame()["lot"].tolist() == ["L1", "L2", "L3"]
    assert [flag.code for flag in screens.flags_of("service-desk-2026/L3")] == ["screens.identical_prices"]


def test_discounts_without_a_base_are_looked_at_item_by_item():
    """ATI CNS takes 11.5 % off item p1: 88.5 per 100."""
    bids, sheet = opened_prices(MUSEUM, ["ATI CNS", "ATI OPERA"])
    assert sheet is None
    prices = dict(zip(zip(bids["lot"], bids["bidder"], strict=True), bids["price"], strict=True))
    assert prices["1/p1", "ATI CNS"] == 88.5
    assert len(prices) == 8


def test_an_opened_bid_without_price_is_a_finding():
    with pytest.raises(InvalidInput) as refused:
        screen_bids(MUSEUM, opened=["ATI CNS", "ATI REAR"])
    (finding,) = refused.value.findings
    assert (finding.code, finding.facts["missing"]) == ("screens.price_incomplete", "p1, p2, p3, p4")


@pytest.mark.parametrize("opened", ["YX-1", 7])
def test_what_are_no_names_is_refused(opened):
    with pytest.raises(InvalidInput):
        screen_bids(DESK, opened=opened)


def test_a_bid_that_does_not_exist_is_named():
    with pytest.raises(UnknownName, match="YX-1"):
        screen_bids(DESK, opened=["YX-9"])


def test_columns_belong_to_a_table():
    with pytest.raises(InvalidInput) as refused:
        screen_bids(DESK, columns={"price": "x"}, opened=OPENED)
    assert [finding.code for finding in refused.value.findings] == ["screens.columns_of_tender"]
