"""The workbook says what was changed in it, computed afresh by a spreadsheet program."""

from __future__ import annotations

import openpyxl
import pytest

from report.made_books import changed, to_weigh
from report.office import figures
from supplier_eval.procedure import evaluate
from supplier_eval.report.book_checks import rectangles
from supplier_eval.report.grid import Sheet, quoted
from supplier_eval.report.workbook import write_workbook


def texts(path, sheet="Summary"):
    return [value for (page, _), value in figures(path).items() if page == sheet and isinstance(value, str)]


def beside(path, label):
    """What stands to the right of the labels on the summary."""
    page = openpyxl.load_workbook(path, data_only=True)["Summary"]
    return [row[1].value for row in page.iter_rows() if row[0].value == label]


def leads(path, order):
    """Bid → its lead on the summary."""
    page = openpyxl.load_workbook(path, data_only=True)["Summary"]
    return {row[1].value: row[4].value for row in page.iter_rows() if row[1].value in order and row[0].value != ""}


def test_while_nothing_is_changed_the_standing_is_the_evaluations(recalculated, desk):
    fresh = recalculated.fresh["desk"]
    assert beside(fresh, "Standing") == ["binding"]
    assert not any("EXPLORATORY" in text or "add up" in text for text in texts(fresh))
    assert beside(recalculated.fresh["proposal"], "Standing") == ["exploratory"]
    assert beside(fresh, "By the figures now here") == [f"{NAMES[desk.ranking.order[0]]} is first."]


NAMES = {"B1": "Alpha IT (B1)", "B2": "Beta 服务 (B2)", "B4": "Delta Ltd (B4)", "B6": "Zeta (B6)"}


@pytest.mark.parametrize(
    ("name", "said"),
    [("weighed", "2 weight(s) and 0 mark(s)"), ("marked", "0 weight(s) and 1 mark(s)"), ("heavier", "1 weight(s)")],
)
def test_what_was_changed_makes_the_workbook_exploratory_on_every_sheet(name, said, recalculated):
    fresh = recalculated.fresh[name]
    (standing,) = beside(fresh, "Standing")
    assert standing.startswith(f"exploratory: {said}")
    assert all("EXPLORATORY" in str(page["E1"].value) for page in openpyxl.load_workbook(fresh, data_only=True))


def test_who_is_first_now_is_said_beside_the_sentence_as_evaluated(recalculated, tmp_path):
    given = to_weigh("service-desk", tmp_path)
    evaluated, new = [beside(recalculated.fresh["service-desk weighed"], label) for label in LABELS]
    for lot, result in changed(given).lots.items():
        first = result.ranking.order[0]
        assert f"({first}) is first." in new.pop(0)
        assert f"({given.lots[lot].ranking.order[0]}) is first" in next(s for s in evaluated if f"{lot[1]})" in s)


LABELS = ("As evaluated", "By the figures now here")


def test_weights_that_do_not_add_up_are_told_beside_the_sum_and_on_the_summary(recalculated):
    fresh = recalculated.fresh["heavier"]
    for sheet in ("Weights", "Summary"):
        assert any(
            text.startswith("weights add up to 1") and text.endswith("not 100 %") for text in texts(fresh, sheet)
        )
    inside = recalculated.fresh["group"]
    assert "within a group, weights do not add up to 100 %: see the sheet of weights" in texts(inside)


@pytest.mark.parametrize("name", ["desk", "tied", "heavier", "museum"])
def test_leads_follow_the_live_order_and_are_never_below_nothing(name, recalculated, request):
    ranking = request.getfixturevalue("desk" if name == "heavier" else name).ranking
    found = leads(recalculated.fresh[name], ranking.order)
    assert len(found) == len(ranking.order)
    numbers = [lead for lead in found.values() if isinstance(lead, int | float)]
    assert len(numbers) == len(found) - 1
    assert min(numbers) >= 0
    if name != "heavier":
        assert found | {ranking.order[-1]: 0} == pytest.approx(ranking.margins | {ranking.order[-1]: 0}, abs=1e-9)


def test_leads_after_a_change_are_those_of_python(recalculated, desk):
    policy = desk.tender.policy.replace(weights={"team": 30, "projects": 50})
    ranking = evaluate(desk.tender.with_policy(policy)).ranking
    found = leads(recalculated.fresh["weighed"], ranking.order)
    assert {bid: found[bid] for bid in ranking.order[:-1]} == pytest.approx(
        {bid: ranking.margins[bid] for bid in ranking.order[:-1]}, abs=1e-9
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_copies_stand_on_a_locked_sheet_for_every_yellow_cell(desk, lang, tmp_path):
    book = openpyxl.load_workbook(write_workbook(desk, tmp_path / "w.xlsx", lang))
    *pages, copies = list(book)
    assert [page.protection.sheet for page in book] == [False] * len(pages) + [True]
    assert all(cell.protection.locked for row in copies.iter_rows() for cell in row)
    yellow = sum(cell.fill.fgColor.rgb == "FFFFF7DC" for page in pages for row in page.iter_rows() for cell in row)
    kept = [cell.value for row in copies.iter_rows(min_col=3) for cell in row if isinstance(cell.value, int | float)]
    counts = sum(str(cell.value).startswith("=SUMPRODUCT") for row in copies.iter_rows() for cell in row)
    assert counts > 4
    assert len(kept) == yellow > 100


def test_yellow_cells_are_taken_together_in_blocks():
    sheet = Sheet("x")
    for at in ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 2), (4, 2)):
        sheet.put(*at, 1.0, "input")
    assert list(rectangles(sheet)) == [
        ((0, 0), (1, 1)), ((2, 0), (2, 0)), ((2, 2), (2, 2)), ((4, 2), (4, 2)),
    ]  # fmt: skip


def test_a_sentence_becomes_a_formula_that_writes_it():
    assert quoted('say "{a}" and {b}', {"a": "A1", "b": "B1"}) == '"say """&A1&""" and "&B1'
    assert quoted("", {}) == '""'
