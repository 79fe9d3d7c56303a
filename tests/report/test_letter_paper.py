"""A debrief letter in Word says what the page says, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from report.made_files import as_word, sample
from report.made_reports import Page
from report.test_letters import SILENT, under
from supplier_eval.errors import SupplierEvalError
from supplier_eval.report.documents import debrief_letter, write_debriefs
from supplier_eval.report.letter_lots import losers
from supplier_eval.report.letter_paper import letter_paper
from supplier_eval.report.paper_page import paper_html


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["service-desk", "museum-services"])
def test_every_line_of_the_word_letter_stands_in_the_page(name, lang, tmp_path):
    evaluation = sample(name)
    for result in evaluation.lots.values():
        for bid in losers(result):
            said = Page(debrief_letter(evaluation, bid, lang, on=date(2026, 4, 1))).text
            word = as_word(letter_paper(evaluation, bid, lang, on=date(2026, 4, 1)), tmp_path)
            cells = [line for text in word.text.split("\n") for line in [text.strip()] if line]
            assert len(cells) > 8
            assert not [line for line in cells if line not in said]


def test_the_tables_of_the_word_letter_are_those_of_the_page(desk, tmp_path):
    page, word = Page(debrief_letter(desk, "B2")), as_word(letter_paper(desk, "B2"), tmp_path)
    for kind in ("points", "marks"):
        assert page.tables[kind][0] in word.tables


@pytest.mark.parametrize("switch", [None, *SILENT])
def test_no_figure_or_name_passes_that_the_page_keeps_back(desk, switch, tmp_path):
    ruled = under(desk, **({switch: True} if switch else {}))
    page = debrief_letter(ruled, "B2")
    word = as_word(letter_paper(ruled, "B2"), tmp_path)
    everything = word.text + word.foot + word.head + "".join(word.parts.values())
    for secret in ("Delta", "79.02", "400,000.50", "17.7661", "Surname", "57.62", "Alpha", "Zeta", "52.16"):
        assert (secret in everything) <= (secret in page), secret


def test_the_data_fingerprint_stays_inside(desk, tmp_path):
    word = as_word(letter_paper(desk, "B2"), tmp_path)
    assert desk.policy_fingerprint in word.foot
    assert desk.tender.fingerprint not in "".join(word.parts.values())


def test_a_draft_says_so_on_every_page(proposal, tmp_path):
    loser = losers(proposal.only_lot)[0]
    word = as_word(letter_paper(proposal, loser), tmp_path)
    assert word.head == "EXPLORATORY · DRAFT"
    assert "not to be sent" in word.text
    assert as_word(letter_paper(sample("service-desk"), "QH-1"), tmp_path).head == ""


def test_the_winner_gets_none(desk):
    with pytest.raises(SupplierEvalError, match="B4 was chosen"):
        letter_paper(desk, "B4")


def test_letters_are_written_beside_the_pages(desk, tmp_path):
    pages = write_debriefs(desk, tmp_path / "pages")
    both = write_debriefs(desk, tmp_path / "both", word=True)
    assert len(both) == 2 * len(pages)
    assert {path.stem for path in both} == {path.stem for path in pages}


def test_hostile_names_are_text(hostile, tmp_path):
    for bid in losers(hostile.only_lot):
        paper = letter_paper(hostile, bid)
        word = as_word(paper, tmp_path)
        assert "\u202e" not in word.text
        assert "instrText" not in word.parts["word/document.xml"]
        assert not [tag for tag, _ in Page(paper_html(paper)).tags if tag == "script"]
