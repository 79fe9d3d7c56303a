"""A problem with a scenario's changes, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.front import award_lots
from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier
from supplier_eval.award.rules import Rule
from supplier_eval.award.scenario_changes import changed, scaled

F = Fraction


@pytest.fixture
def problem():
    lots = [Lot(id="L1", demand=F(10)), Lot(id="L2", demand=F(30), baseline=F(5))]
    bids = [Bid(lot=lot.id, supplier=key, price=F(price)) for lot in lots for key, price in (("A", 4), ("B", 6))]
    bids.append(Bid(lot="L1", supplier="B", alternate="x", price=F(7), use=F(8)))
    bundles = [
        Bundle(id="b1", supplier="A", lots=("L1", "L2"), price=F(100)),
        Bundle(id="b2", supplier="B", lots=("L1",), price=F(9)),
        Bundle(id="b3", supplier="A", lots=("L2",), price=F(50), requires=("b2",)),
    ]
    rules = [Rule(id="R1", kind="max_volume_share", value=F(1, 2)), Rule(id="R2", kind="budget", value=F(500))]
    return problem_of(lots, [Supplier(id="A"), Supplier(id="B")], bids, bundles, rules, currency="EUR")


def made(problem, **change):
    found, findings = changed(problem, "mine", change)
    assert findings == []
    assert found.standing == "exploratory"
    return found


def test_a_supplier_that_is_left_out_stays_known_without_offers(problem):
    found = made(problem, without_suppliers=["B"])
    assert list(found.suppliers) == ["A", "B"]
    assert {key[1] for key in found.bids} == {"A"}
    assert list(found.bundles) == ["b1"], "b3 needs b2 of B"


def test_bids_and_rules_are_left_out(problem):
    found = made(problem, without_bids=[("L1", "B", "x"), "bundle:b2"], without_rules=["R1"])
    assert ("L1", "B", "x") not in found.bids and ("L1", "B", "") in found.bids
    assert list(found.bundles) == ["b1"] and list(found.rules) == ["R2"]
    assert len(problem.bids) == 5 and len(problem.bundles) == 3, "the base is as it was"


def test_the_narrowest_price_factor_counts(problem):
    found = made(problem, prices={"A": "1.1", ("L1", "A"): 2, "bundle:b1": F(1, 3)})
    assert found.bids["L1", "A", ""].price == 8
    assert found.bids["L2", "A", ""].price == F(44, 10)
    assert found.bids["L1", "B", ""].price == 6
    assert found.bundles["b1"].price == F(100, 3) and found.bundles["b3"].price == 55
    assert made(problem, prices=0.5).bids["L1", "B", "x"].price == F(7, 2)


def test_a_curve_is_scaled_as_a_whole():
    curve = (Segment(qlo=F(0), qhi=F(5), fixed=F(10), slope=F(2)),)
    bid = scaled(Bid(lot="L", supplier="A", curve=curve), F(3, 2))
    assert bid.base_cost(F(4)) == F(3, 2) * 18


def test_demand_takes_capacity_and_bundle_prices_along(problem):
    found = made(problem, demand={"L1": 2})
    assert found.lots["L1"].demand == 20 and found.lots["L2"].demand == 30
    assert found.bids["L1", "B", "x"].use == 16
    assert found.bundles["b1"].price == 125, "50 units instead of 40"
    assert found.bundles["b2"].price == 18 and found.bundles["b3"].price == 50
    assert made(problem, demand=3).bundles["b1"].price == 300


def test_limits_rules_and_terms_are_read_like_any(problem):
    rules = {"R3": {"kind": "exclude", "supplier": "b"}}
    found = made(problem, limits={"R1": "100%"}, rules=rules, objective=["winners", "cost"], share_step="0.25")
    assert found.rules["R1"].value == 1 and found.rules["R2"].value == 500
    assert found.rules["R3"].suppliers == ("B",)
    assert found.terms.goal.name == "winners, then cost"
    assert (found.terms.grid, found.terms.currency) == (4, "EUR")
    assert found.lots["L2"].baseline == 5 and found.bids["L1", "B", "x"].use == 8
    assert found.bundles["b3"].requires == ("b2",)
    assert made(problem, rules={"id": "R3", "kind": "max_winners", "value": 1}).rules["R3"].value == 1
    assert list(made(problem, rules=Rule(id="R3", kind="max_winners", value=F(1))).rules) == ["R1", "R2", "R3"]


def test_lots_may_stay_open_in_a_scenario(problem):
    found = made(problem, unserved_cost="0.5", without_rules=["R1", "R2"])
    assert found.lots["L1"].unserved_cost == F(1, 2)
    assert award_lots(found, gap=0).audit.measures["cost"] == 20, "both stay open, 40 units"


def test_what_is_wrong_with_the_changed_problem_names_the_scenario(problem):
    change = {"rules": [{"id": "R1", "kind": "max_winners", "value": 1}], "limits": {"R2": -1}, "cover": "never"}
    found, findings = changed(problem, "mine", change)
    assert found is None
    assert {finding.code for finding in findings} == {"award.id_twice", "award.negative", "award.cover"}
    assert {finding.table for finding in findings} == {"scenarios.mine.rules", "scenarios.mine.terms"}


def test_nothing_is_changed_where_nothing_is_asked(problem):
    assert made(problem).fingerprint == problem.fingerprint
    assert made(problem, prices=1, demand=1).fingerprint == problem.fingerprint
    assert made(problem, cover="exactly").fingerprint == problem.fingerprint
