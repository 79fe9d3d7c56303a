"""An award as plain data: exact figures as floats, nothing that JSON does not have."""

from __future__ import annotations

import json
from fractions import Fraction

from award_problems import problem_of
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.allocation_document import SCHEMA, allocation_document, records
from supplier_eval.award.conflicting_rules import rule_conflicts
from supplier_eval.award.front import award_lots
from supplier_eval.award.outcome import Step
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.relaxation import smallest_relaxation
from supplier_eval.award.rule_prices import rule_costs
from supplier_eval.award.rules import Rule
from supplier_eval.award.scenarios import compare_scenarios

F = Fraction


def shop(rules=()):
    bids = [Bid(lot="L", supplier="A", price=F(10)), Bid(lot="L", supplier="B", price=F(12))]
    return problem_of([Lot(id="L", indivisible=True)], [Supplier(id="A"), Supplier(id="B")], bids, (), rules)


def strict(document):
    """As a strict reader of JSON takes it."""
    return json.loads(json.dumps(document, allow_nan=False))


def test_the_document_holds_the_award_its_figures_and_both_explanations():
    made = award_lots(shop([Rule(id="R", kind="max_winners", value=F(1))]), gap=0)
    document = strict(allocation_document(made))
    assert document["schema"] == SCHEMA
    assert document["objective"] == {"name": "cost", "figure": 10.0}
    assert (document["status"], document["gap"], document["valid"]) == ("optimal", 0.0, True)
    (row,) = document["award"]
    assert (row["lot"], row["supplier"], row["share"], row["spend"], row["tier"]) == ("L", "A", 1.0, 10.0, None)
    assert document["costs"]["bids"] == 10.0
    assert [rule["kept"] for rule in document["rules"]] == [True]
    assert document["suppliers"][0]["supplier"] == "A"
    assert document["en"] == made.explain()
    assert document["zh"] == made.explain(lang="zh")
    assert document["problem_fingerprint"] == made.problem.fingerprint


def test_without_an_award_there_are_reasons_and_no_figures():
    made = Allocation(shop(), "no_award_found", bound=float("-inf"), reasons=("time",),
                      log=(Step(1.0, "whole", float("inf"), None),))  # fmt: skip
    document = strict(allocation_document(made))
    assert (document["bound"], document["objective"]["figure"], document["valid"]) == (None, None, None)
    assert (document["reasons"], document["award"], document["rules"]) == (["time"], [], [])
    assert document["log"] == [{"seconds": 1.0, "stage": "whole", "objective": None, "bound": None}]


def test_what_was_asked_beside_it_has_its_key_and_nothing_else_has():
    problem = shop([Rule(id="R", kind="exclude", suppliers=("A",))])
    made = award_lots(problem, gap=0)
    assert not {"rule_costs", "next_best", "frontier", "scenarios"} & set(allocation_document(made))
    costs, next_best = rule_costs(problem), made.next_best("L", "B")
    compared = compare_scenarios(problem, {"free": {"without_rules": ["R"]}}, gap=0)
    document = strict(allocation_document(made, rule_costs=costs, next_best=next_best, scenarios=compared))
    assert document["rule_costs"]["rows"][0]["price"] == 2.0
    assert document["next_best"]["status"] == "infeasible"
    assert document["next_best"]["difference"] is None
    assert [row["scenario"] for row in document["scenarios"]["rows"]] == ["base", "free"]
    assert document["scenarios"]["rows"][1]["cost_difference"] == -2.0


def test_conflicts_are_named():
    rules = [Rule(id="R1", kind="exclude", suppliers=("A",)), Rule(id="R2", kind="exclude", suppliers=("B",))]
    problem = shop(rules)
    found = {"conflicts": rule_conflicts(problem), "relaxation": smallest_relaxation(problem)}
    document = strict(allocation_document(award_lots(problem), **found))
    assert [row["rule"] for row in document["rule_conflicts"]["rows"]] == ["R1", "R2"]
    assert [row["help"] for row in document["relaxation"]["rows"]] == ["given_up", "given_up"]
    assert document["status"] == "infeasible"


def test_cells_become_plain():
    frame = award_lots(shop()).to_frame()
    (row,) = records(frame)
    assert type(row["units"]) is int
    assert type(row["share"]) is float
    assert row["score"] is None
