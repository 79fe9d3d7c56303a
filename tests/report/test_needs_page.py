"""The needs-analysis report."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from planning_tables import costs_table, marks_table, needs_table, option_marks, plan
from registry_sample import SAMPLES
from report.made_planning import made
from report.made_reports import HOSTILE, Page, running_foot
from supplier_eval.errors import InvalidInput
from supplier_eval.intake.file_prints import files_fingerprint
from supplier_eval.planning import PlanningAnswers, answer_plan, assess_needs, compare_options, cost_options
from supplier_eval.report import needs_page as module
from supplier_eval.report.needs_page import needs_page, write_needs

NO_CHARTS = {"needs": [], "costs": [], "break_even": [], "stability": []}


@pytest.fixture
def no_charts(monkeypatch):
    """Charts have their own tests."""
    monkeypatch.setattr(module, "_charts", lambda answers, firm, lang: NO_CHARTS)


@pytest.mark.parametrize(("lang", "kind"), [("en", "Needs analysis"), ("zh", "需求分析报告")])
def test_every_part_stands_in_order_with_charts_and_words_for_them(lang, kind):
    page = needs_page(made(), lang)
    parts = ("needs", "costs", "comparison", "limits", "recommendation", "decision")
    at = [page.index(f'<h2 id="{name}">') for name in parts]
    assert at == sorted(at)
    assert page.count("<figure>") == 4 and len(re.findall(r'alt="[^"]+"', page)) == 4
    assert kind in page and made().policy_fingerprint in page
    assert "lot 1" not in page and "标段 1" not in page
    assert not re.search(r"\bnan\b", re.sub(r"base64,[^\"]+", "", page).lower())


def test_the_head_says_by_which_plan_and_the_end_leaves_room_for_signatures(no_charts):
    page = needs_page(made())
    for text in (
        "Outsourcing committee",
        "6 % a year, nominal",
        "1,000, seed 0",
        "lowest_over_price",
        "36 months",
        "N01 IT service desk",
    ):
        assert text in page
    assert page.count('class="blank"') == 18
    assert "Switching values" in page and "44.5 in place of 39 (+14.1 %)" in page
    assert "§2.2.1" in page and "§2.2.3" in page
    assert "a real rate would count inflation twice" in page


def test_every_printed_page_bears_the_prints_of_plan_and_files(no_charts):
    answers = answer_plan(SAMPLES / "needs", draws=200)
    assert running_foot(needs_page(answers)).splitlines() == [
        f"Fingerprint of the policy used {answers.plan.fingerprint}",
        f"Fingerprint of the files {files_fingerprint(SAMPLES / 'needs')}",
    ]


@pytest.mark.parametrize(("lang", "word"), [("en", r"\bbids?\b"), ("zh", "投标")])
def test_options_are_not_called_bids(no_charts, lang, word):
    assert not re.search(word, Page(needs_page(made(), lang)).text)


def test_an_exploratory_plan_has_its_watermark_and_says_why(no_charts):
    page = needs_page(replace(made(), plan=plan()))
    assert "EXPLORATORY" in page and "nobody has adopted the plan" in page
    assert "EXPLORATORY" not in needs_page(made()).replace("[exploratory]", "")


def test_only_what_was_answered_is_on_the_page(no_charts):
    needs = assess_needs(needs_table(), marks_table(N1={"an": (3, 3, 3, 3)}), plan())
    page = needs_page(PlanningAnswers(plan(), needs))
    assert "<h1><bdi>Needs analysis</bdi></h1>" in page  # of no folder: the page does not hang on where it was made
    assert '<h2 id="costs">' not in page and '<h2 id="comparison">' not in page and "nominal" not in page
    costs = cost_options(costs_table().assign(driver=""), None, plan(), draws=200)
    page = needs_page(PlanningAnswers(plan(), None, costs))
    assert '<h2 id="needs">' not in page and "Break-even" not in page


def test_one_criterion_has_no_weights_to_move(no_charts):
    one = plan(criteria=[{"id": "service", "weight": 100, "floor": 1, "target": 5}])
    marks = option_marks(an=(3, 1, 4, 1), bo=(3, 1, 4, 1), cy=(3, 1, 4, 1))
    found = compare_options(marks[marks["criterion"] == "service"], None, one)
    page = needs_page(PlanningAnswers(one, None, None, found))
    assert "How firm" not in page and "Comparison of the options" in page


def test_hostile_text_stays_text_and_the_same_page_comes_twice(no_charts):
    needs = needs_table()
    needs.loc[0, ["title", "department"]] = [HOSTILE[1], "=1+1"]
    answers = PlanningAnswers(plan(), assess_needs(needs, marks_table(N1={}), plan()))
    page = needs_page(answers, title=HOSTILE[1])
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert page == needs_page(answers, title=HOSTILE[1])


def test_it_is_written_where_it_was_asked_for_and_only_answers_are_taken(tmp_path, no_charts):
    assert write_needs(made(), tmp_path / "deep").name == "needs.html"
    assert write_needs(made(), tmp_path / "my.htm", "zh").name == "my.htm"
    with pytest.raises(InvalidInput, match="PlanningAnswers is asked for"):
        write_needs({}, tmp_path / "no")
