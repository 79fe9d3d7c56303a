"""The page on an award: what stands on it, and that nothing can break it."""

from __future__ import annotations

import re

import pytest

from report.made_awards import binding, many, one_lot_each, rich, shop
from report.made_reports import HOSTILE, Page, running_foot
from report.test_documents import inert
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.front import award_lots
from supplier_eval.award.questions import AwardAnswers, AwardQuestions, answer_award
from supplier_eval.award.rules import Rule
from supplier_eval.award.scenarios import compare_scenarios
from supplier_eval.report.award_page import MOST_ROWS, award_page, write_award
from supplier_eval.report.formats import plain


def pictures(page: Page) -> list[dict[str, str | None]]:
    return [attributes for tag, attributes in page.tags if tag == "img"]


@pytest.mark.parametrize(("lang", "mark"), [("en", "EXPLORATORY"), ("zh", "仅供探讨")])
def test_the_page_holds_every_section_and_says_that_it_is_exploratory(lang, mark):
    problem = shop([one_lot_each()])
    answers = answer_award(problem, AwardQuestions(gap=0, rule_costs=True, lot="L1", supplier="A"))
    compared = compare_scenarios(problem, {"free": {"without_rules": ["R1"]}}, gap=0)
    whole = AwardAnswers(
        allocation=answers.allocation,
        lot="L1",
        supplier="A",
        rule_costs=answers.rule_costs,
        next_best=answers.next_best,
        scenarios=compared,
    )
    page = inert(award_page(whole, lang, title="regions"))
    assert set(page.tables) >= {"awards", "winners", "costs", "rules", "rule-prices", "scenarios"}
    assert len(pictures(page)) == 3
    assert all(picture["alt"] for picture in pictures(page))
    assert all(picture["src"].startswith("data:image/png;base64,") for picture in pictures(page))
    assert mark in page.text
    assert answers.allocation.explain(lang=lang).split("\n")[0] in page.text
    assert problem.fingerprint in page.text


def test_a_binding_award_has_no_watermark_and_its_policys_fingerprint():
    html = award_page(binding())
    page = inert(html)
    assert "EXPLORATORY" not in page.text
    assert "sha256:1" in page.text
    for line in (binding().policy_fingerprint, binding().problem.fingerprint):
        assert line in running_foot(html)


def test_an_award_that_does_not_bind_says_why():
    assert "comes from tables" in inert(award_page(rich())).text
    assert "not proven to be the best" in inert(award_page(rich())).text
    tied = award_lots(shop(), gap=0)
    both = Allocation(binding().problem, "optimal", tied.award, tied.audit, tied=(tied.award, rich().award))
    assert "wait for a recorded draw" in inert(award_page(both)).text


def test_no_award_is_a_page_with_the_rules_in_conflict():
    rules = [Rule(id=f"R{name}", kind="exclude", suppliers=(name,)) for name in "AB"]
    page = inert(award_page(answer_award(shop(rules), AwardQuestions()), "en"))
    assert "No award is possible" in page.text
    assert "Rules in conflict" in page.text
    assert not page.tables


def test_an_interrupted_answer_says_that_something_is_missing():
    page = inert(award_page(AwardAnswers(allocation=binding(), interrupted=True)))
    assert "what had not been answered by then is missing" in page.text


def test_a_very_long_award_is_cut_on_the_page_and_says_so():
    whole = many(450, 60)
    page = inert(award_page(whole))
    assert len(page.tables["awards"]) <= MOST_ROWS + 1
    assert "Further rows" in page.text


def test_hostile_and_very_long_names_stay_text():
    for name in HOSTILE:
        page = inert(award_page(award_lots(shop(names=("A", plain(name).replace("|", ""))), gap=0), "zh", title=name))
        assert plain(name) in page.text
        assert not re.search(r"\bnan\b", page.text, re.IGNORECASE)


def test_the_file_is_written_into_a_folder_or_under_its_name(tmp_path):
    assert write_award(binding(), tmp_path / "new").name == "award.html"
    assert write_award(binding(), tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")
