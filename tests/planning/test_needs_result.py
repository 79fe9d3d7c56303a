"""Needs as they are said and laid out."""

from __future__ import annotations

import pytest

from planning_tables import marks_table, needs_table, plan
from supplier_eval.errors import UnknownName
from supplier_eval.planning import assess_needs

DESK = {"an": (5, 4, 4, 2), "bo": (4, 4, 5, 3), "cy": (3, 2, 4, 2)}
PRINT = {"an": (2, 2, 5, 1), "bo": (5, 3, 5, 1), "cy": (3, 3, 5, 2)}
FOUND = assess_needs(needs_table(), marks_table(N1=DESK, N2=PRINT), plan())


def test_the_frame_has_one_row_a_need_and_a_gap_where_nobody_marked():
    table = FOUND.to_frame()
    assert table["need"].tolist() == ["N1", "N2", "N3"]
    assert table["verdict"].tolist() == ["candidate", "not_necessary", "undecided"]
    assert table["people"].tolist() == [3, 3, 0]
    assert table["decided_by"].tolist() == ["an", "an", ""]  # without an: 0.75 * 62.5 + 0.25 * 50 = 59.4
    assert table.loc[2, ["necessity", "feasibility"]].isna().all()


def test_sentences_name_figures_lines_and_the_person_who_decides():
    said = FOUND.explain()
    assert "N1 (Desk), marked by 3: necessity 70.8 (line 60), feasibility of outsourcing 75.0 (line 60)" in said
    assert "Without the marks of any one of these the verdict would be another: an." in said
    assert "nobody has marked it" in said
    assert "可列为外包候选" in FOUND.explain("n1", "zh")


def test_an_undecided_need_says_what_it_would_be_and_who_is_asked_for():
    few = assess_needs(needs_table(), marks_table(N1={k: DESK[k] for k in ("an", "bo")}), plan())
    assert "a candidate for outsourcing. That stays undecided: 3 people are asked for, 2 marked." in few.explain("N1")


def test_a_need_that_is_not_there_is_refused_and_the_standing_is_the_plans():
    with pytest.raises(UnknownName, match="N9"):
        FOUND.need("N9")
    assert FOUND.standing == "exploratory"
    adopted = plan(adoption={"by": "committee", "on": "2026-01-12"})
    assert assess_needs(needs_table(), marks_table(N1=DESK), adopted).standing == "binding"
    assert repr(FOUND) == "NeedAssessments(3 needs; 1 candidates; exploratory)"
    assert FOUND.policy_fingerprint == plan().fingerprint
