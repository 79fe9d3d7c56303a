"""Options compared: totals by hand, worlds of cost, everything that is wrong at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning_tables import CALLS, costs_table, option_marks, places, plan
from supplier_eval.errors import InvalidInput
from supplier_eval.planning import compare_options, cost_options
from supplier_eval.planning.options import judge_option_marks
from supplier_eval.robustness import weight_stability

COSTS = cost_options(costs_table(), CALLS, plan(), draws=1000)
MARKS = {"an": (4, 2, 3, 4), "bo": (3, 2, 3, 3), "cy": (5, 1, 2, 4)}
NO_COST = [{"id": "service", "weight": 100, "floor": 1, "target": 5}]


def test_totals_are_those_of_the_formula_by_hand():
    found = compare_options(option_marks(**MARKS), COSTS, plan())
    # cost: lowest / price = 960 / 1440; service mean of 75, 50, 100 and of 50, 50, 25; risk falls from 1 to 5
    own = 0.5 * 100 * 960 / 1440 + 0.3 * 75 + 0.2 * (75 + 75 + 100) / 3
    out = 0.5 * 100 + 0.3 * 125 / 3 + 0.2 * (25 + 50 + 25) / 3
    table = found.to_frame().set_index("option")
    assert table["total"].to_dict() == pytest.approx({"own": own, "out": out})
    assert found.first == ("own",)
    assert table.loc["own", "cost"] == pytest.approx(50 * 960 / 1440)
    assert table.loc["out", "present_value"] == pytest.approx(960)


def test_the_worlds_of_cost_are_scored_like_the_likely_one():
    found = compare_options(option_marks(**MARKS), COSTS, plan())
    own, out = COSTS.worlds
    rest = np.array([0.3 * 75 + 0.2 * 250 / 3, 0.3 * 125 / 3 + 0.2 * 100 / 3])
    least = np.minimum(own, out)
    totals = rest[:, None] + 0.5 * 100 * least / np.array([own, out])
    share = float((totals[0] > totals[1]).mean())
    assert found.first_in_worlds["own"][0] == pytest.approx(share)
    assert sum(one for one, _ in found.first_in_worlds.values()) == pytest.approx(1)


def test_the_sheet_answers_questions_of_robustness():
    found = compare_options(option_marks(**MARKS), COSTS, plan())
    assert weight_stability(found.sheet).winner == "own"


def test_without_a_criterion_of_cost_no_costs_are_needed():
    marks = option_marks(**MARKS)
    found = compare_options(marks[marks["criterion"] == "service"], None, plan(criteria=NO_COST))
    assert found.first == ("own",) and found.first_in_worlds == {}
    assert found.to_frame()["present_value"].isna().all()


def test_all_equal_marks_are_a_tie_that_stays_one():
    marks = option_marks(an=(3, 3, 3, 3), bo=(3, 3, 3, 3), cy=(3, 3, 3, 3))
    marks = marks[marks["criterion"] == "service"]
    found = compare_options(marks, None, plan(criteria=NO_COST))
    assert set(found.first) == {"own", "out"} and found.dissenting == ()


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_to_the_last_bit(shuffled):
    marks = option_marks(**MARKS)
    order = shuffled.sample(range(len(marks)), len(marks))
    one, other = (compare_options(table, COSTS, plan()) for table in (marks, marks.iloc[order]))
    assert one.to_frame().equals(other.to_frame())
    assert one.by_person == other.by_person


def test_all_findings_come_at_once_each_with_its_place():
    marks = option_marks(**{name: MARKS[name] for name in ("an", "bo")})
    marks.loc[0, "mark"] = 0.5
    marks.loc[1, "option"] = "cloud"
    marks.loc[2, "criterion"] = "cost"  # nobody marks the cost
    marks.loc[7, "person"] = "AN"
    with pytest.raises(InvalidInput) as refused:
        compare_options(marks, None, plan(cost_formula="mean_of_everything"))
    found = places(refused)
    assert found == {
        ("planning.costs_missing", "arguments", "costs", ()),
        ("planning.formula", "planning_plan", "cost_formula", ()),
        ("planning.mark_outside", "option_marks", "mark", (2,)),
        ("planning.option_unknown", "option_marks", "option", (3,)),
        ("planning.criterion_unknown", "option_marks", "criterion", (4,)),
        ("risk_table.key_twice", "option_marks", "option", (5, 9)),
        ("planning.mark_missing", "option_marks", "criterion", ()),
        ("planning.few_people", "option_marks", "person", ()),
    }


def test_who_left_out_a_mark_is_named_with_option_and_criterion():
    with pytest.raises(InvalidInput) as refused:
        compare_options(option_marks(**MARKS).drop(index=3), COSTS, plan())
    (one,) = refused.value.findings
    assert "an did not mark out on risk" in str(one)


def test_marks_are_judged_without_any_costs():
    marks = option_marks(**MARKS)
    assert judge_option_marks(marks, plan())[2] == []
    marks.loc[0, "mark"] = 9
    assert [one.code for one in judge_option_marks(marks, plan())[2]] == ["planning.mark_outside"]
    assert [one.code for one in judge_option_marks(marks.iloc[:0], plan())[2]] == ["planning.no_marks"]
    assert [one.code for one in judge_option_marks("marks.csv", plan())[2]][:1] == ["asked.frame"]


def test_an_unreadable_person_hides_no_gap_behind_it():
    marks = option_marks(**MARKS)
    marks.loc[0, "person"] = None
    with pytest.raises(InvalidInput) as refused:
        compare_options(marks, COSTS, plan())
    assert places(refused) == {("risk_table.cell_missing", "option_marks", "person", (2,))}


def test_costs_of_another_kind_plan_or_of_nothing_are_refused():
    marks = option_marks(**MARKS)
    for costs, code in (("costs", "planning.costs_kind"), (COSTS, "planning.costs_other_plan")):
        with pytest.raises(InvalidInput) as refused:
            compare_options(marks, costs, plan(term_months=24))
        assert [one.code for one in refused.value.findings] == [code]
    table = costs_table()
    table.loc[table["option"] == "own", "rate_low"] = 0.0
    free = cost_options(table, CALLS.assign(low=0.0), plan(), draws=200)
    with pytest.raises(InvalidInput) as refused:
        compare_options(marks, free, plan())
    assert places(refused) == {("planning.option_at_no_cost", "costs", "rate_low", ())}


def test_a_plan_without_criteria_has_nothing_to_compare():
    with pytest.raises(InvalidInput) as refused:
        compare_options(option_marks(**MARKS), None, plan(criteria=[]))
    assert "planning.no_criteria" in {one.code for one in refused.value.findings}


def test_other_price_formulas_are_tried_and_those_that_may_reward_the_dearer_are_refused():
    found = compare_options(option_marks(**MARKS), COSTS, plan())
    # own costs 1440, out 960: min_max gives 0 and 100, so that out wins by cost: 50 + 12.5 + 6.7 against 39.2
    assert found.first_by_formula["lowest_over_price"] == ("own",) and found.first_by_formula["min_max"] == ("out",)
    assert "another option is first: " in found.explain() and "min_max (out)" in found.explain()
    assert found.sheet.relative
    by_all = compare_options(option_marks(**dict.fromkeys(MARKS, (1, 5, 5, 1))), COSTS, plan())
    assert set(by_all.first_by_formula.values()) == {("out",)} and "every other price formula" in by_all.explain()
    for formula in ("mean_ratio", "bilinear", "nothing"):
        other = plan(cost_formula=formula)
        with pytest.raises(InvalidInput) as refused:
            compare_options(option_marks(**MARKS), cost_options(costs_table(), CALLS, other, draws=200), other)
        assert places(refused) == {("planning.formula", "planning_plan", "cost_formula", ())}
