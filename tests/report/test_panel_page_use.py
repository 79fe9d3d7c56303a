"""The panel page under a hand, a keyboard, a reader, in both languages and in a narrow window."""

from __future__ import annotations

import pytest

from report.browser import Opened
from report.panel_moves import rested
from supplier_eval.messages import LANGS
from supplier_eval.report.formats import plain
from supplier_eval.report.panel_page import write_panel
from supplier_eval.report.words import words


def test_keys_move_a_slider_and_the_new_order_is_said(opened, service_desk):
    shown = opened(service_desk)
    shown.page.focus("#w0")
    start = float(shown.page.input_value("#n0"))
    shown.page.keyboard.press("ArrowRight")
    rested(shown)
    assert float(shown.page.input_value("#n0")) == pytest.approx(start + 1)
    shown.page.keyboard.press("PageUp")
    rested(shown)
    assert float(shown.page.input_value("#n0")) == pytest.approx(start + 11)
    shown.page.keyboard.press("Shift+ArrowLeft")
    rested(shown)
    assert float(shown.page.input_value("#n0")) == pytest.approx(start + 10.9)
    shown.page.keyboard.press("End")
    rested(shown)
    assert float(shown.page.input_value("#n0")) == 100
    assert shown.page.evaluate("document.activeElement.id") == "w0"
    assert "100" in shown.page.get_attribute("#w0", "aria-valuetext")
    shown.page.locator("#live:not(:empty)").wait_for(state="attached")
    assert shown.cells("ranking")[0][1].split("(")[-1].rstrip(")") in shown.page.text_content("#live")


def test_a_typed_weight_stays_in_its_range_and_an_emptied_field_moves_nothing(opened, service_desk):
    shown = opened(service_desk)
    shown.page.fill("#n0", "")
    shown.page.keyboard.press("Tab")
    assert float(shown.page.input_value("#n0")) == 10
    assert words("en")["standing.binding"] in shown.page.text_content(".banner")
    for given, kept in (("33.3", 33.3), ("-5", 0), ("1e9", 100), ("10", 10)):
        shown.page.fill("#n0", given)
        shown.page.keyboard.press("Tab")
        rested(shown)
        assert float(shown.page.input_value("#n0")) == kept
    assert words("en")["standing.binding"] in shown.page.text_content(".banner")


def test_every_control_has_a_name_and_focus_can_be_seen(opened, service_desk):
    shown = opened(service_desk)
    bare = shown.page.evaluate(
        """() => [...document.querySelectorAll('input, select, button')].filter((field) =>
        !(field.getAttribute('aria-label') || field.labels?.length || field.textContent.trim())).length"""
    )
    assert bare == 0
    shown.page.focus("#print")
    shown.page.keyboard.press("Shift+Tab")
    assert shown.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert shown.page.get_attribute("#live", "aria-live") == "polite"
    shown.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    shown.page.locator("table.dots").wait_for()
    named = "all => all.map(e => e.getAttribute('aria-label'))"
    for things, n in (("[role=img]", 1), ("table", 7)):
        names = shown.page.eval_on_selector_all(things, named)
        assert len(set(names)) == n
        assert all(names)
    assert shown.page.locator("th:empty").count() == 0
    assert shown.page.locator("tbody tr:not(:has(th[scope=row]))").count() == 0


LABELS = """() => [...document.querySelectorAll(
    'h2, summary, label, button, th[scope=col], .banner strong, footer p, .pale')]
  .filter((e) => !e.querySelector('input, select') || e.textContent.trim())
  .map((e) => e.textContent.trim()).filter(Boolean)"""


def test_the_switch_of_language_changes_every_label(opened, service_desk):
    shown = opened(service_desk)
    english = shown.page.evaluate(LABELS)
    shown.page.click("#lang-zh")
    chinese = shown.page.evaluate(LABELS)
    assert len(english) == len(chinese)
    names = {plain(f"{m.name} ({m.id})") for m in service_desk.tender.evaluators.values()}
    ids = {bid for result in service_desk.lots.values() for bid in result.sheet.bids}
    same = {a for a, b in zip(english, chinese, strict=True) if a == b} - names - ids
    assert same == set()
    assert shown.page.get_attribute("html", "lang") == "zh-CN"
    assert shown.page.evaluate("document.activeElement.id") == "lang-zh"


def test_no_element_is_wider_than_a_narrow_window(browser, tmp_path, hostile):
    path = write_panel(hostile, tmp_path / "narrow.html", answers=())
    for width in (800, 400):
        shown = Opened(browser, path, width=width)
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
        shown.page.close()


def test_without_scripts_the_page_says_in_both_languages_where_the_results_stand(browser, tmp_path, desk):
    path = write_panel(desk, tmp_path / "plain.html", answers=())
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    seen = page.inner_text("body")
    for lang in LANGS:
        assert words(lang)["panel.no_script"] in seen
    context.close()


def test_on_paper_stands_what_is_unfolded_without_the_controls(opened, service_desk):
    shown = opened(service_desk)
    shown.page.click("#more-points")
    shown.page.emulate_media(media="print")
    for there in ("table.ranking", "table.points", "table.pair", "svg.scatter", "table.heat", ".band", "p.only-print"):
        assert shown.page.locator(there).first.is_visible()
    for gone in ("#lang-en", "#hide", "#print", "#reset", "#pair-0", ".slide", "#more-dots", "#inside0"):
        assert not shown.page.locator(gone).first.is_visible()
