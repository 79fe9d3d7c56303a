"""The page on screens."""

from __future__ import annotations

import dataclasses
import re

import pytest

from integrity.made_markets import tender
from report.made_reports import HOSTILE, running_foot
from report.made_screens import across, inside, made
from supplier_eval.integrity import screen_bids
from supplier_eval.report import screens_page as screens_page_module
from supplier_eval.report.screens_page import screens_page, write_screens


@pytest.mark.parametrize(("lang", "mark"), [("en", "EXPLORATORY"), ("zh", "仅供探讨")])
def test_the_page_says_what_was_tested_what_was_seen_and_what_it_is(lang, mark):
    page = screens_page(made(), lang, title="market")
    assert mark in page
    assert page.count("<figure>") == 3
    assert re.search(r'alt="[^"]+"', page)
    assert "6222" in page
    assert "nan" not in re.sub(r"base64,[^\"]+", "", page).lower().replace("finance", "")


@pytest.fixture
def no_charts(monkeypatch):
    """Charts have their own tests."""
    monkeypatch.setattr(screens_page_module, "_charts", lambda answers, lang: [])


def test_it_is_written_where_it_was_asked_for(tmp_path, no_charts):
    assert write_screens(across(), tmp_path / "deep").name == "screens.html"
    assert write_screens(inside(), tmp_path / "my.htm", "zh").name == "my.htm"


def test_a_hostile_name_stays_text(no_charts):
    names = (HOSTILE[1], "B", "C")
    page = screens_page(made(names), title=HOSTILE[1])
    assert "<script>" not in page
    assert screens_page(made(names), title=HOSTILE[1]) == page
    assert "&lt;script&gt;" in page


def test_the_policy_stands_at_the_foot_of_every_printed_page(no_charts):
    bids = dataclasses.replace(inside(), policy_fingerprint="sha256:0123abc")
    assert running_foot(screens_page(bids)).endswith("sha256:0123abc")
    assert "6222" not in running_foot(screens_page(bids))
    assert "Seed" in running_foot(screens_page(across()))


def test_nothing_was_seen():
    page = screens_page(screen_bids(tender("T", 0, ("A", 1.0), ("B", 2.0), ("C", 3.7))))
    assert "No flag." in page


def test_what_was_tested_stands_before_the_flags_and_links_lead_to_every_part(no_charts):
    page = screens_page(made())
    assert page.index('<h2 id="tests">') < page.index('<h2 id="flags">') < page.index('<h2 id="pairs">')
    for part in ("tests", "flags", "pairs"):
        assert f'href="#{part}"' in page


def test_no_chart_is_drawn_of_figures_that_no_tender_has():
    page = screens_page(screen_bids(tender("T", 0, ("A", 5.0), ("B", 6.0))))
    assert page.count("<img") == 1
