"""The pages of the registry: everything of a supplier, what falls due; text from outside stays text."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from registry_hostile import LINES, TEXTS
from report.made_archives import archive, due, opening, several
from report.made_reports import running_foot
from supplier_eval.report.registry_page import (
    archive_page,
    due_page,
    opening_page,
    write_archive,
    write_due,
    write_opening,
)


def test_every_kind_that_the_supplier_has_stands_on_the_page_in_order():
    page = archive_page(archive())
    at = [page.index(f'<h2 id="{kind}">') for kind in several()]
    assert at == sorted(at)
    for text in ("华信服务外包有限公司", "91310000MA1K35X66L", "ISO-9001-2023", "4,820,000.00", "Two posts are vacant"):
        assert text in page
    assert "412-" + "cd" * 32 in page
    assert "Nothing recorded of" in page
    assert "Security incident" in page


def test_the_page_is_chinese_where_that_was_asked_for():
    page = archive_page(archive(), "zh", zone=ZoneInfo("Asia/Shanghai"))
    for text in (
        'lang="zh-CN"',
        "供应商档案",
        "统一社会信用代码",
        "履行中",
        "2026年6月1日 09:30",
        "有约束力",
        "已更换",
    ):
        assert text in page


@pytest.mark.parametrize("text", [*TEXTS, *LINES])
def test_hostile_text_stays_text(text):
    page = archive_page(archive(text if text in TEXTS else "x", notes=text, address="<b>"))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;b&gt;" in page
    assert "{value}" not in text or "{value}" in page
    assert not re.search("[\u202e\u2066\x01]", page)


def test_only_so_many_are_said_to_be_shown():
    from dataclasses import replace

    assert "the first 1,000 are shown" in archive_page(replace(archive(), shortened=("bid",)))
    assert "the first 1,000 are shown" not in archive_page(archive())


def test_what_is_overdue_stands_before_what_is_to_come():
    page = due_page(due())
    assert page.index("NDA-0") < page.index('id="ahead"') < page.index("ISO-9001")
    assert page.count('class="open"') == 2
    assert "99-" + "0a" * 32 in page
    assert running_foot(page) == "Head of the audit 99-" + "0a" * 32
    assert "nobody named" in page
    assert "未指明" in due_page(due(), "zh")


def test_the_record_of_an_opening_bears_bids_witnesses_and_the_head_of_the_audit():
    page = opening_page(opening())
    for text in ("服务台外包", "B-2", "&lt;b&gt;Acme", "5,100,000.00", "zhao.min", "88-" + "ef" * 32, "Two prices."):
        assert text in page
    assert "<b>" not in page
    assert "开标记录" in opening_page(opening(), "zh")


def test_prices_stand_only_where_they_were_read_out():
    from dataclasses import replace

    record = opening()
    technical = replace(record.opening, record=record.opening.record.model_copy(update={"envelope": "technical"}))
    page = opening_page(replace(record, opening=technical))
    assert "5,100,000.00" not in page
    assert "price read out" not in page


def test_pages_are_written_where_they_were_asked_for(tmp_path):
    assert write_archive(archive(), tmp_path / "deep").name == "archive.html"
    assert write_archive(archive(), tmp_path / "my.htm", "zh").name == "my.htm"
    assert write_due(due(), tmp_path).name == "due.html"
    assert write_opening(opening(), tmp_path).name == "opening.html"
