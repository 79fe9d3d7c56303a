"""The page on a review."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from monitor_folders import CREDITS, SAMPLE, copied, two_years
from report.made_reports import HOSTILE, running_foot
from supplier_eval.monitor.folder_review import review_folder
from supplier_eval.report.review_page import opening, review_page, write_review


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    contracts = (SAMPLE / "contracts.csv").read_text("utf-8").replace("Tiny Desk Ltd.", HOSTILE[1])
    place = tmp_path_factory.mktemp("records") / HOSTILE[2].replace("/", "")
    return copied(place, credits_toml=CREDITS, contracts_csv=contracts)


@pytest.fixture(scope="module")
def alone(folder):
    return {name: review_folder(folder, supplier=name, span=("2026-07", "2026-10")) for name in ("S03", "S04")}


@pytest.mark.parametrize(("lang", "mark"), [("en", "EXPLORATORY"), ("zh", "仅供探讨")])
def test_the_page_says_period_bases_fingerprints_and_standing(alone, lang, mark):
    page = review_page(alone["S03"], lang)
    for part in (mark, "2026-10", alone["S03"].policy_fingerprint, alone["S03"].folder.fingerprint, "9,000.00"):
        assert part in page
    for part in (alone["S03"].policy_fingerprint, alone["S03"].folder.fingerprint):
        assert part in running_foot(page)
    for line in opening(alone["S03"], lang):
        assert line.replace("'", "&#39;") in page
    assert not re.search(r"\bnan\b", re.sub(r"base64,[^\"]+", "", page).lower())
    assert "http://" not in page and "https://" not in page


def test_the_page_of_one_supplier_names_no_other(alone):
    page = re.sub(r"base64,[^\"]+", "", review_page(alone["S03"]))
    assert page.count('<section class="lot">') == 1
    assert not re.search(r"\bS0[1245-9]\b", page)


def test_a_hostile_name_stays_text(alone):
    page = review_page(alone["S04"], title=HOSTILE[1])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_is_written_where_it_was_asked_for_and_says_who_has_no_section(tmp_path, monkeypatch):
    monkeypatch.setattr("supplier_eval.report.review_page.MOST_SECTIONS", 1)
    file = write_review(two_years(), tmp_path / "deep", "zh")
    assert file.name == "review.html"
    text = file.read_text("utf-8")
    assert text.count('<section class="lot">') == 1
    assert f"另有 {len(two_years().shown) - 1} 家供应商未单列" in text
    assert all(name in text for name in two_years().review.suppliers)


def test_without_complaints_or_a_month_to_judge_the_page_says_so(tmp_path):
    head = (SAMPLE / "complaints.csv").read_text("utf-8").split("\n")[0] + "\n"
    none = review_folder(copied(tmp_path / "folder", complaints_csv=head), period="2025-01", supplier="S03")
    assert "No complaint was received in these periods" in review_page(none)
    tables = {name: frame for name, frame in none.folder.records.tables.items() if name != "complaints"}
    records = replace(none.folder.records, tables=tables)
    answers = replace(none, folder=replace(none.folder, records=records))
    for lang, said in (
        ("en", ("no table of complaints", "none could be judged in 2025-01", "could be judged: too few periods")),
        ("zh", ("记录中没有投诉表", "没有控制图在 2025-01 可供判断", "没有可供判断的控制图")),
    ):
        page = review_page(answers, lang)
        for part in said:
            assert part in page
    assert "There are no failures to order" not in review_page(answers)


def test_the_periods_over_which_causes_are_added_up_are_stated(alone):
    assert "4 periods, 2026-07 to 2026-10." in review_page(alone["S03"])
    assert "2026-07 至 2026-10，共 4 期。" in review_page(alone["S03"], "zh")
