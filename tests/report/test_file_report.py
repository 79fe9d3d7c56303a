"""The evaluation report for the file: contents by regime, figures as the results have them, blanks for the unknown."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from report.made_files import as_word, bank, desk_record, order_87, plain_figure, sample
from report.made_reports import HOSTILE, Page
from supplier_eval.report.file_report import evaluation_paper, write_evaluation_report
from supplier_eval.report.objection_file import objections_paper
from supplier_eval.report.opening_record import opening_paper
from supplier_eval.report.paper import Facts, Heading, Signatures
from supplier_eval.report.paper_page import paper_html
from supplier_eval.report.tables import Table
from supplier_eval.report.words import words

SAMPLES = ("service-desk", "museum-services")
LANGS = ("en", "zh")


def record_of(name):
    return desk_record() if name == "service-desk" else None


def heads(paper):
    return [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1]


def facts(paper):
    return [pair for block in paper.blocks if isinstance(block, Facts) for pair in block.pairs]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_page_and_word_show_every_table_with_the_same_cells(name, lang, tmp_path):
    paper = evaluation_paper(sample(name), lang, record_of(name))
    page, word = Page(paper_html(paper)), as_word(paper, tmp_path)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert len(tables) > 5
    shown = {kind: iter(found) for kind, found in page.tables.items()}
    for table in tables:
        cells = [[label for label, _ in table.columns], *(list(row) for row in table.rows)]
        assert next(shown[table.name]) == cells
        assert cells in word.tables


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_ranking_and_points_read_back_are_those_of_the_result(name, lang, tmp_path):
    evaluation = sample(name)
    word = as_word(evaluation_paper(evaluation, lang, record_of(name)), tmp_path)
    page = Page(paper_html(evaluation_paper(evaluation, lang, record_of(name))))
    for place, result in enumerate(evaluation.lots.values()):
        ranking = result.ranking
        rows = page.tables["ranking"][place]
        assert rows in word.tables
        assert [row[1] for row in rows[1:]] == list(ranking.order)
        parted = len(rows[0]) == 5
        by_criterion = page.tables["criteria_points"][place] if parted else [[*row, row[3]] for row in rows]
        assert not parted or by_criterion in word.tables
        for row, shown in zip(rows[1:], by_criterion[1:], strict=True):
            bid = row[1]
            assert int(row[0]) == ranking.rank_of(bid)
            assert plain_figure(row[3]) == pytest.approx(ranking.total_of(bid), abs=5.01e-5)
            points = ranking.criteria_points(bid)
            assert (shown[1], shown[-1]) == (bid, row[3])
            told = shown[2 if parted else 5 : -1]
            assert sum(map(plain_figure, told)) == pytest.approx(sum(points.values()), abs=5e-4)
            for cell, figure in zip(told, points.values(), strict=False):
                assert plain_figure(cell) == pytest.approx(figure, abs=5.01e-5)


@pytest.mark.parametrize("lang", LANGS)
def test_prices_read_back_are_those_of_the_result_to_the_cent(lang, tmp_path):
    evaluation = sample("service-desk")
    paper = evaluation_paper(evaluation, lang, desk_record())
    page, word = Page(paper_html(paper)), as_word(paper, tmp_path)
    for place, result in enumerate(evaluation.lots.values()):
        rows = page.tables["prices"][place]
        assert rows in word.tables
        prices = result.sheet.prices
        assert [row[0] for row in rows[1:]] == list(prices.evaluated)
        for row in rows[1:]:
            rungs = (prices.read, prices.corrected, prices.adjusted, prices.evaluated, prices.scored)
            told = [Decimal(cell.replace(",", "")) for cell in row[2:]]
            assert told == [rung[row[0]] for rung in rungs]
        for row in page.tables["candidates"][place][1:]:
            assert Decimal(row[4].replace(",", "")) == prices.evaluated[row[1]]
            assert plain_figure(row[3]) == pytest.approx(result.ranking.total_of(row[1]), abs=5.01e-3)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_page_carries_both_fingerprints(name, tmp_path):
    evaluation = sample(name)
    paper = evaluation_paper(evaluation)
    html, word = paper_html(paper), as_word(paper, tmp_path)
    for print_ in (evaluation.policy_fingerprint, evaluation.tender.fingerprint):
        assert print_ in word.foot
        assert print_.removeprefix("sha256:") in html.split("@bottom-left")[1].split("}")[0]


@pytest.mark.parametrize("make", [evaluation_paper, opening_paper, lambda e, lang, r: objections_paper(e, r, lang)])
def test_what_is_computed_with_a_registry_bears_the_head_of_its_audit_on_every_page(make, tmp_path):
    record = desk_record()
    paper = make(sample("service-desk"), "en", record)
    html, word = paper_html(paper), as_word(paper, tmp_path)
    assert str(record.anchor) in word.foot
    assert record.anchor.hash in html.split("@bottom-left")[1].split("}")[0]


@pytest.mark.parametrize("lang", LANGS)
def test_the_companys_report_and_order_87_have_the_same_six_sections(lang, tmp_path):
    say = words(lang)
    six = [say[f"filed.{n}"] for n in ("one", "two", "three", "four", "five", "six", "annex")]
    assert heads(evaluation_paper(sample("service-desk"), lang)) == six
    order = evaluation_paper(order_87(tmp_path / "o"), lang)
    assert heads(order) == six
    assert say["filed.by_order"] in [getattr(block, "text", "") for block in order.blocks]
    assert any(isinstance(block, Signatures) for block in order.blocks)


def test_the_banks_report_has_its_five_parts(tmp_path):
    five = heads(evaluation_paper(bank(tmp_path / "b")))
    assert [title.split(".")[0] for title in five] == [f"Section {n}" for n in ("I", "II", "III", "IV", "V")]


def test_what_is_not_known_is_a_labelled_blank():
    unknown = facts(evaluation_paper(sample("service-desk")))
    assert unknown.count(("Place of opening", "")) == 3  # the notice, and each of the two openings
    assert ("Witnesses", "") in unknown
    known = facts(evaluation_paper(sample("service-desk"), record=desk_record()))
    assert ("Place of opening", "") not in known
    assert known.count(("Place of opening", "Room 4")) == 3
    assert known.count(("Witnesses", "gao.yu, he.jun")) == 2


def test_an_exploratory_result_is_marked_on_every_page(proposal, tmp_path):
    paper = evaluation_paper(proposal)
    html, word = paper_html(paper), as_word(paper, tmp_path)
    assert 'class="watermark"' in html
    assert "@top-center" in html
    assert word.head == "EXPLORATORY · DRAFT"
    assert "Nobody has adopted the policy." in word.text
    binding = as_word(evaluation_paper(sample("service-desk")), tmp_path)
    assert binding.head == ""
    assert "@top-center" not in paper_html(evaluation_paper(sample("service-desk")))


def test_closed_prices_stay_closed(sealed, below_floor, tmp_path):
    text = as_word(evaluation_paper(sealed), tmp_path).text + paper_html(evaluation_paper(sealed))
    for price in ("987,654", "876,543", "765,432", "987654"):
        assert price not in text
    text = as_word(evaluation_paper(below_floor), tmp_path).text + paper_html(evaluation_paper(below_floor))
    assert "987,654" in text
    assert "765,432" not in text


def test_a_lot_that_stopped_says_why(stopped):
    page = Page(paper_html(evaluation_paper(stopped)))
    assert stopped.ranking.stopped.say("en") in page.text
    assert "ranking" not in page.tables


def test_hostile_names_are_text_in_page_and_word(tmp_path):
    for evaluation in (order_87(tmp_path / "o"), bank(tmp_path / "b")):
        paper = evaluation_paper(evaluation)
        page, word = Page(paper_html(paper)), as_word(paper, tmp_path)
        assert not [tag for tag, _ in page.tags if tag in {"script", "a", "img", "iframe", "link"}]
        body = "".join(xml for name, xml in word.parts.items() if name.startswith("word/"))
        assert word.parts["word/footer1.xml"].count("instrText") == 4  # page and pages, opened and closed
        assert body.count("instrText") == 4
        for danger in ("<w:hyperlink", "<w:fldSimple", 'TargetMode="External"', "<w:altChunk", "<w:object"):
            assert danger not in body + "".join(word.parts.values())
        for name in (HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[6]):
            assert name in page.text
            assert name in word.text
        assert not any(mark in word.text + page.text for mark in "\u202e\u202c")


def test_the_ending_of_the_file_decides_how_it_is_set(tmp_path):
    for ending, first in ((".html", b"<!DOCTYPE"), (".docx", b"PK")):
        path = write_evaluation_report(sample("museum-services"), tmp_path / f"report{ending}", "zh")
        assert path.read_bytes().lstrip().startswith(first)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_marks_of_every_member_are_an_annex_of_what_the_members_sign(lang, tmp_path):
    evaluation = sample("service-desk")
    blocks = evaluation_paper(evaluation, lang).blocks
    start = next(
        i for i, one in enumerate(blocks) if isinstance(one, Heading) and one.text == words(lang)["filed.annex"]
    )
    assert any(isinstance(one, Signatures) for one in blocks[:start])
    annex = [one for one in blocks[start:] if isinstance(one, Table)]
    panels = [result.sheet.technical.panel for result in evaluation.lots.values()]
    parts = [-(-len(panel.bids) // 6) for panel in panels]
    assert len(annex) == sum(n * (len(panel.members) + 1) for n, panel in zip(parts, panels, strict=True))
    first = panels[0]
    assert annex[0].columns[1][0] == first.bids[0]
    assert annex[0].rows[0][1] == f"{first.marks[0, 0, 0]:g}"
    word = as_word(evaluation_paper(evaluation, lang), tmp_path)
    assert [list(row) for row in annex[-1].rows] == word.tables[-1][1:]


def test_where_nobody_marked_there_is_no_annex():
    evaluation = sample("service-desk")
    bare = {
        lot: dataclasses.replace(r, sheet=dataclasses.replace(r.sheet, technical=None))
        for lot, r in evaluation.lots.items()
    }
    blocks = evaluation_paper(dataclasses.replace(evaluation, lots=bare)).blocks
    assert isinstance(blocks[-1], Signatures)
