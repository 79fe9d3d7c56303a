"""Documents as pages: one file that asks for nothing, a foot that no text can break out of."""

from __future__ import annotations

import dataclasses
import re

from report.made_files import sample
from report.made_reports import Page, running_foot
from supplier_eval.report.documents import css_text
from supplier_eval.report.file_report import evaluation_paper
from supplier_eval.report.paper import Facts, Heading, Items, Paper, Signatures, Text
from supplier_eval.report.paper_page import paper_html, save_paper

NASTY = '"; } body { display: none } </style><script>alert(1)</script>\n\\'
PAPER = Paper("Title", NASTY, "en", "binding", (), (NASTY,), (Heading(NASTY), Text(NASTY), Items((NASTY,))))


def test_text_at_the_foot_cannot_end_the_style():
    assert re.fullmatch(r"(\\[0-9a-f]{6}|[A-Za-z0-9])*", css_text(NASTY + "中文"))
    page = Page(paper_html(PAPER))
    assert [tag for tag, _ in page.tags].count("style") == 2
    assert not [tag for tag, _ in page.tags if tag == "script"]


def test_a_page_asks_for_nothing():
    html = paper_html(evaluation_paper(sample("service-desk")))
    assert not re.search(r"(?i)(src|href)\s*=|@import|url\(|https?://", html)
    assert "default-src 'none'" in html


def test_blanks_and_lines_to_sign_are_there():
    blocks = (Facts((("Place", ""), ("Known", "here"))), Signatures(("Li Na", "")))
    page = Page(paper_html(dataclasses.replace(PAPER, blocks=blocks)))
    assert [given.get("class") for tag, given in page.tags if tag == "span"].count("blank") == 2
    assert page.tables["signatures"][0][1][0] == "Li Na"


def test_the_running_foot_is_read_back_as_it_was_given():
    assert running_foot(paper_html(PAPER)) == NASTY


def test_a_browser_without_margin_boxes_prints_the_foot_at_the_end():
    html = paper_html(dataclasses.replace(PAPER, subject="Desk", footer=("policy",)))
    assert 'class="foot"' in html.split("</head>")[1]
    assert "display: none" not in html.split("</head>")[0]


def test_the_running_foot_counts_pages():
    html = paper_html(PAPER)
    assert "counter(page)" in html
    assert "size: A4" in html


def test_the_ending_chooses_the_form(tmp_path):
    assert save_paper(PAPER, tmp_path / "a.docx").read_bytes().startswith(b"PK")
    assert save_paper(PAPER, tmp_path / "a.html").name == "a.html"
    assert save_paper(PAPER, tmp_path / "folder").name == "paper.html"
