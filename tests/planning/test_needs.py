"""Needs assessed: figures by hand, who could have turned a verdict, everything that is wrong at once."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning_tables import marks_table, needs_table, places, plan
from supplier_eval.errors import InvalidInput
from supplier_eval.planning import assess_needs

DESK = {"an": (5, 4, 4, 2), "bo": (4, 4, 5, 3), "cy": (3, 2, 4, 2)}
PRINT = {"an": (2, 2, 5, 1), "bo": (5, 3, 5, 1), "cy": (3, 3, 5, 2)}


def test_figures_are_those_of_the_formula_by_hand():
    found = assess_needs(needs_table(), marks_table(N1=DESK, N2=PRINT), plan())
    desk = found.need("n1")
    # gap: 100, 75, 50 -> 75; urgency: 75, 75, 25 -> 58.33; necessity 0.75 * 75 + 0.25 * 58.33
    assert desk.values == pytest.approx({"gap": 75, "urgency": 175 / 3, "market": 250 / 3, "data": 200 / 3})
    assert desk.necessity == pytest.approx(0.75 * 75 + 0.25 * 175 / 3, rel=1e-15)
    assert desk.feasibility == pytest.approx(75.0, rel=1e-15)
    assert desk.by_person["cy"] == pytest.approx((0.75 * 50 + 0.25 * 25, 0.5 * 75 + 0.5 * 75))
    assert desk.verdict == "candidate"
    assert found.need("N3").verdict == "undecided" and found.need("N3").necessity is None


def test_a_person_without_whom_the_verdict_would_be_another_is_named():
    found = assess_needs(needs_table(), marks_table(N2=PRINT), plan()).need("N2")
    # with all: 0.75 * 58.33 + 0.25 * 41.67 = 54.2, not necessary; without an: 0.75 * 75 + 0.25 * 50 = 68.75, necessary
    assert found.verdict == "not_necessary"
    assert found.decided_by == ("an",)
    alone = assess_needs(needs_table(), marks_table(N2={"an": PRINT["an"]}), plan()).need("N2")
    assert alone.decided_by == () and alone.verdict == "undecided" and alone.would_be == "not_necessary"


def test_the_line_itself_counts_as_reached():
    marks = dict.fromkeys(("an", "bo", "cy"), (3, 3, 3, 3))
    lines = {"necessity": 50, "feasibility": 50}
    found = assess_needs(needs_table(), marks_table(N1=marks), plan(lines=lines)).need("N1")
    assert (found.necessity, found.feasibility, found.verdict) == (50.0, 50.0, "candidate")


def test_fewer_people_than_the_plan_asks_for_leave_it_undecided():
    found = assess_needs(needs_table(), marks_table(N1={k: DESK[k] for k in ("an", "bo")}), plan()).need("N1")
    assert (found.verdict, found.would_be) == ("undecided", "candidate")
    assert assess_needs(needs_table(), marks_table(N1=DESK), plan(assessors=4)).need("N1").verdict == "undecided"


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_to_the_last_bit(shuffled):
    needs, marks = needs_table(), marks_table(N1=DESK, N2=PRINT)
    marks.loc[::3, "person"] = marks.loc[::3, "person"].str.upper()  # spelled now so, now so
    orders = [shuffled.sample(range(len(table)), len(table)) for table in (needs, marks)]
    one = assess_needs(needs, marks, plan())
    other = assess_needs(needs.iloc[orders[0]], marks.iloc[orders[1]], plan())
    assert one.to_frame().equals(other.to_frame())
    assert one.people_frame().equals(other.people_frame())


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 4), min_size=1, max_size=6), st.data())
def test_a_better_mark_never_lowers_a_figure_and_figures_stay_on_the_scale(marks, data):
    people = {f"p{k}": one for k, one in enumerate(marks)}
    before = assess_needs(needs_table(), marks_table(N1=people), plan()).need("N1")
    who = data.draw(st.sampled_from(sorted(people)))
    better = (min(5, people[who][0] + 1), *people[who][1:3], max(1, people[who][3] - 1))  # data: low is good
    after = assess_needs(needs_table(), marks_table(N1=people | {who: better}), plan()).need("N1")
    assert 0 <= before.necessity <= after.necessity <= 100
    assert 0 <= before.feasibility <= after.feasibility <= 100


def test_all_findings_come_at_once_each_with_its_place():
    needs = pd.concat([needs_table(), needs_table().iloc[:1]], ignore_index=True)
    needs.loc[1, "title"] = " "
    marks = marks_table(N1=DESK)
    marks.loc[0, "mark"] = 6.0  # above the scale
    marks.loc[1, "criterion"] = "weather"
    marks.loc[4, "need"] = "N9"
    marks = pd.concat([marks, marks.iloc[[5]]], ignore_index=True)
    with pytest.raises(InvalidInput) as refused:
        assess_needs(needs, marks, plan())
    assert places(refused) == {
        ("risk_table.key_twice", "needs", "need", (2, 5)),
        ("risk_table.cell_missing", "needs", "title", (3,)),
        ("planning.mark_outside", "need_marks", "mark", (2,)),
        ("planning.criterion_unknown", "need_marks", "criterion", (3,)),
        ("planning.need_unknown", "need_marks", "need", (6,)),
        ("planning.mark_twice", "need_marks", "mark", (14,)),
        ("planning.mark_missing", "need_marks", "criterion", ()),
    }


def test_a_mark_that_was_left_out_is_named_with_its_person_and_not_filled_in():
    marks = marks_table(N1=DESK).drop(index=[3, 4])
    with pytest.raises(InvalidInput) as refused:
        assess_needs(needs_table(), marks, plan())
    said = [str(one) for one in refused.value.findings]
    assert len(said) == 2
    assert "an did not mark N1 on data" in said[0] and "bo did not mark N1 on gap" in said[1]


def test_an_empty_mark_is_one_finding_not_two():
    marks = marks_table(N1=DESK).astype({"mark": object})
    marks.loc[3, "mark"] = None
    marks.loc[4, "mark"] = "good"
    with pytest.raises(InvalidInput) as refused:
        assess_needs(needs_table(), marks, plan())
    assert places(refused) == {
        ("risk_table.cell_missing", "need_marks", "mark", (5,)),
        ("risk_table.not_number", "need_marks", "mark", (6,)),
    }


def test_a_table_with_wrong_columns_or_none_is_refused():
    with pytest.raises(InvalidInput) as refused:
        assess_needs(needs_table(), marks_table(N1=DESK).rename(columns={"person": "colour"}), plan())
    assert ("risk_table.column_missing", "need_marks", "person", ()) in places(refused)
    with pytest.raises(InvalidInput) as refused:
        assess_needs(None, 3, plan())
    assert {one.code for one in refused.value.findings} == {"asked.frame"}
    with pytest.raises(InvalidInput) as refused:
        assess_needs(needs_table(), marks_table(N1=DESK), plan(needs=[]))
    assert "planning.no_need_criteria" in {one.code for one in refused.value.findings}


def test_empty_tables_and_very_long_names_are_answers():
    none = assess_needs(needs_table(), marks_table(N1={}), plan())
    assert {one.verdict for one in none.needs} == {"undecided"}
    needs = needs_table()
    needs.loc[0, "title"] = "很长的需求名称" * 200
    assert assess_needs(needs, marks_table(N1=DESK), plan()).need("N1").texts["title"] == "很长的需求名称" * 200


def test_people_are_the_same_whatever_their_capitals():
    marks = marks_table(N1=DESK)
    marks.loc[0, "person"] = "ＡＮ"
    found = assess_needs(needs_table(), marks, plan()).need("N1")
    assert len(found.by_person) == 3
