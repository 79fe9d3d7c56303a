"""What prices of rules say: the dearest first, who gains and loses, what is not proven; in both languages."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rule_costs_result import RuleCosts
from supplier_eval.award.rule_costs_words import MOST_PAIRS, MOST_RULES, explain_costs, said_figure
from supplier_eval.award.rule_prices import rule_costs
from supplier_eval.award.rule_subsets import Interval
from supplier_eval.award.rules import Rule


@pytest.fixture
def problem():
    """100 units; A at 10, B at 13; B has to get half, and a quarter, which is no more."""
    share = {"kind": "min_volume_share", "suppliers": ("B",)}
    return problem_of(
        [Lot(id="L", demand=Fraction(100))],
        [Supplier(id="A"), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(13))],
        rules=[
            Rule(id="HALF", value=Fraction(1, 2), clause="§5", **share),
            Rule(id="QUARTER", value=Fraction(1, 4), **share),
        ],
        currency="EUR",
        grid=100,
    )


def test_prices_are_said_with_clause_and_who_gains_or_loses(problem):
    assert explain_costs(rule_costs(problem, pairs=True)).split("\n") == [
        "With all 2 rules the best award has cost 1,150.00 EUR; all rules together cost 150.00 EUR.",
        "Rule HALF (§5: at least this share of the awarded volume) costs 75.00 EUR. Without it these would win more: "
        "A (25 % L). These owe it what they would lose: B (25 % L).",
        "Rule QUARTER (§3.2.5: at least this share of the awarded volume) costs nothing while the others stay: the "
        "same award is as good without it.",
        "Rules HALF and QUARTER cost 150.00 EUR together; their single prices add up to 75.00 EUR.",
        "Shared out by Shapley's rule, the price of all rules together (150.00 EUR) falls on: HALF 112.50 EUR; QUARTER "
        "37.50 EUR.",
    ]


def test_chinese_has_its_own_words(problem):
    lines = rule_costs(problem).explain("zh").split("\n")
    assert lines[0] == "在全部 2 条规则下，最优授标方案的成本为 1,150.00 EUR；全部规则合计代价为 150.00 EUR。"
    assert lines[-1] == "按沙普利值分摊，全部规则的合计代价（150.00 EUR）分别归于：HALF 112.50 EUR；QUARTER 37.50 EUR。"


def test_pairs_that_add_up_are_one_sentence(problem):
    alone = problem.without_rules(["QUARTER"])
    winners = {"ONE": Rule(id="ONE", kind="max_winners", value=Fraction(2)), **alone.rules}
    assert "The price of every two rules is the sum of their single prices." in rule_costs(
        alone.replace(rules=winners), pairs=True
    ).explain().split("\n")


def test_no_rules_conflicts_and_nothing_known_are_one_sentence(problem):
    assert rule_costs(problem.without_rules(problem.rules)).explain() == "There are no rules to price."
    assert (
        RuleCosts(problem, "infeasible")
        .explain()
        .startswith("No award keeps all hard rules, so no rule can be priced.")
    )
    assert "no_award_found" in RuleCosts(problem, "no_award_found").explain()


def test_an_interval_is_said_as_one_and_explained(problem):
    costs = rule_costs(problem)
    open_above, wide = Interval(Fraction(5), None), Interval(Fraction(5), Fraction(7))
    near = Interval(Fraction(5), 5 + Fraction(1, 1000))
    assert said_figure(costs, open_above) == "at least 5.00 EUR"
    assert said_figure(costs, wide, "zh") == "5.00 EUR 至 7.00 EUR 之间"
    assert said_figure(costs, near) == "about 5.00 EUR"
    unsure = replace(costs, rules={"HALF": replace(costs.rules["HALF"], price=wide)})
    lines = unsure.explain().split("\n")
    assert "costs between 5.00 EUR and 7.00 EUR." in lines[1]
    assert lines[-1].startswith("Where an interval stands, or about, the search did not prove the figure")


def test_later_objectives_are_not_counted_and_that_is_said(problem):
    lines = rule_costs(problem.with_terms(goal=_goal(["cost", "winners"]))).explain().split("\n")
    assert lines[-1] == "Prices are those of the first objective; later objectives are not counted."


def _goal(objective):
    from supplier_eval.award.objective import goal_of

    return goal_of(objective)


def test_long_lists_are_counted(problem):
    costs = rule_costs(problem, pairs=True)
    one = costs.rules["HALF"]
    names = [f"R{at:02}" for at in range(MOST_RULES + 2)]
    rules = {key: replace(problem.rules["HALF"], id=key) for key in names}
    long = replace(
        costs,
        problem=problem.replace(rules=rules),
        rules={key: replace(one, rule=key) for key in names},
        pairs={(names[0], key): Interval(Fraction(1), Fraction(1)) for key in names[1 : MOST_PAIRS + 4]},
    )
    lines = long.explain().split("\n")
    assert "Further rules: 2." in lines
    assert "Further pairs whose price is not the sum of the two: 3." in lines
