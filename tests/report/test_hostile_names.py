"""Hostile names of bidders, people, criteria, gates and tenders do nothing in any output, and can still be read."""

from __future__ import annotations

import contextlib
import io
import json
import unicodedata
import zipfile

import openpyxl
import pytest

from report.browser import Opened
from report.made_files import as_word
from report.made_hostile import LETTERS, NAMES, hostile
from report.made_reports import Page
from report.office import formulas
from supplier_eval.cli.reading import as_json
from supplier_eval.messages import LANGS, seen
from supplier_eval.report import panel_heat_map, price_quality, ranking_bars, weight_explorer
from supplier_eval.report.charts import draw_as
from supplier_eval.report.console import print_evaluation
from supplier_eval.report.documents import debrief_letter, report_page, write_debriefs
from supplier_eval.report.file_report import evaluation_paper
from supplier_eval.report.formats import UNSEEN, plain
from supplier_eval.report.panel_page import write_panel
from supplier_eval.report.paper_page import paper_html
from supplier_eval.report.workbook import write_workbook
from supplier_eval.robustness.answers import answer_lots

ISOLATED = {"0x2068", "0x2069"}
"""Marks that the panel page itself puts around a name, so that its direction ends with it."""
MARKUP = {"script", "img", "iframe", "object", "embed", "link", "svg", "form", "base"}
PAGES = {
    "report": report_page,
    "evaluation report": lambda attacked, lang: paper_html(evaluation_paper(attacked, lang)),
    "letter": lambda attacked, lang: debrief_letter(attacked, attacked.ranking.order[1], lang),
}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    return hostile(tmp_path_factory.mktemp("hostile") / "tender")


def obeyed(text):
    """Characters that a terminal obeys, or that turn a line around or are not seen."""
    return {hex(ord(c)) for c in text if unicodedata.category(c) in UNSEEN and c not in "\n\r\t"}


def without_pictures(html):
    """Tags of a page but for its own pictures, whose addresses hold the picture itself."""
    tags = Page(html).tags
    own = [a for tag, a in tags if tag == "img" and (a["src"] or "").startswith(("data:image/svg", "data:image/png"))]
    assert len(own) == sum(tag == "img" for tag, _ in tags)
    return [(tag, a) for tag, a in tags if tag != "img"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", PAGES)
def test_on_pages_a_name_is_text(kind, lang, attacked):
    html = PAGES[kind](attacked, lang)
    assert obeyed(html) == set()
    for tag, attributes in without_pictures(html):
        assert tag not in MARKUP
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    if kind in {"report", "evaluation report"}:
        shown = Page(html).text
        assert [letters for letters in LETTERS if letters not in shown] == []


def test_in_a_browser_no_page_runs_asks_or_complains(attacked, browser, tmp_path):
    write_panel(attacked, tmp_path / "panel.html", answers=())
    for kind in ("report", "evaluation report"):
        (tmp_path / f"{kind}.html").write_text(PAGES[kind](attacked, "zh"), encoding="utf-8")
    for path in tmp_path.glob("*.html"):
        opened = Opened(browser, path)
        text = opened.page.inner_text("body")
        opened.page.close()
        assert opened.complaints == []
        assert opened.requests == [path.as_uri()]
        assert obeyed(text) <= ISOLATED
        assert all(letters in text for letters in ("alert(1)", "$x^2$", "{{7*7}}", "</script>", '=HYPERLINK("http'))


def test_in_word_a_name_is_neither_field_nor_link(attacked, tmp_path):
    word = as_word(evaluation_paper(attacked, "en"), tmp_path)
    assert all(obeyed(part) == set() for name, part in word.parts.items() if "numbering" not in name)
    assert all(letters in word.text for letters in ("alert(1)", "$x^2$", "{{7*7}}", "</script>", "=HYPERLINK("))
    assert not any("hyperlink" in part for name, part in word.parts.items() if "document" in name)
    assert not any("evil" in part for name, part in word.parts.items() if name.endswith(".rels"))


@pytest.mark.parametrize("lang", LANGS)
def test_in_the_workbook_a_name_is_a_string(attacked, lang, tmp_path):
    path = write_workbook(attacked, tmp_path / "w.xlsx", lang)
    assert not any(word in formula for formula in formulas(path).values() for word in ("HYPER", "cmd", "@", "evil"))
    book = openpyxl.load_workbook(path)
    texts = {cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "s"}
    assert {plain(name) for name in NAMES} <= texts
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name).decode("utf-8") for name in file.namelist()}
    assert all(obeyed(part) == set() for part in parts.values())
    assert not any("<hyperlink" in part or "externalLink" in part for part in parts.values())
    for sheet in book.sheetnames:
        assert len(sheet) <= 31
        assert not set(sheet) & set("[]:*?/\\'")


@pytest.mark.parametrize("lang", LANGS)
def test_on_a_terminal_nothing_is_obeyed_and_markup_is_shown(attacked, lang):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        print_evaluation(attacked, lang)
    flat = " ".join(said.getvalue().split())
    assert obeyed(said.getvalue()) == set()
    assert "[bold red]markup[/bold red]" in flat
    assert "\n" not in plain(NAMES[7])


@pytest.mark.parametrize("lang", LANGS)
def test_explanations_and_reprs_hold_nothing_that_is_obeyed(attacked, lang):
    bids = attacked.ranking.order
    said = [attacked.explain(bid, lang) for bid in attacked.only_lot.qualification.bids]
    said += [attacked.compare(bids[0], bid).explain(lang=lang) for bid in bids[1:]]
    said += [flag.say(lang) for flag in attacked.flags]
    said += [lot.study.verdict.explain(lang) for lot in answer_lots(attacked.tender, draws=16)]
    said += [repr(attacked), repr(attacked.ranking), repr(attacked.only_lot)]
    assert [obeyed(text) for text in said if obeyed(text)] == []


def test_in_a_notebook_a_name_is_text(attacked):
    for result in (attacked, attacked.ranking, attacked.only_lot.qualification):
        html = result._repr_html_()
        assert obeyed(html) == set()
        assert not MARKUP & {tag for tag, _ in Page(html).tags}
        assert "<img src=x onerror=alert(1)>" in Page(html).text
    explorer = weight_explorer(attacked)
    for part in walk(explorer.box):
        for name in ("value", "description"):
            text = getattr(part, name, None)
            if isinstance(text, str):
                assert obeyed(text) == set()
                assert not MARKUP & {tag for tag, _ in Page(text).tags}


def walk(widget):
    yield widget
    for part in getattr(widget, "children", ()):
        yield from walk(part)


def test_json_gives_names_back_as_they_were_and_shows_none_that_a_terminal_obeys(attacked):
    document = attacked.to_dict()
    text = as_json(document)
    assert obeyed(text) == set()
    assert json.loads(text) == json.loads(json.dumps(document))


@pytest.mark.parametrize("lang", LANGS)
def test_in_charts_a_name_is_never_mathematics(attacked, lang):
    for chart, of in (
        (ranking_bars, attacked.ranking),
        (price_quality, attacked.ranking),
        (panel_heat_map, attacked.only_lot),
    ):
        figure = chart(of, lang=lang).figure
        texts = figure.findobj(lambda one: hasattr(one, "get_parse_math") and one.get_visible() and one.get_text())
        assert obeyed("".join(text.get_text() for text in texts)) == set()
        assert not any(text.get_parse_math() for text in texts if "$" in text.get_text())
    picture = draw_as(ranking_bars(attacked.ranking, lang=lang), "svg").decode()
    assert "<script" not in picture
    assert "onerror" not in picture.replace("onerror=alert(1)&gt;", "")


def test_letters_stand_under_safe_names(attacked, tmp_path):
    written = write_debriefs(attacked, tmp_path / "letters")
    assert len(written) == len(NAMES) - 1
    assert all(path.parent == tmp_path / "letters" and path.name.isascii() for path in written)


def test_labels_keep_their_lines_and_lose_what_is_not_seen():
    assert seen("a\tb\nc\x1b\u202e\u2066\x9bd") == "a\tb\ncd"
    assert seen("信息　技术") == "信息　技术"
