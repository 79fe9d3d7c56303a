"""Sentences for people name criteria, items and cases by their titles, in both languages."""

from __future__ import annotations

import dataclasses
import re

import pytest

from report.made_files import sample
from report.made_reports import policy_data
from supplier_eval.findings import Finding
from supplier_eval.flags import Reason
from supplier_eval.intake.ruling_checks import CASES
from supplier_eval.messages import catalogue
from supplier_eval.report.documents import report_page
from supplier_eval.report.file_report import evaluation_paper
from supplier_eval.report.letters import compose
from supplier_eval.report.paper_page import paper_html
from supplier_eval.report.titles import case_title, formula_title, titled, warning_line
from supplier_eval.score.price import PRICE_FORMULAS

TITLES = {
    "en": ("“Service plan and service levels”", "“Ticket handled” (desk-ticket)", "against the mean"),
    "zh": ("“服务方案与服务水平”", "“工单处理”（desk-ticket）", "与均值相比"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_for_the_file_names_nothing_by_a_code(lang):
    text = re.sub(r"<[^>]+>", "\n", paper_html(evaluation_paper(sample("service-desk"), lang)).split("<body>")[1])
    for title in TITLES[lang]:
        assert title in text
    for code in ("service_plan", "price.abnormal", "item desk-", "分项 desk-", "[policy."):
        assert code not in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_letters_name_items_by_their_titles(lang):
    steps = compose(sample("service-desk"), "YX-3", lang).price_steps
    assert any({"en": "“Handover at the end” (watch-exit)", "zh": "“期满移交”（watch-exit）"}[lang] in s for s in steps)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_case_and_formula_has_a_title(lang):
    for code in set(CASES) - {"draw", "withdrawal"}:  # facts, never open cases
        assert case_title(code, lang) == catalogue()[f"case.{code}"][lang]
    assert case_title("qualification.licence", lang) == case_title("qualification", lang)
    assert case_title("x_own", lang) == "x_own"
    for formula in PRICE_FORMULAS:
        assert "_" not in formula_title(formula, lang)


def test_open_cases_are_told_by_title_with_bid_or_lot(desk):
    cases = "panel.even (A), price.abnormal.below_share_of_mean (TY-1)"
    reasons = (Reason("standing.open_cases", facts={"n": 2, "cases": cases}),)
    sheet = dataclasses.replace(desk.only_lot.sheet, standing_reasons=reasons)
    changed = dataclasses.replace(desk, lots={"1": dataclasses.replace(desk.only_lot, sheet=sheet)})
    said = titled(changed, "zh").standing_reasons[0].say("zh")
    assert said == "尚有 2 项未裁定：评审小组人数为双数 (A)、报价异常偏低（与均值相比） (TY-1)。"


def test_titles_change_no_figure_and_no_ruling(desk):
    shown = titled(desk, "en")
    assert shown.to_frame().equals(desk.to_frame())
    pairs = list(zip(shown.flags, desk.flags, strict=True))
    assert [(a.code, a.bid, a.criterion, a.ruling) for a, _ in pairs] == [
        (b.code, b.bid, b.criterion, b.ruling) for _, b in pairs
    ]
    assert shown.standing == desk.standing


def test_a_warning_keeps_its_rows_and_loses_its_codes():
    finding = Finding("policy.adoption.missing", "policy", "adoption", severity="warning")
    assert warning_line(finding, "en") == f"{finding.say('en')} {finding.advise('en')}"
    rows = dataclasses.replace(finding, rows=(3,))
    assert warning_line(rows, "en").startswith("policy.adoption, row 3: ")
    assert "policy.adoption" not in warning_line(finding, "zh")


def test_the_page_names_the_formula_in_words(proposal):
    assert policy_data()["criteria"][3]["price"]["formula"] == "lowest_over_price"
    assert "最低价比值法（lowest_over_price）" in report_page(proposal, "zh")
