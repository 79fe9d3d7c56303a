"""The page on risks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from registry_sample import SAMPLES
from report.made_reports import HOSTILE, running_foot
from report.made_risks import made
from supplier_eval.errors import Finding
from supplier_eval.intake.file_prints import files_fingerprint
from supplier_eval.report import risks_page as module
from supplier_eval.report.risks_page import risks_page, write_risks
from supplier_eval.risk.answers import QUESTIONS, RiskAnswers


@pytest.fixture
def no_charts(monkeypatch):
    """Charts have their own tests."""
    monkeypatch.setattr(module, "_charts", lambda answers, lang: {})


def test_every_answer_stands_in_order_with_tables_charts_and_words_for_them():
    page = risks_page(made(), "zh")
    at = [page.index(f'<h2 id="{name}">') for name in QUESTIONS]
    assert at == sorted(at)
    assert page.count("<figure>") == 13
    assert "仅供探讨" in page
    assert len(re.findall(r'alt="[^"]+"', page)) == 13
    assert "nan" not in re.sub(r"base64,[^\"]+", "", page).lower().replace("finance", "").replace("financial", "")


def test_it_is_written_where_it_was_asked_for(tmp_path, no_charts):
    assert write_risks(made(), tmp_path / "deep").name == "risks.html"
    assert write_risks(made(), tmp_path / "my.htm", "zh").name == "my.htm"


def test_a_hostile_title_stays_text_and_the_same_page_comes_twice(no_charts):
    page = risks_page(made(), title=HOSTILE[1])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert page == risks_page(made(), title=HOSTILE[1])


def test_every_printed_page_bears_the_prints_of_rating_plan_and_files(no_charts):
    foot = running_foot(risks_page(made()))
    assert made().policy_fingerprint in foot
    assert files_fingerprint(SAMPLES / "risks") in foot


def test_what_was_left_out_is_said(no_charts):
    page = risks_page(RiskAnswers("f", made().as_of, {}, {"matrix": ("matrix.toml",)}))
    assert "Missing in the folder: matrix.toml" in page
    assert "sha256" not in page
    few = replace(made(), answers={"register": made().register})
    assert "Fingerprint of the policy" not in risks_page(few)


def test_of_many_warnings_the_rest_is_counted(no_charts):
    odd = tuple(
        Finding(
            "risk_folder.file_unread", "files", facts={"names": f"odd{n}.csv", "known": "risks"}, severity="warning"
        )
        for n in range(40)
    )
    page = risks_page(replace(made(), unread=odd))
    assert page.count("odd") == 25
    assert "… and 15 more." in page


def test_indicators_without_a_chart_are_counted(no_charts, monkeypatch):
    assert "without a chart here" not in risks_page(made())
    monkeypatch.setattr(module, "MOST_INDICATORS", 2)
    assert "Indicators without a chart here: 4" in risks_page(made())
    assert "此处未绘图的指标：4 项" in risks_page(made(), "zh")
