"""The workbook computes what the evaluation computed: checked by a spreadsheet program that computes it afresh."""

from __future__ import annotations

import dataclasses
import re
import zipfile

import openpyxl
import pytest

from report.made_books import WEIGHED, changed, to_weigh
from report.made_reports import HOSTILE
from report.office import differences, figures, formulas
from supplier_eval.procedure import evaluate
from supplier_eval.report.formats import plain
from supplier_eval.report.workbook import workbook_of, write_workbook

FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")
SHEETS = ["Summary", "Weights", "Marks", "Prices", "Values", "Points", "Qualification", "Flags", "As evaluated"]


def live(path, sheet="Points", kind="Total (live)"):
    """Bid → the live total (or another row of the sheet of points)."""
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    bids = [cell.value for cell in page[4]][3:]
    row = next(row for row in page.iter_rows() if row[1].value == kind)
    return {bid: cell.value for bid, cell in zip(bids, row[3:], strict=False) if bid is not None}


NAMES = ["desk", "chinese", "proposal", "hostile", "two_lots", "tied", "below_floor", "sealed", "sixty", *WEIGHED]


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_gives_its_cached_figure(name, recalculated):
    given, fresh = recalculated.given[name], recalculated.fresh[name]
    assert len(formulas(given)) > 50
    assert differences(given, fresh) == {}


@pytest.mark.parametrize("name", ["desk", "museum", "tied", "sixty"])
def test_totals_and_ranks_computed_afresh_are_the_evaluations(name, recalculated, request):
    ranking = request.getfixturevalue(name).ranking
    totals, ranks = live(recalculated.fresh[name]), live(recalculated.fresh[name], kind="Rank")
    assert totals == pytest.approx({bid: ranking.total_of(bid) for bid in sorted(ranking.order)}, abs=1e-9)
    assert ranks == {bid: ranking.rank_of(bid) for bid in ranking.order}


def test_a_wrong_cached_total_is_corrected(recalculated, desk):
    """Proof that the program really computes: the planted file shows 1.5 until then."""
    assert live(recalculated.given["planted"])["B4"] == 1.5
    assert live(recalculated.fresh["planted"])["B4"] == pytest.approx(desk.ranking.total_of("B4"), abs=1e-9)


def test_a_changed_mark_flows_to_totals_and_ranks(recalculated, desk):
    marks = desk.tender.marks.copy()
    where = (marks["criterion"] == "team") & (marks["bid"] == "B2") & (marks["evaluator"] == "E1")
    assert where.sum() == 1
    marks.loc[where, "mark"] = 100.0
    ranking = evaluate(dataclasses.replace(desk.tender, marks=marks)).ranking
    fresh = recalculated.fresh["marked"]
    assert ranking.total_of("B2") > desk.ranking.total_of("B2")
    assert live(fresh) == pytest.approx({bid: ranking.total_of(bid) for bid in sorted(ranking.order)}, abs=1e-9)
    assert live(fresh, kind="Rank") == {bid: ranking.rank_of(bid) for bid in ranking.order}
    assert live(fresh, kind="Difference")["B2"] == pytest.approx(
        ranking.total_of("B2") - desk.ranking.total_of("B2"), abs=1e-9
    )


def test_changed_weights_flow_to_totals(recalculated, desk):
    policy = desk.tender.policy.replace(weights={"team": 30, "projects": 50})
    ranking = evaluate(desk.tender.with_policy(policy)).ranking
    assert live(recalculated.fresh["weighed"]) == pytest.approx(
        {bid: ranking.total_of(bid) for bid in sorted(ranking.order)}, abs=1e-9
    )


@pytest.mark.parametrize("name", WEIGHED)
def test_moved_weights_give_what_python_gives_for_the_changed_policy(name, recalculated, tmp_path):
    given = to_weigh(name, tmp_path)
    fresh, several = recalculated.fresh[f"{name} weighed"], len(given.lots) > 1
    for number, (lot, result) in enumerate(changed(given).lots.items(), start=1):
        sheet, ranking = f"Points {number}" if several else "Points", result.ranking
        totals = {bid: ranking.total_of(bid) for bid in ranking.order}
        assert live(fresh, sheet) == pytest.approx(totals, abs=1e-9)
        assert live(fresh, sheet, "Rank") == {bid: ranking.rank_of(bid) for bid in ranking.order}
        assert totals != {bid: given.lots[lot].ranking.total_of(bid) for bid in totals}


def test_the_cached_figures_are_the_evaluations(desk, tmp_path):
    path = write_workbook(desk, tmp_path / "w.xlsx")
    assert openpyxl.load_workbook(path).sheetnames == SHEETS
    assert live(path) == {bid: desk.ranking.total_of(bid) for bid in sorted(desk.ranking.order)}
    names = openpyxl.load_workbook(path).defined_names
    assert {"w_team", "w_tax_credit", "w_price"} <= set(names)


def test_a_folder_can_be_named(desk, tmp_path):
    assert write_workbook(desk, tmp_path / "deep") == tmp_path / "deep" / "workbook.xlsx"


def test_text_from_outside_is_never_a_formula_nor_a_link(hostile, tmp_path):
    path = write_workbook(hostile, tmp_path / "w.xlsx", lang="zh")
    shown = {value for value in figures(path).values() if isinstance(value, str)}
    assert {plain(name) for name in HOSTILE} <= shown
    own = set(formulas(path).values())
    assert not any("cmd" in formula or "1+1" in formula.replace("=1+SUMPRODUCT", "") for formula in own)
    with zipfile.ZipFile(path) as file:
        parts = file.namelist()
        sheets = [file.read(part).decode("utf-8") for part in parts if part.startswith("xl/worksheets/")]
    assert not any("<hyperlink" in sheet for sheet in sheets)
    assert not any("external" in part.lower() for part in parts)


def test_closed_prices_are_not_in_the_workbook(sealed, below_floor, tmp_path):
    closed = write_workbook(sealed, tmp_path / "closed.xlsx")
    assert "Prices" not in openpyxl.load_workbook(closed).sheetnames
    below = figures(write_workbook(below_floor, tmp_path / "below.xlsx"))
    for found, secrets in ((figures(closed), (987654, 876543, 765432)), (below, (765432,))):
        texts = [str(value) for value in found.values() if value is not None and "sha256" not in str(value)]
        assert not any(str(secret) in text.replace(",", "") for secret in secrets for text in texts)
    assert 876543 in below.values()


def test_an_exploratory_workbook_says_so_on_every_sheet(proposal, desk, tmp_path):
    book = openpyxl.load_workbook(write_workbook(proposal, tmp_path / "p.xlsx"))
    for page in book:
        assert "EXPLORATORY" in str(page["E1"].value)
        assert "EXPLORATORY" in page.oddHeader.center.text
    binding = openpyxl.load_workbook(write_workbook(desk, tmp_path / "d.xlsx"), data_only=True)
    assert not any(page["E1"].value for page in binding)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_printed_page_has_its_heads_and_both_fingerprints(desk, lang, tmp_path):
    book = openpyxl.load_workbook(write_workbook(desk, tmp_path / "w.xlsx", lang))
    for page in book:
        assert desk.policy_fingerprint in page.oddFooter.left.text
        assert desk.tender.fingerprint in page.oddFooter.left.text
        assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
        if page.freeze_panes and not page.freeze_panes.endswith("1"):
            frozen = int(page.freeze_panes[1:]) - 1
            assert frozen == 0 or page.print_title_rows == f"${frozen}:${frozen}"


def test_a_sheet_for_sixty_bids_prints_on_several_pages_beside_each_other_with_its_labels(sixty, tmp_path):
    page = openpyxl.load_workbook(write_workbook(sixty, tmp_path / "w.xlsx"))["Values"]
    assert page.page_setup.fitToWidth > 3
    assert page.print_title_cols == "$A:$B"


def test_formulas_hold_only_functions_that_every_spreadsheet_program_knows(recalculated):
    known = {"ABS", "AND", "AVERAGE", "COUNT", "EXP", "IF", "LARGE", "MAX", "MEDIAN", "MIN", "ROUND", "SMALL"}
    known |= {"SUM", "SUMPRODUCT", "COUNTIF", "INDEX", "MATCH"}
    used = {
        name for path in recalculated.given.values() for f in formulas(path).values() for name in FUNCTION.findall(f)
    }
    assert used == known
    longest = max(len(f) for path in recalculated.given.values() for f in formulas(path).values())
    assert longest < 8192


CODE = re.compile(r"\b[a-z_]+\.[a-z_]+\b")
UNRULED = re.compile(r"（[a-z_.]+）$")


def test_in_chinese_cases_have_words_and_their_code_only_while_they_are_open(service_desk, tmp_path):
    book = openpyxl.load_workbook(write_workbook(service_desk, tmp_path / "w.xlsx", "zh"))
    texts = [cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "s"]
    with_code = {text for text in texts if CODE.search(text)}
    assert with_code == {"单价失衡（prices.item.unbalanced）", "成员回避（panel.recused）"}
    assert not any(CODE.search(UNRULED.sub("", text)) for text in with_code)


def test_several_lots_have_sheets_of_their_own(two_lots, tmp_path):
    names = openpyxl.load_workbook(write_workbook(two_lots, tmp_path / "w.xlsx")).sheetnames
    assert {"Points 1", "Points 2", "Marks 1", "Marks 2"} <= set(names)


def test_the_same_evaluation_gives_the_same_cells(desk):
    assert workbook_of(desk) == workbook_of(desk)
