"""The waterfall of rule prices: steps that add up, and what is not proven."""

from __future__ import annotations

from fractions import Fraction

import pytest

from report.made_awards import one_lot_each, shop
from report.made_robustness import texts
from supplier_eval.award.rule_costs_result import RuleCost, RuleCosts
from supplier_eval.award.rule_prices import rule_costs
from supplier_eval.award.rule_subsets import Interval
from supplier_eval.award.rules import Rule
from supplier_eval.report.chart_rule_prices import MOST_STEPS, stairs_of
from supplier_eval.report.charts_award import rule_price_waterfall

F = Fraction


def costs_of(prices, total, shapley=None):
    """Prices of rules as given; rules that ask nothing."""
    rules = [Rule(id=key, kind="max_winners", value=F(9)) for key in prices]
    problem = shop(rules)
    audit = rule_costs(problem, shapley=False).audit
    made = {
        key: RuleCost(key, Interval(F(low), None if high is None else F(high)), "optimal", audit, {},
                      None if shapley is None else Interval(F(shapley[key]), F(shapley[key])))
        for key, (low, high) in prices.items()
    }  # fmt: skip
    return RuleCosts(problem, "optimal", audit, made, Interval(F(total), F(total)))


def test_fair_parts_add_up_to_the_price_of_all_rules():
    costs = costs_of({"R1": (0, 0), "R2": (0, 0)}, 10, {"R1": 4, "R2": 6})
    stairs = stairs_of(costs)
    assert [(s.name, s.start, s.size) for s in stairs] == [("R2", 0, 6), ("R1", 6, 4)]


@pytest.mark.parametrize(("total", "left"), [(12, 5), (5, -2)])
def test_single_prices_leave_a_step_of_what_rules_cost_together(total, left):
    stairs = stairs_of(costs_of({"R1": (3, 3), "R2": (4, 4)}, total))
    assert [(s.kind, s.size) for s in stairs] == [("rule", 4), ("rule", 3), ("together", left)]
    assert stairs[-1].start + stairs[-1].size == total


def test_what_is_not_proven_is_hatched_and_said():
    costs = costs_of({"R1": (3, 5), "R2": (4, None)}, 7)
    assert [s.unproven for s in stairs_of(costs)] == [0, 2]
    more = stairs_of(costs_of({"R1": (3, 5), "R2": (4, None)}, 9, {"R1": 3, "R2": 6}))
    assert [(s.kind, s.size) for s in more] == [("rule", 4), ("rule", 3), ("open", 2)]
    assert any("not proven" in text for text in texts(rule_price_waterfall(costs)))


def test_many_rules_end_in_a_step_of_all_others():
    prices = {f"R{i:02d}": (100 - i, 100 - i) for i in range(30)}
    costs = costs_of(prices, sum(low for low, _ in prices.values()))
    stairs = stairs_of(costs)
    assert [s.kind for s in stairs] == ["rule"] * MOST_STEPS + ["others"]
    assert stairs[-1].size == sum(100 - i for i in range(MOST_STEPS, 30))
    assert "8 other rules" in texts(rule_price_waterfall(costs))


@pytest.mark.parametrize(("lang", "unit"), [("en", "Above the award without any rule (CNY)"),
                                            ("zh", "高于无规则方案的部分 (CNY)")])  # fmt: skip
def test_the_axis_has_its_unit_and_the_last_bar_is_all_rules(lang, unit):
    ax = rule_price_waterfall(rule_costs(shop([one_lot_each()])), lang=lang)
    assert ax.get_xlabel() == unit
    assert "+10.00" in [text.get_text() for text in ax.texts]
    assert "10.00" in [text.get_text() for text in ax.texts]


def test_where_nothing_is_priced_the_axes_say_why():
    assert stairs_of(RuleCosts(shop(), "infeasible")) == ()
    for costs in (RuleCosts(shop(), "infeasible"), rule_costs(shop())):
        assert costs.explain().split("\n")[0][:20] in " ".join(" ".join(texts(rule_price_waterfall(costs))).split())
