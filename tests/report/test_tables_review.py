"""A review as rows of text."""

from __future__ import annotations

import re

import pytest

from monitor_folders import SAMPLE, two_years
from supplier_eval.monitor.folder_review import review_folder
from supplier_eval.report import tables_review as rows


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_row_has_every_cell(lang):
    answers = two_years()
    card = answers.review["S03"]
    for table in (
        rows.summary_table(answers, lang),
        rows.lines_table(card, lang),
        rows.proposals_table(answers.review, answers.shown, lang),
        rows.gaps_table(answers, lang),
        rows.observations_table(answers.observations, answers.shown, lang),
    ):
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert not re.search(r"\bnan\b", " ".join(cell for row in table.rows for cell in row).lower())


def test_the_heads_say_the_basis():
    heads = [label for label, _ in rows.summary_table(two_years(), "en").columns]
    assert {"Score (raw, contract)", "Comparison (shrunken)", "Rank (comparison)"} <= set(heads)


def test_a_supplier_that_is_not_rated_says_why():
    answers = review_folder(SAMPLE, span=("2026-06", "2026-07"))
    row = next(row for row in rows.summary_table(answers, "en").rows if row[0] == "S12")
    assert "not rated" in row
    assert any("coverage below 70 %" in cell or "in force" in cell for cell in row)


def test_the_decision_is_left_blank_for_people():
    table = rows.proposals_table(two_years().review, ("S03",), "en")
    assert [row[0] for row in table.rows] == ["S03"]
    assert table.rows[0][-1] == ""
    assert "audit office" in table.rows[0][-2]


def test_signals_name_the_month_of_the_decline_and_its_side():
    lines = rows.signal_lines(two_years(), "S03", "en")
    assert any("Resolved in time" in line and "2025-09" in line and "worse" in line for line in lines)
    assert rows.signal_lines(two_years(), "S04", "en") == []


def test_names_come_from_the_contracts():
    assert rows.names_of(two_years())["S04"] == "Tiny Desk Ltd."


def test_shares_fall_short_by_percentage_points():
    table = rows.gaps_table(two_years(), "en")
    at = [label for label, _ in table.columns].index("Short by")
    short = [row[at] for row in table.rows]
    assert any(cell.endswith(" pp") for cell in short) and not any(cell.endswith("%") for cell in short)
    assert any(row[at].endswith("个百分点") for row in rows.gaps_table(two_years(), "zh").rows)


def test_a_grade_that_its_score_has_left_has_its_reason_beside_it():
    answers = two_years()
    table, names = rows.summary_table(answers, "en"), list(answers.shown)
    for name in names:
        state, said = answers.review[name].state, " ".join(table.rows[names.index(name)])
        apart = state is not None and state.score is not None and state.band != state.grade
        assert apart == ("the score lies in band" in said), name
    assert "the score lies in band A; C" in " ".join(table.rows[names.index("S04")])
