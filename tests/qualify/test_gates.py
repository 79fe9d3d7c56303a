"""Gates: pass or fail, each with its reason and how far off (§3.1.1, §3.2.2, §3.2.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import SeveralLots, UnknownName
from supplier_eval.flags import Reason, Ruling
from supplier_eval.intake.tender import Fact
from supplier_eval.policy import Policy
from supplier_eval.policy.rules import Gate
from supplier_eval.qualify.gates import check_gate, qualify_bids

MOMENT = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)
DEADLINE = {"deadline": "2026-03-10T09:30:00+08:00"}


def gate(kind: str, **changes: object) -> Gate:
    return Gate.model_validate({"id": "g", "name": {"en": "Licence", "zh": "执照"}, "kind": kind, **changes})


@pytest.mark.parametrize(
    ("chosen", "value", "passed", "distance"),
    [
        (gate("yes"), True, True, None),
        (gate("yes"), False, False, None),
        (gate("valid_until"), date(2026, 3, 10), True, 0.0),
        (gate("valid_until"), date(2026, 3, 9), False, 1.0),
        (gate("valid_until", margin_days=90), date(2026, 6, 8), True, 0.0),
        (gate("valid_until", margin_days=90), date(2026, 6, 7), False, 1.0),
        (gate("none_since", look_back_years=3), "none", True, None),
        (gate("none_since", look_back_years=3), date(2023, 3, 9), True, 0.0),
        (gate("none_since", look_back_years=3), date(2023, 3, 10), False, 1.0),
        (gate("at_least", limit=5), Decimal(5), True, 0.0),
        (gate("at_least", limit=5), Decimal("4.5"), False, 0.5),
        (gate("at_most", limit=30), Decimal(30), True, 0.0),
        (gate("at_most", limit=30), Decimal(31), False, 1.0),
    ],
)
def test_each_kind_of_gate_at_its_edge(chosen, value, passed, distance):
    check = check_gate("A", chosen, Fact(value, str(value)), MOMENT)
    assert (check.passed, check.distance) == (passed, distance)
    assert (check.reason is None) == passed


@pytest.mark.parametrize("fact", [None, Fact(None, ""), Fact("none", "none")])
def test_what_was_not_supplied_fails_as_incomplete(fact):
    check = check_gate("A", gate("yes"), fact, MOMENT)
    assert not check.passed
    assert check.reason.code == "qualify.incomplete"
    assert "执照" in check.reason.say("zh")


def test_a_look_back_from_the_29th_of_february_starts_on_the_28th():
    leap = datetime(2028, 2, 29, tzinfo=UTC)
    chosen = gate("none_since", look_back_years=1)
    assert check_gate("A", chosen, Fact(date(2027, 2, 27), ""), leap).passed
    assert not check_gate("A", chosen, Fact(date(2027, 2, 28), ""), leap).passed


@given(st.integers(-400, 400), st.integers(0, 60))
def test_a_licence_passes_exactly_when_it_covers_the_deadline_and_the_margin(days, margin):
    until = MOMENT.date() + timedelta(days=days)
    check = check_gate("A", gate("valid_until", margin_days=margin), Fact(until, str(until)), MOMENT)
    assert check.passed == (days >= margin)
    assert check.distance == margin - days


def received(tender, **moments: datetime):
    bids = tender.bids.copy()
    for bid, moment in moments.items():
        bids.at[bid, "received"] = moment
    return replace(tender, bids=bids)


def test_a_bid_at_the_deadline_is_in_time_and_a_second_later_is_late():
    tender = make_tender(
        [flat("A", 80, "1"), flat("B", 80, "1")], Policy.from_mapping(policy_mapping()), notice=DEADLINE
    )
    tender = received(tender, A=MOMENT, B=MOMENT + timedelta(seconds=1))
    qualification = qualify_bids(tender)
    assert qualification.eligible == ("A",)
    assert "1 min after the deadline" in qualification.explain("B")
    assert qualification.reasons["B"][0].clause == "§3.2.2"


def test_every_reason_of_a_bid_is_recorded_not_only_the_first():
    gates = [{"id": "g1", "name": "one", "kind": "yes"}, {"id": "g2", "name": "two", "kind": "at_least", "limit": 3}]
    policy = Policy.from_mapping(policy_mapping(gates=gates))
    facts = {("A", "g1"): Fact(False, "no"), ("A", "g2"): Fact(Decimal(1), "1")}
    tender = received(make_tender([flat("A", 80, "1")], policy, notice=DEADLINE, facts=facts), A=MOMENT + timedelta(1))
    codes = [reason.code for reason in qualify_bids(tender).reasons["A"]]
    assert codes == ["qualify.late", "qualify.gate.yes", "qualify.gate.at_least"]


def test_a_gate_of_another_lot_or_category_says_nothing():
    gates = [
        {"id": "g1", "name": "one", "kind": "yes", "lots": ["9"]},
        {"id": "g2", "name": "two", "kind": "yes", "categories": ["KPO"]},
    ]
    policy = Policy.from_mapping(policy_mapping(gates=gates, categories=["ITO", "KPO"]))
    tender = make_tender([flat("A", 80, "1")], policy, notice={"category": "ITO"})
    assert qualify_bids(tender).checks == ()
    assert qualify_bids(tender).eligible == ("A",)


def test_the_reviewers_ruling_excludes_with_its_reason():
    out = Ruling("A", "qualification", "exclude", "procurement", date(2026, 3, 11), "forged certificate")
    tender = make_tender([flat("A", 80, "1")], Policy.from_mapping(policy_mapping()), rulings=(out,))
    assert "forged certificate" in qualify_bids(tender).explain("A")


def test_excluding_gives_a_copy_and_keeps_the_row():
    before = qualify_bids(make_tender([flat("A", 80, "1"), flat("B", 80, "1")], Policy.from_mapping(policy_mapping())))
    after = before.exclude({"A": [Reason("qualify.late", facts={"received": "x", "deadline": "y", "minutes": "1"})]})
    assert before.eligible == ("A", "B")
    assert after.eligible == ("B",)
    frame = after.to_frame()
    assert frame["eligible"].tolist() == [False, True]
    assert "Late" in frame["reasons"].iloc[0]


def test_the_lot_must_be_named_where_there_are_several():
    policy = Policy.from_mapping(policy_mapping())
    tender = make_tender([flat("A", 80, "1")], policy, notice={"lots": [{"id": "x"}, {"id": "y"}]})
    with pytest.raises(SeveralLots):
        qualify_bids(tender)
    with pytest.raises(UnknownName, match="There is: x, y"):
        qualify_bids(tender, "z")
    assert qualify_bids(tender, "x").bids == ()


def test_the_checks_are_a_table_with_found_needed_and_distance():
    gates = [{"id": "g1", "name": "one", "kind": "at_least", "limit": 3, "unit": "projects"}]
    policy = Policy.from_mapping(policy_mapping(gates=gates))
    tender = make_tender([flat("A", 80, "1")], policy, facts={("A", "g1"): Fact(Decimal(1), "1")})
    (row,) = qualify_bids(tender).checks_frame().to_dict("records")
    assert row == {
        "bid": "A",
        "gate": "g1",
        "passed": False,
        "found": "1",
        "needed": "≥ 3 projects",
        "distance": 2.0,
        "clause": "§3.1.1",
    }
    with pytest.raises(UnknownName):
        qualify_bids(tender).explain("Z")


def test_a_licence_without_expiry_covers_every_deadline():
    check = check_gate("A", gate("valid_until", margin_days=90), Fact(date.max, "长期"), MOMENT)
    assert check.passed and check.found == "长期"


def test_what_was_needed_is_said_in_the_language_asked_for():
    reason = check_gate("A", gate("valid_until", margin_days=90), Fact(date(2026, 1, 1), "x"), MOMENT).reason
    assert "90 d;" in reason.say("en") and "90 天" in reason.say("zh")
    missing = check_gate("A", gate("yes"), None, MOMENT).reason
    assert "needed: yes" in missing.say("en") and "要求：是" in missing.say("zh")


def test_none_where_a_number_is_asked_for_is_incomplete():
    check = check_gate("A", gate("at_least", limit=3), Fact("none", "none"), MOMENT)
    assert check.reason.code == "qualify.incomplete"


def test_a_gate_names_its_lot_whatever_the_case_and_width():
    policy = Policy.from_mapping(policy_mapping(gates=[{"id": "g", "name": "G", "kind": "yes", "lots": ["ｌ1"]}]))
    tender = make_tender([flat("A", 80, "1")], policy, notice={"lots": [{"id": "L1"}]})
    tender = replace(tender, bids=tender.bids.assign(lot="L1"))
    assert qualify_bids(tender).eligible == ()
