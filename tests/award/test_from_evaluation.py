from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

import supplier_eval as se
from award_tenders import TWO_LOTS, evaluated, withdrawal
from supplier_eval.award.from_evaluation import problem_findings, problem_of
from supplier_eval.award.objective import goal_of
from supplier_eval.award.problem import AwardProblem
from supplier_eval.award.rules import Rule
from supplier_eval.award.rules_of_policy import policy_rules
from supplier_eval.errors import InvalidInput, UnknownName

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "service-desk"
AWARD = {
    "objective": ["cost", "score"],
    "cover": "exactly",
    "grid": 100,
    "tie_keys": ["score", "attr:precedence"],
    "rules": [
        {"id": "cap", "kind": "max_lots_per_bidder", "value": 1, "who": ["a"]},
        {"id": "l2", "kind": "max_winners_per_lot", "value": 1, "lots": ["l2"]},
    ],
}


@pytest.fixture(scope="module")
def desk():
    return se.evaluate(se.read_tender(SAMPLE))


def codes(found, severity=None):
    assert all(f.line("en") and f.line("zh") and "{" not in f.line("en") + f.line("zh") for f in found)
    return [f.code.rsplit(".", 1)[-1] for f in found if severity in (None, f.severity)]


def refused(evaluation, **given):
    with pytest.raises(InvalidInput) as error:
        problem_of(evaluation, **given)
    return codes(error.value.findings, "error")


def test_the_service_desk_becomes_a_problem_of_three_lots(desk):
    problem = AwardProblem.from_evaluation(desk)
    assert list(problem.lots) == ["L1", "L2", "L3"]
    assert list(problem.suppliers) == ["BT", "HZ", "LM", "QH", "TY", "YX"]
    ranked = {(lot, bid) for lot, result in desk.lots.items() for bid in result.ranking.order}
    assert {(bid.lot, bid.attributes["bid"]) for bid in problem.bids.values()} == ranked
    assert {key[:2] for key in problem.bids if key[1] == "YX"} == {("L1", "YX"), ("L2", "YX"), ("L3", "YX")}
    assert all(lot.indivisible and lot.demand == 1 for lot in problem.lots.values())
    assert problem.terms.currency == "CNY" and problem.terms.minor_units == 2
    assert problem.standing == desk.standing == "binding"
    assert problem.policy_fingerprint == desk.policy_fingerprint


def test_prices_and_scores_of_the_service_desk_are_those_of_its_evaluation(desk):
    """The whole is read again from the document that the evaluation prints."""
    problem = problem_of(desk)
    printed = {entry["bid"]: entry for lot in desk.to_dict()["lots"] for entry in lot["ranking"]}
    assert len(printed) == len(problem.bids) == 13
    for bid in problem.bids.values():
        entry = printed[bid.attributes["bid"]]
        assert bid.price == Fraction(entry["evaluated_price"])
        assert float(bid.attributes["score"]) == entry["total"] and bid.attributes["rank"] == entry["rank"]
        points = {name: figure for name, figure in entry["criteria"].items() if name != "rounding"}
        assert {name: float(bid.attributes[name]) for name in points} == pytest.approx(points, abs=1e-9)


def test_the_terms_and_rules_of_the_policy_are_those_of_the_problem():
    problem = problem_of(evaluated(award=AWARD))
    assert problem.terms.goal == goal_of(["cost", "score"])
    assert (problem.terms.grid, problem.terms.cover) == (100, "exactly")
    assert problem.terms.tie_keys == ("score", "attr:precedence")
    assert list(problem.rules) == ["cap", "l2"]
    assert problem.rules["cap"].suppliers == ("A",) and problem.rules["l2"].lots == ("L2",)
    assert problem.standing == "binding"


@pytest.mark.parametrize(
    "given",
    [
        {"rules": ()},
        {"objective": "cost"},
        {"grid": 100},
        {"cover": "exactly"},
        {"demand": {"L1": 1}},
        {"lots": {"L1": {"region": "north"}}},
        {"suppliers": {"A": {"capacity": 2}}},
        {"leave_out": ["L2"]},
    ],
)
def test_whatever_comes_from_outside_policy_and_tender_makes_the_problem_exploratory(given):
    evaluation = evaluated()
    assert problem_of(evaluation).standing == "binding"
    assert problem_of(evaluation, **given).standing == "exploratory"


def test_an_exploratory_evaluation_gives_an_exploratory_problem():
    assert problem_of(evaluated(adoption=None)).standing == "exploratory"


def test_what_is_given_takes_the_place_of_the_policys_own():
    rule = Rule(id="mine", kind="max_winners", value=Fraction(1))
    problem = problem_of(evaluated(award=AWARD), rules=[rule], objective={"cost": 1, "score": 2}, grid=4)
    assert list(problem.rules) == ["mine"]
    assert problem.terms.goal == goal_of({"cost": 1, "score": 2}) and problem.terms.grid == 4


def test_rules_of_the_policy_can_be_added_to():
    evaluation = evaluated(award=AWARD)
    rules = policy_rules(evaluation.tender.policy, ["A", "B"], ["L1", "L2"])
    more = Rule(id="one", kind="max_winners", value=Fraction(1))
    assert list(problem_of(evaluation, rules=[*rules, more]).rules) == ["cap", "l2", "one"]


def test_suppliers_and_lots_are_told_more_by_tables():
    suppliers = pd.DataFrame(
        {"id": ["a", "ZZ"], "capacity": [2, 9], "risk": ["2.5", "1"], "small_business": [True, False]}
    )
    lots = {"L1": {"region": "north", "indivisible": False}, "l2": {"unserved_cost": 50}}
    problem = problem_of(evaluated(), suppliers=suppliers, lots=lots)
    assert list(problem.suppliers) == ["A", "B"], "rows about others than bidders are passed over"
    assert problem.suppliers["A"].capacity == 2 and problem.suppliers["B"].capacity is None
    assert problem.suppliers["A"].attributes["small_business"] is True
    assert problem.suppliers["A"].attributes["name"] == "Firm A"
    assert problem.lots["L1"].region == "north" and not problem.lots["L1"].indivisible
    assert problem.lots["L2"].unserved_cost == 50 and problem.lots["L2"].indivisible


def test_a_quantity_divides_the_price_of_the_lot_and_its_whole_costs_the_same():
    problem = problem_of(evaluated(), demand={"L1": 3}, lots={"L2": {"demand": "0.3"}})
    assert problem.lots["L1"].demand == 3 and problem.lots["L2"].demand == Fraction(3, 10)
    bid = problem.bids["L1", "B", ""]
    assert bid.price == Fraction(161, 6) and bid.base_cost(Fraction(3)) == Fraction("80.5")
    assert problem.bids["L2", "A", ""].price == Fraction("111.1")
    assert problem_of(evaluated(), demand={"L1": 3}, lots={"L1": {"demand": 5}}).lots["L1"].demand == 3


def test_a_lot_without_an_order_is_refused_by_name_with_its_reason():
    lots = ("L1", "L2", "L3")
    with pytest.raises(InvalidInput) as error:
        problem_of(evaluated(lots=lots))
    found = [f for f in error.value.findings if f.severity == "error"]
    assert codes(found) == ["lot_without_order"] and found[0].value == "L3"
    assert evaluated(lots=lots).lots["L3"].ranking.stopped.say("en") in found[0].message
    assert 'leave_out=["L3"]' in found[0].remedy


@pytest.mark.parametrize(
    "given", [{"cover": "at_most"}, {"unserved_cost": 1000}, {"lots": {"L3": {"unserved_cost": 1000}}}]
)
def test_a_lot_without_an_order_may_stay_unserved_and_that_is_said(given):
    evaluation = evaluated(lots=("L1", "L2", "L3"))
    problem = problem_of(evaluation, **given)
    assert "L3" in problem.lots and not [key for key in problem.bids if key[0] == "L3"]
    assert codes(problem_findings(evaluation, **given), "warning") == ["lot_unserved"]


def test_a_lot_without_an_order_can_be_left_out_of_a_binding_award():
    evaluation = evaluated(lots=("L1", "L2", "L3"), award=AWARD)
    problem = problem_of(evaluation, leave_out="L3")
    assert list(problem.lots) == ["L1", "L2"] and problem.standing == "binding"
    assert codes(problem_findings(evaluation, leave_out=["l3"])) == ["lot_left_out"]


def test_a_rule_about_a_lot_that_is_left_out_is_not_applied_and_that_is_said():
    problem = problem_of(evaluated(award=AWARD), leave_out=["L2"])
    assert list(problem.rules) == ["cap"]
    assert codes(problem_findings(evaluated(award=AWARD), leave_out=["L2"])) == ["lot_left_out", "rule_left_out"]


def test_when_everybody_has_withdrawn_the_lot_has_no_order():
    assert refused(evaluated(rulings=[withdrawal("a2")])) == ["lot_without_order"]


def test_everything_that_stands_in_the_way_comes_at_once():
    award = {"rules": [{"id": "r", "kind": "max_winners", "value": 1, "lots": ["L9", "L8"]}]}
    evaluation = evaluated(lots=("L1", "L2", "L3", "L4"), award=award)
    found = refused(evaluation, suppliers=[{"risk": 1}], lots=3)
    assert found == ["id_missing", "table_shape", *["lot_without_order"] * 2, *["rule_lot_unknown"] * 2]
    assert codes(problem_findings(evaluation)) == found[2:]


def test_a_policy_may_name_a_supplier_that_did_not_bid_and_that_is_said():
    award = {"rules": [{"id": "out", "kind": "exclude", "who": ["B", "X"]}]}
    evaluation = evaluated(award=award)
    problem = problem_of(evaluation)
    assert problem.rules["out"].suppliers == ("B", "X")
    assert problem.suppliers_of(problem.rules["out"]) == ("B", "X")
    assert codes(problem_findings(evaluation)) == ["supplier_without_bid"]


def test_nothing_is_left_when_all_lots_are_left_out():
    assert refused(evaluated(), leave_out=["L1", "L2"]) == ["nothing_left"]


@pytest.mark.parametrize("given", [{"demand": {"L7": 1}}, {"lots": {"L7": {}}}, {"leave_out": ["L7"]}])
def test_a_lot_that_does_not_exist_is_an_unknown_name(given):
    with pytest.raises(UnknownName, match="L1, L2"):
        problem_of(evaluated(), **given)


@pytest.mark.parametrize("given", [{"demand": 3}, {"grid": 0}, {"grid": "fine"}, {"leave_out": 3}])
def test_arguments_of_a_wrong_kind_are_findings(given):
    with pytest.raises(InvalidInput):
        problem_of(evaluated(), **given)


def test_something_that_is_no_evaluation_is_refused():
    with pytest.raises(InvalidInput, match="Evaluation"):
        problem_of(evaluated().tender)


def test_the_order_of_bids_changes_nothing():
    first, second = problem_of(evaluated()), problem_of(evaluated(TWO_LOTS[::-1]))
    assert first.fingerprint == second.fingerprint


def test_one_lot_makes_a_problem_too():
    rows = tuple((bid, "1", bidder, mark, price) for bid, _, bidder, mark, price in TWO_LOTS[:2])
    problem = problem_of(evaluated(rows, lots=("1",)))
    assert list(problem.lots) == ["1"] and len(problem.bids) == 2
