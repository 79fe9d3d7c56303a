"""What stands on the pages, and what must not be able to happen on them."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from datetime import date

import pytest

from report.made_reports import HOSTILE, Page
from supplier_eval.errors import SupplierEvalError
from supplier_eval.report.documents import debrief_letter, report_page, write_debriefs, write_report
from supplier_eval.report.formats import plain


def inert(html: str) -> Page:
    """The page read back, after the checks that hold for every page."""
    page = Page(html)
    for picture in re.findall(r"data:image/svg\+xml;base64,([^\"]+)", html):
        drawing = base64.b64decode(picture).decode("utf-8")
        assert not re.search(r"<script|<foreignObject|\bon\w+=|href=\"(?!#|data:)|<!DOCTYPE", drawing)
    text = re.sub(r"base64,[^\"]+", "", html)
    assert not re.search(r"https?:|//[a-z]|javascript:|@import|url\(", text, re.IGNORECASE)
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "iframe", "object", "embed", "link", "base", "form", "svg"}
    for _, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "href", "srcset", "background", "action"):
            assert (attributes.get(name) or "data:").startswith("data:")
    metas = [attributes for tag, attributes in page.tags if tag == "meta"]
    policy = next(m["content"] for m in metas if m.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_the_results_figures(desk, lang, page_of):
    page = inert(page_of(desk, lang))
    ranking = desk.ranking
    (rows,) = page.tables["ranking"]
    assert [row[1] for row in rows[1:]] == list(ranking.order)
    for row in rows[1:]:
        assert float(row[3]) == pytest.approx(ranking.total_of(row[1]), abs=1e-9)
        points = [float(cell.replace("−", "-")) for cell in row[5:]]
        assert sum(points) == pytest.approx(ranking.total_of(row[1]), abs=5e-4)
    (prices,) = page.tables["prices"]
    assert {row[0]: row[5] for row in prices[1:]}["B4"] == "400,000.50"
    assert desk.tender.fingerprint in page.text
    assert desk.policy_fingerprint in page.text


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("desk", "zh"),
        ("proposal", "zh"),
        ("hostile", "en"),
        ("hostile", "zh"),
        ("sixty", "zh"),
        ("lonely", "en"),
        ("stopped", "en"),
        ("sealed", "zh"),
        ("below_floor", "en"),
        ("two_lots", "zh"),
        ("tied", "en"),
    ],
)
def test_every_kind_of_result_makes_a_page(name, lang, request, page_of):
    evaluation = request.getfixturevalue(name)
    page = inert(page_of(evaluation, lang))
    pictures = [attributes for tag, attributes in page.tags if tag == "img"]
    ranked = sum(bool(result.ranking.order) for result in evaluation.lots.values())
    assert len(pictures) == 2 * ranked + len(evaluation.lots)
    assert all(picture["alt"] for picture in pictures)
    assert len(page.tables["qualification"]) == len(evaluation.lots)


def test_hostile_names_are_shown_and_do_nothing(hostile, page_of):
    html = page_of(hostile, "en")
    page = inert(html)
    assert "<script>alert" not in html
    assert "\u202e" not in html
    for name in HOSTILE:
        assert plain(name) in page.text
    assert "49" not in {cell for rows in page.tables["qualification"] for row in rows for cell in row}


def test_the_title_of_the_tender_is_escaped(desk, page_of):
    page = inert(page_of(desk, "en"))
    assert "Service desk <b>2026</b>" in page.text
    assert "b" not in {tag for tag, _ in page.tags}


def test_an_exploratory_page_says_so_everywhere(proposal, desk, page_of):
    html = page_of(proposal, "zh")
    assert 'class="banner exploratory"' in html
    assert "政策尚无人批准采用。" in html
    assert 'class="watermark"' in html
    assert 'class="watermark"' not in page_of(desk, "en")
    assert 'class="watermark"' in debrief_letter(proposal, "B1", "en")
    assert "not to be sent" in debrief_letter(proposal, "B1", "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_closed_prices_are_nowhere(sealed, below_floor, lang, page_of):
    prints = r"sha256(:|\\00003a)[0-9a-f]+|base64,[^\"]+"
    text = re.sub(prints, "", page_of(sealed, lang))
    for secret in ("987", "876,543", "765"):
        assert secret not in text
    text = re.sub(prints, "", page_of(below_floor, lang))
    assert "876,543.00" in text
    assert "765,432" not in text
    assert "765432" not in text


def test_gates_flags_rulings_and_steps_are_on_the_page(desk, page_of):
    page = inert(page_of(desk, "en"))
    assert "Dr E2-Surname on 9 March 2026: calculation shown" in page.text
    assert "10 % is deducted for a small business" in page.text
    assert "E3 marked B1 5 on “team (en)”" in page.text
    (checks,) = page.tables["checks"]
    assert len(checks) == 7
    assert "Why Delta Ltd (B4) is ahead of Beta 服务 (B2)" in page.text


def test_the_same_evaluation_gives_the_same_page(desk, page_of):
    assert report_page(desk, "zh") == page_of(desk, "zh")


def test_the_room_opens_without_loading_what_it_may_not_need():
    heavy = "matplotlib", "xlsxwriter", "jinja2", "pandas"
    code = f"import sys, supplier_eval.report as r; print([m for m in {heavy} if m in sys.modules], dir(r))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.startswith("[] ")
    assert all(name in said for name in ("write_report", "write_workbook", "write_debriefs", "ranking_bars"))


def test_a_folder_or_a_file_can_be_named(sealed, tmp_path):
    assert write_report(sealed, tmp_path / "deep" / "folder") == tmp_path / "deep" / "folder" / "report.html"
    file = write_report(sealed, str(tmp_path / "mine.html"), lang="zh")
    assert file.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="zh-CN">')


def test_a_letter_for_every_bid_that_did_not_win(desk, tmp_path):
    written = write_debriefs(desk, tmp_path / "letters", on=date(2026, 3, 12))
    assert len(written) == 5
    assert sorted(tmp_path.glob("letters/*")) == sorted(written)
    for file in written:
        page = inert(file.read_text(encoding="utf-8"))
        assert "12 March 2026" in page.text
    assert not any("B4" in file.name for file in written)


def test_letters_wait_for_a_decision(sealed, tied, tmp_path):
    for evaluation in (sealed, tied):
        with pytest.raises(SupplierEvalError):
            write_debriefs(evaluation, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_letters_of_hostile_bidders_are_inert(hostile, tmp_path):
    written = write_debriefs(hostile, tmp_path, lang="zh")
    assert written
    for file in written:
        inert(file.read_text(encoding="utf-8"))


def test_a_letter_names_the_lot_where_there_are_several(two_lots, desk):
    loser = next(
        bid for bid in two_lots.lots["north"].ranking.order if bid not in two_lots.lots["north"].ranking.winners
    )
    assert "lot north" in Page(debrief_letter(two_lots, loser)).text
    assert "lot 1" not in Page(debrief_letter(desk, "B2")).text
