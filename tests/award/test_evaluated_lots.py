from __future__ import annotations

from fractions import Fraction

import award_tenders
from award_tenders import evaluated, withdrawal
from strategies import flat, policy_mapping
from supplier_eval.award.evaluated_lots import consider


def with_a_score(bid, mark, price):
    """An offer whose marks of quality are marks of a criterion called score."""
    offer = flat(bid, mark, price)
    for given in offer.marks.values():
        given["score"] = given.pop("quality")
    return offer


def by_bid(found):
    return {bid.bid: bid for bid in found.bids}


def test_points_of_a_bid_add_up_to_its_score_by_hand():
    """Marks of 80 on 60 points are 48; the price 80.5 over 100 earns 80.5 % of 40, 32.2: together 80.2."""
    points = by_bid(consider(evaluated()))["A1"].points
    assert points["quality"] == 24 and points["capability"] == 16 and points["emergency"] == 8
    assert points["price"] == Fraction("32.2")
    assert (
        points["score"]
        == Fraction("80.2")
        == sum(points[name] for name in ("quality", "capability", "emergency", "price"))
    )
    assert (points["rank"], points["precedence"], points["bid"]) == (1, -1, "A1")


def test_the_score_is_the_rounded_total_that_was_ranked():
    points = by_bid(consider(evaluated(rounding={"total": 0})))["A1"].points
    assert points["score"] == 80 and points["price"] == Fraction("32.2")
    assert "rounding" not in points


def test_a_price_is_taken_to_the_cent():
    bids = by_bid(consider(evaluated()))
    assert bids["B1"].price == Fraction(161, 2) and bids["a2"].price == Fraction(3333, 100)


def test_the_price_is_the_evaluated_one_without_the_deduction_of_small_businesses():
    price = {**policy_mapping()["price"], "small_business_deduction": "0.1"}
    evaluation = evaluated(small=("B1",), price=price)
    sheet = evaluation.lots["L1"].sheet
    assert sheet.prices.scored["B1"] < sheet.prices.evaluated["B1"]
    found = consider(evaluation)
    assert by_bid(found)["B1"].price == Fraction(161, 2)
    assert found.suppliers["B"]["small_business"] is True


def test_one_bidder_of_several_lots_is_one_supplier_whatever_the_case_of_its_id():
    found = consider(evaluated())
    assert [(bid.lot, bid.supplier) for bid in found.bids] == [("L1", "A"), ("L1", "B"), ("L2", "A")]
    assert list(found.suppliers) == ["A", "B"]
    assert found.suppliers["A"] == {"name": "Firm A", "small_business": False}


def test_a_bid_without_a_bidder_is_its_own_supplier():
    found = consider(evaluated((("A1", "L1", "", 80, "10"), ("A2", "L2", "", 80, "10"))))
    assert [bid.supplier for bid in found.bids] == ["A1", "A2"]


def test_only_bids_with_a_rank_are_carried():
    found = consider(evaluated(floors=[{"criterion": "quality", "minimum": 55}]))
    assert set(by_bid(found)) == {"A1", "B1"}
    assert [(lot, why.code) for lot, why in found.without_order.items()] == [
        ("L2", evaluated(floors=[{"criterion": "quality", "minimum": 55}]).lots["L2"].ranking.stopped.code)
    ]


def test_who_has_withdrawn_is_not_carried_and_a_lot_of_such_bids_has_no_order():
    found = consider(evaluated(rulings=[withdrawal("A1"), withdrawal("a2")]))
    assert set(by_bid(found)) == {"B1"}
    assert found.without_order["L2"].code == "award.evaluation.all_withdrawn"
    assert "a2" in found.without_order["L2"].say("en") and "a2" in found.without_order["L2"].say("zh")


def test_a_lot_that_is_left_out_leaves_its_bids_and_its_bidders_out():
    found = consider(evaluated(), {"L1"})
    assert set(by_bid(found)) == {"a2"} and list(found.suppliers) == ["A"]


def test_a_declaration_that_differs_between_lots_is_said_and_taken_over_by_neither():
    found = consider(evaluated(small=("a2",)))
    assert "small_business" not in found.suppliers["A"]
    assert [(f.code, f.value, f.severity) for f in found.findings] == [
        ("award.evaluation.small_business_differs", "A", "warning")
    ]
    assert "A1, a2" in found.findings[0].message


def test_a_bid_without_a_price_is_a_finding():
    criteria = [{**c, "weight": 100} for c in policy_mapping()["criteria"][:1]]
    found = consider(evaluated(criteria=criteria, ties={"keys": []}))
    assert {bid.price for bid in found.bids} == {None}
    assert [(f.code, f.value) for f in found.findings] == [
        ("award.evaluation.no_price", name) for name in ("A1", "B1", "a2")
    ]


def test_a_criterion_called_score_gives_way_to_the_total(monkeypatch):
    criteria = policy_mapping()["criteria"]
    criteria[0]["id"] = "score"
    monkeypatch.setattr(award_tenders, "flat", with_a_score)
    found = consider(evaluated(criteria=criteria))
    assert by_bid(found)["A1"].points["score"] == Fraction("80.2")
    assert [f.code for f in found.findings] == ["award.evaluation.score_taken"]
