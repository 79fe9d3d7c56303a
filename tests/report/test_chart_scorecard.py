"""Tiles of a scorecard."""

from __future__ import annotations

from report.made_reviews import two_years
from report.made_robustness import texts
from supplier_eval.report.chart_scorecard import MOST, tile_columns, tiles_size
from supplier_eval.report.charts_review import scorecard_tiles


def test_a_branch_of_many_kpis_has_several_columns_the_heaviest_first():
    columns = tile_columns(two_years().review["S03"])
    assert [branch for branch, _ in columns] == ["fulfilment", "price", "quality", "quality"]
    assert columns[2][1][0].kpi == "resolution"
    assert all(len(lines) <= MOST for _, lines in columns)


def test_a_tile_has_figure_target_cases_and_whether_it_is_met():
    shown = texts(scorecard_tiles(two_years().review, "S03"))
    assert {"84.91 %", "MISSED", "met", "no data"} <= set(shown)
    assert "target ≥ 93 % · n = 53 · points: 44" in shown


def test_what_does_not_apply_has_no_tile_and_the_figure_grows_with_the_columns():
    card = two_years().review["S08"]
    kpis = {line.kpi for _, lines in tile_columns(card) for line in lines}
    assert kpis == {line.kpi for line in card.lines if line.status != "not_applicable"}
    assert tiles_size(two_years().review["S03"])[0] > 12
