"""Word documents: fonts for both scripts, the foot on every page, tables that fit, no library no document."""

from __future__ import annotations

import re
import sys

import docx
import pytest
from docx.oxml.ns import qn

from report.made_files import as_word
from supplier_eval.errors import MissingExtra
from supplier_eval.report.paper import Facts, Heading, Items, Paper, Signatures, Text
from supplier_eval.report.table_widths import PAGE_WIDTH
from supplier_eval.report.tables import Table
from supplier_eval.report.word import write_word

TABLE = Table("t", (("名称", "text"), ("Total", "figure")), (("甲\n乙", "1,234.50"), ("Sum", "−2.00")), {1: "sum"})
BLOCKS = (
    Heading("Part", 1),
    Text("{ PAGE } =1+1 <b>bold</b>", "pale"),
    Items(("one", "two\u202e")),
    Facts((("Place", ""), ("Known", "here"))),
    TABLE,
    Signatures(("Li Na", "")),
)


def paper(standing="binding", blocks=BLOCKS, lang="zh"):
    return Paper("报告", "Subject", lang, standing, ("why", "because"), ("policy sha256:aa", "data sha256:bb"), blocks)


def test_everything_is_set_in_its_order(tmp_path):
    word = as_word(paper(), tmp_path)
    assert [line for line in word.lines if line] == [
        "报告",
        "Subject",
        "有约束力：why",
        "because",
        "Part",
        "{ PAGE } =1+1 <b>bold</b>",
        "one",
        "two",
    ]
    assert word.tables[1] == [["名称", "Total"], ["甲\n乙", "1,234.50"], ["Sum", "−2.00"]]
    assert word.tables[2][1] == ["Li Na", "", ""]


def test_what_is_not_known_is_a_line_to_fill_in(tmp_path):
    word = as_word(paper(), tmp_path)
    assert re.fullmatch("_+", word.tables[0][0][1])
    assert word.tables[0][1] == ["Known", "here"]
    assert re.fullmatch("_+", word.tables[2][2][0])


def test_every_style_has_a_font_for_chinese_letters(tmp_path):
    made = docx.Document(str(write_word(paper(), tmp_path / "p.docx")))
    for name, font in (("Normal", "SimSun"), ("Heading 1", "SimHei"), ("Title", "SimHei")):
        fonts = made.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_the_foot_has_the_fingerprints_and_the_page_numbers(tmp_path):
    word = as_word(paper(), tmp_path)
    assert word.foot.startswith("policy sha256:aa\ndata sha256:bb")
    assert re.findall(r"<w:instrText>(\w+)</w:instrText>", word.parts["word/footer1.xml"]) == ["PAGE", "NUMPAGES"]
    assert "instrText" not in word.parts["word/document.xml"]


def test_a_draft_says_so_at_the_head_of_every_page(tmp_path):
    assert as_word(paper("exploratory"), tmp_path).head == "仅供探讨 · 草稿"
    assert as_word(paper(), tmp_path).head == ""


def test_tables_fit_the_page_and_repeat_their_head(tmp_path):
    wide = Table("w", tuple((f"Column {n}", "figure") for n in range(12)), (("1,234,567.89",) * 12,), {})
    made = docx.Document(str(write_word(paper(blocks=(wide, TABLE)), tmp_path / "p.docx")))
    for table in made.tables:
        assert sum(column.width.mm for column in table.columns) <= PAGE_WIDTH + 0.1
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    page = made.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert page.page_width.mm - page.left_margin.mm - page.right_margin.mm + 0.1 >= PAGE_WIDTH


def test_a_document_says_nothing_of_who_wrote_it(tmp_path):
    about = docx.Document(str(write_word(paper(), tmp_path / "p.docx"))).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.title == "报告: Subject"


def test_without_python_docx_the_command_that_installs_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtra, match=re.escape("pip install 'supplier-eval[word]'")):
        write_word(paper(), tmp_path / "p.docx")
    assert not (tmp_path / "p.docx").exists()
