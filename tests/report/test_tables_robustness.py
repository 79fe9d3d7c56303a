"""Robustness as rows of text says what the results say."""

from __future__ import annotations

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.report import tables_robustness as tables
from supplier_eval.robustness.answers import answer_lots

OFFERS = [flat("A", 90, "100"), flat("B", 78, "80"), flat("C", 10, "60")]


@pytest.fixture(scope="module")
def answer():
    policy = Policy.from_mapping(policy_mapping())
    return answer_lots(make_tender(OFFERS, policy), draws=64, methods=True, break_even=True)[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_table_has_a_cell_under_every_head(answer, lang):
    study = answer.study
    found = [tables.intervals_table(study.stability, lang), tables.methods_table(answer.methods, lang)]
    makers = (tables.change_table, tables.shares_table, tables.panel_table, tables.reversal_table)
    found += [make(study, lang) for make in makers] + [tables.break_even_table(answer.break_even, lang)]
    for table in found:
        assert table.rows
        assert all(len(row) == len(table.columns) for row in table.rows), table.name
        assert all("nan" not in cell.lower() for row in table.rows for cell in row), table.name


def test_intervals_are_in_points_of_the_whole_and_the_tightest_comes_first(answer):
    stability = answer.study.stability
    rows = tables.intervals_table(stability, "en").rows
    first = stability.tightest
    assert float(rows[0][1]) == pytest.approx(first.weight_points, abs=0.005)
    assert float(rows[0][3]) == pytest.approx(first.points(first.first.upper), abs=0.005)
    ends = tables.intervals_table(stability, "en", ends_only=True).rows
    assert 0 < len(ends) <= len(rows)


def test_the_size_of_a_change_is_the_largest_move_of_one_weight(answer):
    for one, row in zip(answer.study.change.changes, tables.change_table(answer.study, "en").rows, strict=True):
        if one.possible:
            moves = [line.partition(": ")[2].split(" → ") for line in row[3].split("\n")]
            assert float(row[2]) == pytest.approx(max(abs(float(b) - float(a)) for a, b in moves), abs=0.011)


def test_shares_show_the_ball_with_marks_first_and_mark_the_winner(answer):
    table = tables.shares_table(answer.study, "en")
    ball = answer.study.ball
    for row in table.rows:
        share = 100 * ball.first[ball.bids.index(row[0])]
        assert float(row[2].split(" %")[0]) == pytest.approx(share, abs=0.005)
    (marked,) = table.marked
    assert table.rows[marked][0] == answer.study.influence.winners[0]


def test_other_methods_that_name_another_bid_stand_out(answer):
    table = tables.methods_table(answer.methods, "en")
    others = {i for i, agrees in enumerate(answer.methods.to_frame()["agrees"]) if agrees is False}
    assert {i for i in table.marked if table.marked[i] == "open"} == others
