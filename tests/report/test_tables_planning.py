"""The tables of planning: what the results say, in figures that add up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning_tables import CALLS, costs_table, marks_table, needs_table, plan
from report.made_planning import made
from supplier_eval.planning import assess_needs, cost_options, switching_values
from supplier_eval.report import tables_planning as tables


def figures(table, head):
    """A column of figures, read back."""
    at = [label for label, _ in table.columns].index(head)
    return [float(row[at].replace(",", "")) for row in table.rows]


def test_needs_stand_with_figures_spans_verdicts_and_who_decides_alone():
    table = tables.assessed_table(made().needs, "en")
    rows = {row[0]: row for row in table.rows}
    assert rows["N01"][4:] == ("85.9", "84 – 91", "81.9", "76 – 84", "4", "candidate for outsourcing", "")
    assert rows["N03"][-2:] == ("not necessary", "li.wei")
    assert rows["N05"][-2] == "undecided (not necessary)"
    assert table.marked == {0: "first", 1: "first", 4: "open"}
    assert tables.assessed_table(made().needs, "zh").rows[0][-2] == "外包候选"


def test_a_need_that_nobody_marked_has_dashes_and_no_row_of_criteria():
    found = assess_needs(needs_table(), marks_table(N1={"an": (3, 3, 3, 3)}), plan())
    assert tables.assessed_table(found, "en").rows[1][4:8] == (("–", "–", "–", "–"))
    assert tables.assessed_table(found, "en").rows[1][-2] == "undecided"
    criteria = tables.need_criteria_table(found, "en")
    assert [row[0] for row in criteria.rows] == ["N1"]
    assert [label for label, _ in criteria.columns][1:] == [
        *("gap (75\u00a0%)", "urgency (25\u00a0%)"),
        *("market (50\u00a0%)", "data (50\u00a0%)"),
    ]


def test_kinds_add_up_to_the_likely_value_and_the_lines_add_up_to_it_too():
    costs = made().costs
    table = tables.option_costs_table(costs, "en")
    sums = [sum(parts) for parts in zip(*(figures(table, h) for h in ("Transition", "Run", "Exit")), strict=True)]
    assert sums == pytest.approx(figures(table, "Likely (CNY)"), abs=2)
    lines = tables.cost_lines_table(costs, "en")
    by_option = {}
    for row, value in zip(lines.rows, figures(lines, "Likely present value"), strict=True):
        by_option[row[0]] = by_option.get(row[0], 0) + value
    assert [by_option[row[0]] for row in table.rows] == pytest.approx(figures(table, "Likely (CNY)"), abs=5)
    assert table.marked == {2: "first"}


def test_none_and_all_are_said_by_their_bound():
    assert tables.share_cell(0.0, 0.0, 20_000) == "≤ 0.015 %"
    assert tables.share_cell(1.0, 0.0, 20_000) == "≥ 99.985 %"
    assert tables.share_cell(0.5, 0.01, 20_000) == "50.00 ± 1.00 %"


def test_break_even_volumes_say_unit_side_and_where_they_lie():
    rows = tables.break_even_table(made().costs, "en").rows
    assert rows[2] == ("tickets", "nights / whole", "4,973 tickets", "within", "whole", "nights")
    dear = costs_table(("out", "fine", "run", "", 1, 12, 900.0, 900.0, 900.0))
    (row,) = tables.break_even_table(cost_options(dear, CALLS, plan(), draws=200), "en").rows
    assert row[2:] == ("at no volume", "–", "own", "own")
    assert tables.volumes_table(made().costs, "zh").rows == (("tickets", "3,900 tickets", "3,000 – 5,200", "5 %"),)


def test_the_comparison_adds_up_and_marks_the_first_and_those_who_differ():
    found = made().comparison
    table = tables.comparison_table(found, "en")
    heads = [label for label, _ in table.columns]
    points = zip(*(figures(table, head) for head in heads[6:9]), strict=True)
    assert [sum(row) for row in points] == pytest.approx(figures(table, "Total"), abs=0.02)
    assert table.marked == {0: "first"} and table.rows[0][1:4] == (
        *("nights", "Nights and peaks outsourced"),
        "partly outsourced",
    )
    people = tables.option_people_table(found, "en")
    assert [people.rows[at][0] for at in people.marked] == ["chen.jie", "li.wei"]
    assert tables.comparison_table(replace(found, first_in_worlds={}), "en").rows[0][-1] == "–"


def test_scope_and_names_come_as_the_company_wrote_them():
    assert tables.scope_table(made().needs, "en").rows[4] == (
        "N05",
        "Printing for two sites",
        "Same day",
        "30 June 2027",
    )
    assert tables.scope_table(made().needs, "zh").rows[4][-1] == "2027年6月30日"
    assert tables.option_name(made().plan, "whole", "zh") == "整体外包"
    assert tables.option_name(plan(), "own", "en") == ""


def test_switching_values_say_the_rate_its_change_and_where_it_lies():
    found = switching_values(cost_options(costs_table(), CALLS, plan(), draws=200))
    rows = {row[1]: row[2:] for row in tables.switching_table(found, "en").rows}
    assert rows["team"] == ("90 – 100 – 120", "60", "−40.0 %", "outside")
    assert rows["supplier"] == ("4 – 5 – 8", "9", "+80.0 %", "outside")
    assert rows["overtime"] == ("2 – 2 – 2", "at no rate", "–", "–")
