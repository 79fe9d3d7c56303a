from __future__ import annotations

import pytest

from report.made_reports import evaluated
from supplier_eval.report.brush import cells
from supplier_eval.report.workbook import workbook_of


def sheet(evaluation, name):
    return next(s for s in workbook_of(evaluation).sheets if s.name == name)


def row_of(page, label):
    return next(row for (row, column), cell in page.cells.items() if column == 1 and cell.value == label)


def test_points_are_weight_times_value(desk):
    page = sheet(desk, "Points")
    ranking = desk.ranking
    bids = [page.cells[3, column].value for column in range(3, 7)]
    for i, name in enumerate(ranking.sheet.criteria):
        for column, bid in enumerate(bids, start=3):
            cell = page.cells[4 + i, column]
            assert cell.value == ranking.points[i, ranking.sheet.position(bid)]
            assert cell.formula.startswith(f"=w_{name.replace('-', '_')}*'Values'!")


def test_the_total_is_rounded_as_the_policy_says(desk):
    page = sheet(desk, "Points")
    total = page.cells[row_of(page, "Total (live)"), 3]
    assert total.formula.startswith("=ROUND(ROUND(SUM(")
    assert total.formula.endswith(",11),2)")


def test_ranks_count_the_bids_above_key_by_key(desk, tied):
    page = sheet(desk, "Points")
    rank = page.cells[row_of(page, "Rank"), 3].formula
    assert rank.count(">") == 4  # three keys, and the count itself
    ranks = sheet(tied, "Points")
    assert [ranks.cells[row_of(ranks, "Rank"), column].value for column in (3, 4, 5)] == [1.0, 1.0, 3.0]


def test_the_summary_shows_the_order_with_live_totals(desk):
    page = sheet(desk, "Summary")
    order = desk.ranking.order
    bids = {cell.value: row for (row, at), cell in page.cells.items() if at == 1 and cell.value in order}
    assert sorted(bids, key=lambda bid: bids[bid]) == list(order)
    for bid, row in bids.items():
        assert page.cells[row, 3].value == desk.ranking.total_of(bid)
        assert page.cells[row, 3].formula.startswith("='Points'!")
        parts = [page.cells[row, column].value for column in range(5, 11)]
        assert sum(parts) == pytest.approx(desk.ranking.total_of(bid), abs=1e-9)


def test_a_stopped_lot_has_its_reason_and_no_points(stopped):
    book = workbook_of(stopped)
    assert "Points" not in {s.name for s in book.sheets}
    assert any("3 are needed" in str(cell.value) for cell in book.sheets[0].cells.values())


def test_flags_rulings_and_reasons_are_text(desk):
    flags = [str(cell.value) for cell in sheet(desk, "Flags").cells.values()]
    assert any("calculation shown" in text for text in flags)
    reasons = [str(cell.value) for cell in sheet(desk, "Qualification").cells.values()]
    assert any("Late" in text for text in reasons)
    for page in ("Flags", "Qualification"):
        assert {at for at, cell in sheet(desk, page).cells.items() if cell.formula} == {(0, 4)}  # the warning


def test_long_sentences_are_spread_over_the_width_and_get_their_height(folder):
    name = "北京华夏信息技术服务外包与运维保障联合股份有限公司" * 4
    page = sheet(evaluated(folder / "long names", [name, name[::-1]]), "Summary")
    across = sum(page.widths[column] for column in range(1, 9))
    for (row, column), last in page.spread.items():
        said = page.cells[row, column].value
        assert (column, last) == (1, 8)
        assert not any((row, at) in page.cells for at in range(2, 9))
        assert page.heights.get(row, 15.0) >= min(400.0, 15.0 * cells(said) / across)
    assert max(page.heights.get(row, 0.0) for row, _ in page.spread) >= 30
