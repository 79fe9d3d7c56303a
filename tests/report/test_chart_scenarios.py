"""Scenarios side by side."""

from __future__ import annotations

import pytest

from report.made_awards import one_lot_each, shop
from report.made_robustness import texts
from supplier_eval.award.scenarios import compare_scenarios
from supplier_eval.report.chart_scenarios import MOST_ROWS, scenarios_size
from supplier_eval.report.charts_award import scenario_table

CHANGES = {
    "no rule": {"without_rules": ["R1"]},
    "nobody": {"without_suppliers": ["A", "B"]},
    "B dearer": {"prices": {"B": 2}},
}


@pytest.fixture(scope="module")
def compared():
    return compare_scenarios(shop([one_lot_each()]), CHANGES, gap=0)


def test_bars_are_differences_to_the_award_as_asked(compared):
    ax = scenario_table(compared)
    # 340 as asked; without the rule 330; with B at twice its price A wins both lots for 355.
    assert [round(bar.get_width(), 6) for bar in ax.patches] == [0, -10, 0, 15]
    assert ax.get_xlabel() == "Objective less that of the award as asked (CNY)"
    assert any("The award as asked: 340.00" in text for text in texts(ax))


def test_a_failed_scenario_keeps_its_row_and_reason(compared):
    assert "no award keeps all hard rules" in texts(scenario_table(compared))
    assert any("没有" in text or "不" in text for text in texts(scenario_table(compared, lang="zh")))


def test_winners_and_what_moves_stand_beside(compared):
    assert "B; moves 66.7 %" in texts(scenario_table(compared))


def test_very_many_scenarios_are_cut_and_it_is_said():
    many = compare_scenarios(shop(), {f"scenario {i:02d}": {"prices": {"A": 1}} for i in range(35)})
    ax = scenario_table(many)
    assert len(ax.patches) == MOST_ROWS + 1
    assert "5 further scenarios are not shown." in " ".join(" ".join(texts(ax)).split())
    assert scenarios_size(many)[1] < 20
