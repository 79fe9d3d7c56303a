"""Cases: a line opens a case, a published limit excludes, only a ruling decides (convention §15)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from supplier_eval.flags import Ruling
from supplier_eval.intake.notice import Lot
from supplier_eval.policy.rules import AbnormalRule
from supplier_eval.qualify.cases import abnormal_points, abnormal_prices, price_gates, ruled_out

PRICES = {"A": Decimal("60.00"), "B": Decimal("100.00"), "C": Decimal("140.00")}


def rule(kind: str, limit: str, **changes: object) -> AbnormalRule:
    return AbnormalRule.model_validate({"kind": kind, "limit": limit, **changes})


@pytest.mark.parametrize(
    ("kind", "limit", "flagged"),
    [
        ("below_share_of_mean", "0.61", ["A"]),
        ("below_share_of_mean", "0.6", []),
        ("above_share_of_mean", "1.39", ["C"]),
        ("above_share_of_mean", "1.4", []),
        ("below_share_of_ceiling", "0.51", ["A", "B"]),
        ("below_share_of_second", "0.65", ["A"]),
        ("below_share_of_second", "0.72", ["A", "B"]),
        ("points_fraction", "0.1", []),
    ],
)
def test_each_rule_on_prices_by_hand(kind, limit, flagged):
    """Mean 100; shares of the mean 0.6, 1, 1.4; of the ceiling 200: 0.3, 0.5, 0.7; of the next: 0.6, 0.714."""
    flags = abnormal_prices(PRICES, (rule(kind, limit),), Lot(id="1", ceiling=Decimal(200)))
    assert [flag.bid for flag in flags] == flagged
    assert all(flag.holds and flag.state == "open" for flag in flags)


def test_a_rule_waits_for_enough_bids_and_for_a_ceiling():
    few = rule("below_share_of_mean", "0.9", minimum_bids=4)
    assert abnormal_prices(PRICES, (few,), Lot(id="1")) == []
    assert abnormal_prices(PRICES, (rule("below_share_of_ceiling", "0.9"),), Lot(id="1")) == []


def test_the_four_fifths_line_needs_both_parts():
    flags = abnormal_points(
        {"A": 0.8, "B": 0.9, "C": 0.5}, {"A": 0.8, "B": 0.79, "C": 1.0}, (rule("points_fraction", "0.8"),), "1"
    )
    assert [flag.bid for flag in flags] == ["A"]


def test_published_limits_exclude_with_the_amount_and_the_share():
    lot = Lot(id="1", ceiling=Decimal("139.99"), price_floor=Decimal("60.01"))
    out = price_gates(PRICES, lot)
    assert set(out) == {"A", "C"}
    assert "140.00 is above the published ceiling 139.99 by 0.01" in out["C"][0].say()
    assert "60.00 is below the published lowest price 60.01 by 0.01" in out["A"][0].say()
    assert price_gates(PRICES, Lot(id="1", ceiling=Decimal(140), price_floor=Decimal(60))) == {}


def test_only_an_excluding_ruling_takes_a_bid_out():
    flags = abnormal_prices(PRICES, (rule("below_share_of_mean", "0.9"),), Lot(id="1"))
    for word, out in (("accept", set()), ("note", set()), ("exclude", {"A"})):
        ruling = Ruling("A", flags[0].code, word, "the panel", date(2026, 3, 1), "why")
        assert set(ruled_out([flag.ruled((ruling,)) for flag in flags])) == out
    assert ruled_out(flags) == {}
