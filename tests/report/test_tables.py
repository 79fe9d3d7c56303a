from __future__ import annotations

import dataclasses

import pytest

from supplier_eval.report import tables
from supplier_eval.report.formats import number


def column(table, label):
    return [label for label, _ in table.columns].index(label)


def test_the_ranking_table_shows_the_rankings_figures(desk):
    ranking = desk.ranking
    table = tables.ranking_table(ranking, "en")
    assert [row[1] for row in table.rows] == list(ranking.order)
    for row in table.rows:
        bid = row[1]
        assert row[0] == str(ranking.rank_of(bid))
        assert row[3] == f"{ranking.total_of(bid):.2f}"
        shown = [float(cell.replace("−", "-")) for cell in row[5:]]
        assert shown == pytest.approx(list(ranking.criteria_points(bid).values()), abs=5e-5)
        assert sum(shown) == pytest.approx(ranking.total_of(bid), abs=5e-4)
    assert table.columns[-1][0] == "Rounding"
    assert table.marked == {0: "first"}


def test_a_withdrawn_bid_is_marked_and_the_next_is_first(desk):
    table = tables.ranking_table(desk.ranking.withdraw("B4"), "en")
    assert table.marked == {0: "out", 1: "first"}


def test_a_ranking_of_any_table_has_its_columns_too():
    import pandas as pd

    from supplier_eval.rank.front import rank_bids
    from supplier_eval.score.sheet import ScoreSheet

    values = pd.DataFrame({"speed": [80.0, 60.0], "care": [50.0, 90.0]}, index=["A", "B"])
    table = tables.ranking_table(rank_bids(ScoreSheet.from_frame(values, {"speed": 0.5, "care": 0.5})), "zh")
    assert [label for label, _ in table.columns][-2:] == ["speed", "care"]
    assert table.rows[0][1:4] == ("B", "B", "75.0000")


def test_the_comparison_adds_up_to_the_difference(desk):
    table = tables.comparison_table(desk.ranking, "B4", "B2", "en")
    figures = [[float(cell.replace("−", "-")) for cell in row[1:]] for row in table.rows]
    *lines, total = figures
    for at in range(3):
        assert sum(line[at] for line in lines) == pytest.approx(total[at], abs=1e-3)
    assert total[2] == pytest.approx(desk.compare("B4", "B2").difference, abs=1e-4)
    differences = [abs(line[2]) for line in lines]
    assert differences == sorted(differences, reverse=True)


def test_every_bid_stands_in_the_qualification_with_all_reasons(desk):
    table = tables.qualification_table(desk.only_lot, "en")
    assert [row[0] for row in table.rows] == ["B1", "B2", "B3", "B4", "B5", "B6"]
    out = {row[0]: row[3] for row in table.rows if row[2] == "no"}
    assert set(out) == {"B3", "B5"}
    assert "Business licence" in out["B3"]
    assert "30 minutes" in out["B5"] or "30 min" in out["B5"]
    assert set(table.marked) == {2, 4}


def test_every_gate_is_shown_with_its_distance(desk):
    checks = tuple(dataclasses.replace(c, distance=2.5, passed=False) for c in desk.only_lot.qualification.checks)
    qualification = dataclasses.replace(desk.only_lot.qualification, checks=checks)
    table = tables.checks_table(dataclasses.replace(desk.only_lot, qualification=qualification), "zh")
    assert len(table.rows) == 6
    assert {row[1] for row in table.rows} == {"营业执照"}
    assert {row[column(table, "差距")] for row in table.rows} == {"2.5"}


def test_the_ladder_holds_opened_bids_only(desk, sealed, below_floor):
    table = tables.price_table(desk.only_lot, "en")
    assert [row[0] for row in table.rows] == ["B1", "B2", "B4", "B6"]
    assert table.rows[1][2:] == ("1,100,000.00",) * 4 + ("990,000.00",)
    assert table.columns[2][0] == "As read (CNY)"
    assert tables.price_table(sealed.only_lot, "en") is None
    assert [row[0] for row in tables.price_table(below_floor.only_lot, "en").rows] == ["B1", "B2"]


def test_without_a_deduction_there_is_no_scored_column(lonely):
    table = tables.price_table(lonely.only_lot, "en")
    assert table.columns[-1][0] == "Evaluated (CNY)"
    assert tables.items_table(lonely.only_lot, (), "en") is None


def test_totals_are_shown_with_the_policys_decimals(desk):
    assert tables.total_places(desk.ranking) == 2
    assert number(desk.ranking.total_of("B4"), 2) in tables.ranking_table(desk.ranking, "en").rows[0]
