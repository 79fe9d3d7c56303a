"""The page on robustness: what stands on it, and that nothing can break it."""

from __future__ import annotations

import re

import pytest

from report.made_reports import HOSTILE, Page, running_foot
from report.test_documents import inert
from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.report.formats import plain
from supplier_eval.report.robustness_page import robustness_page, write_robustness
from supplier_eval.robustness.answers import answer_lots

POLICY = Policy.from_mapping(policy_mapping())
OFFERS = [flat("A", 90, "100"), flat("B", 78, "80"), flat("C", 10, "60")]


def pictures(page: Page) -> list[dict[str, str | None]]:
    return [attributes for tag, attributes in page.tags if tag == "img"]


@pytest.mark.parametrize(("lang", "mark"), [("en", "EXPLORATORY"), ("zh", "仅供探讨")])
def test_the_page_holds_every_section_and_says_that_it_is_exploratory(lang, mark):
    answers = answer_lots(make_tender(OFFERS, POLICY), draws=64, methods=True, break_even=True)
    page = inert(robustness_page(answers, lang))
    assert set(page.tables) >= {"intervals", "change", "shares", "panel-influence", "reversal", "methods", "break-even"}
    assert len(pictures(page)) == 7
    assert all(picture["alt"] for picture in pictures(page))
    assert all(picture["src"].startswith("data:image/png;base64,") for picture in pictures(page))
    assert sum(len(picture["src"]) for picture in pictures(page)) < 500_000, (
        "seven charts of one lot: a third of 1.5 MB"
    )
    assert mark in page.text
    assert answers[0].study.verdict.explain(lang).split("\n")[0] in page.text
    assert POLICY.fingerprint in page.text


def test_policy_and_data_stand_at_the_foot_of_every_printed_page():
    tender = make_tender(OFFERS, POLICY)
    html = robustness_page(answer_lots(tender, draws=64), "en")
    assert POLICY.fingerprint in running_foot(html)
    assert tender.fingerprint in running_foot(html)


def test_break_even_and_methods_are_there_only_where_they_were_asked_for():
    page = Page(robustness_page(answer_lots(make_tender(OFFERS, POLICY), draws=64), "en"))
    assert not {"methods", "break-even"} & set(page.tables)


@pytest.mark.parametrize("offers", [OFFERS[:1], [flat(b, 70, "100") for b in "ABC"]], ids=["one bid", "all equal"])
def test_one_bid_and_equal_bids_make_a_page(offers):
    page = inert(robustness_page(answer_lots(make_tender(offers, POLICY), draws=64, methods=True), "en"))
    assert not re.search(r"\bnan\b", page.text, re.IGNORECASE)


def test_a_stopped_lot_has_its_reason_and_no_tables():
    tender = make_tender(OFFERS, Policy.from_mapping(policy_mapping(procedure={"minimum_valid_bids": 5})))
    page = inert(robustness_page(answer_lots(tender, draws=64), "en", tender=tender))
    assert "3 bids are valid and 5 are needed" in page.text
    assert not page.tables


def test_hostile_and_very_long_names_stay_text():
    tender = make_tender(OFFERS, POLICY)
    for bid, name in zip("ABC", [*HOSTILE[:2], "很长的名称有限公司" * 40], strict=True):
        tender.bids.loc[bid, "name"] = name
    page = inert(robustness_page(answer_lots(tender, draws=64), "zh"))
    assert plain(HOSTILE[0]) in page.text


def test_the_file_is_written_into_a_folder_or_under_its_name(tmp_path):
    (answer,) = answer_lots(make_tender(OFFERS[:1], POLICY), draws=64)
    assert write_robustness(answer.study, tmp_path / "new").name == "robustness.html"
    assert write_robustness([answer], tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")
