"""Prices of rules, points of a front and scenarios as rows."""

from __future__ import annotations

from fractions import Fraction

import pytest

from report.made_awards import front, one_lot_each, shop
from supplier_eval.award.rule_costs_result import RuleCost, RuleCosts
from supplier_eval.award.rule_prices import rule_costs
from supplier_eval.award.rule_subsets import Interval
from supplier_eval.award.scenarios import compare_scenarios
from supplier_eval.report import tables_award_analysis as tables
from supplier_eval.report.formats import NOTHING

F = Fraction


def test_a_rule_has_its_price_and_who_would_gain_and_lose():
    # Without the rule B wins both lots for 330 instead of 340.
    (row,) = tables.rule_costs_table(rule_costs(shop([one_lot_each()])), "en").rows
    assert row[:5] == ("R1", "a supplier wins something of at most so many lots", "10.00", "B", "A")


@pytest.mark.parametrize(("high", "said"), [(F(12), "10.00 – 12.00"), (None, "≥ 10.00")])
def test_a_price_that_is_not_proven_is_an_interval(high, said):
    problem = shop([one_lot_each()])
    exact = rule_costs(problem)
    cost = RuleCost("R1", Interval(F(10), high), "feasible_at_limit", exact.rules["R1"].without, {})
    open_ = RuleCosts(problem, "feasible_at_limit", exact.audit, {"R1": cost}, Interval(F(10), high))
    assert tables.rule_costs_table(open_, "en").rows[0][2:5] == (said, NOTHING, NOTHING)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_front_has_one_row_a_point_and_the_chosen_one_is_marked(lang):
    table = tables.frontier_table(front(), lang, chosen=1)
    assert [row[1:3] for row in table.rows] == [("330.00", "900"), ("340.00", "1,200"), ("355.00", "1,350")]
    assert table.marked == {1: "first"}
    assert table.rows[2][3] == "A"


def test_of_many_points_those_shown_are_spread_and_the_chosen_one_is_among_them():
    assert list(tables._spread(3, 40, None)) == [0, 1, 2]
    shown = list(tables._spread(200, 40, 7))
    assert {0, 7, 199} <= set(shown)
    assert len(shown) <= 41


def test_scenarios_stand_beside_the_base_and_failed_ones_keep_their_reason():
    changes = {"no rule": {"without_rules": ["R1"]}, "nobody": {"without_suppliers": ["A", "B"]}}
    table = tables.scenarios_table(compare_scenarios(shop([one_lot_each()]), changes, gap=0), "en")
    base, free, nobody = table.rows
    assert base == ("as asked", "340.00", "0 %", NOTHING, NOTHING, "A, B")
    # B takes lot 1 too: 10 of 15 units move.
    assert free == ("no rule", "330.00", "0 %", "−10.00", "66.7 %", "B")
    assert nobody[1:5] == (NOTHING,) * 4
    assert nobody[5] == "no award keeps all hard rules"
    assert table.marked == {0: "first", 2: "out"}
